"""The e-book: composed and packaged; with pages, its page list and index quote the folios of print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from recto.compose import epub_documents
from recto.compose.epub.drawn_cover import cover_unit, face
from recto.compose.shared import SCREEN
from recto.editions import Finish
from recto.editions.makings import Makings, Matter, Shop
from recto.editions.word_widths import measure
from recto.epub import (
    DRAWN,
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


def ahead(shop: Shop, matter: Matter) -> None:
    """Let a worker draw the cover, for which a page of the print book need not be there."""
    if not shop.config.book.cover:
        job, problems = _front(matter.of(SCREEN))
        if not problems:  # else they are told in their turn
            shop.lay_out_ahead(job)


def begin(makings: Makings) -> Finish:
    """Let a worker draw the cover of a book that has none to show; all else is made while workers bind."""
    shop, matter = makings.shop, makings.matter.of(SCREEN)
    with shop.clock.stage("package"):
        name, cover = _cover(matter, shop)
    return partial(_make, makings, matter, name, cover)


def _make(
    makings: Makings, matter: Matter, cover_name: str, cover_of: Callable[[], Document]
) -> tuple[Product, ...]:
    shop = makings.shop
    with shop.clock.stage("package"):
        shop.ledger.check(unknown_shops(shop.config))
        index = makings.index
        documents = shop.ledger.take(epub_documents(matter.composer, index, index.pages, cover_name))
        styles = dict(matter.theme.styles)
        sheets = shop.ledger.take(with_fonts(documents, styles, _subset, matter.facts.identifier))
        cover = cover_of()
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


def _cover(matter: Matter, shop: Shop) -> tuple[str, Callable[[], Document]]:
    """The name of the cover, and what gives it: the author's own, or a page laid out and made an image."""
    if (given := shop.ledger.take(given_cover(shop.config, matter.root))) is not None:
        keep = shop.cache.memo("fitted pictures")
        shown = for_screens(given, lambda key, make: keep(digest(key), make))
        return shown.name, lambda: shown
    job = shop.ledger.take(_front(matter))
    kept = shop.cache.get("cover", job.digest)
    if isinstance(kept, Document):
        return DRAWN, lambda: kept
    laid = shop.laying_out(job)

    def drawn() -> Document:
        made = drawn_cover(laid().pdf)
        shop.cache.put("cover", job.digest, made)
        return made

    return DRAWN, drawn


def _front(matter: Matter) -> tuple[LayoutJob, Sequence[Problem]]:
    """The job of the cover that is drawn, and the faults of its template."""
    unit, problems = cover_unit(matter.composer, face(matter.composer, measure(matter)))
    return LayoutJob(unit, matter.theme.cover(), asset_table(matter.theme.styles, ())), problems
