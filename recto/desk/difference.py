"""Where two builds of a book differ: which file of the EPUB, which object of the PDF, which byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from itertools import zip_longest

import pikepdf

_SHOWN = 40  # bytes
_FACTS = ("date_time", "external_attr", "compress_type")


def first_difference(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> str:
    """The first difference between the files of two builds, in words; "" for none."""
    if one.keys() != two.keys():
        return f"other files: {', '.join(sorted(one.keys() ^ two.keys()))}"
    for name, content in one.items():
        if content != two[name]:
            return f"{name}: {_inside(content, two[name]) or _byte(content, two[name])}"
    return ""


def _inside(one: bytes, two: bytes) -> str:
    """What differs inside of two archives or PDFs; "" where it is only how they are written."""
    try:
        if one.startswith(b"PK"):
            return next(_entries(one, two), "")
        if one.startswith(b"%PDF"):
            return next(_objects(one, two), "")
    except (zipfile.BadZipFile, pikepdf.PdfError):
        pass
    return ""


def _entries(one: bytes, two: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(two)) as second:
        for a, b in zip_longest(first.infolist(), second.infolist()):
            if a is None or b is None or a.filename != b.filename:
                yield f"other files, or another order, from {(a or b).filename} on"
                return
            if (content := first.read(a)) != (other := second.read(b)):
                yield f"{a.filename}, {_byte(content, other)}"
            elif [getattr(a, each) for each in _FACTS] != [getattr(b, each) for each in _FACTS]:
                yield f"{a.filename}: its date, permissions or compression"


def _objects(one: bytes, two: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(two)) as second:
        for number, (a, b) in enumerate(zip_longest(first.objects, second.objects), 1):
            if a is None or b is None:
                yield f"{len(first.objects)} objects, and {len(second.objects)}"
                return
            if (syntax := a.unparse(resolved=True)) != (other := b.unparse(resolved=True)):
                yield f"object {number}, {_byte(syntax, other)}"
            elif isinstance(a, pikepdf.Stream) and a.read_raw_bytes() != b.read_raw_bytes():
                yield f"the stream of object {number} ({a.get('/Type', a.get('/Subtype', 'content'))})"


def _byte(one: bytes, two: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    line = one.count(b"\n", 0, at) + 1
    around = [each[max(0, at - _SHOWN // 2) : at + _SHOWN // 2] for each in (one, two)]
    return f"byte {at} (line {line}): {around[0]!r} and {around[1]!r}"
