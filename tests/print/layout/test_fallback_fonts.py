"""A script is set in one font, run by run, never letter by letter; whose font it is, is said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont

from recto.print.binding.fonts import face_of
from recto.print.layout.fallback_fonts import FontFace, ScriptFonts, ScriptNeed, choose
from recto.print.layout.glyphs import Missing, Occurrence, script_needs
from recto.print.layout.scripts import HAN, script_of
from recto.problems import Place
from tests.building import build
from tests.checkout import ROOT
from tests.print.gate.test_gate import galley, set_section
from tests.print_book import assets

HEBREW, HAN_SIGNS = "שלום", "这是船"


def face(family: str, characters: str, weight: int = 400, name: str = "") -> FontFace:
    return FontFace(family, weight, False, frozenset(map(ord, characters)), name)


def need(script: str, characters: str, bold: str = "") -> ScriptNeed:
    return ScriptNeed(script, frozenset(characters), frozenset(bold))


def chosen(
    *needs: ScriptNeed, own: tuple[FontFace, ...] = (), machine: tuple[FontFace, ...] = ()
) -> ScriptFonts:
    return choose(needs, own, lambda _: machine)


def test_a_character_is_of_a_script_by_its_name_and_so_is_its_punctuation() -> None:
    assert [script_of(each) for each in "aяα،ש־ि।ก漢か。“☃\u0301"] == [
        *("Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Hebrew", "Devanagari", "Devanagari", "Thai"),
        *(HAN, HAN, HAN, "signs", "signs", ""),
    ]


def test_a_book_needs_fonts_for_what_the_text_fonts_leave_to_others() -> None:
    html = f"<p>Русский, {HEBREW[:2]} and <b>{HEBREW[2:]}</b></p>"
    held = replace(galley(), sections=(replace(set_section("s", "1", "T", "x", 1), html=html),))
    assert script_needs([held], "☃ é", frozenset(map(ord, "éРуский"))) == (
        need("Hebrew", HEBREW, HEBREW[2:]),
        need("signs", "☃"),
    )


def test_a_script_goes_as_a_whole_to_the_font_that_has_most_of_it() -> None:
    fonts = chosen(need("Hebrew", HEBREW), machine=(face("Half", HEBREW[:2]), face("Whole", HEBREW)))
    assert fonts.dressed(f'<p title="{HEBREW}">a ({HEBREW}, {HEBREW}) b</p>') == (
        f'<p title="{HEBREW}">a (<span class="script-hebrew-rest">{HEBREW}, {HEBREW}</span>) b</p>'
    )
    assert '.script-hebrew-rest { font-family: "Whole"; line-height: 0 }' in fonts.sheet


def test_a_word_with_a_letter_that_the_text_fonts_lack_is_set_in_one_font() -> None:
    html = "<p>The word ꝃlo\u0304vene, not love</p>"
    held = replace(galley(), sections=(replace(set_section("s", "1", "T", "x", 1), html=html),))
    (latin,) = script_needs([held], "", frozenset(map(ord, "é")))
    assert latin == ScriptNeed("Latin", frozenset("ꝃlo\u0304vene"), rare=frozenset("ꝃ"))
    own, machine = face("Shipped", "lo\u0304ven"), (face("Some", "lovn"), face("Whole", "ꝃlo\u0304ven"))
    assert chosen(latin, own=(own,), machine=machine).dressed(html) == (
        '<p>The word <span class="script-latin-rest">ꝃlo\u0304vene</span>, not love</p>'
    )
    assert chosen(latin, own=(own,)).dressed(html) == html


def test_the_book_s_own_font_goes_before_the_machine_s_and_is_made_known() -> None:
    own = face("Own", HEBREW, name="styles/fonts/own.ttf")
    fonts = chosen(need("Hebrew", HEBREW), own=(own,), machine=(face("Machine", HEBREW),))
    assert 'src: url("book:///styles/fonts/own.ttf")' in fonts.sheet and "Machine" not in fonts.sheet
    lost = Missing((Occurrence(Place("a.md", 3), "Hebrew", HEBREW),), fonts=fonts)
    assert lost.problems() == ()


def test_figures_between_ideographs_are_those_of_the_text_and_in_an_arabic_word_those_of_its_font() -> None:
    han = chosen(need(HAN, HAN_SIGNS), machine=(face("Han", HAN_SIGNS),))
    run = "script-chinese-or-japanese-rest"
    assert han.dressed("<p>这12船，“是”</p>") == (
        f'<p><span class="{run}">这</span>12<span class="{run}">船，“是</span>”</p>'
    )
    hebrew = chosen(need("Hebrew", HEBREW), machine=(face("Hebrew", HEBREW),))
    assert hebrew.dressed("של12ום") == '<span class="script-hebrew-rest">של12ום</span>'


def test_a_font_that_lacks_a_few_signs_keeps_the_runs_that_it_has() -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E64)))
    fonts = chosen(
        need(HAN, many + "这"), own=(face("Own", many, name="x"),), machine=(face("All", many + "这"),)
    )
    assert fonts.dressed(f"<p>{many[:2]} a 这{many[:2]}</p>") == (
        f'<p><span class="script-chinese-or-japanese">{many[:2]}</span> a '
        f'<span class="script-chinese-or-japanese-rest">这{many[:2]}</span></p>'
    )
    fonts = chosen(
        need(HAN, HAN_SIGNS), own=(face("Own", "船", name="x"),), machine=(face("All", HAN_SIGNS),)
    )
    assert (
        fonts.dressed("船") == '<span class="script-chinese-or-japanese-rest">船</span>'
    )  # it lacks too much


def test_bold_type_is_looked_for_apart_and_told() -> None:
    own, bold = face("Own", HEBREW, name="x"), face("Bold", HEBREW, 700)
    fonts = chosen(need("Hebrew", HEBREW, HEBREW), own=(own,), machine=(face("Bold", HEBREW), bold))
    assert ':is(strong, b) :is(.script-hebrew, .script-hebrew-rest) { font-family: "Bold"' in fonts.sheet
    here = Occurrence(Place("a.md", 3), "Hebrew", HEBREW)
    (told,) = Missing((), fonts=fonts, without_bold=(here,)).problems()
    assert "Bold, of this machine, stands in" in told.message
    (told,) = Missing(
        (), fonts=chosen(need("Hebrew", HEBREW, HEBREW), own=(own,)), without_bold=(here,)
    ).problems()
    assert "prints in regular type" in told.message
    assert chosen(need("Hebrew", HEBREW, HEBREW), own=(own,)).fonts[0].pale
    own_bold = (own, face("Own", HEBREW, 700, "y"))
    assert not any(font.pale for font in chosen(need("Hebrew", HEBREW, HEBREW), own=own_bold).fonts)


def test_a_font_file_tells_what_it_is() -> None:
    name = "styles/fonts/SourceSerif4-SemiBoldItalic.ttf"
    found = face_of(name, assets()[name])
    assert found and (found.family, found.weight, found.slanted, found.name) == (
        "Source Serif 4",
        600,
        True,
        name,
    )
    assert ord("ß") in found.characters


def test_a_font_in_the_book_s_folder_is_used_without_being_named(tmp_path: Path) -> None:
    fonts = tmp_path / "book/styles/fonts"
    fonts.mkdir(parents=True)
    font = TTFont(ROOT / "styles/fonts/MPLUS1p-Regular.ttf")
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):  # family, whole name, PostScript name, typographic family
            record.string = "Lent"
    font.save(fonts / "lent.ttf")
    text = f"# 1 Oars\n\n## 1.1 Blades\n\nBefore {HEBREW} and **{HEBREW}** after, שָׁלוֹם.\n"
    (tmp_path / "book/a.md").write_text(text, encoding="utf-8")
    built = build(tmp_path / "book", tmp_path / "out", "--formats", "pdf")
    assert built.exit_code == 0
    assert re.search(r"no shipped font has bold type for “שלום” \(Hebrew\)", built.errors)
    with pikepdf.open(next((tmp_path / "out").glob("*.pdf"))) as pdf:
        names = {
            str(each.get("/BaseFont", "")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)
        }
    assert any(name.endswith("Lent") for name in names)
