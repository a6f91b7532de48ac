"""Printer's marks beside the page: where to cut, whether plates meet, how much ink, and which page it is.

They stand outside of the bleed, on a sheet that is so much larger (ISO 32000-1, 14.11.3, as content).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

MARGIN = 30.0  # points: what the sheet is larger than the bleed, on each side
_LINE, _LENGTH, _CLEAR = 0.25, 18.0, 9.0  # width and length of a crop mark; how far it stays off the trim
_RING = 4.5  # radius of a registration mark
_PATCH = 9.0  # side of a patch of the colour bar
_TYPE = 6.0  # size of the slug's type
_GREYS = (0.0, 0.25, 0.5, 0.75, 0.9)
_INKS = ("1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", "1 1 0 0", "1 0 1 0", "0 1 1 0")
_KAPPA = 0.5523  # of a circle drawn with four Bézier curves


@dataclass(frozen=True, slots=True)
class Slug:
    """The line that says which page of which book it is: its words, and each sign's advance and outline.

    Outlines are PDF operators, in thousandths of the size of the type, so that no font needs to be embedded.
    """

    words: str = ""
    signs: Mapping[str, tuple[float, bytes]] = field(default_factory=dict)


NO_SLUG = Slug()


def mark(pdf: pikepdf.Pdf, slug: Slug, *, four_inks: bool) -> None:
    """Make the sheet of every page larger, and draw the marks on it."""
    every = Array([Name.Separation, Name.All, Name.DeviceCMYK, _all_inks(pdf)]) if four_inks else None
    for number, page in enumerate(pdf.pages, 1):
        trim, bleed = (tuple(map(float, page.obj[key])) for key in ("/TrimBox", "/BleedBox"))
        sheet = (bleed[0] - MARGIN, bleed[1] - MARGIN, bleed[2] + MARGIN, bleed[3] + MARGIN)
        page.obj.MediaBox = Array([round(value, 3) for value in sheet])
        ink = b"0 G 0 g\n"
        if every is not None:
            page.add_resource(every, Name.ColorSpace, Name.RectoEvery)
            ink = b"/RectoEvery CS 1 SCN /RectoEvery cs 1 scn\n"
        words = f"{slug.words} · {number} / {len(pdf.pages)}" if slug.words else ""
        drawn = b"".join(
            (
                b"q\n", ink, b"%g w\n" % _LINE, *_crops(trim, bleed), *_registrations(bleed), b"Q\n",
                *_bar(bleed, four_inks=four_inks), *_line(words, slug, trim[0] + _PATCH, bleed[3] + 12),
            )
        )  # fmt: skip
        page.contents_add(drawn)


def _crops(trim: Sequence[float], bleed: Sequence[float]) -> Iterator[bytes]:
    """Two short lines at each corner, in line with the edges of the trim, off the bleed."""
    left, right = min(trim[0] - _CLEAR, bleed[0]), max(trim[2] + _CLEAR, bleed[2])
    foot, head = min(trim[1] - _CLEAR, bleed[1]), max(trim[3] + _CLEAR, bleed[3])
    for start, outward in ((left, -1), (right, 1)):
        for y in (trim[1], trim[3]):
            yield b"%.3f %.3f m %.3f %.3f l S\n" % (start, y, start + outward * _LENGTH, y)
    for start, outward in ((foot, -1), (head, 1)):
        for x in (trim[0], trim[2]):
            yield b"%.3f %.3f m %.3f %.3f l S\n" % (x, start, x, start + outward * _LENGTH)


def _registrations(bleed: Sequence[float]) -> Iterator[bytes]:
    """A circle with a cross amid each side."""
    across, up, off = (bleed[0] + bleed[2]) / 2, (bleed[1] + bleed[3]) / 2, MARGIN / 2
    r, k = _RING, _RING * _KAPPA
    ring = [(r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0)]
    curves = b"".join(b"%.3f %.3f %.3f %.3f %.3f %.3f c " % curve for curve in ring)
    cross = b"%g 0 m %g 0 l S 0 %g m 0 %g l S\n" % (-2 * r, 2 * r, -2 * r, 2 * r)
    beside = ((across, bleed[1] - off), (across, bleed[3] + off), (bleed[0] - off, up), (bleed[2] + off, up))
    for x, y in beside:
        yield b"q 1 0 0 1 %.3f %.3f cm %s %g 0 m %ss Q\n" % (x, y, cross, r, curves)


def _bar(bleed: Sequence[float], *, four_inks: bool) -> Iterator[bytes]:
    """Patches of each ink at the foot: of black in steps, and where there are four, of each and of pairs."""
    patches = [b"%g g" % grey for grey in _GREYS]
    if four_inks:
        patches = [f"{inks} k".encode() for inks in (*_INKS, *(f"0 0 0 {1 - grey:g}" for grey in _GREYS[1:]))]
    for at, ink in enumerate(patches):
        x, y = bleed[0] + 2 * MARGIN + at * _PATCH, bleed[1] - MARGIN / 2 - _PATCH / 2
        yield b"q %s %.3f %.3f %g %g re f Q\n" % (ink, x, y, _PATCH, _PATCH)


def _line(words: str, slug: Slug, left: float, base: float) -> Iterator[bytes]:
    at = 0.0
    for sign in words:
        advance, outline = slug.signs.get(sign, (0.0, b""))
        if outline:
            scale = _TYPE / 1000
            yield b"q 0 g %.5f 0 0 %.5f %.3f %.3f cm\n%s f Q\n" % (scale, scale, left + at, base, outline)
        at += advance * _TYPE / 1000


def _all_inks(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """How a tint of all plates looks where there is one plate (a function of type 2)."""
    return pdf.make_indirect(Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1))
