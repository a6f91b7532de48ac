"""The print book as units, in binding order: front pages, contents, matter, parts, chapters, index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from recto.compose.composer import printed
from recto.compose.print.ingredients import facts_of
from recto.compose.print.names import DISPLAYED, name_of, text_name, units_of_anchors
from recto.compose.print.paper import Links, UnitText, plain
from recto.compose.shared import PAPER
from recto.galley import LINK_SCHEME
from recto.ids import CONTENTS, INDEX
from recto.languages import numbered
from recto.model import ContentsEntry, Galley, Numbering, PageMap, SetSection, Unit
from recto.problems import Problem
from recto.theme.look import HeadText

if TYPE_CHECKING:
    from recto.compose.composer import Composer
    from recto.index.index_model import LocatedIndex

_LONGEST_HEAD = 64


def print_units(
    composer: Composer, index: LocatedIndex | None, pages: PageMap | None
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """Compose every unit of the print book.

    Without a page map folios stand as `000`. Returns the units and the faults of templates; a unit whose
    template failed is empty.
    """
    press = _PrintComposition(composer, printed(index), pages)
    made = tuple(press.units())
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
        self.galleys = composer.galleys
        self.links = Links(
            units_of_anchors(self.galleys, self.index),
            pages,
            composer.labels,
            {d.anchor: d.number or d.title for galley in self.galleys for d in galley.definitions},
            composer.config.print.page_references,
        )

    def units(self) -> Iterator[Unit]:
        """All units in binding order."""
        front = [g for g in self.galleys if g.chapter.kind == "front" and g.chapter.role not in DISPLAYED]
        body = [g for g in self.galleys if g.chapter.kind in ("chapter", "appendix")]
        back = [g for g in self.galleys if g.chapter.kind == "back" and g.chapter.role != "colophon"]
        yield self._front()
        yield self._contents()
        for galley in front:
            yield self._matter(galley)
        for galley in body:
            if galley.part is not None:
                yield self._part(galley.part)
            yield self._chapter(galley)
        for galley in back:
            yield self._matter(galley)
        if self.index is not None:
            yield self._index(self.index)
        yield self._colophon()

    # --- units ------------------------------------------------------------------------------------------

    def _front(self) -> Unit:
        displayed = [g for g in self.galleys if g.chapter.role in DISPLAYED]

        def context() -> dict[str, Any]:
            text = UnitText("front", self.links)
            shown = {g.chapter.role: self._sections(g, text) for g in displayed}
            return {
                "dedication": shown.get("dedication", ()),
                "epigraph": shown.get("epigraph", ()),
                "anchors": {g.chapter.role: g.chapter.anchor for g in displayed},
            }

        facts = [(g.chapter.role, g.chapter.anchor, self._facts(g)) for g in displayed]
        return self._unit("front", "front", facts, context, numbering="roman", display=True)

    def _contents(self) -> Unit:
        listed = [e for e in self.composer.contents.entries if not self._displayed(e)]
        after = [e for e in listed if self.links.unit_of.get(e.heading.anchor) == "colophon"]
        index = self._folio_of(INDEX) if self.index is not None else None

        def context() -> dict[str, Any]:
            return {
                "entries": [self._entry(e) for e in listed if e not in after],
                "index": index,
                "after_index": [self._entry(e) for e in after],
            }

        title = self.labels["contents"]
        lines = [(line.heading, line.kind) for entry in listed for line in entry.walk()]
        folios = [self._folio_of(heading.anchor) for heading, _ in lines]
        facts = lines, folios, len(after), index, self.composer.config.contents.depth
        unit = self._unit("contents", "contents", facts, context, (title, title), numbering="roman")
        return replace(unit, openings=(CONTENTS,), title=title, from_pages=True)

    def _displayed(self, entry: ContentsEntry) -> bool:
        """Dedication and epigraph stand before the contents, which never list them."""
        return self.links.unit_of.get(entry.heading.anchor) == "front"

    def _entry(self, entry: ContentsEntry) -> dict[str, Any]:
        """A line of the contents, with its folio and the lines below it down to the depth asked for."""
        heading, depth = entry.heading, self.composer.config.contents.depth
        label = self.labels["appendix" if entry.kind == "appendix" else "chapter"]
        return {
            "kind": entry.kind,
            "level": heading.level,
            "number": heading.number if heading.html else "",
            "title": plain(heading.html) if heading.html else numbered(label, heading.number),
            "href": self._address(heading.anchor),
            "folio": self._folio_of(heading.anchor),
            "entries": [self._entry(child) for child in entry.children if child.heading.level <= depth],
        }

    def _matter(self, galley: Galley) -> Unit:
        name = name_of(galley)
        title = _short_title(galley)
        front = galley.chapter.kind == "front"

        def context() -> dict[str, Any]:
            text = UnitText(name, self.links)
            return {
                "heading": galley.headings[0],
                "title": self._title(galley, text),
                "role": galley.chapter.role,
                "sections": self._sections(galley, text),
            }

        heads = (title if front else self._head("book"), title)
        facts = galley.chapter.role, self._facts(galley)
        unit = self._unit(name, "matter", facts, context, heads, numbering="roman" if front else "arabic")
        return replace(unit, openings=(galley.chapter.anchor,))

    def _part(self, part: SetSection) -> Unit:
        name = text_name(part.heading.anchor)

        def context() -> dict[str, Any]:
            text = UnitText(name, self.links)
            title = text.title(part.heading.html, part.html)
            return {"heading": part.heading, "title": title, "html": text.fragment(part.html)}

        return self._unit(name, "part", facts_of(name, [part], self.links), context, display=True)

    def _chapter(self, galley: Galley) -> Unit:
        name, chapter = name_of(galley), galley.chapter
        label = numbered(self.labels[chapter.kind], chapter.label) if chapter.label else ""

        def context() -> dict[str, Any]:
            text = UnitText(name, self.links, self.look.text)
            return {
                "heading": galley.headings[0],
                "kind": chapter.kind,
                "label": self.labels[chapter.kind],
                "number": chapter.label,
                "title": self._title(galley, text) if galley.headings[0].html else "",
                "sections": self._sections(galley, text),
            }

        facts = chapter.kind, chapter.label, self._facts(galley)
        heads = (
            self._head(self.look.heads.verso, galley, label),
            self._head(self.look.heads.recto, galley, label),
        )
        unit = self._unit(name, "chapter", facts, context, heads)
        return replace(unit, openings=(chapter.anchor,))

    def _index(self, index: LocatedIndex) -> Unit:
        title = index.wording.title
        unit = self._unit(
            "index",
            "index",
            (index.groups, index.headnote, index.style, index.wording),
            lambda: {"index": index, "wording": index.wording, "address": self._index_address},
            (title, title),
        )
        return replace(unit, openings=(INDEX,), title=title, from_pages=True)

    def _colophon(self) -> Unit:
        galley = next((g for g in self.galleys if g.chapter.role == "colophon"), None)

        def context() -> dict[str, Any]:
            text = UnitText("colophon", self.links)
            return {
                "heading": galley.headings[0] if galley else None,
                "title": self._title(galley, text) if galley else "",
                "sections": self._sections(galley, text) if galley else (),
                "fonts": self._fonts,
            }

        facts = self._fonts, self._facts(galley) if galley else None
        unit = self._unit("colophon", "colophon", facts, context, display=True)
        return unit if galley else replace(unit, title=self.labels["colophon"])

    def _unit(
        self,
        name: str,
        template: str,
        facts: object,
        context: Callable[[], dict[str, Any]],
        heads: tuple[str, str] = ("", ""),
        *,
        numbering: Numbering = "arabic",
        display: bool = False,
    ) -> Unit:
        """A unit out of its template; `facts` are all that its context is made of (Composer.filled)."""
        hyphenate = self.composer.config.print.hyphenate
        html = self.composer.filled(
            f"print/{template}.html",
            facts,
            lambda: {**context(), "hyphenate": hyphenate},
            self.problems,
            medium=PAPER,
        )
        return Unit(
            name=name,
            html=html,
            numbering=numbering,
            recto=display or self._openings == "recto" or name == "contents",
            verso_head=_head(heads[0]),
            recto_head=_head(heads[1]),
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
            return _short_title(galley) or label
        if what == "part" and galley is not None:
            return self._part_title(galley) or self.title
        return "" if what == "none" else self.title

    # --- pieces -----------------------------------------------------------------------------------------

    def _facts(self, galley: Galley) -> object:
        """All that the print of a galley is made of, but for what its chapter is."""
        return facts_of(name_of(galley), (galley.opening, *galley.sections), self.links)

    def _sections(self, galley: Galley, text: UnitText) -> list[dict[str, Any]]:
        """The opening of a chapter (without a heading of its own) and its sections, for the templates."""
        opening = {"heading": None, "tag": "", "title": "", "html": text.fragment(galley.opening.html)}
        made: list[dict[str, Any]] = [opening]
        for section in galley.sections:
            tag, title = text.heading(section.heading.level), text.title(section.heading.html, section.html)
            html = text.fragment(section.html)
            made.append({"heading": section.heading, "tag": tag, "title": title, "html": html})
        return made

    @staticmethod
    def _title(galley: Galley, text: UnitText) -> Markup:
        return text.title(galley.headings[0].html, galley.opening.html)

    def _part_title(self, galley: Galley) -> str:
        """The title of the part that a chapter stands in, as plain text; "" where it stands in none."""
        part = galley.chapter.part
        parts = (each.part.heading for each in self.galleys if each.part)
        if part is None:
            return ""
        return next((heading.title for heading in parts if heading.anchor == part.anchor), part.title)

    def _folio_of(self, anchor: str) -> str:
        return self.links.folio(anchor)

    def _address(self, anchor: str) -> str:
        return f"{LINK_SCHEME}:{anchor}" if anchor in self.links.unit_of else ""

    def _index_address(self, anchor: str) -> str:
        """Where a locator or a see in the index leads: to another unit, or within the index itself."""
        unit = self.links.unit_of.get(anchor)
        return f"#{anchor}" if unit == "index" else f"{LINK_SCHEME}:{anchor}"


def _short_title(galley: Galley) -> str:
    """The title for running heads: `short_title` of the chapter's file where it has one."""
    opening = galley.chapter.opening
    short = opening.settings.get("short_title") if opening else None
    return str(short) if short else galley.headings[0].title


def _head(text: str) -> str:
    """A running head that fits on its line: cut at a word, with an ellipsis, where it is too long."""
    if len(text) <= _LONGEST_HEAD:
        return text
    cut = text[:_LONGEST_HEAD].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut}…"
