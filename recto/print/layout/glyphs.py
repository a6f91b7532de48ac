"""Characters that the shipped fonts lack, found before a page is laid out.

A script that they lack is set in another font throughout (fallback_fonts.py). What is drawn by a font of the
machine may be drawn by another one elsewhere: that is worth a warning. What no font has would print as a box:
it is set as its code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from recto.model import Galley, LaidOut, Section, SetSection, Unit
from recto.print.layout.fallback_fonts import ScriptFont, ScriptFonts, ScriptNeed, in_text, words_with
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.layout.running import run
from recto.print.layout.scripts import OF_TEXT_FONTS, SIGNS, package_of, script_of
from recto.problems import Place, Problem, warning

_CODE = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
_BOLD = re.compile(r"<(strong|b)\b[^>]*>(.*?)</\1>", re.DOTALL)
# a flag, or signs that are one: with a tone of skin, joined to others (Unicode Technical Standard 51, 1.4)
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_ADDED = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[\u2190-\U0010ffff]"
_ONE_SIGN = f"{_FLAG}|[\u2190-\U0010ffff](?:{_ADDED})+"
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_FEW = 5  # codes of characters that a message names
# Controls, formats, separators, surrogates: nothing to draw
_SILENT = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Characters of one script that no shipped font has, on one line of the manuscript."""

    place: Place
    script: str
    characters: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What of a book no shipped font has, what is set in other fonts, and what no font at all draws."""

    occurrences: tuple[Occurrence, ...] = ()
    undrawable: frozenset[str] = frozenset()
    fonts: ScriptFonts = field(default_factory=ScriptFonts)
    without_bold: tuple[Occurrence, ...] = ()

    def replaced(self, text: str) -> str:
        """A text with codes for what nothing draws: `[U+2603]`; signs that are one give one code."""
        if not self.undrawable:
            return text
        signs = "".join(map(re.escape, sorted(self.undrawable)))
        return re.sub(f"{_ONE_SIGN}|[{signs}]", self._code, text)

    def _code(self, sign: re.Match[str]) -> str:
        if not any(each in self.undrawable for each in sign[0]):
            return sign[0]
        return f"[{' '.join(f'U+{ord(each):04X}' for each in sign[0] if _is_drawn(each))}]"

    def problems(self) -> tuple[Problem, ...]:
        """A warning for each script on each line, by what was done about it."""
        told = []
        for here in self.occurrences:
            held: dict[str, str] = {}
            for each in here.characters:
                done = self._done(each, here.script)
                held[done] = held.get(done, "") + each
            held.pop("", None)
            if held:
                told.append(_problem(here, held))
        return (*told, *(self._bold(here) for here in self.without_bold))

    def _done(self, character: str, script: str) -> str:
        """What was done about a character; "" where the book has its own font for it."""
        if character in self.undrawable:
            return "lost"
        font = self._font(script)
        if font and font.rest and character in font.borrowed:
            return f"{font.rest.family}, of this machine, stands in"
        own = font is not None and character in font.need.characters - font.lost
        return "" if own else "a font of this machine stands in"

    def _bold(self, here: Occurrence) -> Problem:
        font = self._font(here.script)
        bold = font.bold if font else None
        done = f"{bold.family}, of this machine, stands in" if bold else "it prints in regular type"
        return warning(
            "missing-glyph",
            f"no shipped font has bold type for “{here.characters}” ({here.script}): {done}",
            here.place,
            hint="put a font with bold type for it into styles/fonts",
            subject=here.script,
        )

    def _font(self, script: str) -> ScriptFont | None:
        return next((font for font in self.fonts.fonts if font.need.script == script), None)


def _problem(here: Occurrence, held: Mapping[str, str]) -> Problem:
    """The warning for a script on a line; `held` are its characters by what was done about them."""
    missing = "".join(held.values())
    what = here.script
    if len(missing) == 1:
        what = f"{unicodedata.name(missing, 'unnamed character')}, U+{ord(missing):04X}"
    done = [
        (_lost(each) if how == "lost" else how) + (f" for “{each}”" if len(held) > 1 else "")
        for how, each in held.items()
    ]
    hint = "put a font that has it into styles/fonts"
    return warning(
        "missing-glyph",
        f"no shipped font has “{missing}” ({what}): {'; '.join(done)}",
        here.place,
        hint=f"{hint}, or install one (Debian, Ubuntu: {package_of(here.script)})"
        if "lost" in held
        else hint,
        subject=f"U+{ord(missing):04X}" if len(missing) == 1 else here.script,
    )


def _lost(characters: str) -> str:
    codes = [f"[U+{ord(each):04X}]" for each in characters]
    if len(codes) == 1:
        return f"no font here has it, it prints as {codes[0]}"
    return f"no font here has them, they print as {', '.join(codes[:_FEW])}" + ", …" * (len(codes) > _FEW)


def script_needs(galleys: Iterable[Galley], beside: str, covered: frozenset[int]) -> tuple[ScriptNeed, ...]:
    """What a book has of each script that the text fonts leave to others, and which signs none has.

    `beside` is what stands in the book beside its sections.
    """
    written = [beside, *(text for galley in galleys for each in galley.all_sections for text in _texts(each))]
    there = {each for each in set().union(*written) if not each.isascii() and _is_drawn(each)}
    held: dict[str, set[str]] = {}
    rare: dict[str, set[str]] = {}
    for each in there:
        script = script_of(each)
        if script not in OF_TEXT_FONTS or (script == SIGNS and ord(each) not in covered):
            held.setdefault(script, set()).add(each)
        elif script and ord(each) not in covered:
            rare.setdefault(script, set()).add(each)
    for script, letters in rare.items():
        words = words_with(letters)
        held[script] = {each for text in written if words for word in words.findall(text) for each in word}
    bold: set[str] = set()
    if held.keys() - {SIGNS}:
        bold = {each for text in written for found in _BOLD.finditer(text) for each in found[2]}
        bold = {each for each in bold if script_of(each) != SIGNS}
    return tuple(
        ScriptNeed(script, frozenset(each), frozenset(each & bold), frozenset(rare.get(script, ())))
        for script, each in sorted(held.items())
    )


def _texts(section: SetSection) -> tuple[str, str]:
    return section.heading.title, section.html


def find_missing(
    galleys: Iterable[Galley], covered: frozenset[int], beside: Iterable[tuple[Place, str]] = ()
) -> tuple[Occurrence, ...]:
    """Where in galleys, and in what stands beside them, characters are that are not among `covered`."""
    found: list[Occurrence] = []
    for place, text in beside:
        found += _by_script(place, dict.fromkeys(each for each in text if _is_missing(each, covered)))
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
    written = {at: dict.fromkeys(each for each in line if each in missing) for at, line in lines.items()}
    # the rest is written as a code: &#1513;
    written[place] |= dict.fromkeys(sorted(missing.difference(*written.values())))
    for at, held in written.items():
        yield from _by_script(at, held)


def _by_script(place: Place, characters: Iterable[str]) -> Iterator[Occurrence]:
    held: dict[str, str] = {}
    script = ""
    for each in characters:
        script = script_of(each) or script or SIGNS  # a mark belongs to the letter before it
        held[script] = held.get(script, "") + each
    for script, found in held.items():
        yield Occurrence(place, script, found)


def check(
    galleys: Sequence[Galley],
    covered: frozenset[int],
    *,
    beside: Iterable[tuple[Place, str]] = (),
    fonts: ScriptFonts | None = None,
    sheets: Sequence[str] = (),
    assets: Mapping[str, AssetFile] | None = None,
    lay_out: Callable[[LayoutJob], LaidOut] = run,
) -> Missing:
    """Look for characters that the shipped fonts don't have.

    `fonts` are those of scripts. Only for what is still missing is the print engine asked, with a page of
    just these characters, whether a font of the machine has them; `lay_out` runs that layout job.
    """
    fonts = fonts or ScriptFonts()
    occurrences = find_missing(galleys, covered, beside)
    pale = tuple(_pale(galleys, fonts))
    held = {each for font in fonts.fonts for each in font.need.characters - (font.lost - font.borrowed)}
    missing = dict.fromkeys(each for found in occurrences for each in found.characters if each not in held)
    undrawable: frozenset[str] = frozenset()
    if missing:
        body = "".join(f"<p>&#{ord(each)};</p>" for each in missing)
        html = f'<html lang="en"><head><title>Glyphs</title></head><body>{body}</body></html>'
        laid = lay_out(LayoutJob(Unit("glyphs", html, "arabic"), tuple(sheets), dict(assets or {})))
        codes = {found[1] for message in laid.messages for found in _CODE.finditer(message)}
        undrawable = frozenset(each for each in missing if f"{ord(each):04X}" in codes)
    return Missing(occurrences, undrawable, fonts, pale)


def _pale(galleys: Sequence[Galley], fonts: ScriptFonts) -> Iterator[Occurrence]:
    """Where a script first stands in bold type that no font of the book has."""
    for need in (font.need for font in fonts.fonts if font.pale):
        for section in (each for galley in galleys for each in galley.all_sections):
            text = dict.fromkeys("".join(found[2] for found in _BOLD.finditer(section.html)))
            if held := "".join(each for each in text if each in need.bold):
                yield Occurrence(section.place, need.script, held)
                break


def replacing(units: Iterable[Unit], missing: Missing) -> tuple[Unit, ...]:
    """Units with what nothing can draw replaced, and scripts in fonts of theirs."""
    return tuple(
        replace(
            unit,
            html=missing.fonts.dressed(missing.replaced(_keyed(unit.html))),
            verso_head=missing.replaced(unit.verso_head),
            recto_head=missing.replaced(unit.recto_head),
        )
        for unit in units
    )


def _keyed(html: str) -> str:
    """A unit with keys drawn as such: the sign around one stands in another font than what is on it."""
    if "\u20e3" not in html:
        return html
    return in_text(html, partial(_KEYCAP.sub, r'<span class="keycap">\1</span>'))


def _is_missing(character: str, covered: frozenset[int]) -> bool:
    return ord(character) not in covered and _is_drawn(character)


def _is_drawn(character: str) -> bool:
    # variation selectors are combining marks to Unicode (Mn), yet nothing draws them
    return unicodedata.category(character) not in _SILENT and not 0xFE00 <= ord(character) <= 0xFE0F
