"""References by name: `@fig-net` and `@sec-nets` (Quarto), `\\@ref(fig:net)` (bookdown), as links of ours.

https://quarto.org/docs/authoring/cross-references.html, https://bookdown.org/yihui/bookdown/cross-references.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import Line, outside_code, with_code
from recto.forms.pandoc.theorem_names import PROOFS
from recto.galley import NUMBER_ALONE

# one hyphen goes on with a name, two are a dash behind it
_ID = r"(?P<id>(?:sec|fig|tbl|lst|eq|ch)-(?:\w|-(?=\w))*\w)"
_QUARTO = re.compile(rf"(?<![\w\\@])@{_ID}")
# `[Fig. @fig-net]` and `[-@fig-net]`: the author's word before the number, or none
_IN_BRACKETS = re.compile(rf"(?<![\w\\\]])\[(?P<words>[^\[\]@;]{{0,40}}?[ \u00a0]|-)?@{_ID}\](?![(\[{{])")
# https://pandoc.org/MANUAL.html#extension-example_lists
_EXAMPLE = re.compile(r"^[ ]{0,3}\(@(?P<name>[\w-]*)\)(?=[ \t])")
_TO_EXAMPLE = re.compile(r"(?<!`)\(@(?P<name>[\w-]+)\)(?!`)")
_BOOKDOWN = re.compile(r"\\@ref\((?P<id>[\w:.-]+)\)")
_CAPTION = re.compile(r"(?:Table)?:[ \t]+\(\\#(?P<id>tab:[\w-]+)\)[ \t]*(?P<words>\S.*)")
_PROOFS = {short: PROOFS[short].capitalize() for short in ("thm", "lem", "cor", "prp", "def")}
_PROOF = re.compile(rf"(?<![\w\\@])\[?-?@(?P<id>(?P<kind>{'|'.join(_PROOFS)})-[\w-]*\w)\]?")
# what has no number of its own is named by the word before it: `Theorem \@ref(thm:net)`
_WORDED = re.compile(
    r"(?P<word>[A-Z]\w+)[ ~\u00a0]\\@ref\((?P<id>(?:thm|lem|cor|prp|cnj|def|exm|exr|hyp):[\w-]+)\)"
)


def referring(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with references as links; those in code stay."""
    known = list(with_code(lines))
    examples = _Examples(_examples(line for line, _, code in known if not code and "(@" in line))
    for line, origin, code in known:
        if not code and (heading := atx_heading(line)) and heading.attributes.split()[:1] == ["-"]:
            asked = f".unnumbered{heading.attributes[1:]}"
            line = f"{'#' * heading.level} {heading.words} {{{asked}}}"
        if not code and "(@" in line:
            line = examples.counted(line)
        if not code and (caption := _CAPTION.fullmatch(line)):
            line = f"Table: {caption['words']} {{#{caption['id']}}}"
        yield (line if code or "@" not in line else outside_code(line, _linked)), origin


def _examples(lines: Iterable[str]) -> list[str]:
    """The names of examples in the order of their numbers, "" for one without."""
    return [found["name"] for line in lines if (found := _EXAMPLE.match(line))]


class _Examples:
    """Counts the examples of a file: `(@net)` at the head of a line has the next number."""

    def __init__(self, names: list[str]) -> None:
        self._numbers = {name: number for number, name in reversed([*enumerate(names, 1)]) if name}
        self._count = 0

    def counted(self, line: str) -> str:
        """A line with the numbers of examples for their names."""
        if _EXAMPLE.match(line):
            self._count += 1
            line = _EXAMPLE.sub(f"({self._count})", line)
        return _TO_EXAMPLE.sub(self._number, line)

    def _number(self, found: re.Match[str]) -> str:
        number = self._numbers.get(found["name"])
        return found[0] if number is None else f"({number})"


def _linked(text: str) -> str:
    text = _IN_BRACKETS.sub(_after_words, text)
    text = _QUARTO.sub(lambda found: f"[](#{found['id']})", text)
    text = _PROOF.sub(lambda found: f"[{_PROOFS[found['kind']]}](#{found['id']})", text)
    text = _WORDED.sub(lambda found: f"[{found['word']}](#{found['id']})", text)
    # its authors write the word before it: `Figure \@ref(fig:net)`
    return _BOOKDOWN.sub(lambda found: f"[](#{found['id']}){{.{NUMBER_ALONE}}}", text)


def _after_words(found: re.Match[str]) -> str:
    """A reference in brackets: its number alone, behind the words before it."""
    words = found["words"]
    if words is None:
        return f"[](#{found['id']})"
    return f"{'' if words == '-' else words}[](#{found['id']}){{.{NUMBER_ALONE}}}"
