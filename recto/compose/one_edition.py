"""The galleys of one edition: without what is for the other one alone.

Every id stays what it is, so that the pages of print tell where those of the e-book begin. Notes are counted
anew; figures, tables, listings and formulas have the number of each edition in their text already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from recto import galley
from recto.galley import ONLY, medium_of
from recto.model import Contents, ContentsEntry, Galley, Heading, SetSection
from recto.notations import xhtml
from recto.notations.xhtml import Element

# What is nothing when all that it held is gone
_HOLDERS = frozenset("ul ol dl table thead tbody tfoot tr figure blockquote div aside section li p".split())
_ID = re.compile(r'\bid="([^"]*)"')
_CELLS = ("td", "th")  # a row keeps as many as the others have


def of_medium(galleys: tuple[Galley, ...], medium: str) -> tuple[Galley, ...]:
    """The galleys of the edition for a medium; the very same where there is nothing for one alone."""
    if not any(_is_divided(each) for each in galleys):
        return galleys
    return tuple(_with_parts(galleys, [made for each in galleys if (made := _cut(each, medium))], medium))


def anchors(galleys: Iterable[Galley]) -> frozenset[str]:
    """Every id in galleys."""
    return frozenset(
        anchor
        for each in galleys
        for section in each.all_sections
        for anchor in (section.heading.anchor, *_ID.findall(section.heading.html + section.html))
    )


def listed(contents: Contents, galleys: Sequence[Galley]) -> Contents:
    """The contents of the galleys that are left of all that are listed."""
    left = {heading.anchor: heading for each in galleys for heading in each.headings}
    return Contents(tuple(_lines(contents.entries, left)))


def _lines(entries: Iterable[ContentsEntry], left: Mapping[str, Heading]) -> Iterator[ContentsEntry]:
    for entry in entries:
        below = tuple(_lines(entry.children, left))
        heading = left.get(entry.heading.anchor, entry.heading if entry.kind == "part" else None)
        if heading is not None and (below or entry.kind != "part"):
            yield ContentsEntry(heading, entry.kind, below)


def _is_divided(each: Galley) -> bool:
    return any(each.chapter.media) or any(
        name in html
        for section in each.all_sections
        for html in (section.heading.html, section.html)
        for name in ONLY
    )


def _with_parts(galleys: Sequence[Galley], kept: Sequence[Galley], medium: str) -> Iterator[Galley]:
    """The galleys kept; the text of a part goes with the first chapter of it that is there."""
    openings = {each.part.heading.anchor: each.part for each in galleys if each.part}
    for each in kept:
        part = openings.pop(each.chapter.part.anchor, None) if each.chapter.part else None
        yield replace(each, part=_counted([_trimmed(part, medium)])[0] if part else None)


def _cut(whole: Galley, medium: str) -> Galley | None:
    """A galley without what is for other editions; None where all of it is."""
    if not _is_divided(whole):
        return whole
    first, *others = whole.chapter.media
    if first not in ("", medium):
        return None
    pairs = zip(whole.sections, whole.chapter.sections, others, strict=True)
    kept = [(section, source) for section, source, each in pairs if each in ("", medium)]
    texts = (whole.opening, *(section for section, _ in kept))
    opening, *sections = _counted([_trimmed(each, medium) for each in texts])
    own = {each.heading.anchor: each.heading for each in (opening, *sections)}
    there = anchors([replace(whole, part=None, opening=opening, sections=tuple(sections))])
    headings = (own.get(each.anchor) or _titled(each, medium) for each in whole.headings)
    return replace(
        whole,
        chapter=replace(whole.chapter, sections=tuple(source for _, source in kept)),
        opening=opening,
        sections=tuple(sections),
        headings=tuple(each for each in headings if each.anchor in there),
        marks=tuple(mark for mark in whole.marks if mark.anchor in there),
        definitions=tuple(each for each in whole.definitions if each.anchor in there),
    )


def _trimmed(section: SetSection, medium: str) -> SetSection:
    html = _without(section.html, medium)
    text = section.text if html == section.html else galley.text_of(xhtml.parse(html))
    return replace(section, heading=_titled(section.heading, medium), html=html, text=text)


def _titled(heading: Heading, medium: str) -> Heading:
    html = _without(heading.html, medium)
    if html == heading.html:
        return heading
    return replace(heading, html=html, title=galley.text_of(xhtml.parse(html)))


def _without(html: str, medium: str) -> str:
    """A fragment without what is for another edition."""
    if not any(name in html for name in ONLY):
        return html
    root = xhtml.parse(html)
    for element in list(root.iterdescendants()):
        if medium_of(element) not in ("", medium):
            _take_out(element, root)
    for span in list(root.iter("span")):
        if [*span.attrib] == ["class"] and span.get("class") in ONLY:
            xhtml.unwrap(span)
    return xhtml.serialize(root)


def _take_out(element: Element, root: Element) -> None:
    """Take an element out, and what around it is empty then."""
    if element.tag in _CELLS:
        kept = {name: value for name, value in element.attrib.items() if name != "class"}
        tail = element.tail
        element.clear()
        element.tail = tail
        element.attrib.update(kept)
        return
    parent = element.getparent()
    xhtml.remove(element)
    while parent is not None and parent is not root and parent.tag in _HOLDERS:
        if len(parent) or (parent.text or "").strip():
            break
        element, parent = parent, parent.getparent()
        xhtml.remove(element)


def _counted(sections: Sequence[SetSection]) -> list[SetSection]:
    """The sections of a chapter without the notes that nothing calls; those left are counted from 1 on."""
    roots = [(xhtml.parse(each.heading.html), xhtml.parse(each.html)) for each in sections]
    trees = [tree for pair in roots for tree in pair]
    while uncalled := _uncalled(trees):  # a note may call others
        for note in uncalled:
            xhtml.remove(note)
    calls = [call for call in _calls(trees) if xhtml.words(call).isdecimal()]
    numbers = {old: str(new) for new, old in enumerate(sorted({int(xhtml.words(each)) for each in calls}), 1)}
    for call in calls:
        call.text = numbers[int(xhtml.words(call))]
    return [
        replace(each, heading=replace(each.heading, html=xhtml.serialize(title)), html=xhtml.serialize(root))
        for each, (title, root) in zip(sections, roots, strict=True)
    ]


def _calls(trees: Iterable[Element]) -> Iterator[Element]:
    return (element for tree in trees for element in tree.iter() if galley.kind(element) == "call")


def _uncalled(trees: Sequence[Element]) -> list[Element]:
    called = {call.get("href", "")[1:] for call in _calls(trees)}
    return [note for tree in trees for note in galley.notes(tree) if note.get("id", "") not in called]
