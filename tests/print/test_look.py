"""What the shipped style sheets make of pages: where they may end, and where they may not."""

from __future__ import annotations

from pathlib import Path

from recto.compose import print_units
from recto.index.index_model import LetterGroup, LocatedEntry, LocatedIndex, PrintedLocator
from recto.model import LaidOut, Unit
from recto.print.layout.job import LayoutJob, asset_table
from recto.print.layout.running import run
from recto.theme import find
from tests.sample_galleys import composer

ONE = PrintedLocator("1", "1", "chapter-1")


def lay_out(unit: Unit, page: str) -> LaidOut:
    theme = find(Path("nowhere"))
    return run(LayoutJob(unit, (*theme.paper(), page), asset_table(theme.styles, ())))


def test_a_column_of_the_index_ends_with_no_heading_without_its_followers():
    def entry(term: str, level: int = 1, below: tuple[LocatedEntry, ...] = ()) -> LocatedEntry:
        return LocatedEntry(term, f"index-{term}", level, (ONE,), entries=below)

    deep = entry("deep", 1, tuple(entry(f"sub{n}", 2) for n in range(4)))
    groups = (
        LetterGroup("A", "index-a", tuple(entry(f"aa{n}") for n in range(3))),
        LetterGroup("B", "index-b", (deep, entry("after"))),
        LetterGroup("C", "index-c", tuple(entry(f"cc{n}") for n in range(3))),
    )
    made, _ = print_units(composer(), LocatedIndex(groups), None)
    unit = next(each for each in made if each.name == "index")
    for height in range(60, 160, 11):
        page = f"@page {{ size: 3in {height}pt; margin: 0 }} html {{ font-size: 10pt; line-height: 13.5pt }}"
        small = f"{page} section.index .columns {{ columns: 1 }} h1.opening {{ display: none }}"
        lasts = [each.text.removesuffix(", 1").split()[-1] for each in lay_out(unit, small).pages[:-1]]
        assert lasts and not {"A", "B", "C", "aa0", "cc0", "deep"} & set(lasts), height
