"""A list that names parts and no file of text makes no book."""

from __future__ import annotations

from pathlib import Path

from tests.building import build


def test_a_list_of_parts_without_a_text_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "SUMMARY.md").write_text("# Summary\n\n## On the Water\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("# 1 Oars\n\nAn oar is a lever.\n", encoding="utf-8")
    (tmp_path / "book.json").write_text("{}", encoding="utf-8")
    built = build(tmp_path, tmp_path / "out", "--check", "--jobs", "1")
    assert built.exit_code == 1, built.errors
    assert "[no-manuscript]" in built.errors and "[unlisted-file]" in built.errors
