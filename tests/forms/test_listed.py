"""A list of Recto's own: files in their order, with parts, depth, and titles of those that have none."""

from __future__ import annotations

from pathlib import Path

from tests.collating import collated

FILES = {
    "book.list": "# a remark\n\nunnumbered: hello.md\npart: | The Sea\noars.md\n  blades.md\n"
    "  notes.txt | On *Notes*\npart: land.md\n| Odds and Ends\n  ends.md\npart:\n"
    "appendix: tables.md\nunnumbered: bye.md\n",
    "hello.md": "# Hello\n\nWelcome.\n",
    "oars.md": "# Oars\n\nThey row.\n\n## No section\n\nIndeed.\n",
    "blades.md": "# Blades {#flat}\n\nThey are flat.\n",
    "notes.txt": "Typed * as it stands.\n",
    "land.md": "# The Land\n\nIt is dry.\n",
    "ends.md": "# Ends\n\nThey are loose.\n",
    "tables.md": "# Tables\n\nThey are long.\n",
    "bye.md": "# Bye\n\nSo long.\n",
    "left.md": "# Left\n\nOut.\n",
}


def test_a_list_gives_parts_depth_and_titles(tmp_path: Path) -> None:
    told = collated(tmp_path, FILES)
    assert [(c.kind, c.label, c.title, c.part.title if c.part else "") for c in told.book.chapters] == [
        ("front", "", "Hello", ""),
        ("chapter", "1", "Oars", "The Sea"),
        ("chapter", "2", "Odds and Ends", "The Land"),
        ("appendix", "A", "Tables", ""),
        ("back", "", "Bye", ""),
    ]
    oars = told.chapter("1")
    assert [(str(s.number), s.source.title, s.anchor) for s in oars.sections] == [
        ("1.1", "Blades", "flat"),
        ("1.2", "On *Notes*", "section-1-2"),
    ]
    assert oars.opening and "No section" in oars.opening.text
    land = told.chapter("2").part
    assert land and land.opening and land.opening.text == "It is dry."


def test_a_file_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    told = collated(tmp_path, {"book.list": "a.md\ngone.md\n", "a.md": "# A\n\nWords.\n"})
    (problem,) = (problem for problem in told.problems if problem.code == "listed-missing")
    assert problem.place.line == 2
