"""Characters that no font can draw, found before a page is laid out.

A character that none of the shipped fonts has is drawn by a font of the machine, which may be another one
elsewhere: that is worth a warning. One that no font has would print as a box: it is set as its code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from recto.model import Galley, LaidOut, SetSection, Unit
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import run
from recto.problems import Problem, warning

_CODE = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
# Controls, formats, separators, surrogates, private use: nothing to draw, or not ours to judge
_SILENT = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Co"))


@dataclass(frozen=True, slots=True)
class Missing:
    """Characters of a book that no shipped font has, each with the section it first stands in."""

    places: Mapping[str, SetSection]
    undrawable: frozenset[str] = frozenset()

    @property
    def replacements(self) -> dict[int, str]:
        """What is printed for characters that no font of the machine draws: `[U+2603]`."""
        return {ord(each): f"[U+{ord(each):04X}]" for each in sorted(self.undrawable)}

    def problems(self) -> tuple[Problem, ...]:
        """A warning for each character, at its section."""
        return tuple(self._problem(each, section) for each, section in self.places.items())

    def _problem(self, character: str, section: SetSection) -> Problem:
        code = f"U+{ord(character):04X}"
        name = unicodedata.name(character, "unnamed character")
        if character in self.undrawable:
            done = f"no font here has it, it prints as [{code}]"
        else:
            done = "a font of this machine stands in"
        return warning(
            "missing-glyph",
            f"no shipped font has “{character}” ({name}, {code}): {done}",
            section.place,
            hint="put a font that has it into styles/fonts and name it in your style sheet",
            subject=code,
        )


def find_missing(galleys: Iterable[Galley], covered: frozenset[int]) -> dict[str, SetSection]:
    """Characters in galleys that are not among `covered` (see fonts.coverage), with their first section."""
    found: dict[str, SetSection] = {}
    known = {chr(code) for code in covered}
    for galley in galleys:
        for section in galley.all_sections:
            for text in (section.heading.title, section.html):
                for character in sorted(set(text) - known):
                    if _is_drawn(character):
                        known.add(character)
                        found[character] = section
    return found


def check(
    galleys: Sequence[Galley],
    covered: frozenset[int],
    *,
    sheets: Sequence[str] = (),
    assets: Mapping[str, AssetFile] | None = None,
    lay_out: Callable[[LayoutJob], LaidOut] = run,
) -> Missing:
    """Look for characters that the shipped fonts don't have.

    Only where there are some is the print engine asked, with a page of just these, whether a font of the
    machine has them; `lay_out` runs that layout job.
    """
    places = find_missing(galleys, covered)
    if not places:
        return Missing({})
    body = "".join(f"<p>&#{ord(each)};</p>" for each in places)
    html = f'<html lang="en"><head><title>Glyphs</title></head><body>{body}</body></html>'
    laid = lay_out(LayoutJob(Unit("glyphs", html, "arabic"), tuple(sheets), dict(assets or {})))
    codes = {found[1] for message in laid.messages for found in _CODE.finditer(message)}
    return Missing(places, frozenset(each for each in places if f"{ord(each):04X}" in codes))


def replacing(units: Iterable[Unit], replacements: Mapping[int, str]) -> tuple[Unit, ...]:
    """Units with characters that nothing can draw replaced."""
    if not replacements:
        return tuple(units)
    table = dict(replacements)
    return tuple(
        replace(
            unit,
            html=unit.html.translate(table),
            verso_head=unit.verso_head.translate(table),
            recto_head=unit.recto_head.translate(table),
        )
        for unit in units
    )


def _is_drawn(character: str) -> bool:
    # variation selectors are combining marks to Unicode (Mn), yet nothing draws them
    return unicodedata.category(character) not in _SILENT and not 0xFE00 <= ord(character) <= 0xFE0F
