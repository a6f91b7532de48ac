"""The objects of a PDF as bytes: a document has some ten thousand, and most values are short and plain."""

from __future__ import annotations

from typing import Any

import pydyf

_to_bytes = pydyf._to_bytes


def to_bytes(item: Any) -> bytes:
    """In place of `_to_bytes`: a value as it stands in a PDF; what is most frequent is looked for first."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    return _to_bytes(item)  # type: ignore[no-any-return]


def dictionary(item: Any) -> bytes:
    """In place of `Dictionary.data`."""
    return b"<<%b>>" % b"".join([b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in item.items()])


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """In place of `PDF.page_references`, which is asked for with every tag: the references of all pages."""
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = pdf.__dict__.get("_recto_pages", ())
    if 3 * len(known) != len(kids):
        known = pdf._recto_pages = tuple(b"%d 0 R" % number for number in kids[::3])
    return known
