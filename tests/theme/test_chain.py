"""theme.toml: themes that extend one another, what a book changes of them, and what is wrong in them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from recto.settings.config import Config, read
from recto.theme import Theme, find, manual, shipped_folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def configured(folder: Path, toml: str) -> Config:
    config, problems = read(write(folder / "book.toml", toml))
    assert problems == ()
    return config


def theme_of(folder: Path, toml: str) -> Theme:
    return find(folder, configured(folder, toml))


def told(theme: Theme) -> list[tuple[str, str, int | None]]:
    return [(each.code, Path(each.place.file).name, each.place.line) for each in theme.faults()]


def test_a_book_has_the_theme_manual_where_it_names_none():
    assert find().look == manual(shipped_folder())
    assert find().look.title == "Manual"


def test_a_theme_of_the_books_own_needs_to_say_only_what_is_other(tmp_path):
    write(tmp_path / "themes/mine/theme.toml", 'title = "Mine"\n[opening]\nsink = 9\n')
    write(tmp_path / "themes/mine/styles/print.css", ".opening { color: #111 }")
    write(tmp_path / "themes/mine/templates/print/part.html", "mine")
    write(tmp_path / "styles/print.css", ".opening { color: #222 }")
    theme = theme_of(tmp_path, '[book]\ntheme = "mine"\n')
    assert theme.faults() == ()
    assert (theme.look.title, theme.look.opening.sink, theme.look.opening.after) == ("Mine", 9, 2.5)
    paper = "\n".join(theme.paper())
    ours, theirs = paper.index("padding-top: 9rlh"), paper.index("#111")
    assert ours < theirs < paper.index("#222")
    assert theme.templates["print/part.html"] == tmp_path / "themes/mine/templates/print/part.html"


def test_book_toml_changes_a_key_of_the_theme_for_one_book(tmp_path):
    theme = theme_of(tmp_path, '[theme.heads]\nverso = "author"\n[theme]\npage.leading = 1.5\n')
    assert theme.faults() == ()
    heads = theme.look.heads
    assert (heads.verso, heads.recto, theme.look.page.leading) == ("author", "chapter", 1.5)
    assert theme.digest != find().digest


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        ('[book]\ntheme = "novell"', "theme-unknown", 2),
        ('[book]\ntheme = "../secret"', "theme-unknown", 2),
        ("[theme.opening]\nsunk = 5", "config-unknown-key", 2),
        ("[theme.opening]\nsink = 500", "config-type", 2),
        ('[theme.opening]\nalign = "middle"', "config-type", 2),
        ("[theme]\ncolour = 3", "config-unknown-key", 2),
        ('[theme.faces]\ntext = "Times"', "theme-broken", 2),
        ('[theme.families."x\\"} body { color: red"]\nregular = "a.ttf"', "theme-broken", 1),
        ('[theme.text]\nornament = "x\\"); } a.svg"', "theme-broken", 2),
        ('[theme.apparatus]\naccent = "red; }"', "theme-broken", 2),
    ],
)
def test_what_is_wrong_with_a_theme_is_told_with_its_line_and_the_book_has_the_manual(
    tmp_path, toml, code, line
):
    theme = theme_of(tmp_path, toml)
    assert told(theme) == [(code, "book.toml", line)]
    assert theme.look == manual(shipped_folder())


def test_a_file_that_a_theme_names_must_be_there(tmp_path):
    theme = theme_of(tmp_path, '[theme.text]\nornament = "leaf.svg"')
    assert [(each.code, "leaf.svg" in each.message) for each in theme.faults()] == [("theme-broken", True)]
    write(tmp_path / "styles/leaf.svg", "<svg/>")
    assert theme_of(tmp_path, '[theme.text]\nornament = "leaf.svg"').faults() == ()


def test_themes_that_extend_one_another_in_a_circle_are_told(tmp_path):
    write(tmp_path / "themes/one/theme.toml", 'extends = "two"')
    write(tmp_path / "themes/two/theme.toml", 'extends = "one"')
    assert told(theme_of(tmp_path, '[book]\ntheme = "one"')) == [("theme-circle", "theme.toml", 1)]


def test_a_theme_of_the_book_may_extend_the_shipped_one_of_its_name(tmp_path):
    write(tmp_path / "themes/manual/theme.toml", 'extends = "manual"\n[opening]\nsink = 7')
    theme = theme_of(tmp_path, "")
    assert (theme.faults(), theme.look.opening.sink) == ((), 7)


def test_every_shipped_theme_is_whole_and_every_key_has_its_line_in_the_first_one():
    names = [path.parent.name for path in sorted(shipped_folder().glob("themes/*/theme.toml"))]
    assert "manual" in names
    for name in names:
        assert find(None, Config(book=type(Config().book)(theme=name))).faults() == (), name
    source = (shipped_folder() / "themes/manual/theme.toml").read_text(encoding="utf-8")
    look = manual(shipped_folder())
    for table in fields(look):
        value = getattr(look, table.name)
        keys = [each.name for each in fields(value)] if is_dataclass(value) else []
        assert [key for key in keys if f"\n{key} = " not in source] == []


def test_notes_beside_the_text_go_to_the_foot_of_a_page_too_narrow_for_both(tmp_path):
    """Beside notes the lines of such a page would hold some forty letters, and be full of holes."""
    wide = theme_of(tmp_path, '[book]\ntheme = "essay"\n[print]\ntrim = "6x9in"\n')
    narrow = theme_of(tmp_path, '[book]\ntheme = "essay"\n[print]\ntrim = "5x8in"\n')
    small = theme_of(tmp_path, '[book]\ntheme = "essay"\n[print]\ntrim = "5x8in"\nfont_size = "9pt"\n')
    assert [each.look.notes.place for each in (wide, narrow, small)] == ["side", "foot", "side"]
    assert narrow.look.page.side == 0 and narrow.look.page.width > wide.look.page.width
    assert "--notes: side" in wide.paper()[2] and "--notes: side" not in "".join(narrow.paper())
