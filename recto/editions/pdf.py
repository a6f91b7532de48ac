"""The print book as a PDF to read: tagged (PDF/UA-1), with outline, links and page labels."""

from __future__ import annotations

from recto.editions import Finish
from recto.editions.makings import Makings
from recto.model import Product
from recto.print.binding.pdf_profile import READING


def begin(makings: Makings) -> Finish:
    """Let a worker bind."""
    assert makings.printed is not None
    bound = makings.printed.bind(makings.matter, READING)

    def finish() -> tuple[Product, ...]:
        with makings.shop.clock.stage("bind"):
            content = makings.shop.ledger.take(bound())
        return (Product("pdf", f"{makings.matter.facts.slug}.pdf", "book", content),)

    return finish
