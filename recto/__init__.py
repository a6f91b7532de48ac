"""Recto, a book compiler: a manuscript in scattered sections becomes an EPUB and a print-ready PDF.

    files --gather--> Sections --collate--> Book --typeset--> Galleys --+--> contents --+
                                                                        +--> index -----+
                                                                        |               v
                          print:    compose -> paginate -> gate -> pages with folios
                          editions: out of galleys and pages, each its files

Verbs are stages: values in, new frozen values out, together with the problems found. Nouns are the data that
passes between them (recto.model). Stages don't know one another; recto.pipeline alone knows their
order, and recto.builder what is kept from one build to the next.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recto.oversight.budget import Budget
from recto.version import __version__

if TYPE_CHECKING:
    from recto.account.report import Report

__all__ = ["__version__", "build"]


def build(
    source: str | Path,
    output: str | Path = "out",
    *,
    formats: tuple[str, ...] = (),
    strict: bool = False,
    check: bool = False,
    jobs: int = 1,
    cache: bool = True,
    executor: str | None = None,
    max_seconds: float = Budget.seconds,
    max_memory: int = Budget.memory,
    verify: bool = False,
) -> Report:
    """Build the books of a manuscript, as the command line does, and return the report.

    An author's fault raises nothing: `report.exit_code` is then 1 or 2, `report.problems` tells why, and
    nothing was written.
    """
    from recto.builder import build as run
    from recto.options import Options

    budget = Budget(max_seconds, max_memory)
    asked = Options(Path(source), Path(output), formats, strict, check, jobs, cache, executor, budget, verify)
    return run(asked)
