"""Folding: a unit's PDF is taken apart in the unit's own job, into a quire that is ready to be sewn.

Everything that can be done without the rest of the book is done here: links and destinations are gathered,
streams are compressed, pictures get a digest, and each object is written in the syntax of the file. What a
unit can't know are numbers: those of its objects, and of its marks in the parent tree (ISO 32000-1, 14.7.4).
The quire leaves them open, so that binding is filling in numbers.

What nothing leads to from the pages or the tags stays behind: metadata, the unit's own catalog, empty tags.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import pydyf

from recto.galley import LINK_SCHEME
from recto.model import FontUse, Quire, QuireStream, Template

_LINK = f"{LINK_SCHEME}:"  # to another unit, as laid out; bound it is what a link inside a unit is

_LEVEL = 6  # of compression: 9 takes half as long again, for a hundredth
# What syntax is looked through for: strings, which may hold anything; the number of a page or an annotation
# in the parent tree; references
_TOKEN = re.compile(rb"(\((?:[^()\\]|\\.)*\))|(/StructParents? )(\d+)|(\d+) 0 R", re.DOTALL)
# Elements that may hold text themselves (14.8.4): there a Span around a line says nothing
_TEXTUAL = frozenset(
    f"/{name}" for name in "P H1 H2 H3 H4 H5 H6 LBody Lbl Caption TH TD Span NonStruct".split()
)
_SAYS_NOTHING = {"Type", "S", "K", "Pg", "P"}
# The numbers that the book has, in the order of Quire: page tree, Document tag, font dictionary, keys, stamps
_TREE, _DOCUMENT, _FONTS, _KEYS = range(4)


def fold(pdf: Any, fonts: Iterable[FontUse]) -> Quire:
    """The quire of a unit's finished PDF (pydyf's); `fonts` are those that the book embeds for all units."""
    unit = _UnitObjects(pdf, {font.resource for font in fonts})
    links = tuple(unit.links())
    unit.merge_spans()
    unit.inline_references()
    unit.open_ends()
    lines, streams = unit.reached()
    own = [*lines, None, *streams]  # between the two, the leaf of the parent tree
    slots = {number: slot for slot, number in enumerate(own) if number is not None}
    slots |= {number: len(own) + number - unit.end for number in unit.numbers_of_the_book()}
    slots[unit.fonts.number] = len(own) + _FONTS
    return Quire(
        lines=_joined([*map(unit.opened, lines), unit.leaf]).template(slots),
        streams=tuple(unit.stream(number, slots) for number in streams),
        pages=tuple(slots[page.number] for page in unit.pages),
        tags=(slots[unit.document.number], len(lines)),
        keys=unit.keys,
        fonts=unit.own_fonts.template(slots),
        places=tuple(unit.places()),
        links=links,
        headers=tuple((name, slots[number]) for name, number in unit.headers()),
    )


@dataclass(frozen=True)
class _Opened:
    """Syntax with `%d` for each number that is left open, and what each of these is the number of."""

    text: bytes
    numbers: list[int]

    def template(self, slots: Mapping[int, int]) -> Template:
        """The syntax with the slots of its numbers."""
        return Template(self.text, array("I", map(slots.__getitem__, self.numbers)).tobytes())


class _UnitObjects:
    """The objects of a unit's PDF that matter to the book."""

    def __init__(self, pdf: Any, shared_fonts: set[str]) -> None:
        self.objects = pdf.objects
        self.tree = pdf.pages
        self.pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self._tags = self._object(pdf.catalog["StructTreeRoot"])
        self.document = self._object(self._tags["K"][0])
        self.owners = self._object(self._tags["ParentTree"])["Nums"]
        self.keys = len(self.owners) // 2
        self._dests = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
        self.fonts = self._object(self._object(self.pages[0]["Resources"])["Font"])
        # what follows the unit's own objects stands for numbers that the book has, in the order of Quire
        self.end = len(self.objects)
        self._known: dict[int, _Opened] = {}
        own_fonts = {name: font for name, font in self.fonts.items() if name not in shared_fonts}
        self.own_fonts = self._open(pydyf.Dictionary(own_fonts).data[2:-2])

    def _object(self, reference: bytes) -> Any:
        return self.objects[_number(reference)]

    def links(self) -> Iterator[str]:
        """The anchors that links lead to; links to other units become like those inside the unit."""
        for page in self.pages:
            for annotation in map(self._object, page.get("Annots", ())):
                address = annotation.get("A", {}).get("URI")
                if address is not None and address.string.startswith(_LINK):
                    del annotation["A"]
                    annotation["Dest"] = pydyf.String(unquote(address.string.removeprefix(_LINK)))
                if "Dest" in annotation:
                    yield annotation["Dest"].string

    def places(self) -> Iterator[tuple[str, int, float, float]]:
        """Each anchor with the page it stands on, and where."""
        index = {page.reference: at for at, page in enumerate(self.pages)}
        for name, place in zip(self._dests[::2], self._dests[1::2], strict=True):
            yield name.string, index[place[0]], place[2], place[3]

    def headers(self) -> Iterator[tuple[str, int]]:
        """The ids of table headers, each with its element's number."""
        names = self._tags.get("IDTree", {}).get("Names", ())
        for name, reference in zip(names[::2], names[1::2], strict=True):
            yield name.string, _number(reference)

    def merge_spans(self) -> None:
        """Let elements hold their text themselves where a Span of one line and nothing else stands between.

        WeasyPrint makes such a Span for each line of each paragraph: half of all tags.
        """
        elements = {item.reference: item for item in self.objects if _is(item, "/StructElem")}
        for owners in self.owners[1::2]:
            for mark, reference in enumerate(owners if isinstance(owners, list) else ()):
                span = elements.get(reference, {})
                if span.get("S") != "/Span" or span["K"] != [mark] or span.keys() - _SAYS_NOTHING:
                    continue
                parent = elements.get(span["P"], {})
                if parent.get("S") in _TEXTUAL and parent["Pg"] == span["Pg"] and reference in parent["K"]:
                    parent["K"][parent["K"].index(reference)] = mark
                    owners[mark] = parent.reference

    def inline_references(self) -> None:
        """Hold what refers to an annotation in its Link itself: an object less for each link."""
        references = {item.reference: item for item in self.objects if _is(item, "/OBJR")}
        for item in self.objects:
            if _is(item, "/StructElem"):
                item["K"][:] = [references.get(kid, kid) for kid in item["K"]]

    def open_ends(self) -> None:
        """Refer to what is the book's: the page tree, the Document tag, the stamps."""
        self.tree["Parent"] = b"%d 0 R" % (self.end + _TREE)
        self.document["S"], self.document["P"] = "/Part", b"%d 0 R" % (self.end + _DOCUMENT)
        for at, page in enumerate(self.pages):
            stamp = b"%d 0 R" % (self.end + _KEYS + self.keys + at)
            page["Contents"] = pydyf.Array([stamp, page["Contents"]])

    def numbers_of_the_book(self) -> range:
        """What stands for them in the syntax of the unit."""
        return range(self.end, self.end + _KEYS + self.keys + len(self.pages))

    def reached(self) -> tuple[list[int], list[int]]:
        """What pages and tags lead to, in the order of the unit's file (page tree first); streams apart."""
        found = [self.tree.number, self.document.number, *self.own_fonts.numbers, *self.leaf.numbers]
        seen = {self.fonts.number}
        while found:
            number = found.pop()
            if number not in seen and number < self.end:
                seen.add(number)
                found += self.opened(number).numbers
        lines: list[int] = []
        streams: list[int] = []
        for number in sorted(seen - {self.fonts.number}):
            (streams if isinstance(self.objects[number], pydyf.Stream) else lines).append(number)
        return lines, streams

    def opened(self, number: int) -> _Opened:
        """The syntax of an object; of a stream that of its dictionary."""
        if number not in self._known:
            item = self.objects[number]
            entries = pydyf.Dictionary(item.extra) if isinstance(item, pydyf.Stream) else item
            self._known[number] = self._open(entries.data)
        return self._known[number]

    @cached_property
    def leaf(self) -> _Opened:
        """The leaf of the parent tree: for each key the element that owns it, or those of a page's marks."""
        pairs = [
            _Opened(b"%d " + owners.text, [self.end + _KEYS + key, *owners.numbers])
            for key, each in zip(self.owners[::2], self.owners[1::2], strict=True)
            for owners in [self._open(each if isinstance(each, bytes) else each.data)]
        ]
        nums = _joined(pairs)
        limits = [self.end + _KEYS, self.end + _KEYS + self.keys - 1]
        text = b"<</Nums[%s]/Limits[%%d %%d]>>" % nums.text.replace(b"\n", b" ")
        return _Opened(text, nums.numbers + limits)

    def stream(self, number: int, slots: Mapping[int, int]) -> QuireStream:
        """A stream; a picture can be shared, together with the mask that it hangs on."""
        item, head = self.objects[number], self.opened(number)
        compressed, item.compress = item.compress, False
        content = item.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        item.compress = compressed
        if compressed:
            head = _Opened(head.text.removesuffix(b">>") + b"/Filter/FlateDecode>>", head.numbers)
            content = zlib.compress(content, _LEVEL)
        mask = item.extra.get("SMask")
        masks = [] if mask is None else [_number(mask)]
        shared = ""
        if item.extra.get("Subtype") == "/Image" and head.numbers == masks:
            digest = hashlib.sha256(head.text + content)
            for each in masks:
                digest.update(self.stream(each, slots).shared.encode())
            shared = digest.hexdigest()
        return QuireStream(head.template(slots), content, shared)

    def _open(self, data: bytes) -> _Opened:
        """Syntax on one line, with its numbers left open."""
        numbers: list[int] = []

        def opened(found: re.Match[bytes]) -> bytes:
            string, name, key, number = found.groups()
            if number is not None:
                numbers.append(int(number))
                return b"%d 0 R"
            if string is not None:
                return bytes(string.replace(b"\n", b"\\n"))
            numbers.append(self.end + _KEYS + int(key))
            return bytes(name) + b"%d"

        text = _TOKEN.sub(opened, data.replace(b"%", b"%%"))
        return _Opened(text.replace(b"\n", b" "), numbers)


def _joined(pieces: Sequence[_Opened]) -> _Opened:
    """Pieces of syntax, one a line."""
    numbers = [number for piece in pieces for number in piece.numbers]
    return _Opened(b"\n".join(piece.text for piece in pieces), numbers)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == kind
