"""Proofs: the printed pages as they can be looked at, one by one.

A page is known by a digest of what is drawn on it, so that whoever looks fetches only pages that changed.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops

from recto.door import read
from recto.numbering import roman

_LARGEST = 2_000_000_000  # bytes of a PDF
_WIDEST = 3_000  # pixels of a picture of a page
_DEEPEST = 4  # forms and pictures in one another that a digest looks at


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A page: its digest, its folio, its width and height in points."""

    digest: str
    folio: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as it is printed; its box in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    width: float
    height: float


class _DrawnPdf:
    """A PDF that pages are drawn from. PDFium works for one thread at a time, so a lock stands before it."""

    one_at_a_time = Lock()

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._document: Any = None

    def page(self, number: int) -> Any:
        """A page of it, to be closed after use; the lock is to be held meanwhile."""
        if self._document is None:
            self._document = pdfium.PdfDocument(self._content)
        return self._document[number]

    def close(self) -> None:
        """Give back what PDFium holds."""
        with self.one_at_a_time:
            if self._document is not None:
                self._document.close()
                self._document = None


class Proofs:
    """The pages of a book, each known by its digest: those of one PDF, and of others laid over it. `leftward`
    is whether it is read from the right, so that its odd pages are those on the left.
    """

    def __init__(
        self,
        pages: Sequence[ProofPage],
        anchors: Mapping[str, int],
        at: Mapping[str, tuple[_DrawnPdf, int]],
        *,
        leftward: bool,
    ) -> None:
        self.pages, self.anchors, self._at, self.leftward = tuple(pages), anchors, at, leftward

    @classmethod
    def of(cls, path: Path) -> Proofs:
        """The pages of a PDF."""
        content = read(path, _LARGEST)
        (pages, anchors, leftward), sheets = _looked_over(content), _DrawnPdf(content)
        at = {page.digest: (sheets, number) for number, page in enumerate(pages)}
        return cls(pages, anchors, at, leftward=leftward)

    def with_sheets(self, content: bytes, skip: int, first: int, count: int) -> Proofs:
        """The same with `count` pages of another PDF, from its page `skip` on, laid over those from `first`
        on (all from 0); they keep their folios.
        """
        (pages, _, _), sheets = _looked_over(content), _DrawnPdf(content)
        laid = pages[skip : skip + count]
        over = [replace(new, folio=old.folio) for new, old in zip(laid, self.pages[first:], strict=False)]
        at = {page.digest: (sheets, skip + number) for number, page in enumerate(over)}
        all_pages = (*self.pages[:first], *over, *self.pages[first + len(over) :])
        return Proofs(all_pages, self.anchors, {**at, **self._at}, leftward=self.leftward)

    def __contains__(self, digest: str) -> bool:
        return digest in self._at

    def picture(self, digest: str, width: int) -> bytes | None:
        """A page as a PNG so many pixels wide; None where the book has no such page."""
        if digest not in self._at:
            return None
        sheets, number = self._at[digest]
        with sheets.one_at_a_time:
            page = sheets.page(number)
            scale = min(max(width, 16), _WIDEST) / page.get_width()
            shown: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
            page.close()
        out = io.BytesIO()
        # grey has a third of the bytes to be packed; hardly packed, for they don't go far
        (shown.convert("L") if _is_grey(shown) else shown).save(out, "PNG", compress_level=1)
        return out.getvalue()

    def words(self, digest: str) -> tuple[PrintedWord, ...] | None:
        """The words of a page in the order of the text; None where the book has no such page."""
        if digest not in self._at:
            return None
        sheets, number = self._at[digest]
        with sheets.one_at_a_time:
            page = sheets.page(number)
            height = page.get_height()
            text = page.get_textpage()
            count = text.count_chars()
            signs = text.get_text_range(0, count) if count else ""
            boxes = [text.get_charbox(index, loose=True) for index in range(count)]
            text.close()
            page.close()
        return tuple(_words(signs, boxes, height))

    def close(self) -> None:
        """Give back what PDFium holds."""
        for sheets in {id(sheets): sheets for sheets, _ in self._at.values()}.values():
            sheets.close()


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return all(ImageChops.difference(red, other).getbbox() is None for other in (green, blue))


def _words(signs: str, boxes: list[tuple[float, ...]], height: float) -> Iterator[PrintedWord]:
    """Characters joined into words; a hyphen at the end of a line is the typesetter's."""
    start = 0
    for index in range(len(signs) + 1):
        if index < len(signs) and not signs[index].isspace() and signs[index] != "\x00":
            continue
        if index > start:
            left = min(box[0] for box in boxes[start:index])
            bottom = min(box[1] for box in boxes[start:index])
            right = max(box[2] for box in boxes[start:index])
            top = max(box[3] for box in boxes[start:index])
            text = signs[start:index].replace("\ufffe", "-").replace("\x02", "-")
            yield PrintedWord(text, left, height - top, right - left, top - bottom)
        start = index + 1


def _looked_over(content: bytes) -> tuple[tuple[ProofPage, ...], dict[str, int], bool]:
    """The pages of a PDF, the page (from 0) of each named destination, whether it is read from the right."""
    with pikepdf.open(io.BytesIO(content)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        labels = _Folios(file)
        pages = tuple(_looked_at(page, labels.of(number)) for number, page in enumerate(file.pages))
        anchors = {}
        for name, where in _destinations(file):
            if (number := numbers.get(where)) is not None:
                anchors[name] = number
        wishes: Any = file.Root.get("/ViewerPreferences", {})
        leftward = wishes.get("/Direction") == "/R2L"
    return pages, anchors, leftward


def _looked_at(page: pikepdf.Page, folio: str) -> ProofPage:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    digest = hashlib.sha256(f"{left} {bottom} {right} {top} {page.obj.get('/Rotate', 0)}".encode())
    for stream in _streams(page.obj.get("/Contents")):
        digest.update(stream.read_raw_bytes())
    for piece in _drawn(page.obj.get("/Resources"), 0):
        digest.update(piece)
    return ProofPage(digest.hexdigest()[:20], folio, right - left, top - bottom)


def _streams(contents: Any) -> list[Any]:
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _drawn(resources: Any, depth: int) -> Iterator[bytes]:
    """What a page is drawn with: its fonts by name, without the mark of the subset, and its pictures."""
    if resources is None or depth > _DEEPEST:
        return
    for name, font in resources.get("/Font", {}).items():
        yield f"{name} {str(font.get('/BaseFont', '')).partition('+')[2]}".encode()
    for name, thing in resources.get("/XObject", {}).items():
        yield name.encode()
        yield thing.read_raw_bytes()
        yield from _drawn(thing.get("/Resources"), depth + 1)


@dataclass(slots=True)
class _Folios:
    """The page labels of a PDF (ISO 32000-1, 12.4.2), as far as Recto writes them."""

    file: pikepdf.Pdf
    _starts: dict[int, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if "/PageLabels" in self.file.Root:
            self._starts = dict(pikepdf.NumberTree(self.file.Root.PageLabels))

    def of(self, number: int) -> str:
        """What is printed on a page, or would be."""
        begins = max((start for start in self._starts if start <= number), default=None)
        if begins is None:
            return str(number + 1)
        label = self._starts[begins]
        value = int(label.get("/St", 1)) + number - begins
        style = str(label.get("/S", ""))
        shown = roman(value) if style == "/r" else roman(value).upper() if style == "/R" else str(value)
        return str(label.get("/P", "")) + (shown if style else "")


def _destinations(file: pikepdf.Pdf) -> Iterator[tuple[str, tuple[int, int]]]:
    """The named destinations of a PDF, with the object that each one's page is."""
    names: Any = file.Root.get("/Names")
    if names is None or "/Dests" not in names:
        return
    for name, target in pikepdf.NameTree(names.Dests).items():
        where = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        if isinstance(where, pikepdf.Array) and len(where):
            yield str(name), where[0].objgen
