"""A gradient that repeats is set out as long as an eye can tell its turns apart, and no longer."""

from __future__ import annotations

import pytest
from weasyprint.matrix import Matrix

from recto.print.engine import gradients, rendering
from recto.print.engine.inner import LinearGradient, RadialGradient
from recto.print.engine.weasy import CSS, HTML

COLOURS = ["red", "blue"]
assert rendering.lay_out  # once it is imported, all that is mended is in its place


def drawn(image: str) -> bytes:
    box = f"<p style='background: {image}; height: 90px; width: 90px'></p>"
    made: bytes = HTML(string=box).write_pdf(stylesheets=[CSS(string="@page { size: 2in; margin: 0 }")])
    return made


@pytest.mark.parametrize(
    "stops",
    [
        "red 0, blue .00001px",
        "red 1000px, blue 1000.00001px",
        "red 0, blue 1e-300px",
        "red -1e9px, blue -999999999px",
    ],
)
@pytest.mark.parametrize("kind", ["linear-gradient(", "radial-gradient(", "radial-gradient(50px .00001px, "])
def test_a_gradient_without_end_is_drawn_once(kind: str, stops: str) -> None:
    assert len(drawn(f"repeating-{kind}{stops})")) < 50_000


@pytest.mark.parametrize("kind", ["linear", "radial"])
def test_one_that_repeats_as_they_do_is_as_it_was(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    image = f"repeating-{kind}-gradient(red 0, blue 10px)"
    ours = drawn(image)
    monkeypatch.setattr(LinearGradient, "layout", gradients._lay_out)
    monkeypatch.setattr(RadialGradient, "_repeat", gradients._repeat)
    assert ours == drawn(image)


@pytest.mark.parametrize("spread", ["repeat", "reflect"])
@pytest.mark.parametrize(("length", "stops"), [(10.0, 22), (1e-9, 2)])
def test_those_of_pictures_end_as_well(spread: str, length: float, stops: int) -> None:
    box, matrix = (0.0, 0.0, 100.0, 100.0), Matrix()
    along, _, _ = gradients.spread_linear(spread, [0, 1], COLOURS[:], 0, 0, length, 0, box, matrix)
    round_, _, _ = gradients.spread_radial(
        spread, [0, 1], COLOURS[:], 50, 50, 0, 50, 50, length, 100, 100, matrix
    )
    assert 2 <= len(along) <= stops
    assert 2 <= len(round_) <= stops
