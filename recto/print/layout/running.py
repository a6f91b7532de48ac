"""Running a layout job: what workers do, in whatever process or on whatever machine."""

from __future__ import annotations

from dataclasses import replace

from recto.account import in_hand
from recto.model import LaidOut
from recto.oversight.frames import roomy
from recto.print.layout.depths import at_best_depth
from recto.print.layout.job import LayoutJob
from recto.print.layout.wide_tables import fit


@roomy
def run(job: LayoutJob) -> LaidOut:
    """Lay out a unit. The print engine is imported on the first call of a process."""
    from recto.print.engine.rendering import forme

    in_hand.take(job.unit.name)
    fitting, usual = fit(job, forme)
    laid = at_best_depth(fitting, forme, usual).printed()
    in_hand.take("")
    return replace(laid, unit=job.unit)


def warm_up() -> None:
    """Import the print engine ahead of the first job."""
    import recto.print.engine.rendering  # noqa: F401 - importing is the point
