"""Gradients that repeat: WeasyPrint 70 sets every turn out, however many there are in a box.

Colours that repeat each ten-thousandth of a pixel asked for more memory than a machine has. A gradient that
would have more stops than any eye can tell apart is drawn once, and not repeated.
"""

from __future__ import annotations

from math import hypot
from typing import Any

from recto.print.engine.inner import (
    LinearGradient,
    RadialGradient,
    defs,
    process_color_stops,
    spread_linear_gradient,
    spread_radial_gradient,
)

MOST_STOPS = 10_000  # of one gradient, its turns set out
_lay_out = LinearGradient.layout
_repeat = RadialGradient._repeat


def end_gradients() -> None:
    """Let no gradient of this process repeat without end; doing so twice does nothing more."""
    LinearGradient.layout = lay_out
    RadialGradient._repeat = repeat
    defs.spread_linear_gradient = spread_linear
    defs.spread_radial_gradient = spread_radial


def lay_out(gradient: Any, width: Any, height: Any, style: Any) -> Any:
    """In place of `LinearGradient.layout`."""
    if not gradient.repeating:
        return _lay_out(gradient, width, height, style)
    reach = max(hypot(width, height), 1.0)
    stops, _ = process_color_stops(reach, gradient.stop_positions, gradient.color_hints, style)
    turns = _turns(reach + abs(stops[0]) + abs(stops[-1]), stops[-1] - stops[0])
    gradient.repeating = turns * len(stops) <= MOST_STOPS
    try:
        return _lay_out(gradient, width, height, style)
    finally:
        gradient.repeating = True


def repeat(
    gradient: Any, width: Any, height: Any, scale_y: Any, points: Any, positions: Any, colors: Any, hints: Any
) -> Any:
    """In place of `RadialGradient._repeat`; the points are centre and radius of the two circles."""
    reach = hypot(width + abs(points[0]), (height + abs(points[1])) / scale_y + abs(points[1]))
    turns = _turns(reach + points[2] + points[5], points[5] - points[2])
    if turns * len(colors) > MOST_STOPS:
        return points, positions, colors, hints
    return _repeat(gradient, width, height, scale_y, points, positions, colors, hints)


def spread_linear(
    spread: Any, positions: Any, colors: Any, x1: Any, y1: Any, x2: Any, y2: Any, box: Any, matrix: Any
) -> Any:
    """In place of `spread_linear_gradient`, of pictures; `positions` are parts of a gradient's vector."""
    (left, top), (right, bottom) = matrix.transform_point(x1, y1), matrix.transform_point(x2, y2)
    reach = sum(map(abs, (*box, left, top)))
    period = hypot(right - left, bottom - top) * (positions[-1] - positions[0])
    if _turns(reach, period) * len(colors) > MOST_STOPS:
        spread = "pad"
    return spread_linear_gradient(spread, positions, colors, x1, y1, x2, y2, box, matrix)


def spread_radial(spread: Any, positions: Any, colors: Any, *circles: Any) -> Any:
    """In place of `spread_radial_gradient`: two circles, the size of what is filled, and a matrix."""
    *_, width, height, matrix = circles
    inner, outer = circles[2], circles[5]
    reach = sum(map(abs, (*circles[:6], *matrix.invert.transform_point(width, height))))
    if _turns(reach, (outer - inner) * (positions[-1] - positions[0])) * len(colors) > MOST_STOPS:
        spread = "pad"
    return spread_radial_gradient(spread, positions, colors, *circles)


def _turns(reach: float, period: float) -> float:
    """How often a gradient comes in a box, or more often than it may; one without a length is one colour."""
    if period == 0:
        return 0
    return reach / period if period * MOST_STOPS > reach else MOST_STOPS + 1
