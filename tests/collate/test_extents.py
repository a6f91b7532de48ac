"""A chapter or a book longer than any may be is refused before anything of it is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.collate import extents
from tests.collating import collated

TEXT = "".join(f"{n}.{m} Oar{n} Blade{m}\n\nFlat words.\n\n" for n in range(1, 4) for m in range(1, 4))


@pytest.mark.parametrize(
    ("limit", "most", "told"),
    [
        ("LONGEST_CHAPTER", 33, []),
        ("LONGEST_CHAPTER", 32, [("a.txt", 1), ("a.txt", 13), ("a.txt", 25)]),
        ("MOST_SECTIONS", 3, []),
        ("MOST_SECTIONS", 2, [("a.txt", 1), ("a.txt", 13), ("a.txt", 25)]),
        ("LONGEST_BOOK", 99, []),
        ("LONGEST_BOOK", 98, [("a.txt", 1)]),
    ],
)
def test_each_limit_names_its_place(
    limit: str, most: int, told: list[tuple[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extents, limit, most)
    problems = [p for p in collated(tmp_path, {"a.txt": TEXT}).problems if p.code == "too-long"]
    assert [(Path(p.place.file).name, p.place.line) for p in problems] == told
    assert all(p.severity == "error" and f"more than {most:,}" in p.message for p in problems)


def test_pictures_written_out_in_a_text_are_none_of_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extents, "LONGEST_CHAPTER", 60)
    text = f"# 1 A\n\n![A][a]\n\n[a]: <data:image/png;base64,{'A' * 100}>\n"
    assert [p.code for p in collated(tmp_path, {"a.md": text}).problems] == []
    plain = text.replace("data:image", "data-image")
    assert [p.code for p in collated(tmp_path, {"a.md": plain}).problems] == ["too-long"]
