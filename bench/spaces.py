"""How even are the lines? The word spaces of a PDF, line by line, beside the space of the font itself.

    python -m bench.spaces BOOK.pdf [BOOK.pdf ...] [--blank WIDTH]

Counted are the lines of running text that reach the right edge of their column, in the size that most of the
text is set in. The ratio of a line is the width of its spaces, with all that is added to them or taken away,
by what the font's own spaces would take. Every PDF whose fonts have a ToUnicode map will do, whoever made it.
Of one made by TeX, which moves on where others print a space, the space of the font has to be told: its width
in sizes of the type, 0.237 for Source Serif 4.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

_EDGE = 1.5  # points that a line may end before the edge of its column
_LEAST = 3  # spaces in a line
_HYPHENS = "-\u2010\u00ad"


@dataclass
class Font:
    """What a font says of its codes: widths in thousandths of its size, and text."""

    widths: dict[int, float]
    default: float
    text: dict[int, str]
    bytes_a_code: int

    @classmethod
    def of(cls, font: Any) -> Font:
        """A font out of the resources of a page."""
        text = _to_unicode(font)
        if font.Subtype == "/Type0":
            inner = font.DescendantFonts[0]
            return cls(_wide(inner.get("/W", [])), float(inner.get("/DW", 1000)), text, 2)
        first = int(font.get("/FirstChar", 0))
        widths = {first + at: float(width) for at, width in enumerate(font.get("/Widths", []))}
        return cls(widths, 0.0, text, 1)

    def codes(self, string: bytes) -> Iterator[int]:
        """The codes of a string of a text operator."""
        step = self.bytes_a_code
        for at in range(0, len(string) - step + 1, step):
            yield int.from_bytes(string[at : at + step], "big")

    def width(self, code: int) -> float:
        """The width of a code, in sizes."""
        return self.widths.get(code, self.default) / 1000


@dataclass
class PrintedLine:
    """What stands on one baseline."""

    left: float = 1e9
    right: float = -1e9
    spaces: int = 0
    wide: float = 0.0  # the spaces as they are set
    own: float = 0.0  # and as the font has them
    last: str = ""
    sizes: Counter[float] = field(default_factory=Counter)

    @property
    def ratio(self) -> float:
        """How many times as wide as its own a space is."""
        return self.wide / self.own


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {code: chr(code) for code in range(32, 127)}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for at in range(int(first, 16), int(last, 16) + 1):
                found[at] = chr(int(text, 16) + at - int(first, 16))
    return found


def _wide(table: Any) -> dict[int, float]:
    """The widths of a CIDFont (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    entries = list(table)
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + at: float(width) for at, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(entries.pop(0)))
    return widths


class PageLines:
    """The lines of a page, read out of its content stream."""

    def __init__(self, page: pikepdf.Page, blank: float = 0.0) -> None:
        self._blank = blank
        self.lines: dict[float, PrintedLine] = defaultdict(PrintedLine)
        fonts: Any = page.Resources.get("/Font", {}) if "/Resources" in page else {}
        self._fonts = {name: Font.of(font) for name, font in fonts.items()}
        self._font, self._size, self._scale, self._spacing = Font({}, 0, {}, 2), 0.0, 1.0, 0.0
        self._matrix = self._line = self._device = pikepdf.Matrix()
        saved: list[Any] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name == "q":
                saved.append((self._device, self._font, self._size, self._scale, self._spacing))
            elif name == "Q" and saved:
                self._device, self._font, self._size, self._scale, self._spacing = saved.pop()
            elif name == "cm":
                self._device = pikepdf.Matrix(*map(float, operands)) @ self._device
            else:
                self._text(name, list(operands))

    def _text(self, name: str, operands: list[Any]) -> None:
        if name == "BT":
            self._matrix = self._line = pikepdf.Matrix()
        elif name == "Tf":
            self._font, self._size = self._fonts[str(operands[0])], float(operands[1])
        elif name == "Tz":
            self._scale = float(operands[0]) / 100
        elif name == "Tc":
            self._spacing = float(operands[0])
        elif name == "Tm":
            self._matrix = self._line = pikepdf.Matrix(*map(float, operands))
        elif name in ("Td", "TD"):
            self._matrix = self._line = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ self._line
        elif name == "Tj":
            self._show(operands)
        elif name == "TJ":
            self._show(list(operands[0]))

    def _show(self, parts: list[Any]) -> None:
        """Show strings and the numbers between them, each space with the numbers beside it.

        Where a number has to stand for a space, it is one from half its width on: kerning is less.
        """
        matrix = self._matrix @ self._device
        line = self.lines[round(matrix.f * 2) / 2]
        unit, upright = abs(matrix.a), abs(matrix.d)  # TeX widens glyphs by the matrix, in its first number
        x, is_space, moved = 0.0, False, 0.0
        for part in parts:
            if not isinstance(part, pikepdf.String):
                shift = -float(part) / 1000 * self._size * self._scale
                x += shift
                if is_space:
                    line.wide += shift * unit
                elif self._blank and shift > self._blank * self._size / 2:
                    line.spaces += 1
                    line.own += self._blank * self._size * upright
                    line.wide += shift * unit
                    continue
                moved += shift
                continue
            for code in self._font.codes(bytes(part)):
                own = self._font.width(code) * self._size
                width = (own + self._spacing) * self._scale
                letter = self._font.text.get(code, "?")
                is_space = letter in (" ", "\u00a0")
                if is_space:
                    line.spaces += 1
                    line.own += own * upright
                    line.wide += (width + moved) * unit
                else:
                    line.left = min(line.left, matrix.e + x * unit)
                    line.last = letter
                    line.right = max(line.right, matrix.e + (x + width) * unit)
                    line.sizes[round(self._size * upright, 1)] += 1
                x += width
                moved = 0.0
        self._matrix = pikepdf.Matrix(1, 0, 0, 1, x, 0) @ self._matrix


def justified(source: Path | BinaryIO, blank: float = 0.0) -> list[PrintedLine]:
    """The lines of a book that are brought to the edge of their column.

    `blank` is the width of a space of the font, in sizes, in a PDF that moves on in place of spaces; else 0.
    """
    with pikepdf.open(source) as book:
        pages = [list(PageLines(page, blank).lines.values()) for page in book.pages]
    sizes = Counter(size for lines in pages for line in lines for size in line.sizes.elements())
    size = sizes.most_common(1)[0][0]
    found: list[PrintedLine] = []
    for lines in pages:
        text = [line for line in lines if line.sizes and line.sizes.most_common(1)[0][0] == size]
        edges = Counter(round(line.right) for line in text)
        if edges:
            edge = max(edges, key=lambda right: (edges[right - 1] + edges[right] + edges[right + 1], right))
            found += [line for line in text if line.right > edge - _EDGE and line.spaces >= _LEAST]
    return found


def main() -> None:
    """Print a row a book."""
    parser = argparse.ArgumentParser(prog="python -m bench.spaces", description="How even are the lines?")
    parser.add_argument("books", type=Path, nargs="+")
    parser.add_argument("--blank", type=float, default=0.0, help="in a PDF of TeX, the font's space")
    asked = parser.parse_args()
    print(f"{'':30} lines   mean   > 1.5   > 2   > 3   least  hyphens")
    for book in asked.books:
        lines = justified(book, asked.blank)
        ratios = [line.ratio for line in lines]
        shares = [sum(ratio > limit for ratio in ratios) / len(ratios) for limit in (1.5, 2, 3)]
        hyphens = sum(line.last in _HYPHENS for line in lines) / len(lines)
        print(
            f"{book.name:30} {len(lines):5}  {sum(ratios) / len(ratios):5.3f}  "
            + " ".join(f"{share:6.1%}" for share in shares)
            + f"  {min(ratios):5.2f}  {hyphens:6.1%}"
        )


if __name__ == "__main__":
    main()
