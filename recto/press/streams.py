"""Content streams in the inks of a press: every colour that is set, and what shines through.

A kind of PDF without transparency has each colour as it would look on paper: mixed with white by its alpha.
That is what is seen wherever nothing else lies below; where it is not (a soft mask, a half-transparent
pattern or picture group), it is told, and left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

from recto.press.inks import Colour, Inks, from_cmyk

# Operators that set or use a colour or a graphics state, or draw what may: streams without them stay
_SETS = re.compile(rb"(?<![\w/])(?:rg|RG|k|K|cs|CS|gs|Do|BI)(?![\w])")
# Marks of tags: they begin a line (recto.print.engine and recto.print.binding write them so)
_MARKED = re.compile(rb"^/\w+\s(?:<<[^<>\n]*>>\s|/\w+\s)?(?:BDC|BMC)\b\n?|^EMC\b\n?", re.MULTILINE)
_MARKS = frozenset(("BDC", "BMC", "EMC"))
_FILL, _STROKE = "fill", "stroke"
_SPACES = {"cs": _FILL, "CS": _STROKE}
_SETTERS = {
    "g": (_FILL, 1), "G": (_STROKE, 1), "rg": (_FILL, 3), "RG": (_STROKE, 3),
    "k": (_FILL, 4), "K": (_STROKE, 4),
}  # fmt: skip
_IN_SPACE = {"sc": _FILL, "scn": _FILL, "SC": _STROKE, "SCN": _STROKE}
_OPERATORS = {setting: operator for operator, setting in _SETTERS.items()}
_COUNTS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4, "/Pattern": 0}


def untagged(content: bytes) -> bytes:
    """A content stream without the marks that tags hold on to."""
    return _MARKED.sub(b"", content)


def plain(content: bytes) -> bool:
    """Tell whether a content stream sets no colour but grey, and draws nothing that could."""
    return _SETS.search(content) is None


@dataclass(frozen=True, slots=True)
class Paint:
    """What is painted with: colour (red, green, blue; None for a pattern), its space, and alpha."""

    colour: Colour | None = (0.0, 0.0, 0.0)
    components: int = 1
    alpha: float = 1.0


@dataclass(slots=True)
class StreamWriter:
    """Rewrites the content streams of one file. `faults` are what could not be flattened."""

    pdf: pikepdf.Pdf
    inks: Inks | None
    flattens: bool
    faults: list[str] = field(default_factory=list)
    _forms: dict[tuple[tuple[int, int], float], Any] = field(default_factory=dict)

    def rewritten(self, holder: Any, resources: Any, alpha: float = 1.0) -> bytes:
        """The content of a page or a form in the inks of the press."""
        made = list(self._instructions(pikepdf.parse_content_stream(holder), resources, alpha))
        return bytes(pikepdf.unparse_content_stream(made))

    def _instructions(self, stream: Sequence[Any], resources: Any, alpha: float) -> Iterator[Any]:
        paints = {_FILL: Paint(alpha=alpha), _STROKE: Paint(alpha=alpha)}
        kept: list[dict[str, Paint]] = []
        if alpha != 1:
            yield from self._set(paints)
        for instruction in stream:
            operator = str(instruction.operator)
            if operator == "q":
                kept.append(dict(paints))
            elif operator == "Q" and kept:
                paints = kept.pop()
            if operator == "gs":
                yield from self._state(instruction, resources, paints, alpha)
            elif operator in _SETTERS or operator in _SPACES or operator in _IN_SPACE:
                yield from self._colour(instruction, resources, paints)
            elif operator == "Do":
                yield self._drawn(instruction, resources, paints[_FILL].alpha)
            elif operator not in _MARKS:
                yield instruction

    def _colour(self, instruction: Any, resources: Any, paints: dict[str, Paint]) -> Iterator[Any]:
        operator, operands = str(instruction.operator), list(instruction.operands)
        side = _SPACES.get(operator) or _IN_SPACE.get(operator) or _SETTERS[operator][0]
        paint = paints[side]
        if operator in _SPACES:
            count = _components(operands[0], resources)
            paints[side] = replace(paint, colour=None if count == 0 else (0.0, 0.0, 0.0), components=count)
            if count == 0:
                yield instruction
            return
        if operator in _IN_SPACE and paint.components == 0:
            if self.flattens and paint.alpha < 1:
                self.faults.append("a pattern that lets through what is below it")
            yield instruction
            return
        values = tuple(float(value) for value in operands if not isinstance(value, Name))
        paints[side] = replace(paint, colour=_rgb(values), components=len(values))
        yield self._setting(side, paints[side])

    def _state(
        self, instruction: Any, resources: Any, paints: dict[str, Paint], alpha: float
    ) -> Iterator[Any]:
        """A graphics state: kept where the kind of PDF knows transparency, else taken into the colours."""
        if not self.flattens:
            yield instruction
            return
        state = resources.get("/ExtGState", {}).get(str(instruction.operands[0]), {})
        if "/SMask" in state and state.SMask != Name.None_ and state.get("/SMask") is not None:
            self.faults.append("a soft mask")
        for key, side in (("/ca", _FILL), ("/CA", _STROKE)):
            if key in state:
                paints[side] = replace(paints[side], alpha=alpha * float(state[key]))
        yield from self._set(paints)

    def _set(self, paints: dict[str, Paint]) -> Iterator[Any]:
        for side, paint in paints.items():
            if paint.colour is not None:
                yield self._setting(side, paint)

    def _setting(self, side: str, paint: Paint) -> Any:
        assert paint.colour is not None
        colour = paint.colour
        if self.flattens and paint.alpha < 1:
            colour = tuple(1 - paint.alpha * (1 - value) for value in colour)
        values: Colour
        if self.inks is not None:
            values = self.inks.mix(colour)
            if values[:3] == (0, 0, 0) and len(values) == 4:  # black alone has a space of its own
                values = (1 - values[3],)
        else:
            values = colour if len(set(colour)) > 1 else colour[:1]
        operator = Operator(_OPERATORS[side, len(values)])
        return ContentStreamInstruction([round(value, 4) for value in values], operator)

    def _drawn(self, instruction: Any, resources: Any, alpha: float) -> Any:
        """A picture or form drawn; a form under alpha is one of its own, with the alpha taken into it."""
        name = str(instruction.operands[0])
        drawn = resources.get("/XObject", {}).get(name)
        if not self.flattens or alpha == 1 or drawn is None:
            return instruction
        if drawn.Subtype != Name.Form:
            self.faults.append("a picture that lets through what is below it")
            return instruction
        key = drawn.objgen, round(alpha, 4)
        if key not in self._forms:
            copy = self.pdf.make_stream(self.rewritten(drawn, drawn.get("/Resources", resources), alpha))
            for entry, value in drawn.items():
                if entry not in ("/Length", "/Filter", "/DecodeParms", "/Group"):
                    copy[entry] = value
            self._forms[key] = copy
        fresh = f"/Flat{len(self._forms)}"
        resources.XObject[fresh] = self._forms[key]
        return ContentStreamInstruction([Name(fresh)], instruction.operator)


def _components(space: Any, resources: Any) -> int:
    """How many numbers a colour of a colour space has; 0 for a pattern."""
    if isinstance(space, Name):
        if str(space) in _COUNTS:
            return _COUNTS[str(space)]
        space = resources.get("/ColorSpace", {}).get(str(space))
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if str(space[0]) == "/ICCBased":
            return int(space[1].N)
        return _COUNTS.get(str(space[0]), 1)
    return _COUNTS.get(str(space), 1)


def _rgb(values: Colour) -> Colour:
    """A colour as red, green and blue, by how many numbers it has."""
    if len(values) == 4:
        return from_cmyk(values)
    return values if len(values) == 3 else (values or (0.0,))[:1] * 3
