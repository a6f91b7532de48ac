"""Texts of JSON and YAML that hold what is no character."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.notations.json_text import read_json
from recto.notations.yaml_text import YamlError, read_yaml
from tests.building import build


def test_half_of_a_pair_of_surrogates_is_no_text() -> None:
    assert read_json(r'["\ud83c\udf0a"]') == ["\U0001f30a"]
    for text in (r'["a\ud800b"]', r'{"\udfff": 1}'):
        with pytest.raises(ValueError, match="half of one"):
            read_json(text)
    with pytest.raises(YamlError, match="half of one"):
        read_yaml(r'title: "a\ud800b"')


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.md": '---\ntitle: "\\ud800"\n---\n# 1 Nets\n\nWords.\n'}, "front-matter"),
        (
            {"book.json": r'{"title": "\ud800"}', "SUMMARY.md": "* [N](a.md)\n", "a.md": "# N\n"},
            "list-unreadable",
        ),
    ],
)
def test_it_is_told_with_its_file(files: dict[str, str], code: str, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    for name, text in files.items():
        (tmp_path / "book" / name).write_text(text, encoding="utf-8")
    made = build(tmp_path / "book", tmp_path / "out", "--formats", "epub")
    assert made.exit_code == 0, made.errors
    assert code in [problem["code"] for problem in made.report["problems"]]
