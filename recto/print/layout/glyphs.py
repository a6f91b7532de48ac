"""Characters that no font can draw, found before a page is laid out.

A character that none of the shipped fonts has is drawn by a font of the machine, which may be another one
elsewhere: that is worth a warning. One that no font has would print as a box: it is set as its code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recto.model import Galley, LaidOut, Section, Unit
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import run
from recto.problems import Place, Problem, warning

_CODE = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
_SIGNS = "signs"  # what belongs to no script
_FEW = 5  # codes of characters that a message names
# Controls, formats, separators, surrogates, private use: nothing to draw, or not ours to judge
_SILENT = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Co"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Characters of one script that no shipped font has, on one line of the manuscript."""

    place: Place
    script: str
    characters: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What of a book no shipped font has, and which of its characters no font of the machine has either."""

    occurrences: tuple[Occurrence, ...]
    undrawable: frozenset[str] = frozenset()

    @property
    def replacements(self) -> dict[int, str]:
        """What is printed for characters that no font of the machine draws: `[U+2603]`."""
        return {ord(each): f"[U+{ord(each):04X}]" for each in sorted(self.undrawable)}

    def problems(self) -> tuple[Problem, ...]:
        """A warning for each script on each line, apart for what prints as a code."""
        told = []
        for each in self.occurrences:
            for lost in (False, True):
                held = [one for one in each.characters if (one in self.undrawable) == lost]
                if held:
                    told.append(self._problem(each, "".join(held), lost=lost))
        return tuple(told)

    def _problem(self, here: Occurrence, held: str, *, lost: bool) -> Problem:
        codes = [f"U+{ord(each):04X}" for each in held]
        what = here.script
        if len(held) == 1:
            what = f"{unicodedata.name(held, 'unnamed character')}, {codes[0]}"
        shown = ", ".join(f"[{code}]" for code in codes[:_FEW]) + (", …" if len(codes) > _FEW else "")
        pronoun = "it prints" if len(held) == 1 else "they print"
        done = f"no font here has {'it' if len(held) == 1 else 'them'}, {pronoun} as {shown}"
        return warning(
            "missing-glyph",
            f"no shipped font has “{held}” ({what}): "
            + (done if lost else "a font of this machine stands in"),
            here.place,
            hint="put a font that has it into styles/fonts and name it in your style sheet",
            subject=codes[0] if len(held) == 1 else here.script,
        )


def find_missing(galleys: Iterable[Galley], covered: frozenset[int]) -> tuple[Occurrence, ...]:
    """Where in galleys characters stand that are not among `covered` (see fonts.coverage)."""
    found: list[Occurrence] = []
    known = {chr(code) for code in covered}
    for galley in galleys:
        written = dict(galley.sources)
        for section in galley.all_sections:
            there = set(section.heading.title) | set(section.html)
            missing = {each for each in there - known if _is_drawn(each)}
            if missing:
                found += _occurrences(section.place, written.get(section.heading.anchor), missing)
    return tuple(found)


def _occurrences(place: Place, source: Section | None, missing: set[str]) -> Iterator[Occurrence]:
    """Where characters of a section were written: by its source, or at its heading where they were made."""
    lines = {place: "" if source else "".join(sorted(missing))}
    if source:
        lines[place] = source.title
        for number, line in enumerate(source.text.split("\n"), source.text_line):
            lines[Place(place.file, number)] = line
    left = set(missing)
    for at, line in lines.items():
        held = dict.fromkeys(each for each in line if each in missing)
        left -= held.keys()
        yield from _by_script(at, held)
    yield from _by_script(place, dict.fromkeys(sorted(left)))  # written as a code: &#1513;


def _by_script(place: Place, characters: Iterable[str]) -> Iterator[Occurrence]:
    held: dict[str, str] = {}
    script = ""
    for each in characters:
        script = _script(each) or script or _SIGNS  # a mark belongs to the letter before it
        held[script] = held.get(script, "") + each
    for script, found in held.items():
        yield Occurrence(place, script, found)


def _script(character: str) -> str:
    """What script a character is of, by its name: `Hebrew`; "" for a mark of any."""
    name = unicodedata.name(character, "")
    if name.startswith("COMBINING"):
        return ""
    written = unicodedata.category(character)[0] in "LM" or unicodedata.category(character) == "Nd"
    return re.split(r"[ -]", name)[0].capitalize() if name and written else _SIGNS


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
    occurrences = find_missing(galleys, covered)
    if not occurrences:
        return Missing(())
    missing = dict.fromkeys(each for found in occurrences for each in found.characters)
    body = "".join(f"<p>&#{ord(each)};</p>" for each in missing)
    html = f'<html lang="en"><head><title>Glyphs</title></head><body>{body}</body></html>'
    laid = lay_out(LayoutJob(Unit("glyphs", html, "arabic"), tuple(sheets), dict(assets or {})))
    codes = {found[1] for message in laid.messages for found in _CODE.finditer(message)}
    return Missing(occurrences, frozenset(each for each in missing if f"{ord(each):04X}" in codes))


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
