"""The two books of a build: what they are made of, and how each comes about when the text is set.

The print book is begun before the index is made and bound while the e-book is packaged: where there are
workers, none of the two waits for what it does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from recto.config import Config
from recto.ledger import Ledger
from recto.metadata import Metadata
from recto.model import Asset, Document, LaidOut, PageMap, Unit
from recto.observer import Clock
from recto.problems import Problem
from recto.store.cache import Cache, digest
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.compose import Composer
    from recto.index.model import Index, LocatedIndex
    from recto.print.layout.job import LayoutJob


@dataclass(frozen=True, slots=True)
class Shop:
    """What a build is done with."""

    config: Config
    ledger: Ledger
    clock: Clock
    cache: Cache
    workers: Executor | None

    def lay_out(self, job: LayoutJob) -> LaidOut:
        """Lay out a single page of our own. Raises ManuscriptError where the print engine fails."""
        from recto.print.workers.shifts import run_all

        made, problems = run_all([job], self.workers, cache=self.cache)
        self.ledger.check(problems)
        return made[job.unit.name]


@dataclass(frozen=True, slots=True)
class Matter:
    """What both books are made of. `root` is the folder of the manuscript."""

    facts: Metadata
    composer: Composer
    theme: Theme
    root: Path

    @property
    def assets(self) -> Iterator[Asset]:
        """The images of the book."""
        return (asset for galley in self.composer.galleys for asset in galley.assets)


class PrintBook:
    """The print book in the making. A context manager: work not begun by its end is taken back."""

    def __init__(self, matter: Matter, shop: Shop) -> None:
        from recto.print.layout.job import asset_table
        from recto.print.layout.paginate import Pressroom
        from recto.trim import geometry, page_css

        config, ledger = shop.config, shop.ledger
        self._matter, self._shop = matter, shop
        self._sheets = [matter.theme.style(name) for name in ("book.css", "print.css")]
        self._assets = asset_table(matter.theme.styles, matter.assets)
        self._replaced = self._undrawable()
        self._press = Pressroom(
            self._sheets,
            lambda count: page_css(ledger.take(geometry(config, count))),
            self._assets,
            shop.workers,
            cache=shop.cache,
            characters=ledger.take(geometry(config)).characters,
            progress=shop.clock.observer.step,
            places={each.chapter.anchor: each.chapter.place for each in matter.composer.galleys},
        )

    def __enter__(self) -> PrintBook:
        return self

    def __exit__(self, *_: object) -> None:
        self._press.close()

    def begin(self) -> None:
        """Let workers begin with the chapters: their pages don't hang on the index."""
        from recto.compose import print_units

        if self._shop.workers is not None:
            units, problems = print_units(self._matter.composer, None, None)
            if not problems:  # else they are told when all is composed
                self._press.begin(self._drawable(units))

    def lay_out(self, matter: Matter, entries: Index) -> PageMap:
        """Lay out the units and gate: the page map that everything else quotes."""
        from recto.compose import print_units
        from recto.index import locate
        from recto.print.gate import gate
        from recto.print.layout.positions import positions

        ledger = self._shop.ledger

        def compose(pages: PageMap | None) -> tuple[Unit, ...]:
            units = print_units(matter.composer, locate(entries, pages), pages)
            return self._drawable(ledger.take(units))

        with self._shop.clock.stage("lay out"):
            self._laid_out, pages, problems = self._press.settle(compose, positions(matter.composer.galleys))
            ledger.check(problems)
            ledger.check(gate(matter.composer.galleys, self._laid_out, self._replaced))
        return pages

    def bind(self, matter: Matter, pages: PageMap) -> Callable[[], tuple[bytes, tuple[Problem, ...]]]:
        """Bind the units, beside whatever else is done; the result tells the PDF and problems."""
        from recto.print.binding.bind import bind
        from recto.print.workers.shifts import aside
        from recto.trim import geometry

        return aside(
            self._shop.workers,
            partial(
                bind,
                self._laid_out,
                pages,
                matter.composer.contents,
                matter.facts,
                page=self._shop.ledger.take(geometry(self._shop.config, len(pages.folios))),
                assets=self._assets,
                outline_depth=self._shop.config.print.outline_depth,
                labels=matter.composer.labels,
            ),
        )

    def _drawable(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        from recto.print.layout.glyphs import replacing

        return replacing(units, self._replaced)

    def _undrawable(self) -> Mapping[int, str]:
        """Characters that no font has, and what is printed for them; each is told."""
        from recto.print.layout.glyphs import check

        fonts = [file for name, file in self._assets.items() if name.startswith("styles/fonts/")]

        def covered() -> frozenset[int]:
            from recto.print.binding.fonts import coverage  # a library less to import where it is known

            return coverage(fonts)

        missing = check(
            self._matter.composer.galleys,
            self._shop.cache.memo("coverage")(digest(*(font.digest for font in fonts)), covered),
            sheets=self._sheets,
            assets=self._assets,
            lay_out=self._shop.lay_out,
        )
        self._shop.ledger.check(missing.problems())
        return missing.replacements


def e_book(matter: Matter, index: LocatedIndex, shop: Shop) -> bytes:
    """Compose and package the EPUB; with a page map, its page list and index quote the folios of print."""
    from recto.compose import epub_documents
    from recto.epub import given_cover, package

    config, ledger = shop.config, shop.ledger
    with shop.clock.stage("package"):
        documents = ledger.take(epub_documents(matter.composer, index, index.pages))
        cover = ledger.take(given_cover(config, matter.root)) or _drawn_cover(matter, shop)
        return package(
            (*documents, cover),
            matter.assets,
            matter.facts,
            config.accessibility,
            print_isbn=config.book.isbn,
        )


def _drawn_cover(matter: Matter, shop: Shop) -> Document:
    """A cover for a book that has none: a page composed from its title, laid out, and made an image."""
    from recto.compose.epub.drawn_cover import SHEET, cover_unit
    from recto.epub import drawn_cover
    from recto.print.layout.job import LayoutJob, asset_table

    unit = shop.ledger.take(cover_unit(matter.composer))
    job = LayoutJob(unit, (matter.theme.style(SHEET),), asset_table(matter.theme.styles, ()))
    kept = shop.cache.get("cover", job.digest)
    if not isinstance(kept, Document):
        kept = drawn_cover(shop.lay_out(job).pdf)
        shop.cache.put("cover", job.digest, kept)
    return kept
