"""Chapters without titles: inferred where it is clear, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collating import collated

OTHERS = "".join(f"{n}.{m} Other{n} Thing{m}\n\nWords.\n\n" for n in range(2, 5) for m in range(1, 3))


def title(folder: Path, titles: list[str], words: str = "Words.") -> str:
    text = "".join(f"1.{n} {title}\n\n{words}\n\n" for n, title in enumerate(titles, 1))
    return collated(folder, {"a.txt": text + OTHERS}).chapter("1").title


@pytest.mark.parametrize(
    ("titles", "inferred"),
    [
        (["SeaMap Basics", "Reading SeaMap", "SeaMap: Layers", "Printing with SeaMap"], "SeaMap"),
        (["AISs at Sea", "An AIS for Dinghies", "Buying AISs", "What AISs Cannot See"], "AISs"),
        (
            ["SeaMap Pro Basics", "Reading SeaMap Pro", "SeaMap Pro: Layers", "SeaMap Pro Prices"],
            "SeaMap Pro",
        ),
    ],
)
def test_a_name_that_nearly_all_sections_share_is_the_title(
    tmp_path: Path, titles: list[str], inferred: str
) -> None:
    assert title(tmp_path, titles) == inferred


def test_a_plain_word_is_a_name_where_the_text_capitalises_it(tmp_path: Path) -> None:
    titles = ["Aurora at Night", "Where Aurora Sails", "Aurora: The Crew", "Mending Aurora"]
    assert title(tmp_path, titles, "We sailed the Aurora home.") == "Aurora"
    assert title(tmp_path, titles, "We saw an aurora at home.") == ""


@pytest.mark.parametrize(
    "titles",
    [
        ["SeaMap Basics", "Reading Charts", "SeaMap: Layers", "Printing with Ink"],  # only half of them
        ["Using Oars", "Using Ropes", "Using Charts", "Using Flags"],  # a common word
        ["SeaMap and AIS", "AIS with SeaMap", "SeaMap, AIS", "AIS: SeaMap"],  # two it could be
        ["SeaMap One", "SeaMap Two"],  # by chance
        ["Day 1", "Day 2", "Day 3", "Day 4"],
        ["The Storm", "The Calm", "The Harbor", "The End"],
        ["T at Night", "Where T Sails", "T: The Crew", "Mending T"],  # of a formula, or of code
    ],
)
def test_no_title_is_better_than_a_wrong_one(tmp_path: Path, titles: list[str]) -> None:
    assert title(tmp_path, titles, "The crew of Day slept.") == ""


def test_a_word_of_the_whole_book_names_no_chapter(tmp_path: Path) -> None:
    text = "".join(f"{n}.{m} SeaMap Topic{n}{m}\n\nWords.\n\n" for n in range(1, 5) for m in range(1, 5))
    result = collated(tmp_path, {"a.txt": text})
    assert {c.title for c in result.book.chapters} == {""}


def test_an_inferred_title_is_reported_with_the_way_to_keep_it(tmp_path: Path) -> None:
    text = "".join(f"1.{n} SeaMap Topic{n}\n\nWords.\n\n" for n in range(1, 5))
    problem = collated(tmp_path, {"a.txt": text + OTHERS}).only("chapter-title-inferred")
    assert (problem.severity, problem.subject) == ("warning", "1")
    assert "“SeaMap”" in problem.message
    assert problem.hint is not None
    assert '"1" = "SeaMap"' in problem.hint


def test_a_chapter_with_a_title_keeps_it(tmp_path: Path) -> None:
    text = "".join(f"1.{n} SeaMap Topic{n}\n\nWords.\n\n" for n in range(1, 5))
    result = collated(tmp_path, {"a.txt": "Chapter 1: Charts\n\nWords.\n\n" + text})
    assert (result.chapter("1").title, result.codes) == ("Charts", [])


def test_few_untitled_chapters_are_named_one_by_one(tmp_path: Path) -> None:
    result = collated(tmp_path, {"a.md": "# 1 Oars\n\nA.\n\n# 2\n\nB.\n\n# 3\n\nC.\n"})
    assert [p.subject for p in result.problems] == ["2", "3"]


def test_each_of_several_prefaces_has_a_title_of_its_own(tmp_path: Path) -> None:
    text = "# Preface\n\nA.\n\n# Preface to the Second Edition\n\nB.\n\n# 1 Oars\n\nC.\n"
    toml = '[chapters]\npreface = "First Words"\n"preface 2" = "Second Words"\n'
    book = collated(tmp_path, {"a.md": text}, toml).book
    assert [chapter.title for chapter in book.chapters] == ["First Words", "Second Words", "Oars"]


def book_of(chapters: dict[int, list[tuple[str, str]]]) -> str:
    """A text of untitled chapters, whose sections have these titles and words."""
    return "".join(
        f"{chapter}.{number} {title}\n\n{words}\n\n"
        for chapter, sections in chapters.items()
        for number, (title, words) in enumerate(sections, 1)
    )


HARBOUR = [
    [("Winch Types: Hand, Motor", "A winch pulls the net."), ("Oiling", "The winch wants oil."),
     ("Ropes on the Winch", "Old winches fray."), ("Brakes", "A winch without one drops all."),
     ("Prices", "Each winch is dear.")],
    [("SkyMap: First Look", "SkyMap shows stars."), ("Layers", "SkyMap has layers of them."),
     ("NetLog: Counting Fish", "NetLog counts."), ("NetLog Tides", "What NetLog knows of the Quay."),
     ("SkyMap at Night", "SkyMap dims itself.")],
    [("SeaCom Radios", "SeaCom carries voices."), ("Buying SeaCom", "SeaCom is sold at the Quay."),
     ("SeaCom Channels", "SeaCom has sixteen channels."),
     ("Antennas", "SeaCom needs height; antennas give it.")],
    [("SeaCom Repairs", "SeaCom breaks."), ("Fuses", "SeaCom burns fuses, fuses cost nothing."),
     ("Solder and SeaCom", "SeaCom wants fuses and solder."), ("SeaCom and Salt", "Salt eats SeaCom.")],
    [("The Morning", "Quiet."), ("The Noon", "Hot."), ("The Evening", "Late at the Quay."),
     ("The Night", "Dark.")],
]  # fmt: skip


def test_chapters_are_named_by_what_is_at_home_in_them(tmp_path: Path) -> None:
    text = book_of(dict(enumerate(HARBOUR, 1)))
    result = collated(tmp_path, {"a.txt": text})
    assert [chapter.title for chapter in result.book.chapters] == [
        "",  # a thing, and in one title of five alone
        "SkyMap and NetLog",
        "SeaCom: Radios, Channels, and Antennas",
        "SeaCom: Repairs, Fuses, and Solder",
        "",
    ]
    assert [p.subject for p in result.problems if p.code == "chapter-title-inferred"] == ["2", "3", "4"]


def test_no_title_is_inferred_where_the_author_wants_none(tmp_path: Path) -> None:
    text = book_of(dict(enumerate(HARBOUR, 1)))
    result = collated(tmp_path, {"a.txt": text}, '[chapters]\ninfer = false\n5 = "Days"')
    assert [chapter.title for chapter in result.book.chapters] == ["", "", "", "", "Days"]


def test_the_title_of_last_resort_is_spelled_as_the_text_spells_its_words(tmp_path: Path) -> None:
    text = "1.1 Nets\n\nThe RNLI of field and sea. RNLI men.\n\n1.2 Rope\n\nAn rnli field.\n"
    made = collated(tmp_path / "rnli-field_guide", {"a.txt": text})
    assert made.book.title == "RNLI Field Guide"


def test_sections_numbered_zero_head_their_chapters_where_all_chapters_have_one(tmp_path: Path) -> None:
    def made(folder: str, *headings: str) -> tuple[list[tuple[str, str]], list[str]]:
        text = "".join(f"{heading}\n\nThe ferry left at nine.\n\n" for heading in headings)
        told = collated(tmp_path / folder, {"book.txt": text})
        return [(c.label, c.title) for c in told.book.chapters], told.codes

    assert made("all", "2.0 Water", "1.1 Sand", "1.0 Land", "2.1 Tides") == (
        [("1", "Land"), ("2", "Water")],
        ["unclear-heading"],
    )
    assert made("some", "2.0 Water", "1.1 Sand")[0] == [("1", ""), ("2", "")]
    assert made("headed", "1.0 Land", "1.1 Sand", "Chapter 1: Shores")[0] == [("1", "Shores")]
