"""The font of each script that the text fonts lack: a shipped one, one of the book's, the machine's.

The print engine looks for a font letter by letter: a word of a script that the first fonts of the sheets have
in part comes out of several fonts, and where letters join or marks stand over them, it falls to pieces. So a
font is chosen for a whole script, one that has all of it that the book needs, and whole runs are set in it:
first one in the book's own `styles/fonts/`, then a shipped one, then one of the machine. Of Latin, Greek and
Cyrillic, which the text fonts have, the words are set so that hold a letter they lack; and signs of no script
are only looked after where they lack them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from recto.galley import FILE_SCHEME
from recto.print.layout.scripts import HAN, script_of

BOLD = 600  # the least weight (CSS Fonts 4, 2.2) that is bold
_MUCH = 0.1  # of its signs: a script that lacks more is set in another font throughout
_LETTER = "(?:[^\\W\\d_]|[\u0300-\u036f])"  # or a mark over one
_TEXT = re.compile(r"(<head\b.*?</head>|<title\b.*?</title>|<style\b.*?</style>|<[^>]*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file: its family, its weight, whether it slants, and the characters that it has.

    `name` is that of the book's own file, as sheets call it; "" for a font of the machine.
    """

    family: str
    weight: int
    slanted: bool
    characters: frozenset[int]
    name: str = ""

    @property
    def rule(self) -> str:
        """The rule of a style sheet that makes a file of the book known."""
        style = "italic" if self.slanted else "normal"
        address = f"{FILE_SCHEME}:///{self.name}"
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f'font-style: {style}; src: url("{address}") }}'
        )


@dataclass(frozen=True, slots=True)
class ScriptNeed:
    """The characters of a script that a book has, and those of them that stand in bold type.

    Where the text fonts have the script, these are of the words that hold one of the `rare` letters.
    """

    script: str
    characters: frozenset[str]
    bold: frozenset[str] = frozenset()
    rare: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScriptFont:
    """The fonts of one script.

    face  that of the book, which may not have all of it; None where it has no such font
    rest  one of the machine for the runs that hold what the book's font lacks; for all, where it lacks much
    bold  one for bold type, where the other has none

    `has_bold` is False where that is so.
    """

    need: ScriptNeed
    face: FontFace | None
    rest: FontFace | None
    bold: FontFace | None
    has_bold: bool = False

    @property
    def name(self) -> str:
        """The class of its runs."""
        return f"script-{re.sub('[^a-z]+', '-', self.need.script.lower())}"

    @property
    def lost(self) -> frozenset[str]:
        """What the book's font lacks."""
        return _without(self.need.characters, self.face)

    @property
    def borrowed(self) -> frozenset[str]:
        """What of that the machine's font has."""
        return self.lost - _without(self.lost, self.rest) if self.rest else frozenset()

    @property
    def pale(self) -> bool:
        """Whether it has no bold type of the book's."""
        return bool(self.need.bold) and not (self.has_bold or (self.bold and self.bold.name))

    def style(self, run: str) -> str:
        """The class of a run."""
        much = self.need.script != HAN or len(self.lost) > _MUCH * len(self.need.characters)
        return f"{self.name}-rest" if self.rest and (much or not self.lost.isdisjoint(run)) else self.name

    def rules(self) -> Iterator[str]:
        """The style of its runs, in the line height of the text around: their own would push lines apart."""
        faces = ((self.name, self.face), (f"{self.name}-rest", self.rest))
        for name, face in faces:
            if face:
                yield f'.{name} {{ font-family: "{face.family}"; line-height: 0 }}'
        if self.bold:
            names = f".{self.name}, .{self.name}-rest"
            yield f':is(strong, b) :is({names}) {{ font-family: "{self.bold.family}"; line-height: 0 }}'


@dataclass(frozen=True, slots=True)
class ScriptFonts:
    """The fonts of a book's scripts, and the style sheet that they need ("" for none)."""

    fonts: tuple[ScriptFont, ...] = ()
    sheet: str = ""

    def dressed(self, html: str) -> str:
        """A unit with every run of these scripts set in the font of its script."""
        for font in self.fonts:
            if run := _runs_of(font.need, html):
                html = in_text(html, partial(run.sub, partial(_dressed, font)))
        return html


def in_text(html: str, change: Callable[[str], str]) -> str:
    """A unit with its text changed, and no tags or titles."""
    pieces = _TEXT.split(html)
    pieces[::2] = map(change, pieces[::2])
    return "".join(pieces)


def _runs_of(need: ScriptNeed, html: str) -> re.Pattern[str] | None:
    """The runs of a script in a unit: from letter to letter of it, whatever of no script stands between.

    Figures and signs of ASCII between ideographs are those of the text: few fonts of Han have them so well.
    """
    if need.rare:
        return words_with(need.rare.intersection(html))
    held = "".join(
        sorted(each for each in set(html) if not each.isascii() and script_of(each) == need.script)
    )
    letters = f"[{re.escape(held)}]"
    between = r"[^\w\x00-\x7f]" if need.script == HAN else r"(?:[^\w<>&]|\d)"
    return re.compile(rf"{letters}(?:{between}{{0,40}}{letters})*") if held else None


def words_with(letters: Iterable[str]) -> re.Pattern[str] | None:
    """The words with one of some letters in them; None for no letters."""
    one = "".join(map(re.escape, sorted(letters)))
    return re.compile(f"{_LETTER}{{0,40}}[{one}]{_LETTER}{{0,40}}") if one else None


def _dressed(font: ScriptFont, run: re.Match[str]) -> str:
    return f'<span class="{font.style(run[0])}">{run[0]}</span>'


def choose(
    needs: Iterable[ScriptNeed],
    own: Sequence[FontFace],
    of_machine: Callable[[str], Sequence[FontFace]],
) -> ScriptFonts:
    """The fonts for what a book needs: the first of `own` that has most, and what is best on the machine."""
    fonts = []
    for need in needs:
        face, rest = _best(need.characters, own), None
        if lost := _without(need.characters, face):
            rest = _best(need.characters, of_machine("".join(need.characters)))
            rest = rest if len(_without(need.characters, rest)) < len(lost) else None
        bold = None
        has_bold = _has_bold(rest or face, (*own, *of_machine("".join(need.characters))))
        if need.bold and not has_bold:
            bold = _best(need.bold, own, bold=True) or _best(
                need.bold, of_machine("".join(need.bold)), bold=True
            )
        if rest or (face and not (need.rare and lost)):
            fonts.append(ScriptFont(need, face, rest, bold, has_bold))
    families = {face.family for font in fonts for face in (font.face, font.bold) if face}
    rules = [face.rule for face in own if face.family in families]
    return ScriptFonts(tuple(fonts), "\n".join([*rules, *(rule for font in fonts for rule in font.rules())]))


def _best(characters: frozenset[str], faces: Iterable[FontFace], *, bold: bool = False) -> FontFace | None:
    """The upright face that has most of some characters, the first of several; None where none has any."""
    best, most = None, 0
    for face in faces:
        has = sum(ord(each) in face.characters for each in characters)
        if has > most and not face.slanted and (face.weight >= BOLD) == bold:
            best, most = face, has
    return best


def _has_bold(face: FontFace | None, faces: Iterable[FontFace]) -> bool:
    return face is not None and any(f.family == face.family and f.weight >= BOLD for f in faces)


def _without(characters: frozenset[str], face: FontFace | None) -> frozenset[str]:
    return frozenset(each for each in characters if face is None or ord(each) not in face.characters)
