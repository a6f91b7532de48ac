from pathlib import Path

import pikepdf
import pytest

from bench.spaces import justified

_WIDTH = 500  # of each letter, in thousandths of the size
_SIZE = 10.0  # points
_BLANK = 0.25  # sizes


def test_spaces_that_are_no_letters_are_measured_by_the_gaps(tmp_path: Path) -> None:
    """As in a PDF of TeX: numbers between strings, and glyphs widened by the matrix."""
    book = tmp_path / "book.pdf"
    _printed(book, [(1.0, -375), (1.02, -250), (0.98, -500)])

    ratios = [round(line.ratio, 3) for line in justified(book, blank=_BLANK)]

    assert sorted(ratios) == [1.02, 1.5, 1.96]


def test_kerning_is_no_space(tmp_path: Path) -> None:
    book = tmp_path / "book.pdf"
    _printed(book, [(1.0, -100)])

    assert justified(book, blank=_BLANK) == []


@pytest.mark.parametrize("gap", [-375, -500])
def test_gaps_are_no_spaces_unless_that_is_told(tmp_path: Path, gap: int) -> None:
    book = tmp_path / "book.pdf"
    _printed(book, [(1.0, gap)])

    assert justified(book) == []


def _printed(target: Path, lines: list[tuple[float, int]]) -> None:
    """A page whose lines end at one edge: each is scaled by a number, and has five gaps of another."""
    made = []
    for row, (scale, gap) in enumerate(lines):
        width = scale * (18 * _WIDTH / 1000 - 5 * gap / 1000) * _SIZE
        shown = f" {gap} ".join(["(abc)"] * 6)
        made.append(f"{scale} 0 0 1 {300 - width:.4f} {700 - 14 * row} Tm [{shown}] TJ")
    with pikepdf.new() as book:
        page = book.add_blank_page(page_size=(400, 800))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            FirstChar=97,
            Widths=pikepdf.Array([_WIDTH] * 3),
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = book.make_stream(f"BT /F {_SIZE} Tf {' '.join(made)} ET".encode())
        book.save(target)
