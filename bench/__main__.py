"""Measures Recto and prints the table: `python -m bench [MANUSCRIPT] [options]`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import manuscript, mono, tex
from bench.books import Bench
from bench.measure import FailedError, Run, middle

_MB = 1e6


def main() -> None:
    """Measure what was asked for."""
    asked = _arguments()
    print(f"{_machine()}; load {os.getloadavg()[0]:.1f}; medians of {asked.runs} rounds\n")
    with tempfile.TemporaryDirectory(prefix="recto-bench-") as folder:
        desk = Path(folder)
        source = asked.manuscript
        if source is None:
            source = desk / "made"
            manuscript.write(source, asked.pages)
        _book(Bench.lay(source, desk / "book", asked.jobs), asked.runs)
        if asked.long:
            _long(desk, asked.pages, asked.long, asked.jobs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast is Recto here?")
    parser.add_argument("manuscript", type=Path, nargs="?", help="a file or folder; without it, one is made")
    parser.add_argument("--runs", type=int, default=3, help="rounds; each runs everything once (default 3)")
    parser.add_argument("--jobs", type=int, default=2, help="processes of a parallel build (default 2)")
    parser.add_argument("--pages", type=int, default=250, help="of the manuscript that is made (default 250)")
    parser.add_argument("--long", type=int, default=0, metavar="PAGES", help="also a book so long: 5000")
    return parser.parse_args()


def _machine() -> str:
    from importlib.metadata import version

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, Python {sys.version.split()[0]}, WeasyPrint {version('weasyprint')}"


# --- a book against the one document ----------------------------------------------------------------------


def _book(bench: Bench, runs: int) -> None:
    """Everything about one book. Each round runs all, every second one backwards, against drift."""
    pages = mono.compose(bench.source, bench.composed)
    print(f"{bench.source.name}: {pages} pages")
    tasks: dict[str, Callable[[], Run]] = {
        "mono": bench.mono,
        "cold": bench.cold,
        "alone": bench.cold_alone,
        "edited": bench.edited,
        "unchanged": bench.unchanged,
        "import": bench.imported,
    }
    if shutil.which("pandoc") and shutil.which("xelatex"):
        tex.write(bench.source, bench.composed, pages)
        tasks |= {"pdf": bench.cold_pdf, "pandoc": bench.pandoc}
    taken: dict[str, list[Run]] = {name: [] for name in tasks}
    bench.edited()  # fills the cache
    for number in range(runs):
        for name in list(tasks) if number % 2 == 0 else reversed(list(tasks)):
            if name == "unchanged":
                bench.edited()
            taken[name].append(tasks[name]())
    _print_book(taken, bench.bytes(), _watched(bench, runs))


def _watched(bench: Bench, runs: int) -> list[Run] | str:
    """From a save to the books under --watch, once for each round; or why there is none."""
    try:
        with bench.watching() as process:
            return [bench.saved(process) for _ in range(runs)]
    except (FailedError, OSError) as fault:
        return f"failed: {str(fault)[:60]!r}"


def _print_book(taken: dict[str, list[Run]], sizes: tuple[int, int], watched: list[Run] | str) -> None:
    _line("", "seconds", "cpu", "of mono", "its cpu", "to reach")
    _row("mono", taken["mono"], taken["mono"])
    _row("cold build, EPUB + PDF + index", taken["cold"], taken["mono"], "0.30")
    _row("… with --jobs 1", taken["alone"], taken["mono"], "0.55")
    _row("one section edited, new process", taken["edited"], taken["mono"], "0.12")
    _row("… against `import weasyprint`", taken["edited"], taken["import"], "2.5")
    if isinstance(watched, str):
        _line("… under --watch", watched)
    else:
        _row("… under --watch", watched, taken["mono"], "0.03")
    _row("nothing changed, new process", taken["unchanged"], taken["mono"], "0.03")
    _line("bytes of the PDF, MB", f"{sizes[0] / _MB:.2f}", "", f"{sizes[0] / sizes[1]:.3f}", "", "1.10")
    peak, against = (max(run.peak for run in taken[name]) for name in ("cold", "mono"))
    _line("peak memory of any process, MB", f"{peak / _MB:.0f}", "", f"{peak / against:.3f}", "", "0.9")
    if "pandoc" in taken:
        _row("pandoc + XeLaTeX, PDF only", taken["pandoc"], taken["mono"])
        _row("cold PDF of Recto, against that", taken["pdf"], taken["pandoc"], "0.6")
    else:
        _line("pandoc + XeLaTeX", "not installed")


def _row(name: str, runs: Sequence[Run], against: Sequence[Run], to_reach: str = "") -> None:
    """A line with medians, and medians of the ratios of each round's pair."""
    pairs = list(zip(runs, against, strict=True))
    wall, cpu = (middle([getattr(run, kind) for run in runs]) for kind in ("wall", "cpu"))
    ratio = middle([run.wall / other.wall for run, other in pairs])
    of_cpu = middle([run.cpu / other.cpu for run, other in pairs])
    _line(name, f"{wall:.2f}", f"{cpu:.2f}", f"{ratio:.3f}", f"{of_cpu:.3f}", to_reach)


def _line(name: str, *cells: str) -> None:
    print(f"{name:34}" + "".join(f"{cell:>10}" for cell in cells), flush=True)


# --- a very long book against a book ----------------------------------------------------------------------


def _long(desk: Path, pages: int, many: int, jobs: int) -> None:
    """Time a page and memory of a long book, against one of usual length."""
    taken, counts = [], []
    for count in (pages, many):
        source = desk / f"pages-{count}"
        manuscript.write(source, count)
        bench = Bench.lay(source, desk / f"book-{count}", jobs)
        taken.append(bench.cold())
        counts.append(bench.pages())
    (short, long), times = taken, counts[0] / counts[1]
    print(f"\nmade books of {counts[0]} and {counts[1]} pages")
    _line("", "seconds", "cpu", "ratio", "its cpu", "to reach")
    _line("the shorter, cold", f"{short.wall:.1f}", f"{short.cpu:.1f}")
    ratios = (f"{long.wall / short.wall * times:.3f}", f"{long.cpu / short.cpu * times:.3f}")
    _line("the longer, time a page", f"{long.wall:.1f}", f"{long.cpu:.1f}", *ratios, "1.1")
    _line("peak memory, all processes, MB", f"{taken[1].together / _MB:.0f}", "", "", "", "1500")


if __name__ == "__main__":
    try:
        main()
    except FailedError as fault:
        sys.exit(str(fault))
