"""book.toml is read whole, and every fault of it is told at once."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from recto.problems import Place, Problem, error, warning
from recto.settings import config
from recto.settings.config import Config, Silence
from recto.settings.people import BookSeries, Person, Subject
from recto.settings.settings_reader import REPLACED


def read(tmp_path: Path, text: str) -> tuple[Config, tuple[Problem, ...]]:
    path = tmp_path / "book.toml"
    path.write_text(text, encoding="utf-8")
    return config.read(path)


def test_without_a_file_everything_has_its_default() -> None:
    settings, problems = config.read(None)
    assert problems == ()
    assert settings.book.theme == "manual"
    assert settings.book.language == "en"


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    settings, problems = read(
        tmp_path,
        """
        [book]
        title = "Tides"
        authors = ["A. One", "B. Two"]
        date = 2026-03-01
        [contents]
        depth = 3
        [index]
        automatic = false
        [[index.terms]]
        term = "moon"
        find = ["moon", "lunar"]
        [chapters]
        4 = "Spring Tides"
        [[place]]
        chapter = "84"
        as = "appendix"
        """,
    )
    assert problems == ()
    assert settings.book.authors == ("A. One", "B. Two")
    assert settings.book.date == "2026-03-01"
    assert settings.contents.depth == 3
    assert settings.index.automatic is False
    assert settings.index.terms[0].find == ("moon", "lunar")
    assert settings.chapters == {"4": "Spring Tides"}
    assert settings.place[0].as_ == "appendix"


def test_one_author_needs_no_list(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, '[book]\nauthors = "A. One"\n')
    assert problems == ()
    assert settings.book.authors == ("A. One",)


@pytest.mark.parametrize(
    ("text", "line", "code", "in_message", "in_hint"),
    [
        ('[book]\ntitel = "x"\n', 2, "config-unknown-key", "`titel` in [book]", "`title`"),
        ("[boook]\n", 1, "config-unknown-key", "`boook`", "`book`"),
        ('title = "x"\n', 1, "config-unknown-key", "`title`", "it belongs in [book]"),
        ('[book]\nprice = "1"\n', 2, "config-unknown-key", "`price` in [book]", "it belongs in [press]"),
        ("[book]\n\nlanguage = 3\n", 3, "config-type", "`book.language` must be text", ""),
        (f'[book]\ntitle = "{"a" * 20_001}"\n', 2, "config-type", "more than 20,000 characters", ""),
        ('[book]\nauthors = ["A", "B\\u0007"]\n', 2, "config-type", "control character U+0007", "no book"),
        ('[print]\nopenings = "left"\n', 2, "config-type", "'recto', 'any'", ""),
        ('[[place]]\nchapter = "4"\n', 1, "config-missing", "no `as`", "add `as = …`"),
        ("[book]\ntitle = My Book\n", 2, "config-syntax", "not TOML", "quotes"),
        ("book = 3\n", 1, "config-type", "`book` must be a table", ""),
        ("[book]\nauthors = [3]\n", 2, "config-type", "`book.authors` must be text", ""),
        ('[book]\nauthors = [\n"A",\n3]\n', 4, "config-type", "`book.authors` must be text", ""),
        ('[book]\ntitle = "openings"\nprint.x = 1\n', 3, "config-unknown-key", "`print` in [book]", ""),
        ('[[parts]]\ntitle = "A"\n[[parts]]\ntitle = 3\n', 4, "config-type", "`parts.title`", ""),
        ('silence = [{ code = "x", reason = "y" },\n{ code = "z" }]', 2, "config-missing", "`reason`", ""),
        ("a = " + "[" * 9000 + "]" * 9000, None, "config-syntax", "too deep", ""),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, text: str, line: int | None, code: str, in_message: str, in_hint: str
) -> None:
    _, problems = read(tmp_path, text)
    (problem,) = problems
    assert problem.severity == "error"
    assert (problem.code, problem.place.line) == (code, line)
    assert in_message in problem.message
    assert in_hint in (problem.hint or "")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, '[book]\ntitel = "x"\nlanguage = 3\n[prnt]\n')
    assert len(problems) == 3


def test_a_file_in_another_encoding_is_an_error_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes('[book]\ntitle = "Gezeiten für alle"\n'.encode("latin-1"))
    (problem,) = config.read(path)[1]
    assert problem.code == "config-encoding"


def test_a_silence_covers_the_one_problem_it_names() -> None:
    gap = warning("number-gap", "4.3 is missing", Place("a.txt", 7), subject="4.3")
    assert Silence("number-gap", "cut on purpose").covers(gap)
    assert Silence("number-gap", "cut on purpose", subject="4.3").covers(gap)
    assert Silence("number-gap", "cut on purpose", line=7).covers(gap)
    assert not Silence("number-gap", "cut on purpose", subject="5.3").covers(gap)
    assert not Silence("stray", "no").covers(gap)
    assert not Silence("number-gap", "no", file="b.txt").covers(gap)


def test_an_error_cannot_be_silenced() -> None:
    fault = error("number-gap", "4.3 is missing", Place("a.txt", 7))
    assert not Silence("number-gap", "please").covers(fault)


BOMBS = {
    "brackets": "a = " + "[" * 100_000,
    "braces": "a = " + "{a=" * 10_000,
    "a dotted name": "a." * 20_000 + "a = 1",
    "a dotted heading": "[" + "a." * 20_000 + "a]",
    "a dotted name in quotes": '"a".' * 20_000 + '"a" = 1',
    "a dotted name in braces": "x = {" + "a." * 20_000 + "a = 1}",
    "one word": "a" * 3_000_000,
    "quotation marks": '"' * 3_000_000,
    "digits": "x = " + "9" * 5000,
    "unknown keys": "".join(f"k{number} = 1\n" for number in range(20_000)),
    "unknown tables": "".join(f"[t{number}]\n" for number in range(20_000)),
    "terms without names": '[[index.terms]]\nsub = "x"\n' * 10_000,
    "a long value": f'[index]\norder = "{"x" * 100_000}"',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_settings_explode(bomb: str, tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text(BOMBS[bomb])
    _, problems = config.read(path)
    assert 0 < len(problems) < 300
    assert {problem.severity for problem in problems} == {"error"}
    assert max(len(str(problem)) for problem in problems) < 1000


@pytest.mark.parametrize("form", ["tables", "braces"])
def test_each_of_twenty_thousand_terms_has_its_line(form: str, tmp_path: Path) -> None:
    path = tmp_path / "index.toml"
    terms = range(20_000)
    if form == "tables":
        path.write_text("".join(f'[[terms]]\nterm = "t{number}"\n' for number in terms))
    else:
        path.write_text("terms = [\n" + "".join(f'{{ term = "t{number}" }},\n' for number in terms) + "]\n")
    settings, problems = config.read(None, path)
    step, first = (2, 2) if form == "tables" else (1, 2)
    lines = [term.place.line for term in settings.index.terms if term.place]
    assert (problems, lines) == ((), [first + step * number for number in terms])


def keys(kind: type, path: tuple[str, ...] = ()) -> Iterator[str]:
    """What may be set in a table, and in the tables within it, in lists too."""
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        names = *path, field.name.removesuffix("_")
        yield ".".join(names)
        for part in (hints[field.name], *get_args(hints[field.name])):
            if dataclasses.is_dataclass(part) and part not in (Person, Subject, BookSeries):
                yield from keys(part, names)


def test_every_key_of_a_released_version_is_known_or_says_what_took_its_place() -> None:
    released = (Path(__file__).parent / "keys.txt").read_text(encoding="utf-8").split()
    known = set(keys(Config))
    assert {"print.trim", "place.as", "index.terms.see"} <= set(released)
    assert set(released) - known - REPLACED.keys() == set()
    assert REPLACED.keys() & known == set()


def test_a_key_that_is_gone_names_what_took_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(REPLACED, "print.paper", "`trim`")
    _, problems = read(tmp_path, '[print]\npaper = "a5"\n')
    assert [(each.code, each.place.line, each.hint) for each in problems] == [
        ("config-unknown-key", 2, "`trim` has taken its place")
    ]
