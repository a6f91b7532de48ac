"""What a printer's profile says to a press file: each finding with its page, and its place in the text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pikepdf

from recto.press.making import PressFile, PressOrder
from recto.press.preflight.drawn import Drawn, read
from recto.press.preflight.edges import SOFT, Margins, margins
from recto.press.preflight.page_boxes import wrong_boxes, wrong_count
from recto.press.press_profile import Paper
from recto.press.sheet import is_blank
from recto.problems import Place, Problem, error, warning
from recto.settings.trim import Geometry

_NEAR = 0.5  # points within which two lengths are the same
_SHORT = 1.5  # points that what bleeds may be short of, as far as a picture of the page shows
_FORBIDDEN = ("/AcroForm", "/Dests", "/Names", "/OpenAction", "/Outlines", "/StructTreeRoot")
Where = Sequence[tuple[str, Place]]
"""The folio of each page, and the place in the text that it shows."""


@dataclass(frozen=True, slots=True)
class _Flight:
    """One press file under preflight."""

    made: PressFile
    order: PressOrder
    page: Geometry
    where: Where
    settings: Place

    @property
    def paper(self) -> Paper:
        """The paper that is ordered; one that takes anything where the printer names none."""
        return self.order.profile.papers.get(self.order.paper, Paper())

    def warn(self, code: str, page: int, message: str, hint: str) -> Problem:
        """A finding on a page."""
        folio, place = self.where[min(page, len(self.where) - 1)]
        told = f"page {page + 1} of the press file (folio {folio}): {message}"
        return warning(code, told, place, hint=hint, subject=f"page {page + 1}")


def preflight(
    made: PressFile,
    order: PressOrder,
    page: Geometry,
    where: Where,
    settings: Place,
    claims: Sequence[tuple[str, Place]] = (),
) -> tuple[Problem, ...]:
    """Hold a press file to its profile.

    where     the folio of each page, and where in the text it comes from
    settings  where in book.toml the printer is named
    claims    sentences of the copyright page, with their places
    """
    flight = _Flight(made, order, page, where, settings)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        found = [*_whole(flight, pdf), *_bound(flight, pdf)]
        blanks = []
        for number, sheet in enumerate(pdf.pages):
            found += _page(flight, number, read(sheet.obj))
            blanks.append(is_blank(sheet.obj))
        found += _blanks(flight, blanks)
    for number, distances in enumerate(margins(made.content, page)):
        if distances is not None:
            found += _edges(flight, number, distances)
    for at, what in made.faults:
        message = f"{what} could not be turned into the inks of this press"
        found.append(flight.warn("press-flattened", max(0, at - 1), message, "draw it without transparency"))
    found += _claimed(flight, claims)
    return tuple(found)


def _whole(flight: _Flight, pdf: Any) -> Iterator[Problem]:
    """The book as a whole: its size, its count of pages, what may not be in the file."""
    profile, made, page, place = flight.order.profile, flight.made, flight.page, flight.settings
    sizes = [(page.width, page.height)]
    if profile.trims and not any(_same(size, trim) for size in sizes for trim in profile.trims):
        low_w, low_h, high_w, high_h = profile.custom or (1e9, 1e9, 0, 0)
        if not (low_w <= page.width <= high_w and low_h <= page.height <= high_h):
            message = f"{profile.title} does not print {_inches(page.width)} × {_inches(page.height)} in"
            yield warning("press-trim", message, place, hint="choose another `trim` in [print]")
    least, most = flight.paper.pages
    most = min([most, *(n for w, h, n in flight.paper.largest if _same((w, h), sizes[0]))])
    if not least <= made.pages <= most:
        message = (
            f"{profile.title} prints {least} to {most} pages on this paper, and the book has {made.pages}"
        )
        yield warning(
            "press-pages", message, place, hint="choose another `paper` in [press], or another trim"
        )
    if profile.megabytes and len(made.content) > profile.megabytes * 1e6:
        message = f"{profile.title} takes files of up to {profile.megabytes:g} MB"
        yield warning("press-size", message, place, hint="scale pictures down")
    if page.bleed and page.bleed + _NEAR < profile.bleed:
        message = f"{profile.title} wants a bleed of {_inches(profile.bleed)} in, not {_inches(page.bleed)}"
        yield warning("press-bleed", message, place, hint="set `bleed` in [print]")
    held = [key[1:] for key in _FORBIDDEN if key in pdf.Root]
    if held or any("/Annots" in sheet.obj for sheet in pdf.pages):
        message = f"the press file holds what may not be in it: {', '.join(held) or 'annotations'}"
        yield error("press-forbidden", message, place)


def _bound(flight: _Flight, pdf: Any) -> Iterator[Problem]:
    """What a press cuts and binds by: errors, since they are for Recto to get right."""
    if wrong := wrong_count(pdf, flight.order.profile):
        yield error("press-parity", wrong, flight.settings)
    for number, wrong in wrong_boxes(pdf, flight.page):
        yield error("press-boxes", f"page {number + 1} of the press file: {wrong}", flight.settings)


def _page(flight: _Flight, number: int, drawn: Drawn) -> Iterator[Problem]:
    """What is drawn on one page."""
    profile = flight.order.profile
    for code, wrong, message, hint in (
        *_inks(flight, drawn),
        (
            "press-hairline",
            drawn.thinnest + 0.01 < profile.line,
            f"a line of {drawn.thinnest:.2f} pt; {profile.line:g} pt is the least",
            "draw it thicker",
        ),
        (
            "press-type",
            drawn.smallest + 0.01 < profile.type,
            f"type of {drawn.smallest:.1f} pt; {profile.type:g} pt is the least",
            "set it larger",
        ),
        (
            "press-resolution",
            drawn.coarsest + 0.5 < profile.resolution,
            f"a picture is printed at {drawn.coarsest:.0f} pixels an inch; {profile.resolution:g} are wanted",
            "take one with more pixels, or show it smaller"
            + ("; this one will be refused" if drawn.coarsest < profile.resolution_least else ""),
        ),
        (
            "press-font",
            bool(drawn.fonts),
            f"not embedded: {', '.join(sorted(drawn.fonts))}",
            "put the font into styles/fonts",
        ),
    ):
        if wrong:
            yield flight.warn(code, number, message, hint)


def _inks(flight: _Flight, drawn: Drawn) -> Iterator[tuple[str, bool, str, str]]:
    """What is said of the inks of a page: code, whether it is wrong, what is wrong, what to do."""
    profile, color = flight.order.profile, flight.order.color
    allowed = {"DeviceGray", "DeviceCMYK"} if color else {"DeviceGray"}
    if color and profile.flavour == "plain":
        allowed |= {"DeviceRGB", "ICC"}
    others = drawn.inks - allowed
    yield (
        "press-color",
        bool(others),
        f"it is printed in {', '.join(sorted(others))}",
        "this interior is not to have such colours",
    )
    yield (
        "press-ink",
        drawn.most_ink > profile.ink + 0.5,
        f"{drawn.most_ink:.0f} % of ink in one place; the paper bears {profile.ink:g} %",
        "choose a lighter colour",
    )
    yield (
        "press-tint",
        drawn.least_tint + 0.5 < profile.tint,
        f"a tint of {drawn.least_tint:.0f} % may not show; {profile.tint:g} % is the least",
        "choose a darker tint",
    )
    yield (
        "press-transparency",
        drawn.shines_through and profile.flattens,
        "something shines through, which this kind of PDF may not",
        "draw it opaque",
    )


def _edges(flight: _Flight, number: int, found: Margins) -> Iterator[Problem]:
    """What is printed too near to an edge; what runs out to the bleed is meant to, and has to reach it."""
    profile, page = flight.order.profile, flight.page
    left, top, right, bottom = found
    inside, outside = (left, right) if number % 2 == 0 else (right, left)
    least = profile.least_outside(bleeding=bool(page.bleed))
    bleed = min(page.bleed, profile.bleed)
    wanted = {
        "the spine": (
            inside,
            profile.least_inside(flight.made.pages),
            bleed if profile.bleeds_at_spine else 0.0,
        ),
        "the head": (top, least, bleed),
        "the fore-edge": (outside, least, bleed),
        "the foot": (bottom, least, bleed),
    }
    over: list[tuple[str, float]] = []
    for edge, (distance, limit, beyond) in wanted.items():
        if distance <= SOFT:
            over.append((edge, distance - SOFT + beyond))
        elif distance + _NEAR < limit:
            message = f"printed {_inches(distance)} in from {edge}; {_inches(limit)} in is the least"
            yield flight.warn(
                "press-margin", number, message, "choose a larger trim, or break up what stands out"
            )
    yield from _over_the_edge(flight, number, over)


def _over_the_edge(flight: _Flight, number: int, over: Sequence[tuple[str, float]]) -> Iterator[Problem]:
    """What is printed to edges of a page, and how many points before the end of the bleed it ends there."""
    profile = flight.order.profile
    if not flight.page.bleed:
        cut = [edge for edge, _ in over if edge != "the spine" or profile.bleeds_at_spine]
        if cut:
            message = (
                f"printed to {', '.join(cut)}, and the book has no bleed: white shows where the knife errs"
            )
            hint = f'set `bleed = "{_inches(profile.bleed or 9)}in"` in [print]'
            yield flight.warn("press-bleed", number, message, hint)
        return
    for edge, missing in over:
        if missing > _SHORT:
            message = f"what runs over {edge} ends {_inches(missing)} in before the bleed does"
            yield flight.warn("press-bleed", number, message, "let it reach the edge of the sheet")


def _blanks(flight: _Flight, blanks: Sequence[bool]) -> Iterator[Problem]:
    limit = flight.order.profile.blank_run
    at = 0
    for blank, run in groupby(blanks):
        length = len(tuple(run))
        if blank and limit and length > limit:
            yield flight.warn(
                "press-blanks",
                at,
                f"{length} blank pages in a row; {limit} are the most",
                "take out what stands alone on a page",
            )
        at += length


def _claimed(flight: _Flight, claims: Sequence[tuple[str, Place]]) -> Iterator[Problem]:
    for word in flight.order.profile.claims:
        for text, place in claims:
            if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
                message = f"the copyright page says “{word}”, which {flight.order.profile.title} refuses"
                yield warning(
                    "press-claim",
                    message,
                    place,
                    hint="take it out: the printer puts in its own",
                    subject=word,
                )


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < 2 * _NEAR and abs(one[1] - other[1]) < 2 * _NEAR


def _inches(points: float) -> str:
    return f"{points / 72:.3g}"
