"""A language is one file: each is walked here, and what it lacks or has otherwise than the rest is told."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from recto import languages
from recto.compose.labels import labels
from recto.forms.naming import heading_text
from recto.forms.naming.heading_text import read_heading
from recto.forms.naming.matter import known_roles, reserved, role_of
from recto.index.index_model import Wording
from recto.index.printed.collation import sort_key
from recto.index.printed.wording import wording
from recto.index.reading.speech import speech
from recto.index.reading.words import stopwords
from recto.languages import direction, everywhere, has_words, numbered, parts_words, table, tags, words
from recto.notations import shipped_tables
from recto.typeset.language import Quotes, admonition, label, quotes, reference
from tests.checkout import ROOT

# what a book in each of these says is known: nothing of it may be missing
SPOKEN = [tag for tag in tags() if "words" in shipped_tables.shipped("recto.languages", f"{tag}.toml")]
TABLES = {
    "numerals",
    *("words", "admonitions", "headings", "matter", "quotes", "punctuation", "index", "collation", "forms"),
    *("speech", "stop_words", "holding", "dedications"),
}
KINDS = ("part", "chapter", "appendix", "section", "figure", "table", "listing")


def test_the_handbook_lists_every_language_that_speaks() -> None:
    text = (ROOT / "book" / "text.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"Recto speaks ([^.]*)\.", text)
    names = re.split(", | and ", listed)  # `(of Portugal and of Brazil)` are two as well
    assert len(names) == len(SPOKEN) >= 26, f"{names} are not the languages of {', '.join(SPOKEN)}"


@pytest.mark.parametrize("name", ["words", "admonitions", "index", "headings", "quotes"])
@pytest.mark.parametrize("tag", SPOKEN)
def test_a_language_that_speaks_lacks_no_word(tag: str, name: str) -> None:
    here, english = table(tag, name), table("en", name)
    names = {"joins", "volume", "kinds", "scene", "months"}
    optional = {*names, "apostrophes", "endings", "geresh", "gershayim"}
    assert set(here) - optional == set(english) - optional
    for key, value in here.items():
        for text in [value] if isinstance(value, str) else value:
            assert text == text.strip(" \n") and text, (key, text)


@pytest.mark.parametrize("tag", SPOKEN)
def test_what_is_filled_in_has_its_place(tag: str) -> None:
    assert [field for _, field, *_ in Formatter().parse(words(tag)["made_with"]) if field] == ["fonts"]
    assert table(tag, "index")["signs_note"].count("{}") == 1
    for kind in (*KINDS, "page", "pages"):
        assert words(tag)[kind].count("{}") <= 1
    assert len(wording(tag).signs) == len(wording(tag).signs_words) == len(Wording().signs)


@pytest.mark.parametrize("tag", SPOKEN)
def test_what_a_book_calls_its_parts_is_read_as_that_again(tag: str) -> None:
    for kind in ("part", "chapter"):
        found = read_heading(numbered(labels(tag)[kind], "4"))
        assert found is not None
        assert (found.kind, str(found.number), found.title) == (kind, "4", "")
    for made in ("index", "contents"):
        assert reserved(labels(tag)[made]) == made


@pytest.mark.parametrize("tag", tags())
def test_a_file_has_a_name_and_tables_that_are_read(tag: str) -> None:
    file = shipped_tables.shipped("recto.languages", f"{tag}.toml")
    assert file["name"]
    assert set(file) - {"name", "also", "direction", "spaces"} <= TABLES
    assert re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", tag)
    assert direction(tag) in ("ltr", "rtl")
    assert set(table(tag, "matter")) <= {*known_roles(), "index", "contents"}
    # all that reads a file can read it
    assert quotes(tag)
    assert sort_key("Ab", language=tag, sub=True)
    speech(tag)
    stopwords(tag)


def test_no_name_of_matter_means_two_things() -> None:
    seen: dict[str, str] = {}
    for role in (*known_roles(), "index", "contents"):
        for name in everywhere("matter", role):
            assert seen.setdefault(name.casefold(), role) == role, name
    assert len(seen) > 300


@pytest.mark.parametrize(
    ("heading", "kind", "number", "title"),
    [
        ("第4章 海", "chapter", "4", "海"),
        ("第十二章：海", "chapter", "12", "海"),
        ("4. fejezet: A tenger", "chapter", "4", "A tenger"),
        ("제2장 바다", "chapter", "2", "바다"),
        ("Глава 3. Море", "chapter", "3", "Море"),
        ("פרק 5: הים", "chapter", "5", "הים"),
        ("Luku IV", "chapter", "4", ""),
        ("Příloha B: Tabulky", "chapter", "B", "Tabulky"),
        ("Section 4.2 Tides", "section", "4.2", "Tides"),
        ("Раздел 4.2 Приливы", "section", "4.2", "Приливы"),
    ],
)
def test_headings_are_read_in_every_language(heading: str, kind: str, number: str, title: str) -> None:
    found = read_heading(heading)
    assert found is not None
    assert (found.kind, str(found.number), found.title) == (kind, number, title)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Предисловие", "preface"),
        ("謝辞", "acknowledgments"),
        ("TEŞEKKÜR", "acknowledgments"),
        ("הקדמה", "preface"),
    ],
)
def test_matter_is_known_by_its_name_in_every_language(title: str, role: str | None) -> None:
    assert role_of(title) == role


def test_a_region_says_what_is_other_there() -> None:
    assert words("pt-BR")["contents"] == "Sumário"
    assert words("pt-BR")["chapter"] == words("pt")["chapter"]
    assert [quotes(tag) for tag in ("de-AT", "de_DE")] == [quotes("de")] * 2
    assert quotes("de-CH") != quotes("de")


@pytest.mark.parametrize(
    ("tag", "same"),
    [("zh", "zh-hans"), ("zh-CN", "zh-hans"), ("zh-TW", "zh-hant"), ("zh-Hant-HK", "zh-hant"), ("no", "nb")],
)
def test_a_language_has_more_than_one_tag(tag: str, same: str) -> None:
    assert words(tag) == words(same)


def test_numbers_stand_where_the_language_has_them() -> None:
    assert reference("chapter", "4", words("ja")) == "第4章"
    assert reference("chapter", "4", words("hu")) == "4. fejezet"
    assert (label("figure", "2.1", words("fr")), reference("figure", "2.1", words("fr"))) == (
        "Figure 2.1",
        "figure 2.1",
    )
    assert label("table", "3", words("zh-Hans")) == "表3"


def test_a_language_without_a_file_speaks_english_and_sets_quotes_as_typed() -> None:
    assert not has_words("xx")
    assert labels("xx") == labels("en")
    assert admonition("tip", "xx") == "Tip"
    assert quotes("xx") is None
    assert parts_words("xx") and not parts_words("zh-TW")


@pytest.mark.parametrize("tag", tags())
def test_a_table_read_by_itself_is_that_of_the_whole_file(tag: str) -> None:
    whole = shipped_tables.shipped("recto.languages", f"{tag}.toml")
    tables = {name: value for name, value in whole.items() if isinstance(value, dict)}
    assert {name: languages._table(tag, name) for name in languages._texts(tag) if name} == tables
    assert languages._table(tag) == {name: value for name, value in whole.items() if name not in tables}


def test_a_new_language_is_a_file_and_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en.toml").write_bytes((ROOT / "recto" / "languages" / "en.toml").read_bytes())
    (tmp_path / "tlh.toml").write_text(
        'name = "tlhIngan"\n[words]\nchapter = "wot"\nindex = "mem"\nsee = "leghlu"\nsee_also = "je"\n'
        '[headings]\nchapter = ["wot"]\n[collation]\nalphabet = "c ch"\n'
        '[quotes]\nleft = "<"\nright = ">"\ninner_left = "["\ninner_right = "]"\n'
    )
    monkeypatch.setattr(languages, "files", lambda _: tmp_path)
    caches = (languages.tags, languages._aliases, languages._texts, languages._table, languages._chain)
    caches = (*caches, languages.table, wording, quotes, heading_text._worded_pattern)
    try:
        for each in caches:
            each.cache_clear()
        assert tags() == ("en", "tlh")
        assert labels("tlh")["chapter"] == "Wot"
        assert (wording("tlh").title, wording("tlh").symbols) == ("mem", "Symbols")
        assert quotes("tlh") == Quotes("<", ">", "[", "]")
        assert sort_key("cha", language="tlh") > sort_key("cz", language="tlh")
        found = read_heading("Wot 7: Sea")
        assert found is not None and (str(found.number), found.title) == ("7", "Sea")
    finally:
        monkeypatch.undo()
        for each in caches:
            each.cache_clear()
