"""What nobody sees in a text, and what would make it be seen as another, is told."""

from __future__ import annotations

import pytest

from recto.forms.decode import decode


def codes(text: str) -> list[tuple[str, int | None]]:
    decoded, problems = decode(text.encode(), "a.md")
    assert decoded == text
    return [(problem.code, problem.place.line) for problem in problems]


@pytest.mark.parametrize(
    "line",
    [
        "if \u202eeslaf\u202c",
        "\u202dright",
        "a \u2067run",
        "\u202aopen",
        "tag \U000e0041\U000e0042",
        "\U000e0001x",
    ],
)
def test_a_character_that_hides_what_stands_there_is_told_with_its_line(line: str) -> None:
    assert ("hidden-character", 2) in codes(f"One.\n{line}\nThree.")


@pytest.mark.parametrize(
    "line",
    [
        "plain", "héllo", "\u2067שלום\u2069 and so on", "\u202bשלום\u202c",
        "right\u200f and left\u200e",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "a\u200db", "soft\u00adhyphen",
    ],
)  # fmt: skip
def test_what_languages_need_is_none_of_it(line: str) -> None:
    assert codes(f"One.\n{line}\nThree.") == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-32-be"])
def test_a_byte_order_mark_names_the_encoding(encoding: str) -> None:
    mark = b"" if "-be" not in encoding else b"\x00\x00\xfe\xff"
    text, problems = decode(mark + "An oar: é.".encode(encoding), "a.md")
    assert text == "An oar: é."
    assert [problem.message for problem in problems] == [
        f"this file is {encoding.removesuffix('-be').upper()}; it was read as that"
    ]
