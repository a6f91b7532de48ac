"""The completeness gate lets a whole book through and stops one that lost something, naming the section."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from recto.model import Chapter, Galley, Heading, LaidOut, Page, SetSection
from recto.print.gate import gate
from recto.print.gate.letters import letters
from recto.print.gate.sections import has_words, lost_sections
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from recto.problems import Place
from tests.print_book import CSS, WORDS, chapter, page_css, with_picture

SMALL = "@page { size: 3.2in 3.2in; margin: 0.3in }"


def set_section(anchor: str, number: str, title: str, text: str, line: int) -> SetSection:
    level = number.count(".") + 1
    heading = Heading(anchor, level, number, title, title)
    return SetSection(heading, f"<p>{text}</p>", text, Place("book.md", line), number)


def galley(number: int = 1, paragraphs: int = 4) -> Galley:
    """The galley that the hand-made chapter would have come from."""
    place = Place("book.md", 1)
    opening = set_section(
        f"chapter-{number}", str(number), f"Chapter {number}", "See the other chapter, and below.", 1
    )
    text = " ".join(f"{WORDS} Noted{at} here." for at in range(2, paragraphs + 2))
    ending = 'Sizes Size Cost small little large much one thing another A bar print("done")'
    last = f"{WORDS} These are the last words of {number} ツ"
    sections = (
        set_section(f"section-{number}-1", f"{number}.1", "Section", f"{text} {ending}", 3),
        set_section(f"section-{number}-2", f"{number}.2", "Section", last, 30),
    )
    made = Chapter("chapter", "chapter", str(number), "", f"chapter-{number}", place)
    headings = tuple(each.heading for each in (opening, *sections))
    return Galley(made, opening, sections, headings, (), (), ())


def lay_out(folder: Path, html: str | None = None, css: str = page_css(100)) -> LaidOut:
    made = chapter(1, 4, "chapter-1")
    made = replace(made, html=html) if html is not None else made
    return run(LayoutJob(made, (CSS, css), with_picture(folder)))


@pytest.mark.parametrize("css", [page_css(100), SMALL], ids=["wide pages", "small pages, many divided words"])
def test_a_whole_book_passes(tmp_path: Path, css: str) -> None:
    assert gate([galley()], [lay_out(tmp_path, css=css)]) == ()


def test_a_unit_whose_end_is_cut_off_is_stopped_and_names_the_section(tmp_path: Path) -> None:
    whole = chapter(1, 4, "chapter-1").html
    cut = re.sub(r"These are the last words.*?</p>", "</p>", whole, flags=re.DOTALL)
    assert cut != whole
    problems = gate([galley()], [lay_out(tmp_path, cut)])
    assert [(p.severity, p.code, p.subject, str(p.place)) for p in problems] == [
        ("error", "text-lost", "1.2", "book.md:30")
    ]
    assert "last words of 1 ツ" in problems[0].message


def test_losing_no_more_than_the_last_word_is_noticed(tmp_path: Path) -> None:
    cut = chapter(1, 4, "chapter-1").html.replace("words of 1\nツ", "words of 1")
    problems = gate([galley()], [lay_out(tmp_path, cut)])
    assert [(p.code, p.subject) for p in problems] == [("text-lost", "1.2")]


def test_a_section_that_never_came_out_is_named(tmp_path: Path) -> None:
    whole = chapter(1, 4, "chapter-1").html
    cut = whole[: whole.index('<section id="section-1-2">')] + "</section></body></html>"
    problems = gate([galley()], [lay_out(tmp_path, cut)])
    assert [(p.code, p.subject) for p in problems] == [("section-lost", "1.2")]


def test_a_page_lost_in_the_middle_is_noticed(tmp_path: Path) -> None:
    laid = lay_out(tmp_path, css=SMALL)
    assert gate([galley()], [laid]) == ()
    assert len(laid.pages) > 5
    problems = gate([galley()], [replace(laid, pages=laid.pages[:2] + laid.pages[4:])])
    assert [(p.code, p.subject) for p in problems] == [("text-lost", "1.1")]
    assert "part of the text" in problems[0].message


def test_sections_out_of_order_are_noticed(tmp_path: Path) -> None:
    one = galley()
    turned = replace(one, sections=one.sections[::-1])
    problems = gate([turned], [lay_out(tmp_path)])
    assert [(p.code, p.subject) for p in problems] == [("section-misplaced", "1.1")]


def test_words_of_another_section_do_not_count(tmp_path: Path) -> None:
    """The same sentence in the next section must not stand in for a lost one."""
    shared = "This very sentence stands at the end of both sections of the book."
    first = set_section("one", "1.1", "One", f"Alpha. {shared}", 1)
    second = set_section("two", "1.2", "Two", f"Beta. {shared}", 9)
    base = galley()
    book = replace(base, opening=replace(base.opening, text=""), sections=(first, second))
    text = f"Chapter One Alpha. Two Beta. {shared}"
    anchors = ("chapter-1", "one", "two")
    offsets = tuple(text.index(word) for word in ("Chapter", "One", "Two"))
    page = Page(anchors, text, None, offsets=offsets)
    problems = gate([book], [LaidOut(chapter(1, 1, "one"), b"", (page,))])
    assert [p.subject for p in problems] == ["1.1"]


def test_a_character_printed_as_its_code_is_not_a_loss(tmp_path: Path) -> None:
    changed = chapter(1, 4, "chapter-1").html.replace("ツ", "[U+30C4]")
    laid = lay_out(tmp_path, changed)
    assert gate([galley()], [laid], lambda text: text.replace("ツ", "[U+30C4]")) == ()
    assert [p.subject for p in gate([galley()], [laid])] == ["1.2"]


def test_letters_leave_out_what_type_may_change() -> None:
    assert letters("Oﬃce-\nwork: “Straße”") == "officeworkstrasse"
    assert letters("co\u00adop\u2010era\u200btion") == "cooperation"


def test_a_section_without_words_needs_only_its_anchor() -> None:
    base = galley()
    book = replace(base, opening=replace(base.opening, text="* * *"), sections=())
    page = Page(("chapter-1",), "", None, offsets=(0,))
    assert gate([book], [LaidOut(chapter(1, 1, "one"), b"", (page,))]) == ()


@pytest.mark.parametrize("at", [0, 1, 2], ids=["before the text", "amid the text", "behind the text"])
def test_a_caption_that_was_moved_is_missed_nowhere_in_the_last_words(at: int) -> None:
    words = ["It is short.", "And it ends."]
    html = "<p>It is short.</p><figure></figure><p>And it ends.</p>"
    told = " ".join([*words[:at], "A buoy", *words[at:]])
    section = SetSection(Heading("a", 1, "1", "Seen", "Seen"), html, told, Place("book.md", 1), "1")
    made = replace(galley(), opening=section, sections=())
    page = Page(("a",), "Seen " + " ".join(words), None, offsets=(0,), moved="A buoy")
    unit = chapter(1, 1, "a")
    assert lost_sections([made], [LaidOut(unit, b"", (page,))], str) == ()
    without = replace(page, moved="")
    assert [p.code for p in lost_sections([made], [LaidOut(unit, b"", (without,))], str)] == ["text-lost"]


@pytest.mark.parametrize("number", ["1998", "size24"])
def test_a_number_at_the_end_of_words_that_are_not_there_ends_the_search(number: str) -> None:
    passage = letters(f"In print since {number} 1997")
    assert not has_words(passage, ["lost", number])
    assert has_words(passage, ["since", number])


def test_a_row_that_goes_on_overleaf_is_no_loss() -> None:
    told = "The left cell is long. And right."
    section = SetSection(
        Heading("a", 1, "1", "Seen", "Seen"), "<table></table>", told, Place("book.md", 1), "1"
    )
    unit = chapter(1, 1, "a")
    pages = [Page(("a",), "Seen The left And right.", None, offsets=(0,)), Page((), "cell is long.", None)]
    made = replace(galley(), opening=section, sections=())
    assert lost_sections([made], [LaidOut(unit, b"", tuple(pages))], str) == ()
    lost = [pages[0], replace(pages[1], text="cell is")]
    assert [p.code for p in lost_sections([made], [LaidOut(unit, b"", tuple(lost))], str)] == ["text-lost"]


@pytest.mark.parametrize("count", [3, 200])
def test_numbers_between_the_last_words_are_no_loss_however_many_they_are(count: int) -> None:
    told = f"As you see: {'40.500000 ' * count}Then we go on."
    section = SetSection(Heading("a", 1, "1", "Seen", "Seen"), "<p></p>", told, Place("book.md", 1), "1")
    made = replace(galley(), opening=section, sections=())
    unit = chapter(1, 1, "a")
    page = Page(("a",), f"Seen {told}", None, offsets=(0,))
    assert lost_sections([made], [LaidOut(unit, b"", (page,))], letters) == ()
    without = replace(page, text=f"Seen {told.removesuffix('Then we go on.')}")
    assert [p.code for p in lost_sections([made], [LaidOut(unit, b"", (without,))], letters)] == ["text-lost"]
