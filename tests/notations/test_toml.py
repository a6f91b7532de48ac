"""TOML is read with the line of each key, table and item, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.notations.toml import KeyPath, TomlError, parse

WRITTEN = '''\
title = "How to trim a bonsai"  # trim = 1
"with.dot" = 1
[book.'quoted key']
trim.width = 3.5
trim."hei\\u0067ht" = 1979-05-27 07:32:00

text = """
[print]
trim = "no key"
a \\""" quote"""
last = \'\'\'
[[parts]]'\'\'\'
list = [
  "a", # "b"
  [1, 2],
  { name = "x", at = [
    3] },
]
[[parts]]
title = "One"
[[parts.inner]]
a = 1
[[parts]]
title = "Two"
[parts.more]
b = 2
[[parts.inner]]
[[parts.inner]]
a = 3
'''


def test_everything_is_known_by_its_line() -> None:
    data, lines = parse(WRITTEN)
    assert data["parts"][1]["inner"] == [{}, {"a": 3}]
    book: KeyPath = ("book", "quoted key")
    assert lines == {
        ("title",): 1,
        ("with.dot",): 2,
        ("book",): 3,
        book: 3,
        (*book, "trim"): 4,
        (*book, "trim", "width"): 4,
        (*book, "trim", "height"): 5,
        (*book, "text"): 7,
        (*book, "last"): 11,
        (*book, "list"): 13,
        (*book, "list", 0): 14,
        (*book, "list", 1): 15,
        (*book, "list", 1, 0): 15,
        (*book, "list", 1, 1): 15,
        (*book, "list", 2): 16,
        (*book, "list", 2, "name"): 16,
        (*book, "list", 2, "at"): 16,
        (*book, "list", 2, "at", 0): 17,
        ("parts",): 19,
        ("parts", 0): 19,
        ("parts", 0, "title"): 20,
        ("parts", 0, "inner"): 21,
        ("parts", 0, "inner", 0): 21,
        ("parts", 0, "inner", 0, "a"): 22,
        ("parts", 1): 23,
        ("parts", 1, "title"): 24,
        ("parts", 1, "more"): 25,
        ("parts", 1, "more", "b"): 26,
        ("parts", 1, "inner"): 27,
        ("parts", 1, "inner", 0): 27,
        ("parts", 1, "inner", 1): 28,
        ("parts", 1, "inner", 1, "a"): 29,
    }


def test_lines_are_those_of_a_file_of_windows_too() -> None:
    assert parse(WRITTEN.replace("\n", "\r\n"))[1] == parse(WRITTEN)[1]


keys = st.text("abc.\"' #[]=\\\n", min_size=1, max_size=4)
values: st.SearchStrategy[object] = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text("ab\"'#[]{}=,\\\n", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def written(value: object, path: KeyPath, line: int, lines: dict[KeyPath, int], draw: st.DataObject) -> str:
    """A value in TOML, each item of a list perhaps on a line of its own; notes the lines in `lines`."""
    if isinstance(value, dict):
        parts = []
        for key, item in value.items():
            lines[(*path, key)] = line
            parts.append(f"{text(key)} = {written(item, (*path, key), line, lines, draw)}")
            line += parts[-1].count("\n")
        return "{ " + ", ".join(parts) + " }"
    if isinstance(value, list):
        parts = []
        for number, item in enumerate(value):
            space = draw.draw(st.sampled_from(["", " ", "\n", " # , ]\n\n"]))
            line += space.count("\n")
            lines[(*path, number)] = line
            parts.append(space + written(item, (*path, number), line, lines, draw))
            line += parts[-1].count("\n") - space.count("\n")
        return "[" + ",".join(parts) + "]"
    if isinstance(value, str) and "\\" not in value and "'" not in value and draw.draw(st.booleans()):
        return f"'''{value}'''" if not value.startswith("\n") else text(value)
    return text(value) if isinstance(value, str) else str(value).lower()


@given(st.dictionaries(keys, values, max_size=4), st.data())
def test_every_key_and_item_of_any_text_has_its_line(data: dict[str, object], draw: st.DataObject) -> None:
    expected: dict[KeyPath, int] = {}
    source = ""
    for key, value in data.items():
        source += draw.draw(st.sampled_from(["", "\n", "# a = 1\n", " \t"]))
        line = source.count("\n") + 1
        expected[(key,)] = line
        source += f"{text(key)} = {written(value, (key,), line, expected, draw)}\n"
    assert parse(source) == (data, expected)


@pytest.mark.parametrize(
    ("source", "line"), [("a = 1\nb = = 2\n", 2), ("a = 1\n[a]\n", 2), ('a = """', None), ("[" * 9000, 1)]
)
def test_what_is_no_toml_is_told_with_its_line(source: str, line: int | None) -> None:
    with pytest.raises(TomlError) as fault:
        parse(source)
    assert fault.value.line == line
    assert "at line" not in str(fault.value)
