"""Notes at the end of their chapter, or of the book: taken out of the text of galleys, and made paragraphs.

The call stays where it is, as a link to its note; the number before the note leads back. Both are printed
beside the author's text and are no part of it (recto.galley), as the calls of notes at the foot are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from recto import galley as grammar
from recto.compose.print.names import NOTES_UNIT, name_of
from recto.model import BACK_MATTER, DISPLAYED, Galley, SetSection
from recto.notations import xhtml
from recto.notations.xhtml import Element

_LATE = frozenset(BACK_MATTER[BACK_MATTER.index("notes") + 1 :])
# These have no room below their text, and keep their notes at the foot
_KEEPS = frozenset((*DISPLAYED, "colophon"))


@dataclass(frozen=True, slots=True)
class ChapterNotes:
    """The notes of a chapter: `html` is a fragment of galley, `galley` the chapter as it was."""

    galley: Galley
    html: str


@dataclass(frozen=True, slots=True)
class Endnotes:
    """The galleys of a book without the notes that stand at an end, and those, chapter by chapter.

    `at_chapters` are notes at the end of their chapter by the name of its unit, `at_book` those of the book.
    """

    galleys: tuple[Galley, ...]
    at_chapters: Mapping[str, str] = field(default_factory=dict)
    at_book: tuple[ChapterNotes, ...] = ()

    @property
    def by_unit(self) -> dict[str, str]:
        """All these notes, by the name of the unit that they stand in."""
        together = {NOTES_UNIT: "".join(each.html for each in self.at_book)} if self.at_book else {}
        return {**self.at_chapters, **together}


def endnotes(galleys: tuple[Galley, ...], place: str) -> Endnotes:
    """Take the notes out of galleys where `[notes] place` of the look is `chapter` or `book`."""
    if place not in ("chapter", "book"):
        return Endnotes(galleys)
    parted = [_parted(each) for each in galleys]
    notes = tuple(ChapterNotes(whole, html) for whole, (_, html) in zip(galleys, parted, strict=True) if html)
    kept = tuple(each for each, _ in parted)
    if place == "book":
        return Endnotes(kept, at_book=notes)
    return Endnotes(kept, {name_of(each.galley): each.html for each in notes})


def before_notes(back: Iterable[Galley]) -> int:
    """How many galleys of the back matter stand before the notes of the book: what the trade puts there."""
    roles = [each.chapter.role for each in back]
    return next((at for at, role in enumerate(roles) if role in _LATE), len(roles))


def _parted(whole: Galley) -> tuple[Galley, str]:
    if whole.chapter.role in _KEEPS:
        return whole, ""
    opening, *sections = (_without(each) for each in (whole.opening, *whole.sections))
    html = "".join(notes for _, notes in (opening, *sections))
    if not html:
        return whole, ""
    own = {each.heading.anchor: each.heading for each, _ in (opening, *sections)}
    headings = tuple(own.get(each.anchor, each) for each in whole.headings)
    texts = tuple(each for each, _ in sections)
    return replace(whole, opening=opening[0], sections=texts, headings=headings), html


def _without(section: SetSection) -> tuple[SetSection, str]:
    title, html, notes = _divided(section.heading.html, section.html)
    return replace(section, heading=replace(section.heading, html=title), html=html), notes


@lru_cache(maxsize=16384)  # a book is composed in rounds, of the same texts
def _divided(title: str, html: str) -> tuple[str, str, str]:
    """A heading and the text below it without notes, and those notes."""
    if f'role="{grammar.NOTE_ROLE}"' not in html:
        return title, html, ""
    head, text = xhtml.parse(title), xhtml.parse(html)
    firsts = {call.get("href", ""): call for root in (text, head) for call in grammar.calls(root)}
    notes = list(_made(grammar.notes(text), firsts))
    for call in (each for root in (head, text) for each in grammar.calls(root)):
        call.attrib.pop("role")
        call.attrib.update({"class": grammar.ENDNOTE_CALL, grammar.ASIDE: "inserted"})
    for note in notes:
        xhtml.remove(note)
    return xhtml.serialize(head), xhtml.serialize(text), "".join(map(xhtml.outer, notes))


def _made(notes: Iterable[Element], calls: dict[str, Element]) -> Iterator[Element]:
    """Notes as blocks that begin with their number, which leads back to the first call."""
    for note in notes:
        note.tag = "div"
        note.attrib.pop("role")
        note.attrib.update({"class": grammar.ENDNOTE, grammar.ASIDE: "note"})
        call = calls.get(f"#{note.get('id')}")
        if call is not None:
            first = note[0] if len(note) and note[0].tag == "p" else xhtml.element("p")
            if first.getparent() is None:
                note.insert(0, first)
            link = {"class": grammar.NOTE_NUMBER, grammar.ASIDE: "inserted", "href": f"#{call.get('id')}"}
            number = xhtml.element("a", link, f"{xhtml.words(call)}.")
            number.tail, first.text = f" {first.text or ''}", None
            first.insert(0, number)
        yield note
