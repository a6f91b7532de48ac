"""Real books as they stand: `python -m bench.forms FOLDER…` builds each and prints a table.

For each folder or file: the form that Recto sees in it; whether the order is that of the tool's own list,
read here once more in another way; both books, the pages and the processor's seconds (in one process); what
EPUBCheck and the rules of PDF/UA say; and the problems by their codes. The judges are those of the tests,
and need what `make test` installs.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.lost import lost_of, told_lines
from recto.gather import gather
from recto.settings.config import Config

ROOT = Path(__file__).resolve().parent.parent
_LISTS = {
    "src/SUMMARY.md": r"\]\(([^)#\s]+\.md)",
    "SUMMARY.md": r"\]\(([^)#\s]+\.md)",
    "_quarto.yml": r"^\s*-\s*(?:part:\s*|file:\s*|href:\s*)?[\"']?([\w./-]+\.qmd)",
    "_toc.yml": r"^\s*-?\s*(?:file|root):\s*([\w./-]+)",
    "manuscript/Book.txt": r"^([\w./-]+\.(?:md|txt|markdown))\s*$",
}


@dataclass(frozen=True, slots=True)
class RealBook:
    """What came of one source."""

    name: str
    told: str
    order: str
    exit_code: int
    pages: int
    seconds: float
    epub: str = "–"
    pdf: str = "–"
    lost: str = "–"
    problems: Counter[str] = field(default_factory=Counter)


def listed(folder: Path) -> list[str]:
    """The files that the tool's own list names, read line by line; [] where there is no list."""
    for name, pattern in _LISTS.items():
        path = folder / name
        if folder.is_dir() and path.is_file():
            found = re.findall(pattern, path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
            below = path.parent if name.endswith((".md", ".txt")) else folder
            paths = [each for one in found for each in (below / one, below / f"{one}.md") if each.is_file()]
            return list(dict.fromkeys(str(each.resolve()) for each in paths))
    return []


def order_of(source: Path) -> tuple[str, str]:
    """What the form is said to be, and how the order found stands to the list's."""
    manuscript, _ = gather(source, Config())
    found = list(dict.fromkeys(str(Path(section.place.file).resolve()) for section in manuscript.sections))
    wanted = listed(source)
    if not wanted:
        return manuscript.told, "no list"
    both = [name for name in wanted if name in found]
    same = [name for name in found if name in both] == both
    lost = len(wanted) - len(both)
    return manuscript.told, ("equal" if same else "OTHER") + f", {len(both)} files" + (
        f", {lost} not read" if lost else ""
    )


def built(source: Path, formats: str) -> RealBook:
    """Build a source in a new process and have its books judged."""
    told, order = order_of(source)
    with tempfile.TemporaryDirectory() as made:
        out, report = Path(made, "out"), Path(made, "report.json")
        command = [sys.executable, str(ROOT / "build.py"), str(source), "-o", str(out), "--no-cache", "-q"]
        command += ["--jobs", "1", "--formats", formats, "--report", str(report)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        facts = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
        counts = Counter(f"{each['severity'][0]}:{each['code']}" for each in facts.get("problems", []))
        judged = (*_judged(out), _lost(source, out, facts))
    pages = int(facts.get("pages", 0))
    return RealBook(source.name, told, order, done.returncode, pages, seconds, *judged, counts)


def _judged(folder: Path) -> tuple[str, str]:
    from tests.validators import epubcheck, pdf_ua

    epubs, pdfs = list(folder.glob("*.epub")), list(folder.glob("*.pdf"))
    epub = str(len(epubcheck(epubs[0]))) if epubs else "–"
    return epub, (str(len(pdf_ua(pdfs[0]))) if pdfs else "–")


def _lost(source: Path, folder: Path, facts: Mapping[str, Any]) -> str:
    """Runs of words that a book has nowhere: in silence + told, for each book."""
    told = told_lines(facts)
    books = sorted((*folder.glob("*.epub"), *folder.glob("*.pdf")))
    runs = [lost_of(source, book.read_bytes(), told) for book in books]
    counts = [(len(each), sum(run.told for run in each)) for each in runs]
    return " / ".join(f"{found - known}+{known}" for found, known in counts)


def main() -> None:
    """Build what was named, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--formats", default="epub,pdf")
    asked = parser.parse_args()
    print("| book | what it is | order | exit | pages | CPU s | EPUBCheck | PDF/UA | lost | problems |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for source in asked.sources:
        book = built(source, asked.formats)
        counts = ", ".join(f"{code} {count}" for code, count in book.problems.most_common())
        print(
            f"| {source.parent.name}/{book.name} | {book.told} | {book.order} | {book.exit_code} "
            f"| {book.pages} "
            f"| {book.seconds:.0f} | {book.epub} | {book.pdf} | {book.lost} | {counts} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
