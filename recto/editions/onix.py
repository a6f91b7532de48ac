"""The record of the book for shops and catalogues, as ONIX has it."""

from __future__ import annotations

from functools import partial

from recto.editions import Finish
from recto.editions.makings import Makings
from recto.model import Product
from recto.onix import record
from recto.problems import warning
from recto.settings.people import is_isbn


def begin(makings: Makings) -> Finish:
    """Nothing is done aside: a record is made at once."""
    return partial(_make, makings)


def _make(makings: Makings) -> tuple[Product, ...]:
    facts, config = makings.matter.facts, makings.shop.config
    lacking = {
        "an ISBN": is_isbn(facts.isbn) or is_isbn(facts.isbn_epub),
        "an author": facts.authors,
        "a description": facts.description,
        "a publisher": facts.publisher,
        "subjects": facts.subjects,
    }
    makings.shop.ledger.enter(
        warning(
            "onix-lacking",
            f"the record for shops has not {what}, which they ask for",
            config.place_of("book"),
            hint="say it in [book] of book.toml",
            subject=what,
        )
        for what, said in lacking.items()
        if not said
    )
    pages = makings.index.pages
    content = record(facts, len(pages.folios) if pages else None)
    return (Product("onix", f"{facts.slug}.onix.xml", "record", content),)
