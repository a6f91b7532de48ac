"""From units to pages with folios: lay out, read off the page map, compose again until nothing moves.

A page reference, the contents and the index are text made out of the page map; laying them out can move
what they point to. So, as LaTeX does, units are composed and laid out again until the map stands still.
Only units whose HTML changed are laid out again: a job is known by its digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from math import ceil

from recto.model import LaidOut, Page, PageMap, TextPosition, Unit
from recto.print.layout.imposition import impose, page_map
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.workers.shifts import Progress, Shift
from recto.problems import Place, Problem, warning
from recto.settings.trim import DEPTHS
from recto.store.cache import Cache, digest

Compose = Callable[[PageMap | None], tuple[Unit, ...]]
Alone = Callable[[LaidOut, PageMap | None], None]
Paginated = tuple[tuple[LaidOut, ...], PageMap, tuple[Problem, ...]]

ROUNDS = 6
# For the first guess at the count of pages: only the gutter hangs on it, and a wrong one costs time alone.
# Found on two books of 140 and 210 pages, which they come within two in a hundred of.
_A_PAGE = 1850  # characters of the default page
_A_BLOCK = 60  # what a paragraph or a row takes beside its characters
_A_LINE, _OF_CODE = 42, 56  # what a line of code takes, however short; how many of its own go on one
_A_LISTED_PAGE = 6500  # characters of the HTML of contents and index
_LINE = '<span class="line">'
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"<(?:p|li|tr|pre|dt|dd|h\d)\b")
_COUNT = "page count"  # the kind of what is kept of it
_ERROR = 0.25  # by how much an estimate may be wrong
_TRIED = 4  # units laid out to find how wrong it is
_WITH_INDEX = 1.03  # what the pages of an index add to a book
_BEGINS_ON_VERSO = "break-before: verso"
_ID = re.compile(r"\sid=\"([^\"]+)\"")


class Pressroom:
    """Lays out rounds of units and remembers what each job made. A context manager: at its end jobs that no
    worker has begun are taken back.

    sheets    the style sheets as text, in cascade order
    page_css  the sheet of the page geometry for a page count (the gutter grows with it); comes last
    executor  where to run jobs; None is this process
    progress  is told how far a round has come, before the first unit and after each
    places    where in the author's files a unit comes from, by its name, for problems
    cache     what was laid out by earlier builds; without one, nothing was
    characters  about how many fill a page, to guess the page count by before it is known
    alone     is told of the only unit that had to be laid out before the index is made, or after it: with the
              page map that it was composed with, None before (recto.print.workers)
    """

    def __init__(
        self,
        sheets: Sequence[str],
        page_css: Callable[[int], str],
        assets: Mapping[str, AssetFile],
        executor: Executor | None,
        *,
        progress: Progress | None = None,
        places: Mapping[str, Place] | None = None,
        cache: Cache | None = None,
        characters: int = _A_PAGE,
        alone: Alone | None = None,
    ) -> None:
        self._sheets, self._page_css, self._assets = tuple(sheets), page_css, assets
        self._executor, self._progress, self._places = executor, progress, places or {}
        self._cache, self._characters, self._alone = cache, characters, alone
        self._made: dict[str, LaidOut] = {}
        self._begun: tuple[dict[str, str], Shift] | None = None  # digests by unit name, jobs under way
        self._counted = 0  # pages that the geometry is made for
        self._versos: frozenset[str] = frozenset()  # units that begin on a left-hand page
        self._problems: tuple[Problem, ...] = ()

    def __enter__(self) -> Pressroom:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take back the jobs that no worker has begun."""
        if self._begun is not None:
            self._begun[1].cancel()

    def begin(self, units: Sequence[Unit]) -> None:
        """Give the executor what can be laid out before the index is made; returns at once.

        What turns out otherwise later (`settle` composes all units anew) is laid out again.
        """
        if self._executor is None:
            return
        counted = self._guessed(units)
        texts, alone = [unit for unit in units if not unit.from_pages], self._teller(None)
        if self._may_be_of_another_size(counted):
            # what an earlier build counted is good enough to begin with, but the pages must not hang on it
            found = self._cache.get(_COUNT, self._kind_of_book(units)) if self._cache else None
            if isinstance(found, int):
                counted = found
            else:
                texts, alone, counted = _to_try(texts), None, self._guessed(texts)
        else:
            self._counted = counted
        jobs = self._jobs(texts, counted)
        digests = {job.unit.name: job.digest for job in jobs}
        self._begun = digests, Shift(jobs, self._executor, self._cache, alone)

    def settle(
        self,
        compose: Compose,
        marks: Mapping[str, TextPosition] | None = None,
        meanwhile: Callable[[PageMap], None] | None = None,
    ) -> Paginated:
        """Compose and lay out until a round brings the page map that it was composed with.

        compose    makes the units for a page map (None at first: nothing is known yet)
        marks      where in the text the index marks stand, which the units have no elements for
        meanwhile  other work, done while an executor has the few units that hang on the first page map, which
                   it is given

        Returns the units laid out, the page map and the problems; with an error among them the rest is
        partial.
        """
        pages: PageMap | None = None
        laid: tuple[LaidOut, ...] = ()
        counted = self._counted
        for turn in range(ROUNDS):
            units = compose(pages)
            counted = counted or self._count(units)
            is_time = turn == 1 and self._executor is not None
            beside = partial(meanwhile, pages) if meanwhile and pages and is_time else None
            alone = self._teller(pages) if pages else None
            laid = self._lay_out(units, counted, skip=pages is None, meanwhile=beside, alone=alone)
            found = page_map(laid, marks)
            if self._problems or not laid:
                return laid, found, self._problems
            sides = _versos(laid)
            settled = pages is not None and _same(pages, found) and sides == self._versos
            # after the first count of all units the gutter may only grow, or two could change for ever
            wanted = len(found.folios) if turn < 2 else max(counted, len(found.folios))
            settled = settled and self._page_css(wanted) == self._page_css(counted)
            pages, counted, self._versos = found, wanted, sides
            if settled:
                if self._cache is not None:
                    self._cache.put(_COUNT, self._kind_of_book(units), wanted)
                return laid, found, self._complaints(laid)
        assert pages is not None
        return laid, pages, (*self._complaints(laid), _unsettled(laid, self._places))

    def _kind_of_book(self, units: Sequence[Unit]) -> str:
        """What stays the same while a book is written: its look, and which chapters it has."""
        return digest(*self._sheets, *(unit.name for unit in units if not unit.from_pages))

    def _may_be_of_another_size(self, counted: int) -> bool:
        """Tell whether an estimate is so near to the next gutter that it may be the wrong one."""
        sizes = {self._page_css(round(counted * share)) for share in (1 - _ERROR, 1, 1 + _ERROR)}
        return len(sizes) > 1

    def _guessed(self, units: Sequence[Unit]) -> int:
        """About how many pages there will be of units without an index, and of that."""
        return ceil(_estimate(units, self._characters) * _WITH_INDEX)

    def _count(self, units: Sequence[Unit]) -> int:
        """About how many pages there will be; where the gutter hangs on it, a few units are tried first."""
        counted = _estimate(units, self._characters)
        if self._may_be_of_another_size(counted):
            texts = [unit for unit in units if not unit.from_pages]
            tried = _to_try(texts)
            laid_out = self._lay_out(tried, self._guessed(texts), skip=True)
            made = sum(len(laid.pages) + len(laid.pages) % 2 for laid in laid_out)
            if made:
                counted = ceil(counted * made / _estimate(tried, self._characters))
        return counted

    def _jobs(self, units: Sequence[Unit], count: int) -> list[LayoutJob]:
        sheets = (*self._sheets, self._page_css(count))
        return [
            LayoutJob(
                unit,
                sheets,
                self._assets,
                alone=False,
                style=_BEGINS_ON_VERSO if unit.name in self._versos else "",
                depths=() if unit.display else tuple(DEPTHS),
            )
            for unit in units
        ]

    def _lay_out(
        self,
        units: Sequence[Unit],
        count: int,
        *,
        skip: bool,
        meanwhile: Callable[[], None] | None = None,
        alone: Callable[[LaidOut], None] | None = None,
    ) -> tuple[LaidOut, ...]:
        """Units laid out, in order; a layout from an earlier round only gets its running heads renewed."""
        jobs = {job.unit.name: job for job in self._jobs(units, count)}
        digests = {name: job.digest for name, job in jobs.items()}
        if self._begun is not None:
            self._take(*self._begun)
            self._begun = None
        waiting = [
            job
            for name, job in jobs.items()
            if digests[name] not in self._made and not (skip and job.unit.from_pages)
        ]
        if not self._problems:
            shift = Shift(waiting, self._executor, self._cache, alone)
            if meanwhile is not None:
                meanwhile()
            self._take(digests, shift)
        laid_out = []
        for unit in units:
            if (laid := self._made.get(digests[unit.name])) is not None:
                laid_out.append(_renewed(laid, unit))
            elif skip and unit.from_pages:
                laid_out.append(_stand_in(unit))
        return tuple(laid_out)

    def _teller(self, pages: PageMap | None) -> Callable[[LaidOut], None] | None:
        tell = self._alone
        return (lambda laid: tell(laid, pages)) if tell else None

    def _take(self, digests: Mapping[str, str], shift: Shift) -> None:
        made, self._problems = shift.finish(self._progress, self._places)
        self._made.update((digests[name], laid) for name, laid in made.items())

    def _complaints(self, laid_out: Sequence[LaidOut]) -> tuple[Problem, ...]:
        """What the print engine had to say: each once, with the first unit that it was said of."""
        said: dict[str, str] = {}
        for laid in laid_out:
            for message in laid.messages:
                said.setdefault(message, laid.unit.name)
        return tuple(
            warning(
                "print-engine",
                f"the print engine says of `{name}`: {message}",
                self._places.get(name, Place(name)),
                subject=name,
            )
            for message, name in said.items()
        )


def _to_try(units: Sequence[Unit]) -> list[Unit]:
    """The few, long ones, that tell how wrong an estimate is."""
    return sorted(units, key=lambda unit: -len(unit.html))[:_TRIED]


def _renewed(laid: LaidOut, unit: Unit) -> LaidOut:
    """A layout kept from an earlier round, for the unit as it is now: running heads may differ."""
    return replace(laid, unit=unit)


def _versos(laid_out: Sequence[LaidOut]) -> frozenset[str]:
    """The units whose first page is a verso in the bound book."""
    bound = impose(laid_out)
    return frozenset(
        laid_out[each.unit].unit.name for index, each in enumerate(bound) if each.page == 0 and index % 2
    )


def _stand_in(unit: Unit) -> LaidOut:
    """Pages in place of a unit that can only be made when the page map is known (contents, index)."""
    more = ceil(len(unit.html) / _A_LISTED_PAGE) - 1
    return LaidOut(unit, b"", (Page(tuple(_ID.findall(unit.html)), "", None), *(Page((), "", None),) * more))


def _estimate(units: Sequence[Unit], characters: int) -> int:
    """About how many pages the units will make, each begun on a recto."""
    pages = 0
    for unit in units:
        if unit.from_pages:
            leaves = len(unit.html) / (2 * _A_LISTED_PAGE)
        else:
            text = len(_TAG.sub("", unit.html)) + _A_BLOCK * len(_BLOCK.findall(unit.html))
            text += sum(map(_beyond, unit.html.split(_LINE)[1:]))
            leaves = text / (2 * characters)
        pages += 2 * ceil(leaves)
    return pages


def _beyond(code: str) -> int:
    """What a line of code takes beyond its characters; `code` is the HTML from that line on."""
    written = len(_TAG.sub("", code.partition("\n")[0]))
    return _A_LINE * (ceil(written / _OF_CODE) or 1) - written


def _same(before: PageMap, after: PageMap) -> bool:
    """Tell whether two page maps print the same: what a page begins with is for the e-book alone."""
    return before.folios == after.folios and before.pages == after.pages


def _unsettled(laid_out: Sequence[LaidOut], places: Mapping[str, Place]) -> Problem:
    name = laid_out[0].unit.name
    return warning(
        "pages-unsettled",
        f"page references still moved after {ROUNDS} rounds; some may be a page off",
        places.get(name, Place(name)),
        hint="change a word near a page break, or set page_references = false in [print]",
    )
