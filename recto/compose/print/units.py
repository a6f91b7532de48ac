"""The print book as units, in binding order: front pages, contents, matter, parts, chapters, index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from recto.compose.captions import CaptionList, caption_lists
from recto.compose.composer import printed
from recto.compose.print.contents_depth import contents_depth
from recto.compose.print.endnotes import before_notes, endnotes
from recto.compose.print.names import NOTES_UNIT, name_of, text_name, units_of_anchors
from recto.compose.print.paper import UNKNOWN_FOLIO, Lead
from recto.compose.print.pieces import (
    begun_on_recto,
    named,
    part_title,
    sections_of,
    short_title,
    title_of,
)
from recto.compose.print.unit_copy import (
    OwnAnchors,
    UnitCopy,
    UnsetLine,
    UnsetText,
    UnsetTitle,
    leads_of,
    made_up,
    unset,
)
from recto.compose.shared import PAPER
from recto.galley import LINK_SCHEME
from recto.ids import CONTENTS, INDEX, NOTES
from recto.languages import comma, numbered
from recto.model import DISPLAYED, ContentsEntry, Galley, Numbering, PageMap, SetSection, Unit
from recto.problems import Problem
from recto.settings.trim import geometry
from recto.theme.look import HeadText, TextLook

if TYPE_CHECKING:
    from recto.compose.composer import Composer
    from recto.index.index_model import LocatedIndex


def print_units(
    composer: Composer, index: LocatedIndex | None, pages: PageMap | None
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """Compose every unit of the print book.

    Without a page map folios stand as `000`. Returns the units and the faults of templates; a unit whose
    template failed is empty.
    """
    press = _PrintComposition(composer, printed(index), pages)
    made = tuple(begun_on_recto(press.units()))
    return made, (*composer.templates.theme.faults(), *press.problems)


class _PrintComposition:
    """One round of composition: all units for one state of the page map."""

    def __init__(self, composer: Composer, index: LocatedIndex | None, pages: PageMap | None) -> None:
        self.composer = composer
        self.index = index
        self.problems: list[Problem] = []
        self.labels = composer.labels
        self.title = composer.title_matter.title
        self.look = composer.templates.theme.look
        faces = self.look.faces
        used = (faces.text, faces.titles, faces.headings, faces.small, faces.code)
        self._fonts = ", ".join(dict.fromkeys(used))
        page, _ = geometry(composer.config, look=self.look.page)
        self._measure = round(page.text_width / page.font_size, 2)
        self.notes = endnotes(composer.galleys, self.look.notes.place)
        self.galleys = self.notes.galleys
        self._depth = contents_depth(composer.contents.entries, composer.config.contents)
        self.pages = pages
        self._back = [g for g in self.galleys if g.chapter.kind == "back" and g.chapter.role != "colophon"]
        self._notes_at = before_notes(self._back)
        self.lists = caption_lists(composer, on_screen=False)
        self.unit_of = units_of_anchors(self.galleys, self.index, self.notes.by_unit)
        self.unit_of.update((each.anchor, each.name) for each in self.lists)
        self.names = {d.anchor: d.number or d.title for galley in self.galleys for d in galley.definitions}

    def units(self) -> Iterator[Unit]:
        """All units in binding order."""
        front = [g for g in self.galleys if g.chapter.kind == "front" and g.chapter.role not in DISPLAYED]
        body = [g for g in self.galleys if g.chapter.kind in ("chapter", "appendix")]
        yield self._front()
        yield self._contents()
        for each in self.lists:
            yield self._captions(each)
        for galley in front:
            yield self._matter(galley)
        for galley in body:
            if galley.part is not None:
                yield self._part(galley.part)
            yield self._chapter(galley)
        for galley in self._back[: self._notes_at]:
            yield self._matter(galley)
        if self.notes.at_book:
            yield self._notes()
        for galley in self._back[self._notes_at :]:
            yield self._matter(galley)
        if self.index is not None:
            yield self._index(self.index)
        yield self._colophon()

    # --- units ------------------------------------------------------------------------------------------

    def _front(self) -> Unit:
        displayed = {g.chapter.role: g for g in self.galleys if g.chapter.role in DISPLAYED}
        given = {
            **{named(role): sections_of(displayed[role]) if role in displayed else () for role in DISPLAYED},
            "titles": {named(role): title_of(galley) for role, galley in displayed.items()},
            "anchors": {named(role): galley.chapter.anchor for role, galley in displayed.items()},
        }
        return self._unit("front", "front", given, numbering="roman", display=True)

    def _contents(self) -> Unit:
        listed = [e for e in self.composer.contents.entries if not self._displayed(e)]
        after = [e for e in listed if self.unit_of.get(e.heading.anchor) == "colophon"]
        lines = [self._line(e) for e in listed if e not in after]
        if self.notes.at_book:
            late = {each.chapter.anchor for each in self._back[self._notes_at :]}
            at = next((at for at, e in enumerate(listed) if e.heading.anchor in late), len(lines))
            lines.insert(at, self._to(NOTES, "", escape(self.labels["notes"])))
        given = {
            "entries": (*map(self._own, self.lists), *lines),
            "index": self._folio_of(INDEX) if self.index is not None else None,
            "after_index": tuple(self._line(e) for e in after),
        }
        title = self.labels["contents"]
        unit = self._unit("contents", "contents", given, (title, title), numbering="roman")
        return replace(unit, openings=(CONTENTS,), title=title, from_pages=True)

    def _captions(self, each: CaptionList) -> Unit:
        given = {
            "heading": each.title,
            "anchor": each.anchor,
            "lines": tuple(self._to(line.anchor, line.number, line.html) for line in each.lines),
        }
        unit = self._unit(each.name, "captions", given, (each.title, each.title), numbering="roman")
        return replace(unit, openings=(each.anchor,), title=each.title, from_pages=True)

    def _own(self, each: CaptionList) -> UnsetLine:
        return self._to(each.anchor, "", escape(each.title))

    def _to(self, anchor: str, number: str, html: str) -> UnsetLine:
        """A line that leads to an anchor, with its folio."""
        return UnsetLine("front", 1, number, html, "", f"{LINK_SCHEME}:{anchor}", self._folio_of(anchor), ())

    def _displayed(self, entry: ContentsEntry) -> bool:
        """Dedication and epigraph stand before the contents, which never list them."""
        return self.unit_of.get(entry.heading.anchor) == "front"

    def _line(self, entry: ContentsEntry) -> UnsetLine:
        """A line of the contents, with its folio and the lines below it down to the depth asked for."""
        heading = entry.heading
        label = self.labels["appendix" if entry.kind == "appendix" else "chapter"]
        return UnsetLine(
            kind=entry.kind,
            level=heading.level,
            number=heading.number if heading.html else "",
            html=heading.html,
            label=numbered(label, heading.number),
            href=f"{LINK_SCHEME}:{heading.anchor}" if heading.anchor in self.unit_of else "",
            folio=self._folio_of(heading.anchor),
            entries=tuple(self._line(each) for each in entry.children if each.heading.level <= self._depth),
        )

    def _matter(self, galley: Galley) -> Unit:
        title = short_title(galley)
        front = galley.chapter.kind == "front"
        given = {
            "heading": galley.headings[0],
            "title": title_of(galley),
            "role": galley.chapter.role,
            "sections": sections_of(galley),
            "notes": self._at_end(galley),
        }
        heads = (title if front else self._head("book"), title)
        numbering: Numbering = "roman" if front else "arabic"
        unit = self._unit(name_of(galley), "matter", given, heads, numbering=numbering)
        return replace(unit, openings=(galley.chapter.anchor,))

    def _part(self, part: SetSection) -> Unit:
        html = unset(part.html)
        given = {
            "heading": part.heading,
            "title": UnsetTitle(unset(part.heading.html), html),
            "html": html,
        }
        return self._unit(text_name(part.heading.anchor), "part", given, display=True)

    def _chapter(self, galley: Galley) -> Unit:
        chapter = galley.chapter
        label = numbered(self.labels[chapter.kind], chapter.label) if chapter.label else ""
        given = {
            "heading": galley.headings[0],
            "kind": chapter.kind,
            "label": self.labels[chapter.kind],
            "number": chapter.label,
            "title": title_of(galley) if galley.headings[0].html else "",
            "sections": sections_of(galley),
            "notes": self._at_end(galley),
        }
        heads = (
            self._head(self.look.heads.verso, galley, label),
            self._head(self.look.heads.recto, galley, label),
        )
        unit = self._unit(name_of(galley), "chapter", given, heads, opening=self.look.text)
        return replace(unit, openings=(chapter.anchor,))

    def _at_end(self, galley: Galley) -> UnsetText:
        """The notes that stand at the end of a chapter, "" for none."""
        return unset(self.notes.at_chapters.get(name_of(galley), ""))

    def _notes(self) -> Unit:
        """The notes of the book, chapter by chapter."""
        chapters = (
            {
                "line": self._line(ContentsEntry(each.galley.headings[0], each.galley.chapter.kind)),
                "notes": unset(each.html),
            }
            for each in self.notes.at_book
        )
        given = {"chapters": tuple(chapters)}
        title = self.labels["notes"]
        unit = self._unit(NOTES_UNIT, "notes", given, (title, title))
        return replace(unit, openings=(NOTES,), title=title)

    def _index(self, index: LocatedIndex) -> Unit:
        title = index.wording.title
        own = tuple(anchor for anchor, unit in self.unit_of.items() if unit == "index")
        given = {
            "index": replace(index, pages=None),
            "wording": index.wording,
            "address": OwnAnchors(own),
        }
        unit = self._unit("index", "index", given, (title, title))
        return replace(unit, openings=(INDEX,), title=title, from_pages=True)

    def _colophon(self) -> Unit:
        galley = next((g for g in self.galleys if g.chapter.role == "colophon"), None)
        given = {
            "heading": galley.headings[0] if galley else None,
            "title": title_of(galley) if galley else "",
            "sections": sections_of(galley) if galley else (),
            "fonts": self._fonts,
        }
        unit = self._unit("colophon", "colophon", given, display=True)
        return unit if galley else replace(unit, title=self.labels["colophon"])

    def _unit(
        self,
        name: str,
        template: str,
        given: Mapping[str, object],
        heads: tuple[str, str] = ("", ""),
        *,
        numbering: Numbering = "arabic",
        display: bool = False,
        opening: TextLook | None = None,
    ) -> Unit:
        """A unit out of its template, which is given what is `given`, set, and no more (unit_copy)."""
        settings = self.composer.config.print
        copy = UnitCopy(
            unit=name,
            given={**given, "hyphenate": settings.hyphenate},
            leads=leads_of(given, self._lead),
            page=self.labels["page"],
            comma=comma(self.composer.config.book.language),
            references=settings.page_references,
            opening=opening,
            measure=self._measure,
        )
        html = self.composer.filled(f"print/{template}.html", copy, made_up, self.problems, medium=PAPER)
        return Unit(
            name=name,
            html=html,
            numbering=numbering,
            recto=display or self._openings == "recto" or name == "contents",
            verso_head=heads[0],
            recto_head=heads[1],
            display=display,
        )

    @property
    def _openings(self) -> str:
        return self.composer.config.print.openings or self.look.page.openings

    def _head(self, what: HeadText, galley: Galley | None = None, label: str = "") -> str:
        """What runs at the head of a page; in place of a part that is not there, the title of the book."""
        if what == "author":
            return self.composer.title_matter.author_line
        if what == "chapter" and galley is not None:
            return short_title(galley) or label
        if what == "part" and galley is not None:
            return part_title(galley, self.galleys) or self.title
        return "" if what == "none" else self.title

    # --- pieces -----------------------------------------------------------------------------------------

    def _lead(self, anchor: str, paged: bool) -> Lead | None:
        """Where a link leads, and its page where that may be named; None where it leads to nothing."""
        unit = self.unit_of.get(anchor)
        if unit is None:
            return None
        return Lead(unit, self.names.get(anchor, ""), self._folio_of(anchor) if paged else "")

    def _folio_of(self, anchor: str) -> str:
        """The folio of an anchor: a stand-in while pages are not known, "" where it is not in the book."""
        if self.pages is None:
            return UNKNOWN_FOLIO if anchor in self.unit_of else ""
        return self.pages.folio(anchor) or ""
