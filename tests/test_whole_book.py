"""A scattered manuscript becomes two bound books, whole, in order, and at one with each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import acceptance
from tests.building import Built, build
from tests.manuscripts import SUBJECTS, field_guide

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guide") / "field-guide.txt"
    path.write_text(field_guide(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def guide(source: Path) -> Built:
    """A text file in the worst order, without any configuration."""
    return build(source, source.parent / "out")


def test_it_builds_without_any_configuration(guide: Built) -> None:
    assert guide.exit_code == 0, guide.errors
    sizes = {output["format"]: output["bytes"] for output in guide.report["outputs"]}
    assert {name: guide.output(f".{name}").stat().st_size for name in ("epub", "pdf")} == sizes


def test_every_section_stands_once_in_order_on_the_page_that_is_said(guide: Built, source: Path) -> None:
    assert acceptance.faults(source, guide.report) == []


def test_the_second_run_of_a_number_becomes_an_appendix(guide: Built) -> None:
    labels = [chapter["label"] for chapter in guide.report["chapters"] if chapter["label"]]
    assert labels == ["1", "2", "3", "4", "5", "6", "30", "A"]
    appendix = next(chapter for chapter in guide.report["chapters"] if chapter["label"] == "A")
    assert [section["number"] for section in appendix["sections"]] == ["A.1", "A.2", "A.3", "A.4"]
    assert [section["source_number"] for section in appendix["sections"]] == ["3.1", "3.2", "3.3", "3.4"]


def test_what_was_decided_for_the_author_is_said(guide: Built) -> None:
    warned = " ".join(problem["message"] for problem in guide.report["problems"])
    assert "— a joke —" in warned
    assert "30" in warned
    assert all(problem["severity"] == "warning" for problem in guide.report["problems"])
    assert all(problem["hint"] for problem in guide.report["problems"])


def test_with_every_question_settled_no_warning_is_left(source: Path, tmp_path: Path) -> None:
    manuscript = tmp_path / "guide.txt"
    manuscript.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    titles = "\n".join(f'{number} = "{title}"' for number, (title, _) in SUBJECTS.items())
    lines = manuscript.read_text(encoding="utf-8").splitlines()
    second = max(index for index, line in enumerate(lines, 1) if line.startswith("3.1 "))
    (tmp_path / "book.toml").write_text(
        f"""
        [book]
        title = "The Harbor Guide"
        authors = ["A. Pilot"]
        [chapters]
        {titles}
        [[place]]
        chapter = "3"
        lines = "{lines.index(next(line for line in lines if "Oars: Sculls" in line)) + 1}-{second}"
        as = "appendix A"
        title = "Under Oars"
        [[place]]
        chapter = "30"
        as = "appendix B"
        title = "Kites"
        [[place]]
        lines = "{lines.index("— a joke —") + 1}-{lines.index("...") + 1}"
        as = "omit"
        """,
        encoding="utf-8",
    )
    built = build(manuscript, tmp_path / "out", "--strict")
    assert built.exit_code == 0, built.errors
    assert [chapter["label"] for chapter in built.report["chapters"] if chapter["label"]] == [
        *"123456",
        "A",
        "B",
    ]


def test_the_same_manuscript_gives_the_same_bytes(guide: Built, source: Path, tmp_path: Path) -> None:
    again = build(source, tmp_path / "again", "--jobs", "2")
    for suffix in (".epub", ".pdf"):
        assert again.output(suffix).read_bytes() == guide.output(suffix).read_bytes()
