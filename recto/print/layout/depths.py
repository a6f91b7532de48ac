"""The depth of pages: a chapter that would end in a scrap is set on pages a line longer, or shorter.

The style sheet of the page geometry has pages of these names beside those of the usual depth. A trial costs
the layout of the unit once more, so it is made only where the last page is all but empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from recto.model import LaidOut
from recto.print.layout.job import LayoutJob

DEPTHS = ("long", "short")  # names of pages, in the order in which they are tried
_SCRAP = 130  # characters: two lines


def at_best_depth(job: LayoutJob, lay_out: Callable[[LayoutJob], LaidOut], usual: LaidOut) -> LaidOut:
    """A unit on pages of the `usual` depth, or of the first of the job's other depths that leaves no scrap.

    Another depth may not take more pages. A pure function of the job, as `lay_out` is.
    """
    if job.depths and _ends_in_scrap(usual):
        for depth in job.depths:
            trial = lay_out(replace(job, style=f"{job.style}; page: {depth}".lstrip("; ")))
            if not _ends_in_scrap(trial) and len(trial.pages) <= len(usual.pages):
                return trial
    return usual


def _ends_in_scrap(laid: LaidOut) -> bool:
    """Tell whether the last of a unit's pages holds no more than two lines of text."""
    if len(laid.pages) < 2 or laid.unit.display or laid.unit.from_pages:
        return False
    last = laid.pages[-1]
    return 0 < len(last.text) < _SCRAP and not last.notes
