"""The outlines of signs, for what is to be drawn without a font."""

from __future__ import annotations

from collections.abc import Mapping

import uharfbuzz as hb

from recto.print.binding.fonts import FontFile


def outlines(font: FontFile, text: str) -> Mapping[str, tuple[float, bytes]]:
    """Of each character of a text its advance, and its outline as path operators of PDF (ISO 32000-1, 8.5.2).

    Both are in thousandths of the size; what the font has not is left out.
    """
    pen = _Pen(1000 / font.face.upem)
    return {
        sign: (font.width(glyph), pen.outline(font.font, glyph))
        for sign in dict.fromkeys(text)
        if (glyph := font.font.get_nominal_glyph(ord(sign)))
    }


class _Pen:
    """Writes down what HarfBuzz draws; curves of the second degree come to it as those of the third."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._drawn: list[str] = []
        self._funcs = hb.DrawFuncs()
        self._funcs.set_move_to_func(lambda x, y, _: self._add("m", x, y))
        self._funcs.set_line_to_func(lambda x, y, _: self._add("l", x, y))
        self._funcs.set_cubic_to_func(lambda a, b, c, d, x, y, _: self._add("c", a, b, c, d, x, y))
        self._funcs.set_close_path_func(lambda _: self._add("h"))

    def outline(self, font: hb.Font, glyph: int) -> bytes:
        """The outline of a glyph."""
        self._drawn = []
        font.draw_glyph(glyph, self._funcs, None)
        return " ".join(self._drawn).encode()

    def _add(self, operator: str, *numbers: float) -> None:
        self._drawn += [*(f"{number * self._scale:g}" for number in numbers), operator]
