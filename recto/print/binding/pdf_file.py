"""The file that a book is bound in: numbered objects, packed and indexed (ISO 32000-1, 7.5).

Numbers can be allotted before what they number is known, so that objects refer to one another in any order.
Everything but streams goes into object streams (7.5.7), and the cross-reference table is a stream too
(7.5.8), unless the profile wants neither. What was added is kept as it will stand in the file: writing it is
joining.
"""

from __future__ import annotations

import hashlib
import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

import pydyf

from recto.print.binding.pdf_profile import READING, PdfProfile

_HEADER = b"%%PDF-%s\n%%\xbf\xf7\xa2\xfe\n"
_TOGETHER = 500  # objects of an object stream: more pack better, fewer are found faster
_LEVEL = 6
# Rows of the cross-reference table: kind, place of four bytes, index in an object stream of two
_WIDTHS = (1, 4, 2)
_FREE = bytes((0, 0, 0, 0, 0, 0xFF, 0xFF))
_FREE_LINE = b"0000000000 65535 f \n"
_INDEXES = tuple(at.to_bytes(2, "big") for at in range(_TOGETHER))
_UP = b"\x02"  # the filter of a row (PNG 3rd edition, 9.2): what differs from the row above


class PdfFile:
    """A PDF file while it is made, as its profile wants it. The same calls give the same bytes."""

    def __init__(self, profile: PdfProfile = READING) -> None:
        header = _HEADER % profile.version.encode()
        self._parts = [header]
        self._length = len(header)
        self._packs = profile.object_streams
        self._rows = [_FREE]
        self._loose: list[tuple[int, bytes]] = []

    def allot(self, count: int = 1) -> int:
        """Take numbers for objects that are added later; returns the first."""
        first = len(self._rows)
        self._rows += [_FREE] * count
        return first

    def add(self, content: Any, number: int | None = None) -> int:
        """Add an object, bytes or pydyf's, that is no stream; returns its number."""
        number = self.allot() if number is None else number
        self._loose.append((number, _syntax(content)))
        return number

    def add_lines(self, first: int, lines: bytes) -> None:
        """Add objects that are no streams, one a line; the first has the number `first`."""
        objects = lines.split(b"\n")
        for begin in range(0, len(objects), _TOGETHER):
            some = objects[begin : begin + _TOGETHER]
            self._pack(range(first + begin, first + begin + len(some)), some)

    def add_stream(self, head: Any, content: bytes, number: int | None = None, *, pack: bool = False) -> int:
        """Add a stream; `head` is its dictionary but for the length. Returns its number."""
        number = self.allot() if number is None else number
        entries = _syntax(head).removeprefix(b"<<").removesuffix(b">>")
        if pack:
            entries, content = entries + b"/Filter/FlateDecode", zlib.compress(content, _LEVEL)
        self._rows[number] = self._here()
        self._write(
            b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(content)),
            content,
            b"\nendstream\nendobj\n",
        )
        return number

    def close(self, catalog: int, info: int) -> bytes:
        """The file, with its cross-reference table. Nothing may be added afterwards."""
        for begin in range(0, len(self._loose), _TOGETHER):
            numbers, objects = zip(*self._loose[begin : begin + _TOGETHER], strict=True)
            self._pack(numbers, objects)
        made = hashlib.sha256()
        for part in self._parts:
            made.update(part)
        trailer = {
            "Root": reference(catalog),
            "Info": reference(info),
            "ID": pydyf.Array([b"<%s>" % made.hexdigest()[:32].encode()] * 2),
        }
        return self._close_packed(trailer) if self._packs else self._close_plainly(trailer)

    def _close_packed(self, trailer: Mapping[str, Any]) -> bytes:
        table, start = self.allot(), self._length
        self._rows[table] = self._here()
        head = pydyf.Dictionary(
            {
                "Type": "/XRef",
                "Size": len(self._rows),
                "W": pydyf.Array(_WIDTHS),
                **trailer,
                "DecodeParms": pydyf.Dictionary({"Predictor": 12, "Columns": sum(_WIDTHS)}),
            }
        )
        self.add_stream(head, _differences(self._rows), table, pack=True)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _close_plainly(self, trailer: Mapping[str, Any]) -> bytes:
        """With a table in plain text (7.5.4), as files before PDF 1.5 have it."""
        start = self._length
        rows = (
            _FREE_LINE if row == _FREE else b"%010d 00000 n \n" % int.from_bytes(row[1:5], "big")
            for row in self._rows
        )
        head = pydyf.Dictionary({"Size": len(self._rows), **trailer})
        self._write(b"xref\n0 %d\n" % len(self._rows), *rows)
        self._write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (head.data, start))
        return b"".join(self._parts)

    def _pack(self, numbers: Sequence[int], objects: Sequence[bytes]) -> None:
        """Write objects as one object stream, where the file has such streams."""
        if not self._packs:
            for number, each in zip(numbers, objects, strict=True):
                self._rows[number] = self._here()
                self._write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
            return
        ends = accumulate(len(each) + 1 for each in objects)
        places = (b"%d %d" % pair for pair in zip(numbers, (0, *ends), strict=False))
        index = b" ".join(places)
        head = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index) + 1)
        stream = self.add_stream(head, b"\n".join((index, *objects)), pack=True)
        row = b"\x02" + stream.to_bytes(4, "big")
        for number, at in zip(numbers, _INDEXES, strict=False):
            self._rows[number] = row + at

    def _here(self) -> bytes:
        """The row of what is written next."""
        return b"\x01" + self._length.to_bytes(4, "big") + b"\0\0"

    def _write(self, *parts: bytes) -> None:
        self._parts += parts
        self._length += sum(map(len, parts))


def reference(number: int) -> bytes:
    """A reference to an object, as it is written in another."""
    return b"%d 0 R" % number


def sort_key(text: str) -> bytes:
    """What a name is sorted by in a tree of names: the bytes that a reader sees of it (7.9.6)."""
    return text.encode("ascii") if text.isascii() else BOM_UTF16_BE + text.encode("utf-16-be")


def _syntax(content: Any) -> bytes:
    return content if isinstance(content, bytes) else bytes(content.data)


def _differences(rows: Iterable[bytes]) -> bytes:
    """Rows that grow alike, each as what it adds to the one above: they pack to a tenth."""
    table = b"".join(rows)
    width = sum(_WIDTHS)
    made = bytearray(len(table) // width * (width + 1))
    made[:: width + 1] = _UP * (len(table) // width)
    for at in range(width):
        column = table[at::width]
        made[at + 1 :: width + 1] = bytes(
            [(byte - above) & 0xFF for byte, above in zip(column, b"\0" + column, strict=False)]
        )
    return bytes(made)
