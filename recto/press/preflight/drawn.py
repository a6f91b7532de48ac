"""What is drawn on a page of a PDF: its content is followed operator by operator (ISO 32000-1, annex A)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot, sqrt
from typing import Any

import pikepdf
from pikepdf import Name

_DEEPEST = 12  # forms within forms
_NOTE, _MANY = 3, 60  # glyphs of the number of a note, and of all on a page
_STROKES = frozenset(("S", "s", "B", "B*", "b", "b*"))
_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_DEVICE = {"g": 1, "rg": 3, "k": 4, "G": 1, "RG": 3, "K": 4}
Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawn:
    """What a page draws: the most and the least of each.

    inks        the colour spaces: DeviceGray, DeviceRGB, DeviceCMYK, ICC, spot
    most_ink    of all inks together, in percent; `least_tint` of black alone, but none
    thinnest    line, and `smallest` type, in points
    coarsest    picture, in pixels an inch where it is placed
    """

    inks: set[str] = field(default_factory=set)
    most_ink: float = 0.0
    least_tint: float = 100.0
    thinnest: float = 1e9
    smallest: float = 1e9
    coarsest: float = 1e9
    shines_through: bool = False
    fonts: set[str] = field(default_factory=set)  # those that are not embedded, or drawn by programs (Type 3)
    empty: bool = True


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = _UPRIGHT
    width: float = 1.0
    size: float = 1.0
    fill: tuple[float, ...] = (0.0,)
    stroke: tuple[float, ...] = (0.0,)


def read(page: Any) -> Drawn:
    """What a page draws. Raises pikepdf.PdfError where its content can't be followed."""
    drawn = Drawn()
    group = page.get("/Group", {})
    if group.get("/CS") in (Name.DeviceRGB, Name.DeviceCMYK):
        drawn.inks.add(str(group.CS)[1:])
    _Follower(drawn).follow(page, page.get("/Resources", {}), _State(), 0)
    return drawn


class _Follower:
    """Follows content streams."""

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self._set: dict[float, int] = {}  # how many glyphs are set in a size

    def follow(self, holder: Any, resources: Any, state: _State, depth: int) -> None:
        if depth > _DEEPEST or (depth == 0 and "/Contents" not in holder):
            return
        stack: list[_State] = []
        text: Matrix = _UPRIGHT
        for instruction in pikepdf.parse_content_stream(holder):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name == "q":
                stack.append(state)
            elif name == "Q":
                state = stack.pop() if stack else state
            elif name == "BT":
                text = _UPRIGHT
            elif name == "Tm":
                text = _matrix(operands)
            elif name in _SHOWS:
                self._text(state, text, operands)
            else:
                state = self._changed(name, operands, resources, state)
                self._paint(name, operands, resources, state, depth)

    def _changed(self, name: str, operands: Any, resources: Any, state: _State) -> _State:
        """The graphics state after an operator that sets it."""
        if name == "cm":
            return _with(state, matrix=_times(_matrix(operands), state.matrix))
        if name == "w":
            return _with(state, width=float(operands[0]))
        if name == "Tf":
            self._font(resources.get("/Font", {}).get(str(operands[0])))
            return _with(state, size=float(operands[1]))
        if name in _DEVICE:
            values = tuple(float(value) for value in operands)
            return _with(state, fill=values) if name.islower() else _with(state, stroke=values)
        if name in ("cs", "CS"):
            self._space(operands[0], resources)
        elif name == "gs":
            self._alpha(resources.get("/ExtGState", {}).get(str(operands[0]), {}))
        return state

    def _paint(self, name: str, operands: Any, resources: Any, state: _State, depth: int) -> None:
        drawn = self.drawn
        if name in _STROKES:
            drawn.thinnest = min(drawn.thinnest, state.width * _scale(state.matrix))
            self._ink(state.stroke)
        if name in _FILLS:
            self._ink(state.fill)
        if name == "sh":
            drawn.empty = False
            self._space(resources.get("/Shading", {}).get(str(operands[0]), {}).get("/ColorSpace"), resources)
        if name == "Do":
            self._object(resources.get("/XObject", {}).get(str(operands[0])), resources, state, depth)
        if name == "INLINE IMAGE":
            self._space(operands[0].obj.get("/ColorSpace", Name.DeviceGray), resources)

    def _text(self, state: _State, text: Matrix, operands: Any) -> None:
        size, glyphs = round(state.size * _scale(_times(text, state.matrix)), 2), _glyphs(operands)
        self._set[size] = self._set.get(size, 0) + glyphs
        # the number of a note is small everywhere, and no printer means it
        if glyphs > _NOTE or self._set[size] > _MANY:
            self.drawn.smallest = min(self.drawn.smallest, size)
        self._ink(state.fill)

    def _object(self, item: Any, resources: Any, state: _State, depth: int) -> None:
        if item is None:
            return
        if item.get("/Subtype") == Name.Image:
            self.drawn.empty = False
            self._picture(item, state.matrix)
            return
        if item.get("/Group", {}).get("/CS") in (Name.DeviceRGB, Name.DeviceCMYK):
            self.drawn.inks.add(str(item.Group.CS)[1:])
        matrix = _matrix(item.get("/Matrix", _UPRIGHT))
        inside = _with(state, matrix=_times(matrix, state.matrix))
        self.follow(item, item.get("/Resources", resources), inside, depth + 1)

    def _picture(self, image: Any, matrix: Matrix) -> None:
        if "/SMask" in image:
            self.drawn.shines_through = True
        if not image.get("/ImageMask", False):
            self._space(image.get("/ColorSpace"), {})
        wide, high = hypot(matrix[0], matrix[1]) / 72, hypot(matrix[2], matrix[3]) / 72
        if wide > 0 and high > 0:
            found = min(float(image.Width) / wide, float(image.Height) / high)
            self.drawn.coarsest = min(self.drawn.coarsest, found)

    def _ink(self, values: tuple[float, ...]) -> None:
        drawn = self.drawn
        drawn.empty = False
        drawn.inks.add({1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}.get(len(values), "spot"))
        if len(values) == 1:
            tint = round(100 * (1 - values[0]), 2)
            drawn.most_ink = max(drawn.most_ink, tint)
            drawn.least_tint = min(drawn.least_tint, tint) if tint > 0 else drawn.least_tint
        elif len(values) == 4:
            drawn.most_ink = max(drawn.most_ink, 100 * sum(values))

    def _space(self, space: Any, resources: Any) -> None:
        named = resources.get("/ColorSpace", {}).get(str(space), space) if isinstance(space, Name) else space
        if isinstance(named, pikepdf.Array) and len(named):
            kind = str(named[0])[1:]
            if kind == "Indexed":
                self._space(named[1], resources)
            elif kind != "Separation" or named[1] != Name.All:  # that is every plate, and no ink of its own
                self.drawn.inks.add({"ICCBased": "ICC", "CalRGB": "ICC", "CalGray": "ICC"}.get(kind, "spot"))
        elif named is not None and named != Name.Pattern:
            self.drawn.inks.add(str(named)[1:])

    def _alpha(self, state: Any) -> None:
        through = float(state.get("/ca", 1)) < 1 or float(state.get("/CA", 1)) < 1
        masked = state.get("/SMask", Name.None_) != Name.None_
        blended = state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
        self.drawn.shines_through |= through or masked or blended

    def _font(self, font: Any) -> None:
        for each in _descendants(font):
            descriptor = each.get("/FontDescriptor", {})
            embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
            if not embedded or each.get("/Subtype") == Name.Type3:
                self.drawn.fonts.add(str(each.get("/BaseFont", "/?"))[1:])


def _glyphs(operands: Any) -> int:
    """How many glyphs are shown at once; ours are numbered by two bytes each."""
    shown = operands[-1]
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    return sum(len(bytes(part)) for part in parts if isinstance(part, pikepdf.String)) // 2


def _descendants(font: Any) -> Iterator[Any]:
    if font is not None:
        yield from font.get("/DescendantFonts", [font])


def _with(state: _State, **changes: Any) -> _State:
    facts = {name: getattr(state, name) for name in ("matrix", "width", "size", "fill", "stroke")}
    return _State(**{**facts, **changes})


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _scale(matrix: Matrix) -> float:
    """How much a matrix enlarges, both ways together."""
    return sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
