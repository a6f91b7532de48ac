"""The booklet: the pages of the print book on sheets of office paper, to be folded and stitched."""

from __future__ import annotations

from recto.editions import Finish
from recto.editions.makings import Makings
from recto.model import Product
from recto.press.signatures import impose_booklet
from recto.print.binding.pdf_profile import PdfProfile

_LETTER = ("us", "ca", "mx", "ph")  # where office paper is Letter; elsewhere it is A4


def begin(makings: Makings) -> Finish:
    """Let a worker bind; sheets are made of the bound pages."""
    assert makings.printed is not None
    bound = makings.printed.bind(makings.matter, PdfProfile(tags=False, links=False))
    facts = makings.matter.facts

    def finish() -> tuple[Product, ...]:
        with makings.shop.clock.stage("booklet"):
            book = makings.shop.ledger.take(bound())
            letter = facts.language.lower().rpartition("-")[2] in _LETTER
            content = impose_booklet(book, letter)
        return (Product("booklet", f"{facts.slug}-booklet.pdf", "sheets", content),)

    return finish
