"""Fonts of the e-book: packed with their sheet, cut down, hidden or refused by their licence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from recto.epub.packed_fonts import Sheets, with_fonts
from recto.model import Document
from recto.print.binding import fonts
from recto.print.layout.job import AssetFile
from recto.problems import ManuscriptError, Problem
from recto.theme import find
from tests import validators
from tests.building import build
from tests.epub_book import opened

ADDRESS = "urn:uuid:1 2"
RULE = '@font-face { font-family: "Face"; src: url("fonts/face.ttf") }\np { margin: 0 }'


def licensed(fs_type: int) -> bytes:
    """A font of ours under other rights."""
    content = bytearray(find().styles["fonts/SourceSans3-Regular.ttf"].read_bytes())
    count = int.from_bytes(content[4:6], "big")
    (at,) = (12 + 16 * n for n in range(count) if content[12 + 16 * n : 16 + 16 * n] == b"OS/2")
    offset = int.from_bytes(content[at + 8 : at + 12], "big")
    content[offset + 8 : offset + 10] = fs_type.to_bytes(2, "big")
    return bytes(content)


def packed(folder: Path, content: bytes, rule: str = RULE) -> tuple[Sheets, tuple[Problem, ...]]:
    path = folder / "face.ttf"
    path.write_bytes(content)
    sheet = Document("styles/look.css", "", rule.encode(), "text/css", spine=False)
    text = Document("a.xhtml", "", "<p>Käse</p>".encode())
    styles = {"fonts/face.ttf": path, "fonts/face.eot": path}
    return with_fonts((text, sheet), styles, lambda font, text: b"cut for " + text.encode(), ADDRESS)


def test_a_font_is_packed_where_the_sheet_looks_for_it_and_cut_down_to_the_text(tmp_path: Path) -> None:
    made, problems = packed(tmp_path, licensed(0))
    font = made.documents[-1]
    assert (font.name, font.media_type, font.spine) == ("styles/fonts/face.ttf", "font/ttf", False)
    assert font.content.startswith(b"cut for ")
    assert set("Käse") <= set(font.content.decode())
    assert b'url("fonts/face.ttf")' in made.documents[1].content
    assert (made.fonts, made.obfuscated, problems) == (True, (), ())


@pytest.mark.parametrize(
    ("rights", "kept"), [(0x0002, False), (0x0200, False), (0x0100, True), (0x0008, True)]
)
def test_what_the_licence_forbids_is_not_done(rights: int, kept: bool, tmp_path: Path) -> None:
    content = licensed(rights)
    made, problems = packed(tmp_path, content)
    assert [problem.code for problem in problems] == ([] if kept else ["style-unpacked"])
    assert made.fonts == kept
    assert (b"@font-face" in made.documents[1].content) == kept
    assert b"p { margin: 0 }" in made.documents[1].content
    assert (made.documents[-1].content == content) == (rights == 0x0100)  # may not be cut


def test_a_font_for_preview_and_print_alone_is_obfuscated(tmp_path: Path) -> None:
    made, _ = packed(tmp_path, licensed(0x0104))
    key = hashlib.sha1(b"urn:uuid:12").digest()
    content = made.documents[-1].content
    shown = bytes(byte ^ key[at % 20] for at, byte in enumerate(content[:1040])) + content[1040:]
    assert shown == licensed(0x0104)
    assert made.obfuscated == ("styles/fonts/face.ttf",)


@pytest.mark.parametrize(
    "rule", [RULE.replace(".ttf", ".eot"), RULE.replace("fonts/", "../"), RULE.replace(".ttf", ".png")]
)
def test_what_can_not_be_packed_takes_its_rule_with_it(rule: str, tmp_path: Path) -> None:
    made, problems = packed(tmp_path, licensed(0), rule)
    assert made.documents[1].content.strip() == b"p { margin: 0 }"
    assert [problem.code for problem in problems] == ["style-unpacked"]


def test_no_font_but_a_font(tmp_path: Path) -> None:
    made, problems = packed(tmp_path, b"no font at all")
    assert (made.fonts, [problem.code for problem in problems]) == (False, ["style-unpacked"])


def test_a_font_that_is_damaged_within_is_told_and_the_book_is_made(tmp_path: Path) -> None:
    content = bytearray(find().styles["fonts/SourceSans3-Regular.ttf"].read_bytes())
    for table in (b"glyf", b"loca", b"cmap"):
        at = content.index(table)
        content[at + 8 : at + 16] = bytes(8)
    (tmp_path / "book/styles").mkdir(parents=True)
    (tmp_path / "book/styles/face.ttf").write_bytes(content)
    (tmp_path / "book/styles/epub.css").write_text(RULE.replace("fonts/", ""), encoding="utf-8")
    (tmp_path / "book/a.md").write_text("# 1 Oars\n\nAsh.\n", encoding="utf-8")
    built = build(tmp_path / "book", tmp_path / "out", "--formats", "epub")
    assert (built.exit_code, "[style-unpacked]" in built.errors) == (0, True), built.errors


def test_a_font_that_the_print_book_can_not_cut_down_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("Subsetting failed")

    monkeypatch.setattr(fonts.hb, "subset", refuse)
    fonts._program.cache_clear()
    asset = AssetFile.of(find().styles["fonts/SourceSans3-Regular.ttf"])
    with pytest.raises(ManuscriptError) as told:
        fonts._program(asset, frozenset({1}))
    assert [(each.code, each.severity) for each in told.value.problems] == [("theme-unreadable", "error")]
    assert told.value.problems[0].place.file.endswith("SourceSans3-Regular.ttf")


@pytest.mark.slow
def test_a_book_with_fonts_is_a_sound_epub(tmp_path: Path) -> None:
    source = tmp_path / "book"
    (source / "styles" / "fonts").mkdir(parents=True)
    (source / "styles/fonts/face.ttf").write_bytes(licensed(4))
    (source / "styles/epub.css").write_text(RULE, encoding="utf-8")
    (source / "a.md").write_text("# 1 One\n\nHello *world*.\n", encoding="utf-8")
    (source / "book.toml").write_text("[epub]\nfonts = true\n", encoding="utf-8")
    path = build(source, tmp_path / "out", "--formats", "epub").output(".epub")
    files = opened(path.read_bytes())
    assert validators.epubcheck(path) == ()
    assert b"EPUB/styles/fonts/face.ttf" in files["META-INF/encryption.xml"]
    assert b'property="ibooks:specified-fonts">true<' in files["EPUB/content.opf"]
    assert b'body { font-family: "Source Serif 4"' in files["EPUB/styles/look.css"]
    assert len(files["EPUB/styles/fonts/SourceSerif4-Regular.ttf"]) < 60_000
