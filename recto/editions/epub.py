"""The e-book: composed and packaged; with pages, its page list and index quote the folios of print."""

from __future__ import annotations

from functools import partial

from recto.compose import epub_documents
from recto.compose.epub.drawn_cover import SHEET, cover_unit
from recto.editions import Finish
from recto.editions.makings import Makings, Matter, Shop
from recto.epub import drawn_cover, given_cover, package
from recto.model import Document, Product
from recto.print.layout.job import LayoutJob, asset_table


def begin(makings: Makings) -> Finish:
    """Nothing is done aside: the e-book is made while workers bind."""
    return partial(_make, makings)


def _make(makings: Makings) -> tuple[Product, ...]:
    shop, matter = makings.shop, makings.matter
    with shop.clock.stage("package"):
        documents = shop.ledger.take(epub_documents(matter.composer, makings.index, makings.index.pages))
        cover = shop.ledger.take(given_cover(shop.config, matter.root)) or _drawn_cover(matter, shop)
        content = package(
            (*documents, cover),
            matter.assets,
            matter.facts,
            shop.config.accessibility,
            print_isbn=shop.config.book.isbn,
        )
    return (Product("epub", f"{matter.facts.slug}.epub", "book", content),)


def _drawn_cover(matter: Matter, shop: Shop) -> Document:
    """A cover for a book that has none: a page composed from its title, laid out, and made an image."""
    unit = shop.ledger.take(cover_unit(matter.composer))
    job = LayoutJob(unit, (matter.theme.style(SHEET),), asset_table(matter.theme.styles, ()))
    kept = shop.cache.get("cover", job.digest)
    if not isinstance(kept, Document):
        kept = drawn_cover(shop.lay_out(job).pdf)
        shop.cache.put("cover", job.digest, kept)
    return kept
