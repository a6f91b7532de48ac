"""Galleys made ready for the printed page: what a reader of paper needs and a screen does not.

Footnotes move into the line that calls them (the print engine floats them to the foot), references get the
page they point to, links out of the unit become `recto:ANCHOR` (the binder makes them jumps), headings get
levels without a gap, lines of code that may wrap are marked, and index marks are taken out
(recto.print.layout.positions finds their pages).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from recto import galley
from recto.compose.chapter_lead import mark_lead
from recto.compose.formula_choice import for_paper
from recto.compose.print import list_numbers
from recto.compose.print.decimals import align_decimals
from recto.compose.print.inline_notes import set_in_line
from recto.compose.print.page_ends import keep_to_next, keep_together
from recto.compose.title_lines import bind
from recto.languages import numbered
from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, class_names, has_class
from recto.theme.look import TextLook

# The text face has no non-breaking hyphen, and looking for one elsewhere is slow: a hyphen in a word that
# may not break looks the same. Addresses are never hyphenated: a hyphen would seem to belong to them.
_NO_BREAK_HYPHEN = "‑"
_SPECIAL = re.compile(f"{_NO_BREAK_HYPHEN}|://")
_LONG_WORD = re.compile(r"[^\W\d_]{24,}")  # of a title, which has no hyphens else
_SPECIAL_WORD = re.compile(rf"(?<!\S)(?=\S*(?:{_SPECIAL.pattern}))\S+")

# Lines of code up to this length fit any measure; longer ones may wrap and get a mark where they do.
_ICON = 96  # pixels, at most
_SAFE_CODE_LINE = 44

# Code within a line is kept whole up to this length: `# Title` means nothing without its sign
_WHOLE_CODE = 14

# Where a long name in code may be divided, after some letters of it
_JOINT = re.compile(r"(?<=\w\w[._/(:-])(?=\w\w)")

# Listings of so many rows stay on one page; longer ones may break
_SHORT = 6
_CODE_MEASURE = 56  # characters of code that a row holds, about
_LINES_TOGETHER = 3  # of a listing

# As wide as a folio is likely to be: what stands for one until the pages are known
UNKNOWN_FOLIO = "000"
STAND_IN = re.compile(rf"(?<![\d.,]){UNKNOWN_FOLIO}(?!\d)")

# The alternative text of a picture that says nothing, for the print engine wants one of every picture
_ORNAMENT = " "


class Lead(NamedTuple):
    """Where a link within the book leads.

    unit   the name of the unit that it leads to
    name   what ends a reference to it in the book's own words: the number or title of its target
    folio  its page; "" where none is to be named
    """

    unit: str
    name: str
    folio: str


class UnitText:
    """Prepares the fragments of one unit, in the order in which they stand in it."""

    def __init__(
        self,
        unit: str,
        leads: Mapping[str, Lead],
        page: str,
        references: bool,
        comma: str,
        opening: TextLook | None = None,
        measure: float = math.inf,
    ) -> None:
        self._measure, self._comma = measure, comma
        self._unit, self._leads, self._page, self._references = unit, leads, page, references
        self._opening = opening  # how its first words are set, until they are
        self._level = 1
        self._set_notes: set[str] = set()  # those that stand in a heading already

    def heading(self, level: int) -> str:
        """The tag for a heading of a level (1 for a chapter): `h2`; never more than one below the last."""
        self._level = min(level, self._level + 1, 6)
        return f"h{self._level}"

    def fragment(self, html: str) -> Markup:
        """A fragment of a galley as the print templates take it."""
        root = xhtml.parse(html)
        self._set(root)
        if self._opening is not None and mark_lead(root, self._opening):
            self._opening = None
        return Markup(xhtml.serialize(root))

    def title(self, html: str, text: str = "") -> Markup:
        """The title of a heading, as the print templates take it; `text` holds the notes that it calls."""
        root = xhtml.parse(html)
        _part_names(root)
        bind(root)
        self._set(root, xhtml.parse(text) if galley.calls(root) else None)
        _special_words(root, _LONG_WORD)
        return Markup(xhtml.serialize(root))

    def _set(self, root: Element, text: Element | None = None) -> None:
        _take_out_marks(root)
        own = {element.get("id", "") for element in root.iter()}
        self._headings(root)
        self._notes(root, text)
        for element in list(root.iter("a")):
            self._link(element, own)
        for_paper(root, self._measure)
        for element in root.iter("img"):
            _image(element)
        for element in root.iter("ol"):
            list_numbers.number(element)
        for element in root.iter("pre"):
            _code(element)
        for element in root.iter("table"):
            align_decimals(element)
            keep_together(element)
        keep_to_next(root)
        for element in root.iter("code", "kbd"):
            _inline_code(element)
        _special_words(root)

    def _headings(self, root: Element) -> None:
        for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            element.tag = self.heading(int(str(element.tag)[1]))
            bind(element)

    def _notes(self, root: Element, text: Element | None) -> None:
        """Put each note in place of its call; a second call of a note stays a link to it."""
        notes = {note.get("id", ""): note for note in galley.notes(root if text is None else text)}
        for name in self._set_notes & notes.keys():
            xhtml.remove(notes.pop(name))
        if text is not None:
            self._set_notes |= {call.get("href", "").removeprefix("#") for call in galley.calls(root)}
        for call in galley.calls(root):
            note = notes.pop(call.get("href", "").removeprefix("#"), None)
            if note is None:
                continue
            xhtml.remove(note)
            set_in_line(note, call)

    def _link(self, link: Element, own: set[str]) -> None:
        href = link.get("href", "")
        if not href.startswith("#"):
            return
        anchor = href[1:]
        lead = self._leads.get(anchor)
        if lead is None:
            xhtml.unwrap(link)
            return
        if lead.unit != self._unit:
            link.set("href", f"{galley.LINK_SCHEME}:{anchor}")
        # what stands in the same section is at most a page turn away: its page would only clutter the line
        if has_class(link, galley.XREF) and self._references and anchor not in own:
            self._add_page(link, lead)

    def _add_page(self, link: Element, lead: Lead) -> None:
        if not lead.folio or (parent := link.getparent()) is None:
            return
        page = numbered(self._page, lead.folio, "\u00a0")
        ends = galley.kind(parent) == "label" or (lead.name and xhtml.words(link).endswith(lead.name))
        added = f"{self._comma}{page}" if ends else f" ({page})"
        reference = xhtml.element("span", {"class": galley.PAGE_REFERENCE}, added)
        reference.tail, link.tail = link.tail, None
        link.addnext(reference)


def plain(html: str) -> Markup:
    """A heading as other pages quote it: without ids, links and notes, which belong to its own place."""
    root = xhtml.parse(html)
    for_paper(root)
    for element in list(root.iter()):
        element.attrib.pop("id", None)
        if galley.kind(element) == "call":
            xhtml.remove(element)
        elif element.tag in ("br", "img"):
            element.text = " " if element.tag == "br" else element.get("alt")
            xhtml.unwrap(element)
        elif element.tag == "a":
            xhtml.unwrap(element)
    for_paper(root)
    _special_words(root)
    return Markup(xhtml.serialize(root))


def _part_names(title: Element) -> None:
    """Let long names in code end a line at their joints: a title has no room for them, and no hyphens."""
    for code in title.iter("code"):
        for element in code.iter():
            element.text = _JOINT.sub("\u200b", element.text or "") or None
            if element is not code:
                element.tail = _JOINT.sub("\u200b", element.tail or "") or None


def _take_out_marks(root: Element) -> None:
    for element in list(root.iter("span", "div")):
        kind = class_names(element)
        if galley.INDEX_MARK in kind:
            xhtml.unwrap(element)
        elif galley.INDEX_MARKS in kind:
            xhtml.remove(element)


def _image(image: Element) -> None:
    source = image.get("src", "")
    if ":" not in source:
        image.set("src", f"{galley.FILE_SCHEME}:///{source.lstrip('/')}")
    above = image.getparent()
    if above is not None and above.tag == "p" and above[0] is image and not (above.text or "").strip():
        add_class(above, "pictured")  # it may be as wide as the column, so that nothing is indented
    width, figure = image.get("width", ""), next(image.iterancestors("figure"), None)
    if "style" not in image.attrib:
        if width.endswith("%"):
            image.set("style", f"width: {width}")
        elif (
            figure is None
            and source.endswith(".svg")
            and width.isdigit()
            and not _may_shrink(image, int(width))
        ):
            # an icon in a line: a drawing without a width of its own would be as wide as the column
            image.set("style", f"width: {width}px")
    if not (image.get("alt") or "").strip():
        caption = xhtml.words(figure) if figure is not None and image.get("role") != "presentation" else ""
        image.set("alt", caption or _ORNAMENT)


def _may_shrink(image: Element, width: int) -> bool:
    """True for a drawing that is no icon in a table: with its own width it would hold its column open."""
    return width > _ICON and next(image.iterancestors("td", "th"), None) is not None


def _code(block: Element) -> None:
    lines = [span for span in block.iter("span") if span.get("class") == "line"]
    lengths = [len("".join(line.itertext())) for line in lines]
    for line, length in zip(lines, lengths, strict=True):
        if length > _SAFE_CODE_LINE:
            line.set("class", "line long")
    if sum(max(1, math.ceil(length / _CODE_MEASURE)) for length in lengths) <= _SHORT:
        add_class(block, "short")
        return
    for line in lines[:1]:  # the print engine begins a listing with an empty box, which would stay alone
        add_class(line, "held")
    ends = {*range(1, _LINES_TOGETHER), *range(len(lines) + 1 - _LINES_TOGETHER, len(lines))}
    for at in sorted(ends & {*range(1, len(lines))}):  # of few long lines that turn over, the ends are one
        # both, for the print engine has an empty box between two lines
        add_class(lines[at - 1], "holds")
        add_class(lines[at], "held")


def _inline_code(code: Element) -> None:
    text = "".join(code.itertext())
    if len(text) <= _WHOLE_CODE and " " in text and next(code.iterancestors("pre"), None) is None:
        add_class(code, "nobr")


def _special_words(root: Element, pattern: re.Pattern[str] = _SPECIAL_WORD) -> None:
    for element in list(root.iter()):
        if element.text and pattern.search(element.text):
            element.text, spans = _split(element.text, pattern)
            for index, span in enumerate(spans):
                element.insert(index, span)
        parent = element.getparent()
        if parent is not None and element.tail and pattern.search(element.tail):
            element.tail, spans = _split(element.tail, pattern)
            at = parent.index(element) + 1
            for index, span in enumerate(spans):
                parent.insert(at + index, span)


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, list[Element]]:
    """Text up to the first word that needs care, then such words as spans with what follows each."""
    before, end, spans = "", 0, list[Element]()
    for found in pattern.finditer(text):
        between = text[end : found.start()]
        if spans:
            spans[-1].tail = between
        else:
            before = between
        kind = "divisible" if pattern is _LONG_WORD else "nobr" if _NO_BREAK_HYPHEN in found[0] else "url"
        spans.append(xhtml.element("span", {"class": kind}, found[0].replace(_NO_BREAK_HYPHEN, "-")))
        end = found.end()
    if spans:
        spans[-1].tail = text[end:]
    return before, spans
