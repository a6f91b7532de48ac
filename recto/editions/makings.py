"""What every edition is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from recto.account.ledger import Ledger
from recto.account.observer import Clock
from recto.compose import Composer
from recto.compose.shared import PAPER, Medium
from recto.model import Asset, Galley, LaidOut, PageMap
from recto.print.binding.bind import bind
from recto.print.binding.pdf_profile import PdfProfile
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.workers.shifts import Shift, aside
from recto.problems import Problem
from recto.settings.config import Config
from recto.settings.metadata import Metadata
from recto.settings.trim import Geometry
from recto.store.cache import Cache
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.index.index_model import LocatedIndex


@dataclass(frozen=True, slots=True)
class Shop:
    """What a build is done with; whether it only checks, and whether zones are shown on covers."""

    config: Config
    ledger: Ledger
    clock: Clock
    cache: Cache
    workers: Executor | None
    check: bool = False
    proof: bool = False
    _under_way: dict[str, Shift] = field(default_factory=dict)

    def lay_out(self, job: LayoutJob) -> LaidOut:
        """Lay out a single page of our own. Raises ManuscriptError where the print engine fails."""
        return self.laying_out(job)()

    def laying_out(self, job: LayoutJob) -> Callable[[], LaidOut]:
        """Let a worker lay it out, beside whatever else is done; the result is asked for by a call.

        What a worker is at already is waited for.
        """
        shift = self._under_way.pop(job.digest, None) or Shift([job], self.workers, self.cache)

        def laid() -> LaidOut:
            made, problems = shift.finish()
            self.ledger.check(problems)
            return made[job.unit.name]

        return laid

    def lay_out_ahead(self, job: LayoutJob) -> None:
        """Let a worker lay out what will be asked for, as soon as one is free."""
        if job.digest not in self._under_way:
            self._under_way[job.digest] = Shift([job], self.workers, self.cache)


@dataclass(frozen=True, slots=True)
class Matter:
    """What every edition is made of. `root` is the folder of the manuscript."""

    facts: Metadata
    composer: Composer
    theme: Theme
    root: Path

    @property
    def assets(self) -> Iterator[Asset]:
        """The images of the book."""
        return (asset for galley in self.composer.galleys for asset in galley.assets)

    def of(self, medium: Medium) -> Matter:
        """The same for the text of one edition alone."""
        return replace(self, composer=self.composer.of(medium))

    def over(self, galleys: tuple[Galley, ...]) -> Matter:
        """The same with other galleys of the book: those that the index has put its anchors into."""
        return replace(self, composer=self.composer.over(galleys))


@dataclass(frozen=True, slots=True)
class Printed:
    """The print book laid out: its units, which page carries what, the page, and the files it draws with."""

    shop: Shop
    laid_out: Sequence[LaidOut]
    pages: PageMap
    page: Geometry
    assets: Mapping[str, AssetFile]

    def bind(self, matter: Matter, profile: PdfProfile) -> Callable[[], tuple[bytes, tuple[Problem, ...]]]:
        """Bind the units, beside whatever else is done; the result tells the PDF and problems."""
        return aside(self.shop.workers, self.binding(matter, profile))

    def binding(self, matter: Matter, profile: PdfProfile) -> Callable[[], tuple[bytes, tuple[Problem, ...]]]:
        """The work of binding the units: any process of this machine can do it."""
        return partial(
            bind,
            self.laid_out,
            self.pages,
            matter.composer.of(PAPER).contents,
            matter.facts,
            page=self.page,
            assets=self.assets,
            look=matter.theme.look,
            outline_depth=self.shop.config.print.outline_depth,
            labels=matter.composer.labels,
            profile=profile,
        )


@dataclass(frozen=True, slots=True)
class Makings:
    """What an edition is given. `printed` is the print book laid out; None where no edition needs pages."""

    shop: Shop
    matter: Matter
    index: LocatedIndex
    printed: Printed | None
