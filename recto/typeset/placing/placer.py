"""The second pass, first half: a draft finds its place in the book.

Blocks, notes, marks, figures, tables and listings are numbered through the chapter; ids become unique in the
book; images become assets.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from recto.galley import BLOCK, CALL_ROLE, INDEX_MARK, LABEL, NOTEREF, ONLY, medium_of
from recto.ids import composed
from recto.images.assets import Images
from recto.languages import words
from recto.model import Asset, Definition, DefinitionKind, Heading, IndexMark
from recto.notations import xhtml
from recto.notations.xhtml import Element, has_class
from recto.problems import Place, Problem, warning
from recto.typeset.draft import Draft
from recto.typeset.language import label
from recto.typeset.placing.link_targets import Targets, slug
from recto.typeset.placing.series import Series, if_other, set_number
from recto.typeset.placing.stand_in import stand_in
from recto.typeset.plain_titles import plain_title
from recto.typeset.work import has_text, is_block, line_of

# blocks that only hold other blocks
_HOLDERS = frozenset({"figure", "table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "colgroup", "hr"})
_TEMPORARY = ("data-line", "data-number", "data-level", "data-mark", "data-note")


@dataclass(slots=True)
class PlacedDraft:
    """A draft in its place: the trees of its heading and of its text, and what was found in them.

    `subheadings` are the elements that `headings`, after the first, tell of; `medium` is the one that
    all of it is for, and `is_divided` tells whether any of it is for one.
    """

    draft: Draft
    title: Element
    root: Element
    headings: list[Heading] = field(default_factory=list)
    marks: list[IndexMark] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    subheadings: list[Element] = field(default_factory=list)
    medium: str = ""
    is_divided: bool = field(init=False)

    def __post_init__(self) -> None:
        """Find out whether any of it is for one edition alone."""
        self.is_divided = any(name in self.draft.html + self.draft.title_html for name in ONLY)

    def elements(self) -> list[Element]:
        """All elements in the order of reading."""
        return [element for tree in (self.title, self.root) for element in tree.iterdescendants()]

    def medium_of(self, element: Element) -> str:
        """The one medium that an element is for, "" for both."""
        if self.medium or not self.is_divided:
            return self.medium
        return next(filter(None, map(medium_of, (element, *element.iterancestors()))), "")

    def retitle(self) -> None:
        """Tell the headings again, now that references in them have their words."""
        first = self.headings[0]
        html, title = _inside(self.title), plain_title(self.title)
        self.headings[0] = replace(first, html=html, title=title)
        self.definitions[0] = replace(self.definitions[0], title=title)
        for index, element in enumerate(self.subheadings, 1):
            self.headings[index] = replace(
                self.headings[index], html=_quoted(element), title=plain_title(element)
            )


@dataclass(slots=True)
class PlacingDesk:
    """What all drafts share while they are placed."""

    anchors: Targets
    images: Images
    language: str
    number_figures: bool
    problems: list[Problem] = field(default_factory=list)


class Placer:
    """Places one draft; `section` is the anchor of the section it is the text of."""

    def __init__(self, shop: PlacingDesk, series: Series, placed: PlacedDraft, section: str) -> None:
        self.shop, self.series, self.placed, self.section = shop, series, placed, section
        self.draft = placed.draft
        self._notes = series.counts["note"]
        self._note_ids: dict[int, str] = {}
        self._ids: Counter[str] = Counter()

    def claim_ids(self) -> None:
        """Register the ids that the author chose, before any of ours are made."""
        given: dict[str, str] = {}
        for element in self.placed.elements():
            if wanted := element.get("id"):
                place = self._place(line_of(element) or self._line_of_id(wanted))
                anchor = self.shop.anchors.claim(wanted, place, self._subject)
                element.set("id", anchor)
                given.setdefault(wanted, anchor)
        for name in ("headers", "aria-describedby"):
            for element in self.placed.root.xpath(f".//*[@{name}]"):
                ids = [given[each] for each in (element.get(name) or "").split() if each in given]
                element.attrib.pop(name) if not ids else element.set(name, " ".join(ids))

    def place(self) -> None:
        """Number, name and collect everything in reading order."""
        self._notes = self.series.counts["note"]
        for element in self.placed.elements():
            self._element(element)
        for element in list(self.placed.root.iterdescendants()):
            if (
                is_block(element)
                and element.tag not in _HOLDERS
                and (element.tag == "pre" or has_text(element))
            ):
                self.name_block(element)
        if self.placed.medium or self.placed.is_divided:
            for element in self.placed.elements():
                if (anchor := element.get("id")) and (medium := self.placed.medium_of(element)):
                    self.shop.anchors.only[anchor] = medium

    def name_block(self, block: Element) -> None:
        """Give a block of text its name in the book."""
        block.set(BLOCK, f"{self.series.anchor}:{self.series.next('block')}")

    def _element(self, element: Element) -> None:
        if element.get("data-mark"):
            self._mark(element)
        elif element.get("data-note"):
            self._note(element)
        elif element.get("data-number"):
            # written by recto.typeset.steps.figures, out of these very words
            self._number(element, cast("DefinitionKind", element.get("data-number")))
        elif element.get("data-level"):
            self._heading(element)
        elif element.tag == "img":
            self._image(element)
        elif anchor := element.get("id"):
            self._define(Definition(anchor, "other", "", element.get("title") or ""))

    def _mark(self, element: Element) -> None:
        found = self.draft.marks[int(element.get("data-mark") or 0)]
        mark, place = found.mark, self._place(found.line)
        wanted = f"mark-{self.series.prefix}-{self.series.next('mark')}"
        anchor = self.shop.anchors.make(wanted, place)
        element.set("id", anchor)
        self.placed.marks.append(
            IndexMark(
                tuple(composed(term) for term in mark.terms),
                mark.sort_keys,
                mark.role,
                composed(mark.target),
                mark.principal,
                anchor,
                self.section,
                place,
                mark.shown,
            )
        )

    def _note(self, element: Element) -> None:
        number = self._notes + int(element.get("data-note") or 0)
        name = f"{self.series.prefix}-{number}"
        if number not in self._note_ids:
            self._note_ids[number] = self.shop.anchors.make(f"note-{name}", self.draft.section.place)
        if element.tag == "aside":
            self.series.counts["note"] = max(self.series.counts["note"], number)
            element.set("id", self._note_ids[number])
        else:
            element.set("id", self.shop.anchors.make(f"noteref-{name}", self.draft.section.place))
            element.set("role", CALL_ROLE)
            element.set("href", f"#{self._note_ids[number]}")
            element.text = str(number)

    def _equation(self, element: Element) -> None:
        self.series.next("equation")
        printed, screen = self.series.numbers("equation", self.placed.medium_of(element))
        shown = xhtml.element("span", {"class": "number"})
        set_number(shown, f"({printed})", f"({screen})")
        element.insert(0, shown)
        self._define(Definition(element.get("id") or "", "equation", printed, "", if_other(screen, printed)))

    def _number(self, element: Element, kind: DefinitionKind) -> None:
        if kind == "equation":
            self._equation(element)
            return
        caption = next((child for child in element if child.tag in ("figcaption", "caption")), None)
        if caption is None:
            return
        title, printed, screen = plain_title(caption), "", ""
        count = self.series.next(kind)
        place = self._place(line_of(element))
        if self.shop.number_figures:
            printed, screen = self.series.numbers(kind, self.placed.medium_of(element))
            shown = xhtml.element("span", {"class": LABEL})
            said = words(self.shop.language)
            set_number(shown, *(label(kind, number, said) for number in (printed, screen)))
            shown.tail, caption.text = f" {caption.text or ''}", None
            caption.insert(0, shown)
        if not element.get("id"):
            element.set("id", self.shop.anchors.make(f"{kind}-{self.series.prefix}-{count}", place))
        self._define(Definition(element.get("id") or "", kind, printed, title, if_other(screen, printed)))

    def _heading(self, element: Element) -> None:
        title = plain_title(element)
        if not element.get("id"):
            wanted = f"{self.section}--{slug(title)}"
            element.set("id", self.shop.anchors.make(wanted, self.draft.section.place))
        anchor = element.get("id") or ""
        level = int(element.get("data-level") or 3)
        if title:
            self.placed.headings.append(Heading(anchor, level, "", title, _quoted(element)))
            self.placed.subheadings.append(element)
        self._define(Definition(anchor, "other", "", title))

    def _image(self, element: Element) -> None:
        reference = element.get("src") or ""
        line = line_of(element) or self._line_with(reference)
        asset, fault = self.shop.images.take(reference, Path(self.draft.section.place.file))
        if fault is not None:
            place = self._place(line)
            problem = warning(fault.code, fault.message, place, hint=fault.hint, subject=self._subject)
            self.shop.problems.append(problem)
        if asset is None:
            stand_in(element, reference)
            return
        element.set("src", asset.name)
        element.set("width", str(asset.width))
        element.set("height", str(asset.height))
        self.placed.assets.append(asset)

    def _define(self, definition: Definition) -> None:
        self.placed.definitions.append(definition)
        self.shop.anchors.define(definition)

    @property
    def _subject(self) -> str:
        return str(self.draft.section.number or self.draft.section.role or "")

    def _place(self, line: int | None) -> Place:
        own = self.draft.section.place
        return Place(own.file, line) if line else own

    def _line_with(self, words: str) -> int | None:
        offset = self.draft.source.find(words) if words else -1
        return (
            self.draft.section.text_line + self.draft.source.count("\n", 0, offset) if offset >= 0 else None
        )

    def _line_of_id(self, anchor: str) -> int | None:
        """The line that gives an id, the n-th one for the n-th time that it is given."""
        self._ids[anchor] += 1
        name = re.escape(anchor)
        written = re.compile(rf"\{{[^{{}}\n]{{0,300}}#{name}(?=[\s}}])|id\s*=\s*[\"']?{name}\b")
        for count, found in enumerate(written.finditer(self.draft.source), 1):
            if count == self._ids[anchor]:
                return self.draft.section.text_line + self.draft.source.count("\n", 0, found.end())
        return None


def _inside(title: Element) -> str:
    """The inside of a section's heading, as it stands above the text."""
    copy = xhtml.parse(xhtml.serialize(title))
    finish(copy)
    return xhtml.serialize(copy)


def _quoted(heading: Element) -> str:
    """The inside of a heading for the contents: without ids, marks and notes, which stand in the text."""
    copy = xhtml.parse(xhtml.serialize(heading))
    for element in list(copy.iter())[1:]:
        element.attrib.pop("id", None)
        if has_class(element, NOTEREF):
            xhtml.remove(element)
        elif has_class(element, INDEX_MARK):
            xhtml.unwrap(element)
    return xhtml.serialize(copy)


def finish(root: Element) -> None:
    """Take out what only the two passes needed to know."""
    for element in root.iter():
        for name in _TEMPORARY:
            element.attrib.pop(name, None)
