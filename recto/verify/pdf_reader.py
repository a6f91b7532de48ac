"""The text of a finished print book, read by pdfium in the order of its tags, with where it stands.

What is tagged is the text of the book (ISO 32000-1, 14.7 and 14.8); running heads and folios are artifacts
(14.8.2.2) and in no tag. What lies off the sheet is not read: nobody can read it on paper.
"""

from __future__ import annotations

import ctypes
import io
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

from recto.verify.bare import letters
from recto.verify.passage import ReadBook

Sheet = tuple[float, float, float, float]
Marked = dict[int, str]
_INVISIBLE = 3  # text rendering mode, ISO 32000-1, table 106
_LEAST = 0.5  # points: smaller type is none
_ARTIFACT = -1
_NUMBER = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_UNREAD = ("/Formula",)
_LEADING = ("/Link", "/H1")


def read_pdf(content: bytes) -> ReadBook:
    """Read a PDF. Raises PdfError or PdfiumError where it is none."""
    text = pypdfium2.PdfDocument(content)
    try:
        pages = [_page(text, index) for index in range(len(text))]
        labels = [text.get_page_label(index) or str(index + 1) for index in range(len(text))]
    finally:
        text.close()
    with pikepdf.open(io.BytesIO(content)) as objects:
        order = list(_in_order(objects))
    return ReadBook(
        "the print book",
        tuple((letters(_told(pages[page].get(mark, ""))), f"page {labels[page]}") for page, mark in order),
    )


def _told(text: str) -> str:
    """A text with the characters that no font has, which print as their numbers."""
    return _NUMBER.sub(lambda found: chr(min(int(found[1], 16), sys.maxunicode)), text)


def _page(pdf: Any, index: int) -> Marked:
    """The text of a page by the marks of its content, without what is not to be seen."""
    page = pdf[index]
    textpage = page.get_textpage()
    sheet = page.get_trimbox()
    found: dict[int, list[_Character]] = {}
    drawn: dict[int | None, int | None] = {None: None}
    mark: int | None = None
    for at in range(raw.FPDFText_CountChars(textpage.raw)):
        shown = raw.FPDFText_GetTextObject(textpage.raw, at)
        key = ctypes.cast(shown, ctypes.c_void_p).value
        if key not in drawn:
            is_seen = _is_seen(shown)
            drawn[key] = raw.FPDFPageObj_GetMarkedContentID(shown) if is_seen else _ARTIFACT
        mark = drawn[key]
        if mark is not None and mark != _ARTIFACT:
            left, is_on = _place(sheet, textpage, at)
            if is_on:
                character = _Character(chr(raw.FPDFText_GetUnicode(textpage.raw, at)), key, left)
                found.setdefault(mark, []).append(character)
    textpage.close()
    page.close()
    is_mixed = any(each.is_leftward for characters in found.values() for each in characters)
    return {
        mark: "".join(each.text for each in (_as_read(characters) if is_mixed else characters))
        for mark, characters in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Character:
    """A character of a page: the piece of text that it is drawn with, and its left edge, in points."""

    text: str
    piece: int | None
    left: float

    @property
    def is_leftward(self) -> bool:
        return unicodedata.bidirectional(self.text) in ("R", "AL")


def _as_read(characters: list[_Character]) -> Iterator[_Character]:
    """Characters with the words of pieces that run to the right as they stand.

    In lines that run to the left pdfium gives the last of them first.
    """
    for _, piece in groupby(characters, lambda each: each.piece):
        each_one = list(piece)
        if not any(each.is_leftward for each in each_one):
            each_one.sort(key=lambda each: each.left)
        yield from each_one


def _is_seen(shown: Any) -> bool:
    """Whether a piece of text is drawn at all, in ink, in a size that can be seen."""
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(shown, size)
    alpha = ctypes.c_uint(255)
    raw.FPDFPageObj_GetFillColor(shown, ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), alpha)
    mode = raw.FPDFTextObj_GetTextRenderMode(shown)
    return mode != _INVISIBLE and alpha.value > 0 and abs(size.value) >= _LEAST


def _place(sheet: Sheet, textpage: Any, at: int) -> tuple[float, bool]:
    """The left edge of a character, and whether its middle lies on the sheet."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(textpage.raw, at, left, right, bottom, top):
        return 0.0, True
    across, up = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    return left.value, sheet[0] <= across <= sheet[2] and sheet[1] <= up <= sheet[3]


@dataclass(frozen=True, slots=True)
class _Tag:
    """A piece of the tree of tags on the way down: the page it is on, the Part and the last tag it is in."""

    item: Any
    page: tuple[int, int]
    part: int = 0
    kind: str = ""
    is_note: bool = False


def _in_order(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Every marked piece of content in the order of the tags: its page, from 0, and its mark.

    A Part of links alone is the contents, and left out. Notes stand at the foot of a page in the midst of a
    paragraph, and come last.
    """
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found: list[_Tag] = []
    root: Any = pdf.Root.get("/StructTreeRoot", {})
    waiting = [_Tag(root.get("/K", pikepdf.Array()), (0, 0))]
    parts = 0
    while waiting:
        tag = waiting.pop()
        if isinstance(tag.item, pikepdf.Array):
            waiting += [replace(tag, item=each) for each in reversed(list(tag.item))]
        elif isinstance(tag.item, pikepdf.Dictionary):
            parts += tag.item.get("/S") == "/Part"
            waiting += _below(tag, parts)
        elif tag.page in numbers:
            found.append(tag)
    contents = {tag.part for tag in found if tag.kind == "/Link"}
    contents -= {tag.part for tag in found if tag.kind not in _LEADING}
    return [
        (numbers[tag.page], int(tag.item))
        for is_note in (False, True)
        for tag in found
        if tag.is_note is is_note and tag.part not in contents
    ]


def _below(tag: _Tag, parts: int) -> Iterator[_Tag]:
    """What a tag holds."""
    item, kind = tag.item, tag.item.get("/S")
    inside = item.get("/MCID") if item.get("/Type") == "/MCR" else item.get("/K")
    if inside is not None and kind not in _UNREAD:
        is_note = tag.is_note or (kind == "/NonStruct" and item.get("/P", {}).get("/S") == "/Part")
        page = item.Pg.objgen if "/Pg" in item else tag.page
        kind = tag.kind if tag.kind in _LEADING else str(kind)
        yield _Tag(inside, page, parts if kind == "/Part" else tag.part, kind, is_note)
