"""Whether what is in the pages stands where it can be read: told with the folio of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recto.model import LaidOut, Overrun
from recto.print.gate.letters import shortened
from recto.print.gate.whereabouts import Whereabouts
from recto.print.layout.imposition import impose
from recto.problems import Place, Problem, error, how_to_silence, warning

_NAMES = {"line": "a line", "note": "a note", "picture": "a picture", "table": "a table"}
_HINTS = {
    "line": "put a space or a hyphen where it may be divided, or choose a larger trim in [print]",
    "note": "shorten it, divide it, or take it into the text",
    "picture": "make it smaller: {width=80%} after it, or choose a larger trim in [print]",
    "table": "give it fewer columns or shorter words, or choose a larger trim in [print]",
}


def misplaced(laid_out: Sequence[LaidOut], where: Whereabouts) -> Iterator[Problem]:
    """Errors for what runs off the sheet or is set over something else, warnings for what is in a margin."""
    for bound in impose(laid_out):
        if bound.page is not None:
            laid = laid_out[bound.unit]
            for overrun in laid.pages[bound.page].overruns:
                place = where.of_block(overrun.block, overrun.text, Place(laid.unit.name))
                yield _told(overrun, bound.folio, place)


def _told(overrun: Overrun, folio: str, place: Place) -> Problem:
    name, hint = f"page {folio}: {_NAMES[overrun.what]}", _HINTS[overrun.what]
    said, points = f"“{shortened(overrun.text)}”", f"{overrun.by:g} pt"
    subject = shortened(overrun.text)
    if overrun.kind == "off-sheet":
        return error(
            "off-sheet", f"{name} runs off the sheet by {points}: {said}", place, hint=hint, subject=subject
        )
    if overrun.kind == "overprinted":
        message = f"{name} is set over something else: {said}"
        return error("overprinted", message, place, hint=hint, subject=subject)
    message = f"{name} runs {points} into the margin: {said}"
    hint = f"{hint}; to accept it, {how_to_silence('in-margin', subject)}"
    return warning("in-margin", message, place, hint=hint, subject=subject)
