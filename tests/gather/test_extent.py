"""How much text a source may have is known before anything is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.gather import extent
from tests.collating import collated

LIST = "# Summary\n\n- [Oars](a.md)\n- [Sails](b.md)\n- [Nets](c.md)\n"


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(("limit", "told"), [(90, []), (89, [("too-long", "c.md")])])
def test_a_book_of_too_much_text_is_refused_with_the_file_where_it_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, told: list[tuple[str, str]], listed: bool
) -> None:
    monkeypatch.setattr(extent, "LONGEST_BOOK", limit)
    files = {name: f"# {title} äöü\n\n{'x' * 17}.\n".ljust(30, "\n") for name, title in (
        ("a.md", "1"), ("b.md", "2"), ("c.md", "3"))}  # fmt: skip
    extra = {"SUMMARY.md": LIST, "book.toml": "[book]\n"} if listed else {}
    result = collated(tmp_path, files | extra)
    assert [
        (each.code, Path(each.place.file).name) for each in result.problems if each.severity == "error"
    ] == told
