"""Lists of figures, tables and listings: a line for each that has a caption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recto import galley
from recto.ids import LISTS
from recto.model import Definition, Galley
from recto.notations import xhtml
from recto.notations.xhtml import Element

if TYPE_CHECKING:
    from recto.compose.composer import Composer

_KINDS = {"figures": "figure", "tables": "table", "listings": "listing"}
_BESIDE = frozenset(("label", "call", "note", "inserted", "backlink"))  # no words of the caption itself


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """A line of a list: where it leads, its number ("" for none), and the words of the caption as XHTML."""

    anchor: str
    number: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class CaptionList:
    """A list with the anchor of its own heading; `name` is what `[contents] lists` calls it."""

    name: str
    title: str
    lines: tuple[CaptionLine, ...]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return LISTS[self.name]


def caption_lists(composer: Composer, *, on_screen: bool) -> tuple[CaptionList, ...]:
    """The lists that `[contents] lists` asks for, each that has a line; the same is not listed twice."""
    made = (
        CaptionList(name, composer.labels[name], tuple(_lines(composer.galleys, _KINDS[name], on_screen)))
        for name in dict.fromkeys(composer.config.contents.lists)
    )
    return tuple(each for each in made if each.lines)


def _lines(galleys: Iterable[Galley], kind: str, on_screen: bool) -> Iterator[CaptionLine]:
    for each in galleys:
        defined = {one.anchor: one for one in each.definitions if one.kind == kind}
        if defined:
            for section in each.all_sections:
                yield from _of_section(section.html, defined, on_screen)


def _of_section(html: str, defined: dict[str, Definition], on_screen: bool) -> Iterator[CaptionLine]:
    for element in xhtml.parse(html).iter("figure", "table"):
        one = defined.get(element.get("id") or "")
        caption = next((child for child in element if child.tag in ("figcaption", "caption")), None)
        if one is not None and caption is not None:
            number = (on_screen and one.screen_number) or one.number
            yield CaptionLine(one.anchor, number, one.title, _bare(caption))


def _bare(caption: Element) -> str:
    """The words of a caption, with what sets them apart, and without what can stand in one place alone."""
    copy = xhtml.parse(xhtml.serialize(caption))
    for element in list(copy.iterdescendants()):
        element.attrib.pop("id", None)
        if galley.kind(element) in _BESIDE:
            xhtml.remove(element)
        elif element.tag == "a" or galley.kind(element) == "mark":
            xhtml.unwrap(element)
    return xhtml.serialize(copy).strip()
