"""The cover: the author's image, looked at before it is taken, or a page drawn by the print engine.

1400 × 2240 pixels fit what every store asks of a cover inside the book (ratio 1.6, short side 1400 for
Apple, below the 3.2 megapixels of IngramSpark).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from recto.config import Config
from recto.door import LARGEST_IMAGE, Door
from recto.metadata import cover_name
from recto.model import Document
from recto.problems import Place, Problem, error, warning

WIDTH = 1400
_SMALLEST = 625  # KDP's least width; below 1400 Apple Books does not take a cover
_LARGEST = 10_000
_PNG = b"\x89PNG\r\n\x1a\n"
# JPEG markers that hold the measures of the image: every start of frame, but not DHT, JPG and DAC
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class _Picture:
    """What the head of an image file tells. `channels` is 3 for colour without transparency."""

    media_type: str
    width: int
    height: int
    channels: int


def given_cover(config: Config, root: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The cover that book.toml names, out of the folder `root`; None where it names none, or a wrong one."""
    if not config.book.cover:
        return None, ()
    place, named = config.place_of("book", "cover"), config.book.cover
    door = Door.of(root)
    try:
        if not (root / named).resolve().is_relative_to(door.folder):
            message = f"the cover {named} lies outside the book's folder"
            hint = "copy it into the folder and name it from there"
            return None, (error("cover-outside", message, place, hint=hint, subject=named),)
        content = door.read(root / named, LARGEST_IMAGE)
    except (OSError, RuntimeError, ValueError) as fault:
        message = f"the cover {named} can't be read: {getattr(fault, 'strerror', fault)}"
        hint = f"paths of book.toml start in {root}; leave `cover` out to have a cover made"
        return None, (error("cover-missing", message, place, hint=hint, subject=named),)
    picture = _look(content)
    problems = tuple(_faults(picture, named, cover_name(config), place))
    if picture is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    return _document(cover_name(config), content, picture.media_type), problems


def drawn_cover(pdf: bytes) -> Document:
    """The first page of a PDF as a cover, `WIDTH` pixels wide. Raises ValueError where there is no page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not len(document):
            raise ValueError("the cover has no page")
        page = document[0]
        bitmap = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True)
        rows = _rows(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
        content = _png(rows, bitmap.width, bitmap.height)
    finally:
        document.close()
    return _document("cover.png", content, "image/png")


def _document(name: str, content: bytes, media_type: str) -> Document:
    return Document(name, "", content, media_type, ("cover-image",), spine=False)


def _faults(picture: _Picture | None, named: str, name: str, place: Place) -> list[Problem]:
    if picture is None:
        message = f"the cover {named} is neither a JPEG nor a PNG image"
        hint = "save it as one of the two: stores take nothing else"
        return [error("cover-format", message, place, hint=hint, subject=named)]
    found = []
    if (picture.media_type == "image/jpeg") != name.endswith(".jpg"):
        message = f"the cover {named} is of another kind than its name says: {picture.media_type}"
        found.append(error("cover-format", message, place, hint="give it its true ending", subject=named))
    if picture.channels == 4:
        message = f"the cover {named} is in CMYK or transparent; e-readers want plain RGB"
        found.append(error("cover-color", message, place, hint="save it as RGB, flattened", subject=named))
    short, long = sorted((picture.width, picture.height))
    measures = f"{picture.width} × {picture.height} pixels"
    if short < _SMALLEST or long > _LARGEST:
        message = f"the cover {named} has {measures}; stores take {_SMALLEST} to {_LARGEST} a side"
        found.append(error("cover-size", message, place, hint="1400 × 2240 fits all", subject=named))
    elif short < WIDTH:
        message = f"the cover {named} has {measures}; Apple Books wants {WIDTH} on the short side"
        found.append(warning("cover-small", message, place, hint="1400 × 2240 fits all", subject=named))
    return found


def _look(content: bytes) -> _Picture | None:
    """Kind and measures of an image by its first bytes, without decoding it; None for any other file."""
    if content.startswith(_PNG) and len(content) > 25:
        width, height, _, kind = struct.unpack(">IIBB", content[16:26])
        return _Picture("image/png", width, height, 4 if kind & 4 else 3)
    if content.startswith(b"\xff\xd8\xff"):
        return _look_at_jpeg(content)
    return None


def _look_at_jpeg(content: bytes) -> _Picture | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width, channels = struct.unpack(">HHB", content[at + 5 : at + 10])
            return _Picture("image/jpeg", width, height, channels)
        at += 2 + length
    return None


def _rows(buffer: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """The pixels of a bitmap as rows of a PNG: each begins with its filter (none), RGB without alpha."""
    rows = bytearray()
    for y in range(height):
        row = bytearray(buffer[y * stride : y * stride + width * channels])
        if channels == 4:
            del row[3::4]
        rows += b"\0" + row
    return bytes(rows)


def _png(rows: bytes, width: int, height: int) -> bytes:
    """A PNG file of 8-bit RGB (PNG 3rd edition, 5.3 and 11.2)."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return _PNG + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
