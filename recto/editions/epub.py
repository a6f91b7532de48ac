"""The e-book: composed and packaged; with pages, its page list and index quote the folios of print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from recto.compose import epub_documents, fill_ahead
from recto.compose.epub.drawn_cover import cover_unit, face
from recto.compose.left_out import left_out
from recto.compose.shared import SCREEN
from recto.editions import Finish
from recto.editions.makings import Makings, Matter, Shop
from recto.editions.word_widths import measure
from recto.epub import (
    FinishedBook,
    copies,
    drawn_cover,
    for_screens,
    gate,
    given_cover,
    hazards,
    package,
    shop_findings,
    unknown_shops,
    with_fonts,
)
from recto.model import Asset, Document, Product
from recto.print.layout.job import LayoutJob, asset_table
from recto.problems import Problem
from recto.store.cache import digest

if TYPE_CHECKING:
    from recto.index.index_model import LocatedIndex


def ahead(shop: Shop, matter: Matter) -> None:
    """Let a worker lay out the cover, for which a page of the print book need not be there."""
    if not shop.config.book.cover:
        job, problems = _front(matter.of(SCREEN))
        if not problems and job.digest not in shop.cache.memo("cover"):  # else they are told in their turn
            shop.lay_out_ahead(job)


def meanwhile(shop: Shop, matter: Matter, index: LocatedIndex) -> None:
    """Fill the documents that no page stands in, and the index, and draw the cover."""
    matter = matter.of(SCREEN)
    fill_ahead(matter.composer, index)
    if not shop.config.book.cover:
        job, problems = _front(matter)
        if not problems:
            _drawn(shop, job)


def begin(makings: Makings) -> Finish:
    """Let a worker draw the cover of a book that names none; all else is made while workers bind."""
    if makings.printed is None and makings.shop.workers:  # else that was done long ago
        ahead(makings.shop, makings.matter)
    return partial(_make, makings, makings.matter.of(SCREEN))


def _make(makings: Makings, matter: Matter) -> tuple[Product, ...]:
    shop = makings.shop
    with shop.clock.stage("package"):
        cover = _cover(matter, shop)
        shop.ledger.check(unknown_shops(shop.config))
        index = makings.index
        documents = shop.ledger.take(epub_documents(matter.composer, index, index.pages, cover.name))
        texts = (each.content.decode() for each in documents if each.name.endswith(".xhtml"))
        shop.ledger.check(left_out(matter.composer.galleys, texts, matter.theme, "epub"))
        styles = dict(matter.theme.styles)
        sheets = shop.ledger.take(with_fonts(documents, styles, _subset, matter.facts.identifier))
        shown = [asset for asset in matter.assets if _is_shown(asset, documents)]
        keep = shop.cache.memo("fitted pictures")
        made, problems = copies(sheets.documents, shown, lambda key, make: keep(digest(key), make))
        shop.ledger.check(problems)
        claimed = replace(shop.config.accessibility, hazards=shop.ledger.take(hazards(shop.config, made)))
        content = package(
            (*made.documents, cover),
            made.assets,
            matter.facts,
            claimed,
            print_isbn=shop.config.book.isbn,
            fonts=sheets.fonts,
            obfuscated=sheets.obfuscated,
        )
        name = f"{matter.facts.slug}.epub"
        shop.ledger.check(gate(content, name, shop.cache.memo("e-book gate")))
        if shop.check:
            book = FinishedBook((*made.documents, cover), made.assets, len(content))
            shop.ledger.check(shop_findings(book, shop.config))
    return (Product("epub", name, "book", content),)


def _subset(font: bytes, text: str) -> bytes | None:
    """A font cut down to a text; the library that can is loaded only where there is one."""
    from recto.print.binding.fonts import screen_subset

    return screen_subset(font, text)


def _is_shown(asset: Asset, documents: Iterable[Document]) -> bool:
    """Tell whether a document shows a picture: one that none shows is not packed, and needs no copy."""
    name = f'"{asset.name}"'.encode()
    return any(name in document.content for document in documents)


def _cover(matter: Matter, shop: Shop) -> Document:
    """The author's own cover; where none is, a page composed from the title, laid out, and made an image."""
    given = shop.ledger.take(given_cover(shop.config, matter.root))
    if given is None:
        return _drawn(shop, shop.ledger.take(_front(matter)))
    keep = shop.cache.memo("fitted pictures")
    return for_screens(given, lambda key, make: keep(digest(key), make))


def _drawn(shop: Shop, job: LayoutJob) -> Document:
    return shop.cache.memo("cover")(job.digest, lambda: drawn_cover(shop.lay_out(job).pdf))


def _front(matter: Matter) -> tuple[LayoutJob, Sequence[Problem]]:
    """The job of the cover that is drawn, and the faults of its template."""
    unit, problems = cover_unit(matter.composer, face(matter.composer, measure(matter)))
    return LayoutJob(unit, matter.theme.cover(), asset_table(matter.theme, ())), problems
