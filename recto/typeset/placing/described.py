"""Long descriptions, once references are resolved: a picture knows its own, and that leads back.

As the knowledge base of the DAISY Consortium has it (“Extended descriptions”): a link that everybody can
follow, `aria-details` of the picture naming it (ARIA 1.2), and a way back behind the description.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recto.galley import DESCRIBED, ONLY, XREF
from recto.languages import words
from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class
from recto.typeset.language import back, label
from recto.typeset.placing.link_targets import Targets
from recto.typeset.placing.placer import PlacedDraft, Placer
from recto.typeset.placing.series import set_number

# what can hold a paragraph at its end; behind other blocks it stands by itself
_HOLDERS = frozenset("div section article aside details blockquote dd td th li".split())
_BLOCKS = frozenset("p dt h1 h2 h3 h4 h5 h6 table dl ul ol figure pre hr".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CLASSES = {medium: name for name, medium in ONLY.items()}


@dataclass(frozen=True, slots=True)
class _Described:
    """A picture: what to come back to, and the one medium that it is for, "" for both."""

    anchor: str
    medium: str


def bind_descriptions(placers: Iterable[Placer], anchors: Targets, language: str) -> None:
    """Tie pictures to the links to their descriptions, and put a way back behind each description."""
    placers = tuple(placers)
    described: dict[str, list[_Described]] = {}
    for placer in placers:
        placed = placer.placed
        links = {
            number: each
            for each in placed.root.iter("a", "span")
            if (number := each.attrib.pop("data-described", ""))
        }
        for image in placed.root.iter("img") if links else ():
            link = links.get(image.attrib.pop("data-described", ""))
            if link is not None and link.get("href"):
                target = _tie(image, link, placed, anchors)
                if target:
                    found = _Described(_anchor_of(image, link), placed.medium_of(image))
                    described.setdefault(target, []).append(found)
    for placer in placers if described else ():
        _lead_back(placer, described, anchors, language)


def _tie(image: Element, link: Element, placed: PlacedDraft, anchors: Targets) -> str:
    """Let a picture name the link to its description; returns what in the book that leads to, else ""."""
    address = link.get("href", "")
    target = address[1:] if address.startswith("#") else ""
    only = anchors.only.get(target, "")
    holder = link.getparent()
    if only and not placed.medium_of(link) and holder is not None:
        add_class(holder, _CLASSES[only])
    if not link.get("id"):
        link.set("id", anchors.make(f"described-{placed.headings[0].anchor}", placed.draft.section.place))
    if (only or placed.medium_of(link)) != "paper":
        image.set("aria-details", link.get("id", ""))
    return target


def _anchor_of(image: Element, link: Element) -> str:
    figure = next(image.iterancestors("figure"), None)
    own = figure.get("id") if figure is not None else image.get("id")
    return own or link.get("id") or ""


def _lead_back(
    placer: Placer, described: Mapping[str, list[_Described]], anchors: Targets, language: str
) -> None:
    placed = placer.placed
    wanted = {element: element.get("id", "") for element in placed.root.iter() if element.get("id")}
    if (own := placed.headings[0].anchor) in described:
        wanted[placed.root] = own
    for element, anchor in wanted.items():
        if anchor not in described:
            continue
        way = xhtml.element("p", {"class": DESCRIBED})
        for at, each in enumerate(described[anchor]):
            if at:
                way[-1].tail = "; "
            way.append(_link(each, anchors, language))
        media = {each.medium for each in described[anchor]}
        if len(media) == 1 and (medium := media.pop()):
            add_class(way, _CLASSES[medium])
        _put(way, element, placed.root)
        placer.name_block(way)


def _link(to: _Described, anchors: Targets, language: str) -> Element:
    definition = anchors.definitions.get(to.anchor)
    link = xhtml.element("a", {"class": XREF, "href": f"#{to.anchor}"})
    if definition is None or not definition.number:
        link.text = back(language)
        return link
    link.set("data-kind", definition.kind)
    numbers = (definition.number, definition.screen_number or definition.number)
    set_number(link, *(label(definition.kind, number, words(language)) for number in numbers))
    return link


def _put(way: Element, target: Element, root: Element) -> None:
    """Put a paragraph at the end of what describes a picture: of a section, a division, or behind a block."""
    while target is not root and target.tag not in _HOLDERS | _BLOCKS:
        above = target.getparent()
        target = root if above is None else above
    if target.tag == "dt":
        target = next(target.itersiblings("dd"), target)
    if target is root or target.tag in _HOLDERS:
        target.append(way)
        return
    if target.tag in _HEADINGS:
        target = _end_of_section(target)
    way.tail, target.tail = target.tail, None
    target.addnext(way)


def _end_of_section(heading: Element) -> Element:
    """The last element before the next heading of the same level, or of a higher one."""
    last = heading
    for each in heading.itersiblings():
        if each.tag in _HEADINGS and str(each.tag) <= str(heading.tag):
            break
        last = each
    return last
