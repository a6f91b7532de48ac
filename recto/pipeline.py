"""The stages in order, from what was gathered to the finished files.

    files --gather--> Sections --collate--> Book --typeset--> Galleys --+--> contents --+
                                                                        +--> index -----+
                                                                        |               v
                          print:    compose -> paginate -> gate -> pages with folios
                          editions: out of galleys and pages, each its files (recto.editions)

What is kept from build to build, and what is made of a fault, is the business of recto.builder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

from recto import collate, contents, index, typeset
from recto.account.report import Report
from recto.compose import Composer
from recto.compose.shared import SCREEN
from recto.editions import Edition, begin_ahead, named, need_pages
from recto.editions.makings import Makings, Matter, Shop
from recto.editions.print_book import PrintBook
from recto.index.index_model import Index, LocatedIndex
from recto.model import Manuscript, Product
from recto.options import Options
from recto.problems import has_errors
from recto.settings.metadata import check, metadata
from recto.store import outputs
from recto.theme import Theme
from recto.verify import verify


def stages(options: Options, shop: Shop, manuscript: Manuscript, look: Theme) -> Iterator[Report]:
    """Make the books out of what was gathered; yields the report as it grows, at last with the files written.

    Nothing is written before every stage and every check is through. Raises what the ledger raises.
    """
    editions, ledger = named(options.formats), shop.ledger
    matter = _set(shop, manuscript, look)
    with ExitStack() as stack:
        printing = None
        if (options.check or need_pages(editions)) and not has_errors(ledger.problems):
            printing = stack.enter_context(PrintBook(matter, shop, editions))
            printing.begin()  # workers lay out chapters while the index is made
            begin_ahead(editions, shop, matter)
        with shop.clock.stage("index"):
            config = typeset.read_terms(shop.config)
            entries, galleys, problems = index.build(matter.composer.galleys, config, shop.cache)
            located = index.locate(entries, None)
        matter = matter.over(galleys)
        yield _report(matter, entries, located)
        ledger.check(problems)
        printed = printing.lay_out(matter, entries) if printing else None
        located = index.locate(entries, printed.pages if printed else None)
        on_screen = index.locate(index.within(entries, matter.composer.of(SCREEN)), located.pages)
        products = _made(editions, Makings(shop, matter, on_screen, printed))
    if shop.config.index.automatic == "suggest":
        products += ledger.take(index.suggested(entries, options.output))
    ledger.enter(index.review(entries, located))
    if options.verify:
        with shop.clock.stage("verify"):
            ledger.check(verify(matter.composer.book, manuscript, products, ledger.told))
    ledger.close()
    report = replace(_report(matter, entries, located), problems=ledger.problems)
    yield report
    if not options.check:
        yield replace(report, outputs=outputs.write(options.output, products))


def _set(shop: Shop, manuscript: Manuscript, look: Theme) -> Matter:
    """Collate and set: all that the editions are made of, but for the index."""
    config, ledger, clock = shop.config, shop.ledger, shop.clock
    ledger.enter(check(config))
    with clock.stage("collate"):
        book, problems = collate.collate(manuscript, config)
        clock.observer.collated(collate.outline(book))
        ledger.check(problems)
    with clock.stage("typeset"):
        galleys, problems = typeset.typeset(book, manuscript, config, shop.cache)
        ledger.enter(problems)
    headings, memo = contents.contents(galleys), shop.cache.memo("composed")
    composer = Composer(book, galleys, headings, config, look, manuscript, memo)
    return Matter(metadata(book, manuscript, config), composer, look, manuscript.root)


def _made(editions: Sequence[Edition], makings: Makings) -> tuple[Product, ...]:
    """The finished files of all editions: what was begun first is finished last, for a worker is at it."""
    under_way = [edition.begin(makings) for edition in editions]
    made = [finish() for finish in reversed(under_way)]
    return tuple(product for products in reversed(made) for product in products)


def _report(matter: Matter, entries: Index, located: LocatedIndex) -> Report:
    """What can be said of the book as it stands."""
    rows = index.report_rows(entries, located)
    composer = matter.composer
    told = Report(composer.book.title, composer.manuscript.dating, composer.galleys, located.pages, rows)
    return replace(told, entries=entries, located=located)
