"""The wrap of a printed book: back, spine and front on one sheet, with the ISBN as a barcode.

All lengths are in points, from the upper left corner of the trimmed sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from recto.compose.epub.drawn_cover import CoverFace
from recto.compose.fitting import Measure
from recto.compose.print.bars import Barcode, bars_of
from recto.compose.shared import PAPER
from recto.model import Unit
from recto.notations import blurb
from recto.problems import Problem

if TYPE_CHECKING:
    from recto.compose.composer import Composer

_FACE = (7 * 72, 11.2 * 72)  # the front as templates/epub/cover-image.html draws it
_LARGEST_SPINE, _LEAST_SPINE = 24.0, 7.0  # type on the spine
_EN = 0.6  # of a spine that its type may fill


@dataclass(frozen=True, slots=True)
class WrapRules:
    """What the sheet is to be: trimmed page, spine, bleed; what stays free of type, and where the barcode is.

    `barcode` is width and height of the place for it, `clear` its distance from trim and spine, `price` the
    five digits beside it; on a spine without `spine_text` nothing is written.
    """

    width: float
    height: float
    spine: float
    bleed: float
    safe: float
    spine_text: bool
    spine_clear: float
    barcode: tuple[float, float]
    clear: float
    art: str = ""
    price: str = ""
    proof: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the sheet as a proof shows it: what it is called, and where it is."""

    name: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Wrap:
    """What the template is told. `zones` are shown on a proof alone."""

    width: float
    height: float
    front_left: float
    front_width: float
    margin: float
    blurb: Markup
    blurb_width: float
    spine_size: float
    spine_height: float
    spine_right: float
    art: str
    scale: float
    face_left: float
    face_top: float
    bars: Barcode
    code_left: float
    code_top: float
    code_width: float
    code_height: float
    zones: tuple[Zone, ...] = ()


def wrap_unit(
    composer: Composer, front: CoverFace, rules: WrapRules, measure: Measure
) -> tuple[Unit, str, tuple[Problem, ...]]:
    """The wrap as a unit of one page, the style sheet of its measures, and the faults of the template."""
    problems: list[Problem] = []
    wrap = _wrap(composer, rules, measure)
    context = {"face": front, "wrap": wrap}
    html = composer.fill("print/wrap.html", context, problems, medium=PAPER)
    sheet = (
        f"@page {{ size: {_whole(rules):.3f}pt {rules.height:.3f}pt; margin: 0; bleed: {rules.bleed:.3f}pt;"
        f" background: {front.palette.ground} }}\n"
        f"body.wrap {{ width: {_whole(rules):.3f}pt; height: {rules.height:.3f}pt; overflow: visible }}\n"
    )
    return Unit("wrap", html, "arabic", display=True), sheet, tuple(problems)


def _whole(rules: WrapRules) -> float:
    return 2 * rules.width + rules.spine


def _wrap(composer: Composer, rules: WrapRules, measure: Measure) -> Wrap:
    said = composer.title_matter
    scale = min(rules.width / _FACE[0], rules.height / _FACE[1])
    margin = max(36.0, rules.safe * 2)
    words = measure(said.title) + 0.8 * measure(said.author_line) + 1.5
    room = rules.spine - 2 * max(rules.spine_clear, 3)
    size = min(_LARGEST_SPINE, room * _EN, (rules.height - 2 * margin) / max(words, 1))
    if not rules.spine_text or size < _LEAST_SPINE:
        size = 0.0
    return Wrap(
        width=rules.width,
        height=rules.height,
        front_left=rules.width + rules.spine,
        front_width=rules.width + (rules.bleed if rules.art else 0),
        margin=margin,
        blurb=Markup(blurb.markup(said.description)),
        blurb_width=rules.width - 2 * margin,
        spine_size=round(size, 2),
        spine_height=round(rules.spine, 3),
        spine_right=rules.width + rules.spine,
        art=rules.art,
        scale=round(scale, 4),
        face_left=round((rules.width - scale * _FACE[0]) / 2, 3),
        face_top=round((rules.height - scale * _FACE[1]) / 2, 3),
        bars=bars_of(said.isbn, rules.price, rules.barcode),
        code_left=rules.width - rules.clear - rules.barcode[0],
        code_top=rules.height - rules.clear - rules.barcode[1],
        code_width=rules.barcode[0],
        code_height=rules.barcode[1],
        zones=tuple(_zones(rules)) if rules.proof else (),
    )


def _zones(rules: WrapRules) -> Iterator[Zone]:
    """What a proof shows: where the sheet is cut, what must stay free on each panel, spine, barcode."""
    whole, right = _whole(rules), rules.width + rules.spine
    free = rules.safe
    yield Zone("trim", 0, 0, whole, rules.height)
    for name, left in (("back", 0.0), ("front", right)):
        yield Zone(f"{name}: keep inside", left + free, free, rules.width - 2 * free, rules.height - 2 * free)
    yield Zone("spine", rules.width, 0, rules.spine, rules.height)
    clear = rules.spine_clear
    if rules.spine > 2 * clear:
        yield Zone("", rules.width + clear, free, rules.spine - 2 * clear, rules.height - 2 * free)
    wide, high = rules.barcode
    left, top = rules.width - rules.clear - wide, rules.height - rules.clear - high
    yield Zone("barcode", left, top, wide, high)
