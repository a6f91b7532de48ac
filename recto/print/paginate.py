"""From units to pages with folios: lay out, read off the page map, compose again until nothing moves.

A page reference, the contents and the index are text made out of the page map; laying them out can move
what they point to. So, as LaTeX does, units are composed and laid out again until the map stands still.
Only units whose HTML changed are laid out again: a job is known by its digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from math import ceil

from recto.cache import Cache
from recto.model import LaidOut, Page, PageMap, TextPosition, Unit
from recto.print.imposition import impose, page_map
from recto.print.job import AssetFile, LayoutJob
from recto.print.workers import Progress, pool, run_all
from recto.problems import Place, Problem, warning

Compose = Callable[[PageMap | None], tuple[Unit, ...]]
Paginated = tuple[tuple[LaidOut, ...], PageMap, tuple[Problem, ...]]

ROUNDS = 6
# For the first guess at the count of pages: only the gutter hangs on it, and a wrong one costs time alone.
# Found on two books of 140 and 210 pages, which they come within two in a hundred of.
_A_PAGE = 1850  # characters of the default page
_A_BLOCK = 60  # what a paragraph or a row takes beside its characters
_A_LISTED_PAGE = 6500  # characters of the HTML of contents and index
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"<(?:p|li|tr|pre|dt|dd|h\d)\b")
# A last page with less is a scrap: two lines. The unit is then tried with pages a line longer, or shorter.
_SCRAP = 130  # characters
_DEPTHS = ("long", "short")  # names of pages that the sheet of the page geometry has
_BEGINS_ON_VERSO = "html { break-before: left }"
_ID = re.compile(r"\sid=\"([^\"]+)\"")


def paginate(
    compose: Compose,
    *,
    sheets: Sequence[str],
    page_css: Callable[[int], str],
    assets: Mapping[str, AssetFile],
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    places: Mapping[str, Place] | None = None,
    cache: Cache | None = None,
    characters: int = _A_PAGE,
    marks: Mapping[str, TextPosition] | None = None,
) -> Paginated:
    """Lay out the print book until its page map has settled.

    compose   makes the units for a page map (None at first: nothing is known yet)
    sheets    the style sheets as text, in cascade order
    page_css  the sheet of the page geometry for a page count (the gutter grows with it); comes last
    executor  where to run jobs; without one, `jobs` worker processes are opened for the time of the call
    progress  is told (units done, units to do in this round, name of the unit) after each unit
    characters  about how many fill a page, to guess the page count by before it is known
    cache     what was laid out by earlier builds; without one, nothing was
    marks     where in the text the index marks stand, which the units have no elements for
    places    where in the author's files a unit comes from, by its name, for problems

    Returns the units laid out, the page map and the problems; with an error among them the rest is partial.
    """
    workers: AbstractContextManager[Executor | None] = (
        pool(jobs) if executor is None else nullcontext(executor)
    )
    with workers as running:
        press = _Pressroom(tuple(sheets), page_css, assets, running, progress, places or {}, cache)
        return press.settle(compose, characters, marks)


class _Pressroom:
    """Lays out rounds of units and remembers what each job made."""

    def __init__(
        self,
        sheets: tuple[str, ...],
        page_css: Callable[[int], str],
        assets: Mapping[str, AssetFile],
        executor: Executor | None,
        progress: Progress | None,
        places: Mapping[str, Place],
        cache: Cache | None,
    ) -> None:
        self._sheets, self._page_css, self._assets = sheets, page_css, assets
        self._executor, self._progress, self._places = executor, progress, places
        self._cache = cache
        self._made: dict[str, LaidOut] = {}
        self._versos: frozenset[str] = frozenset()  # units that begin on a left-hand page
        self._depths: dict[str, str] = {}  # units whose pages are longer or shorter than those of others
        self._shaped = ""  # the geometry that the depths were found for
        self._problems: tuple[Problem, ...] = ()

    def settle(
        self, compose: Compose, characters: int, marks: Mapping[str, TextPosition] | None = None
    ) -> Paginated:
        """Compose and lay out until a round brings the page map that it was composed with."""
        pages: PageMap | None = None
        laid: tuple[LaidOut, ...] = ()
        counted = 0
        for turn in range(ROUNDS):
            units = compose(pages)
            counted = counted or _estimate(units, characters)
            laid = self._shape(units, counted, skip=pages is None)
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
                return laid, found, self._complaints(laid)
        assert pages is not None
        return laid, pages, (*self._complaints(laid), _unsettled(laid, self._places))

    def _lay_out(self, units: tuple[Unit, ...], count: int, *, skip: bool) -> tuple[LaidOut, ...]:
        """Units laid out, in order; a layout from an earlier round only gets its running heads renewed."""
        geometry = self._page_css(count)
        jobs = {
            unit.name: LayoutJob(
                unit, (*self._sheets, *self._side(unit), geometry), self._assets, alone=False
            )
            for unit in units
        }
        digests = {name: job.digest for name, job in jobs.items()}
        waiting = [
            job
            for name, job in jobs.items()
            if digests[name] not in self._made and not (skip and job.unit.from_pages)
        ]
        made, self._problems = run_all(waiting, self._executor, self._progress, self._places, self._cache)
        self._made.update((digests[name], laid) for name, laid in made.items())
        laid_out = []
        for unit in units:
            if (laid := self._made.get(digests[unit.name])) is not None:
                laid_out.append(_renewed(laid, unit))
            elif skip and unit.from_pages:
                laid_out.append(_stand_in(unit))
        return tuple(laid_out)

    def _shape(self, units: tuple[Unit, ...], count: int, *, skip: bool) -> tuple[LaidOut, ...]:
        """Units laid out; one that ends in a scrap, on pages of another depth where that helps.

        Depths are found once for a geometry, so that rounds settle; a trial costs the layout of a unit.
        """
        geometry = self._page_css(count)
        if geometry == self._shaped:
            return self._lay_out(units, count, skip=skip)
        self._shaped, self._depths = geometry, {}
        laid_out = self._lay_out(units, count, skip=skip)
        scraps = {laid.unit.name: len(laid.pages) for laid in laid_out if _ends_in_scrap(laid)}
        for depth in _DEPTHS:
            if scraps and not self._problems:
                self._depths |= dict.fromkeys(scraps, depth)
                laid_out = self._lay_out(units, count, skip=skip)
                for laid in laid_out:
                    name = laid.unit.name
                    if not _ends_in_scrap(laid) and len(laid.pages) <= scraps.get(name, 0):
                        del scraps[name]
        if scraps:
            self._depths = {name: depth for name, depth in self._depths.items() if name not in scraps}
            laid_out = self._lay_out(units, count, skip=skip)
        return laid_out

    def _side(self, unit: Unit) -> tuple[str, ...]:
        verso = (_BEGINS_ON_VERSO,) if unit.name in self._versos else ()
        depth = (f"html {{ page: {name} }}",) if (name := self._depths.get(unit.name)) else ()
        return (*verso, *depth)

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


def _renewed(laid: LaidOut, unit: Unit) -> LaidOut:
    """A layout kept from an earlier round, for the unit as it is now: running heads may differ."""
    return LaidOut(unit, laid.pdf, laid.pages, laid.fonts, laid.messages)


def _versos(laid_out: Sequence[LaidOut]) -> frozenset[str]:
    """The units whose first page is a verso in the bound book."""
    bound = impose(laid_out)
    return frozenset(
        laid_out[each.unit].unit.name for index, each in enumerate(bound) if each.page == 0 and index % 2
    )


def _ends_in_scrap(laid: LaidOut) -> bool:
    """Tell whether the last of a unit's pages holds no more than two lines of text."""
    if len(laid.pages) < 2 or laid.unit.display or laid.unit.from_pages:
        return False
    last = laid.pages[-1]
    return 0 < len(last.text) < _SCRAP and not last.notes


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
            leaves = text / (2 * characters)
        pages += 2 * ceil(leaves)
    return pages


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
