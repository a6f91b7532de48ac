"""How paragraphs are brought to an even edge: the settings of `[print]` as a style sheet."""

from __future__ import annotations

from recto.problems import Problem, error
from recto.settings.config import Config

_BOUNDS = {"tolerance": (1, 10_000), "expansion": (0, 5), "letterspacing": (0, 5)}


def paragraph_css(config: Config) -> tuple[str, tuple[Problem, ...]]:
    """The sheet that asks the print engine for fine paragraphs; nothing where they are to be quick.

    `--paragraphs: fine TOLERANCE EXPANSION LETTER-SPACING HANGING` is inherited, so that a sheet of the book
    may ask for something else in some place. A number out of bounds is an error at its line of book.toml.
    """
    settings = config.print
    faults = tuple(
        error(
            "print-bounds",
            f"`print.{key}` must be from {least} to {most}, not {getattr(settings, key):g}",
            config.place_of("print", key),
        )
        for key, (least, most) in _BOUNDS.items()
        if not least <= getattr(settings, key) <= most
    )
    if settings.paragraphs == "quick" or faults:
        return "", faults
    asked = f"{settings.tolerance} {settings.expansion:g} {settings.letterspacing:g}"
    return f"html {{ --paragraphs: fine {asked} {int(settings.protrusion)} }}\n", ()
