"""What shops for e-books ask beyond EPUB: each shop's limits in a file of `shops/`, held against the book.

What a shop would refuse is told of every shop; what one only advises, of those that book.toml names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from recto.door import LARGEST_IMAGE, read
from recto.images.pictures import look
from recto.model import Asset, Document
from recto.notations import xhtml
from recto.notations.shipped_tables import shipped
from recto.notations.xhtml import XHTML
from recto.problems import Place, Problem, error, shown, warning
from recto.settings.config import Config

_FOLDER = Path(__file__).parent / "shops"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Advice:
    """What a shop shows badly or asks for: columns of a table, levels of the contents, keys of `[book]`."""

    columns: int = 0
    levels: int = 0
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EpubShop:
    """What a shop takes; 0 where it sets no limit.

    cover_short, cover_long    least pixels on either side of the cover
    picture_pixels             most pixels of a picture
    document_megabytes         most that a document and all that it shows may take
    megabytes                  most that the book may take
    """

    title: str
    cover_short: int = 0
    cover_long: int = 0
    picture_pixels: int = 0
    document_megabytes: float = 0
    megabytes: float = 0
    advice: Advice = field(default_factory=Advice)


@cache
def shop(name: str) -> EpubShop:
    """A shop by its name."""
    said = dict(shipped("recto.epub.shops", f"{name}.toml"))
    advice: dict[str, Any] = {**said.pop("advice", {})}
    facts = tuple(advice.pop("facts", ()))
    return EpubShop(**said, advice=Advice(**advice, facts=facts))


@cache
def names() -> tuple[str, ...]:
    """The shops that there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@dataclass(frozen=True, slots=True)
class FinishedBook:
    """What is held against the shops: the documents (with the cover), the pictures, and the bytes in all."""

    documents: Sequence[Document]
    pictures: Sequence[Asset]
    size: int


def unknown_shops(config: Config) -> tuple[Problem, ...]:
    """Errors for names in `[epub] shops` that no shop has."""
    asked = enumerate(config.epub.shops)
    return tuple(_unknown(name, number, config) for number, name in asked if name not in names())


def shop_findings(book: FinishedBook, config: Config) -> tuple[Problem, ...]:
    """What shops would refuse, and what those of `[epub] shops` advise against; each with a remedy."""
    problems: list[Problem] = []
    shops = [shop(name) for name in names()]
    named = [shop(name) for name in names() if name in config.epub.shops]
    measures = _Measures(book, config)
    for found in (
        measures.cover(shops),
        measures.pictures(shops),
        measures.sizes(shops),
        measures.advice(named),
    ):
        problems += found
    return tuple(problems)


def _unknown(name: str, number: int, config: Config) -> Problem:
    near = difflib.get_close_matches(name, names(), n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known are: {', '.join(names())}"
    place = config.place_of("epub", "shops", number)
    return error("shop-unknown", f"no shop is called {name!r}", place, hint=hint, subject=name)


def _listed(shops: Iterable[EpubShop]) -> str:
    return ", ".join(each.title for each in shops)


class _Measures:
    """The measures of one finished book against shops."""

    def __init__(self, book: FinishedBook, config: Config) -> None:
        self.book, self.config = book, config

    def cover(self, shops: Sequence[EpubShop]) -> Iterator[Problem]:
        cover = next((each for each in self.book.documents if "cover-image" in each.properties), None)
        picture = look(cover.content) if cover else None
        if picture is None:
            return
        short, long = sorted(picture.shown)
        refusing = [each for each in shops if short < each.cover_short or long < each.cover_long]
        if refusing:
            size = f"{picture.width} × {picture.height} pixels"
            message = f"the cover has {size}, too few for {_listed(refusing)}"
            place = self.config.place_of("book", "cover")
            yield warning("shop-cover", message, place, hint="1400 × 2240 fits all of them")

    def pictures(self, shops: Sequence[EpubShop]) -> Iterator[Problem]:
        for asset in self.book.pictures:
            if asset.media_type == "image/svg+xml":
                continue
            picture = look(asset.content if asset.content is not None else read(asset.path, LARGEST_IMAGE))
            pixels = picture.width * picture.height if picture else 0
            refusing = [each for each in shops if 0 < each.picture_pixels < pixels]
            if refusing:
                file = shown(asset.path)
                message = f"{file} has {pixels / 1e6:.1f} million pixels, too many for {_listed(refusing)}"
                most = min(each.picture_pixels for each in refusing)
                hint = f"save it with {most / 1e6:g} million pixels at most"
                yield warning("shop-picture", message, Place(file), hint=hint, subject=asset.path.name)

    def sizes(self, shops: Sequence[EpubShop]) -> Iterator[Problem]:
        whole = self.book.size / _MEGABYTE
        place = self.config.place_of("book", "title")
        if refusing := [each for each in shops if 0 < each.megabytes < whole]:
            yield _too_large("the e-book", whole, refusing, place)
        weights = {asset.name: _weight(asset) for asset in self.book.pictures}
        for document in self._texts():
            shows = sum(size for name, size in weights.items() if f'"{name}"'.encode() in document.content)
            heavy = (len(document.content) + shows) / _MEGABYTE
            if refusing := [each for each in shops if 0 < each.document_megabytes < heavy]:
                what = f"“{document.title}” with its pictures"
                yield _too_large(what, heavy, refusing, Place(document.name))

    def advice(self, shops: Sequence[EpubShop]) -> Iterator[Problem]:
        for each in shops:
            yield from self._tables(each)
            for fact in each.advice.facts:
                if not getattr(self.config.book, fact):
                    place = self.config.place_of("book", "title")
                    message = f"{each.title} asks for `{fact}`, which [book] doesn't have"
                    yield _advised(message, place, f"write {fact} = … in [book]", fact)
            levels, depth = each.advice.levels, self.config.contents.on_screen
            if 0 < levels < depth:
                message = f"{each.title} shows {levels} levels of the contents, not {depth}"
                yield _advised(message, self.config.place_of("contents", "depth"), f"depth = {levels} is all")

    def _tables(self, shop: EpubShop) -> Iterator[Problem]:
        most = shop.advice.columns
        for document in self._texts() if most else ():
            if (columns := _columns(document)) > most:
                message = f"“{document.title}” has a table of {columns} columns; {shop.title} wants {most}"
                hint = "divide it or turn it round; newer readers show it as a list on small screens"
                yield _advised(message, Place(document.name), hint, document.name)

    def _texts(self) -> Iterator[Document]:
        return (each for each in self.book.documents if each.media_type == "application/xhtml+xml")


def _advised(message: str, place: Place, hint: str, subject: str = "") -> Problem:
    return warning("shop-advice", message, place, hint=hint, subject=subject)


def _too_large(what: str, megabytes: float, refusing: Sequence[EpubShop], place: Place) -> Problem:
    message = f"{what} has {megabytes:,.0f} megabytes, too many for {_listed(refusing)}"
    return warning("shop-size", message, place, hint="save its pictures smaller: most of it are pictures")


def _weight(asset: Asset) -> int:
    return len(asset.content) if asset.content is not None else asset.path.stat().st_size


def _columns(document: Document) -> int:
    """The columns of the widest table in a document."""
    if b"<table" not in document.content:
        return 0
    rows = xhtml.document(document.content.decode()).iter(f"{{{XHTML}}}tr")
    cells = (f"{{{XHTML}}}td", f"{{{XHTML}}}th")
    return max((sum(cell.tag in cells for cell in row) for row in rows), default=0)
