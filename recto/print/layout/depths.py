"""The depth of pages: a chapter that would end in a scrap is set on pages a line longer, or shorter.

The style sheet of the page geometry has pages of these names beside those of the usual depth. A trial costs
the layout of the unit once more, so it is made only where the last page has less than five lines and a line
more or less on each page can change that (of a single page before the last, up to three), and no unit of
very many pages is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from recto.print.layout.job import Forme, LayoutJob
from recto.settings.trim import DEPTHS

_FACING = 3  # pages: in a unit of as many there are some that face one another, and end as deep
_MOST = 100  # pages of a unit: in more of them a scrap matters less than their layout once more
_LOOSE = 3  # lines that may come along to the last page, so that none is left alone
_LEAST = (5, 3)  # lines of the last page: as many, or else at the least so many


def at_best_depth(job: LayoutJob, lay_out: Callable[[LayoutJob], Forme], usual: Forme) -> Forme:
    """A unit on pages of the `usual` depth, or of the first of the job's other depths that leaves no scrap.

    Another depth may not take more pages. A pure function of the job, as `lay_out` is.
    """
    lines, trials = _lines_at_end(job, usual), dict[str, Forme]()
    for least in _LEAST if lines else ():
        if lines >= least:
            break
        for depth in job.depths:
            if _is_hopeless(lines, len(usual.pages), DEPTHS[depth], least):
                continue
            if depth not in trials:
                trials[depth] = lay_out(replace(job, style=f"{job.style}; page: {depth}".lstrip("; ")))
            trial = trials[depth]
            found = _lines_at_end(job, trial)
            more_pages = len(trial.pages) - len(usual.pages)
            if more_pages > 0 or (
                more_pages == 0 and _leaves_hole(found - lines, len(usual.pages), DEPTHS[depth])
            ):
                continue
            if not found or found >= least:
                return trial
    return usual


def _is_hopeless(lines: int, pages: int, more: int, least: int) -> bool:
    """Tell whether so many lines more a page neither take in the last page nor make it long enough."""
    taken = more * (pages - 1)
    return 0 < lines - taken < least or (pages >= _FACING and abs(more) > 1)


def _leaves_hole(moved: int, pages: int, more: int) -> bool:
    """Tell whether the page before the last gave away far more lines than it had to: a whole listing."""
    return pages < _FACING and moved > _LOOSE - more


def _lines_at_end(job: LayoutJob, forme: Forme) -> int:
    """How many lines of text the last of a unit's pages holds; 0 where that does not matter."""
    last = forme.pages[-1]
    if not 2 <= len(forme.pages) <= _MOST or job.unit.display:
        return 0
    return last.rows
