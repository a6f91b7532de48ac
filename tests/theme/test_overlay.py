"""The files of a theme: found, laid over one another, resolved, digested."""

import re
from pathlib import Path

import pytest

from recto.settings.config import Config, ThemeSettings
from recto.theme import find, shipped_folder


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_theme_has_what_both_books_need():
    theme = find()
    assert {"print/chapter.html", "print/contents.html", "print/index.html"} <= set(theme.templates)
    assert {"book.css", "print.css", "fonts/SourceSerif4-Regular.ttf"} <= set(theme.styles)


def test_every_font_has_its_licence_beside_it():
    names = [Path(name).name for name in find().styles if name.startswith("fonts/")]
    families = {name.split("-")[0] for name in names if name.endswith(".ttf")}
    assert families == {name[8:-4] for name in names if name.startswith("LICENSE-")}


def test_every_address_in_a_style_sheet_leads_to_a_file():
    theme = find()
    for sheet in (*theme.paper(), *theme.cover()):
        for url in (piece.split('"')[0] for piece in sheet.split('url("')[1:]):
            assert theme.resolve(url) is not None, url


def test_a_file_of_the_book_stands_in_for_the_shipped_one(tmp_path):
    own = write(tmp_path / "templates/print/chapter.html")
    theme = find(tmp_path)
    assert theme.templates["print/chapter.html"] == own
    assert theme.templates["print/part.html"] == shipped_folder() / "templates/print/part.html"


def test_a_book_can_add_files(tmp_path):
    own = write(tmp_path / "styles/fonts/Mine.ttf")
    assert find(tmp_path).resolve("book:///styles/fonts/Mine.ttf") == own


def test_only_names_of_the_theme_resolve():
    theme = find()
    assert theme.resolve("book:///styles/print.css") == theme.styles["print.css"]
    assert theme.resolve("book:///styles/fonts/SourceSans3%2DRegular.ttf") is not None
    for url in (
        "book:///styles/../book.css",
        "book:///etc/passwd",
        "book://host/styles/print.css",
        "file:///styles/print.css",
        "book:///styles/none.css",
    ):
        assert theme.resolve(url) is None, url


def test_a_link_that_leaves_the_folder_is_not_part_of_the_theme(tmp_path):
    secret = write(tmp_path / "secret.txt")
    (tmp_path / "book/styles").mkdir(parents=True)
    (tmp_path / "book/styles/stolen.css").symlink_to(secret)
    assert "stolen.css" not in find(tmp_path / "book").styles


def test_the_digest_changes_with_any_byte_and_any_name(tmp_path):
    plain = find().digest
    assert find().digest == plain
    sheet = write(tmp_path / "styles/own.css", "a {}")
    first = find(tmp_path).digest
    write(sheet, "b {}")
    second = find(tmp_path).digest
    sheet.rename(sheet.with_name("other.css"))
    assert len({plain, first, second, find(tmp_path).digest}) == 4


def test_a_style_sheet_that_is_no_text_is_a_fault(tmp_path):
    sheet = tmp_path / "styles/print.css"
    write(sheet)
    sheet.write_bytes(b"/* \xff */ p { color: black }")
    theme = find(tmp_path)
    assert "color: black" in theme.style("print.css")
    assert [(p.code, p.severity, Path(p.place.file).name) for p in theme.faults()] == [
        ("style-encoding", "error", "print.css")
    ]
    assert find().faults() == ()


@pytest.mark.parametrize("first", [b"\xef\xbb\xbf", b'@charset "latin-1";', b'\xef\xbb\xbf@charset "utf-8";'])
def test_what_a_sheet_says_of_its_bytes_is_left_out(tmp_path, first):
    sheet = write(tmp_path / "styles/epub.css")
    sheet.write_bytes(first + b"\np { color: black }\n")
    theme = find(tmp_path)
    assert theme.faults() == ()
    assert theme.style("epub.css").endswith("\np { color: black }\n")
    assert "charset" not in theme.style("epub.css") and "\ufeff" not in theme.style("epub.css")


@pytest.mark.parametrize("rule", ["p { b { color: red } }", "@media all { p { color: red; @media all {} } }"])
def test_the_sheet_of_an_ebook_has_no_rule_within_another(tmp_path, rule):
    for name in ("epub.css", "print.css"):
        write(tmp_path / "styles" / name).write_text(rule + "\n")
    said = [(each.code, Path(each.place.file).name) for each in find(tmp_path).faults()]
    assert said == [("style-syntax", "epub.css")]


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path, monkeypatch):
    locked = write(tmp_path / "templates/print/part.html")
    monkeypatch.setattr("os.access", lambda path, mode: path != locked)
    theme = find(tmp_path)
    assert theme.templates["print/part.html"] != locked
    assert [(p.code, Path(p.place.file).name) for p in theme.faults()] == [("theme-unreadable", "part.html")]


# classes that an author may give, or that only a galley can have; all others belong to pieces of ours
PUBLIC = set(
    """smallcaps nobr missing attribution poem verse formula math display admonition admonition-title letter
    url footnote noteref head keycap dialogue center right""".split()
)
_COMPOUND = re.compile(r"(?<![\w.#:\])-])(?:\.[\w-]+)+")


def test_a_class_that_styles_a_piece_of_ours_styles_nothing_that_an_author_names_so():
    theme = find()
    for name in ("book.css", "epub.css", "print.css"):
        text = re.sub(
            r"/\*.*?\*/|@font-face[^}]*}|@page[^\n]*|url\([^)]*\)", "", theme.style(name), flags=re.DOTALL
        )
        for selectors in re.findall(r"([^{}]+)\{", text):
            for selector in selectors.split(","):
                first = selector.strip().split(" ")[0]
                bare = {each for found in _COMPOUND.findall(first) for each in found.split(".") if each}
                assert {each for each in bare if not each.startswith("note-")} <= PUBLIC, selector


def test_a_style_sheet_of_the_book_comes_after_the_shipped_one_in_both_books(tmp_path):
    write(tmp_path / "styles/book.css", "blockquote { margin: 33em }")
    theme = find(tmp_path)
    paper = "\n".join(theme.paper())
    assert paper.index("blockquote { margin: 1rlh") < paper.index("blockquote { margin: 33em }")
    screen = theme.screen()
    assert [*screen] == ["book.css", "epub.css", "newer.css", "look.css"]
    assert "33em" in screen["look.css"] and "33em" not in screen["book.css"]
    assert [*find().screen()] == ["book.css", "epub.css", "newer.css"]


def test_a_style_sheet_of_the_book_stands_in_for_the_shipped_one_where_it_asks_for_that(tmp_path):
    write(tmp_path / "styles/print.css", "p { color: red }")
    theme = find(tmp_path, Config(theme=ThemeSettings(replace=True)))
    paper = "\n".join(theme.paper())
    assert "p { color: red }" in paper and ".contents" not in paper
    assert "blockquote.epigraph" in paper, "book.css is not replaced"
