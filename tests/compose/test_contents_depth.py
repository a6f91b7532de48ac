"""How deep the contents of the print book go."""

from __future__ import annotations

import pytest

from recto.compose import contents_depth
from recto.model import ContentsEntry, Heading
from recto.settings.config import ContentsSettings


def entries(chapters: int, sections: int) -> tuple[ContentsEntry, ...]:
    def entry(name: str, level: int, below: tuple[ContentsEntry, ...] = ()) -> ContentsEntry:
        return ContentsEntry(Heading(name, level, "", name, name), "chapter", below)

    return tuple(
        entry(f"c{at}", 1, tuple(entry(f"s{at}.{below}", 2) for below in range(sections)))
        for at in range(chapters)
    )


@pytest.mark.parametrize(
    ("chapters", "sections", "asked", "depth"),
    [(19, 9, None, 2), (45, 8, None, 1), (45, 8, 2, 2), (45, 8, 3, 3), (3, 2, 1, 1), (300, 0, None, 1)],
)
def test_contents_in_print_list_sections_unless_there_are_too_many_or_the_author_asks(
    chapters: int, sections: int, asked: int | None, depth: int
) -> None:
    assert contents_depth(entries(chapters, sections), ContentsSettings(asked)) == depth
