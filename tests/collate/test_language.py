"""A language that Recto has no words of is told once, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.collate.unknown_language import unspoken
from recto.settings.config import read


@pytest.mark.parametrize(
    ("language", "known"),
    [("en-GB", True), ("zh-Hant", True), ("pt-BR", True), ("no", True), ("eo", False), ("english", False)],
)
def test_a_language_without_words_is_told_at_its_line(tmp_path: Path, language: str, known: bool) -> None:
    (tmp_path / "book.toml").write_text(f'[book]\ntitle = "A"\nlanguage = "{language}"\n')
    config, _ = read(tmp_path / "book.toml")
    told = [(problem.code, problem.place.line, problem.subject) for problem in unspoken(config)]
    assert told == ([] if known else [("language-unknown", 3, language)])
