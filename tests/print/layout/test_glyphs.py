"""Characters that fonts lack: found before layout, told with their place, never printed as a box."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from recto.builder import build
from recto.model import LaidOut, Section, Unit
from recto.options import Options
from recto.print.binding.fonts import open_font, to_unicode
from recto.print.layout import glyphs
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import run
from recto.problems import Place
from tests.print.gate.test_gate import galley, set_section
from tests.print_book import CSS, assets, unit

NOWHERE = "\U0001f9ff"  # an amulet: in no shipped font


def shipped() -> frozenset[int]:
    fonts = [asset for name, asset in assets().items() if name.endswith(".ttf")]
    return frozenset().union(*(open_font(font).characters for font in fonts))


def with_text(text: str) -> list[object]:
    base = galley()
    return [replace(base, sections=(set_section("section-1-1", "1.1", "Signs", text, 7),))]


def test_the_shipped_fonts_cover_what_the_brief_asks_for() -> None:
    assert set(map(ord, "AzÀž“”–—…ツ→≤½ﬁ")) <= shipped()


def test_a_file_that_is_no_font_covers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "LICENSE.txt"
    path.write_text("a licence", encoding="utf-8")
    assert open_font(AssetFile(str(path), "x")).characters == frozenset()


def test_a_book_within_the_fonts_asks_the_engine_nothing() -> None:
    def never(job: LayoutJob) -> LaidOut:
        raise AssertionError("laid out for nothing")

    found = glyphs.check([galley()], shipped(), lay_out=never)
    assert found.problems() == ()
    assert found.replaced("a text") == "a text"


def test_a_missing_character_is_told_with_its_name_code_and_place() -> None:
    found = glyphs.check(with_text(f"Look: {NOWHERE}."), shipped(), sheets=[CSS], assets=assets())  # type: ignore[arg-type]
    (problem,) = found.problems()
    assert (problem.severity, problem.code, problem.subject) == ("warning", "missing-glyph", "U+1F9FF")
    assert "NAZAR AMULET" in problem.message
    assert str(problem.place) == "book.md:7"


def test_a_script_is_told_once_a_line() -> None:
    text = (
        "One line: \u05e9\u05dc\u05d5\u05dd and \u0627\u0644\u0644\u064e.\n\n"
        "Another: \u05dc\u05d5\u05dd, &#1513;."
    )
    chapter = replace(galley().chapter, sections=())
    opening = Section("chapter", None, "\u05e9", "markdown", text, Place("a.md", 2), 4, 6)
    held = replace(
        galley(),
        chapter=replace(chapter, opening=opening),
        opening=set_section(chapter.anchor, "1", "\u05e9", text.replace("&#1513;", "\u05e9"), 2),
        sections=(),
    )
    found = glyphs.find_missing([held], frozenset(range(0x20, 0x7F)))
    assert [(each.place.line, each.script, each.characters) for each in found] == [
        (2, "Hebrew", "\u05e9"),
        (4, "Hebrew", "\u05e9\u05dc\u05d5\u05dd"),
        (4, "Arabic", "\u0627\u0644\u064e"),
        (6, "Hebrew", "\u05dc\u05d5\u05dd"),
    ]
    drawn = glyphs.Missing(found, frozenset("\u05e9"))
    said = [problem.message for problem in drawn.problems()]
    assert len(said) == 4
    assert (
        "“\u05e9\u05dc\u05d5\u05dd” (Hebrew): no font here has it, it prints as [U+05E9] for “\u05e9”; "
        in said[1]
    )
    assert said[1].endswith("a font of this machine stands in for “\u05dc\u05d5\u05dd”")


@pytest.mark.parametrize("unknown", ["\U00013000", "\ue201"], ids=["a script", "private use"])
def test_what_no_font_draws_is_printed_as_its_code_and_never_as_a_box(unknown: str) -> None:
    code = f"U+{ord(unknown):04X}"
    asked: list[LayoutJob] = []

    def engine(job: LayoutJob) -> LaidOut:
        asked.append(job)
        return replace(
            run(LayoutJob(unit("x", "<p>x</p>"), (), {})),
            messages=(
                f'.notdef glyph rendered for Unicode string unsupported by fonts: "{unknown}" ({code})',
            ),
        )

    found = glyphs.check(with_text(f"{unknown} and {NOWHERE}"), shipped(), lay_out=engine)  # type: ignore[arg-type]
    assert len(asked) == 1
    assert found.undrawable == {unknown}
    said = {problem.subject: problem.message for problem in found.problems()}
    assert f"[{code}]" in " ".join(said.values()) and "stands in" in " ".join(said.values())
    (changed,) = glyphs.replacing((Unit("a", f"<p>{unknown}</p>", "arabic", recto_head=unknown),), found)
    assert (changed.html, changed.recto_head) == (f"<p>[{code}]</p>", f"[{code}]")


def test_signs_that_are_one_give_one_code_and_keys_are_drawn() -> None:
    found = glyphs.Missing((), frozenset("\U0001f468\U0001f467\U0001f1e9\U0001f1ea\U0001f3fd"))
    family, flag, thumb = "\U0001f468\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\U0001f44d\U0001f3fd"
    assert found.replaced(f"{family} {flag} {thumb} \u2764\ufe0f") == (
        "[U+1F468 U+1F467] [U+1F1E9 U+1F1EA] [U+1F44D U+1F3FD] \u2764\ufe0f"
    )
    (changed,) = glyphs.replacing((Unit("a", '<p title="1\ufe0f\u20e3">1\ufe0f\u20e3</p>', "arabic"),), found)
    assert changed.html == '<p title="1\ufe0f\u20e3"><span class="keycap">1</span></p>'


def test_what_stands_beside_the_sections_is_looked_at_too() -> None:
    found = glyphs.check(
        [galley()], shipped(), beside=[(Place("book.toml"), NOWHERE)], sheets=[CSS], assets=assets()
    )
    assert [(str(each.place), each.subject) for each in found.problems()] == [("book.toml", "U+1F9FF")]


def test_headings_of_the_index_are_looked_at_where_they_were_written(tmp_path: Path) -> None:
    text = f"# 1 Oars\n\nAn oar is a lever.{{^{NOWHERE} marked}}\n"
    (tmp_path / "1.md").write_text(text, encoding="utf-8")
    listed = f'[[terms]]\nterm = "lever"\n\n[[terms]]\nterm = "{NOWHERE}"\nsee = ["lever"]\n'
    (tmp_path / "index.toml").write_text(listed, encoding="utf-8")
    report = build(Options(tmp_path, tmp_path / "out", ("pdf",), jobs=1, cache=False, check=True))
    told = [each.place for each in report.problems if each.code == "missing-glyph"]
    assert sorted((Path(at.file).name, at.line) for at in told) == [("1.md", 3), ("index.toml", 5)]
    assert [each.code for each in report.problems if each.code == "print-engine"] == []


def test_the_engine_tells_which_characters_it_would_print_as_boxes() -> None:
    # unassigned: no font on any machine has it
    found = glyphs.check(with_text("\U0003fffd"), shipped(), sheets=[CSS], assets=assets())  # type: ignore[arg-type]
    assert found.undrawable == {"\U0003fffd"}


def test_what_is_invisible_is_not_missing() -> None:
    silent = "a\u00adb\u200bc\u200dd\ufe0fe\u00a0f\u2028g"
    assert glyphs.check(with_text(silent), shipped()).problems() == ()  # type: ignore[arg-type]


def test_kerning_and_ligatures_are_shaped_and_subsets_keep_glyph_ids() -> None:
    font = open_font(assets()["styles/fonts/SourceSerif4-Regular.ttf"])
    pair = font.shape("AV")
    assert sum(glyph.advance for glyph in pair) < sum(font.width(glyph.id) for glyph in pair)
    ligature = font.shape("fi")
    assert [glyph.text for glyph in ligature] == ["fi"]
    import uharfbuzz as hb

    subset = hb.Face(font.subset(glyph.id for glyph in pair))
    small = hb.Font(subset)
    for glyph in pair:
        assert small.get_glyph_h_advance(glyph.id) == font.font.get_glyph_h_advance(glyph.id)
    assert len(bytes(subset.blob.data)) < 20_000


def test_a_cmap_tells_every_glyph_text_in_batches_of_a_hundred() -> None:
    cmap = to_unicode(
        {number: chr(0x100 + number) for number in range(1, 251)} | {300: "ffi", 301: ""}
    ).decode()
    assert cmap.count("beginbfchar") == 3
    assert "52 beginbfchar" in cmap
    assert "<012c> <006600660069>" in cmap
    assert "<012d> <200b>" in cmap
