"""Pictures that stand alone, whose words are their captions, and captions of tables and divisions.

https://pandoc.org/MANUAL.html#extension-implicit_figures, https://quarto.org/docs/authoring/figures.html,
https://quarto.org/docs/authoring/cross-references-divs.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recto.forms.fences import Line, with_code

_PICTURE = re.compile(
    r"(?P<indent>[ ]{0,3})!\[(?P<words>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
    r"\((?P<target><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\s*\)"
    r"[ \t]*(?:\{(?P<list>[^{}]*)\})?\s*"
)
_TABLE = re.compile(r"[ ]{0,3}(?:Table)?:[ \t]+(?P<words>\S.*?)[ \t]*(?:\{(?P<list>[^{}]*)\})?[ \t]*")
_OPEN = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?:\{(?P<list>[^{}]*)\}|[\w-]+)[ \t]*:*[ \t]*")
_SHUT = re.compile(r"[ ]{0,3}:{3,}[ \t]*")
_ID = re.compile(r"#(?P<id>[A-Za-z][\w:.-]*)")
_OF_DIVISION = re.compile(r"#(?P<id>(?P<kind>fig|tbl|lst)-[\w:.-]+)")
_KINDS = {"fig": "Figure", "tbl": "Table", "lst": "Listing"}
_ALT = re.compile(r"\bfig-alt=(?:\"(?P<words>[^\"]*)\"|'(?P<other>[^']*)')")
_MEASURE = re.compile(r"\b(?:width|height)=\"?(?P<value>\d[\d.]*(?:%|px|em|in|cm|mm|pt)?)\"?")
_MOST = 20  # lines of a picture with its caption


def captioned(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with each picture that stands alone, and each captioned division, as we have captions."""
    known = list(with_code(lines))
    number, ends, above = 0, _ends(known), ""
    while number < len(known):
        line, origin, code = known[number]
        division = _OPEN.fullmatch(line) if not code and number in ends else None
        named = _OF_DIVISION.search(division["list"] or "") if division else None
        if named:
            inside = [(text, at) for text, at, _ in known[number + 1 : ends[number]]]
            yield from _division(inside, named)
            number = ends[number] + 1
        elif not code and line.lstrip().startswith("![") and (end := _paragraph(known, number)):
            whole = "\n".join(text for text, _, _ in known[number:end])
            found = None if _has_caption(known, end) else _PICTURE.fullmatch(whole)
            yield from _picture(found, origin) if found else lines[number:end]
            number = end
        else:
            table = _TABLE.fullmatch(line) if not code and above[:1] in ("|", "+", "-") else None
            yield (_of_table(table) if table else line), origin
            above = line.strip() or above
            number += 1


def _ends(known: Sequence[tuple[str, int, bool]]) -> dict[int, int]:
    """Where each division ends that does."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for number, (line, _, code) in enumerate(known):
        if not code and _OPEN.fullmatch(line):
            opened.append(number)
        elif not code and opened and _SHUT.fullmatch(line):
            ends[opened.pop()] = number
    return ends


def _paragraph(known: Sequence[tuple[str, int, bool]], start: int) -> int:
    """The line after a paragraph that begins with a line; 0 where none begins there."""
    above = known[start - 1][0].strip() if start else ""
    if above and not above.startswith(":::"):
        return 0
    for number in range(start, min(start + _MOST, len(known))):
        text, _, code = known[number]
        if code or not text.strip() or text.lstrip().startswith(":::"):
            return number
    return len(known) if len(known) - start < _MOST else 0


def _has_caption(known: Sequence[tuple[str, int, bool]], end: int) -> bool:
    """Whether a caption stands already below a paragraph that ends before a line."""
    below = next((text for text, _, _ in known[end : end + _MOST] if text.strip()), "")
    return below.startswith("Figure: ")


def _picture(found: re.Match[str], origin: int) -> Iterator[Line]:
    words, listed = " ".join(found["words"].split()), found["list"] or ""
    named, told = _ID.search(listed), _ALT.search(listed)
    alt = (told["words"] or told["other"] or "") if told else words
    alt = " ".join(alt.split()).replace("[", "(").replace("]", ")")
    kept = [measure[0] for measure in _MEASURE.finditer(listed)]
    if named and not words:
        kept.insert(0, named[0])
    yield f"{found['indent']}![{alt}]({found['target']})" + (f"{{{' '.join(kept)}}}" if kept else ""), origin
    if words:
        yield "", origin
        yield f"Figure: {words}" + (f" {{{named[0]}}}" if named else ""), origin


def _division(inside: Sequence[Line], named: re.Match[str]) -> Iterator[Line]:
    """A figure, a table or a listing in a division: its last paragraph is the caption."""
    last = len(inside)
    while last and not inside[last - 1][0].strip():
        last -= 1
    first = last
    while first and inside[first - 1][0].strip():
        first -= 1
    words = " ".join(text.strip() for text, _ in inside[first:last])
    is_caption = bool(first) and not re.match(r"!\[|[|:`~#>]|\{\{<", words)
    held = list(captioned(inside[:first] if is_caption else inside))
    own = [(at, line) for at, (line, _) in enumerate(held) if line.startswith("Figure: ")]
    if is_caption and own:  # of pictures in one figure: their captions go into its own
        parts = [line.removeprefix("Figure: ") for _, line in own]
        lettered = (f"({chr(97 + at % 26)}) {_spanned(part)}" for at, part in enumerate(parts))
        words = f"{words.rstrip('.')}. {'; '.join(lettered)}"
        held = [line for at, line in enumerate(held) if at not in dict(own)]
    yield from held
    if is_caption:
        origin = inside[first][1]
        yield "", origin
        yield f"{_KINDS[named['kind']]}: {words} {{#{named['id']}}}", origin
        yield "", origin


def _spanned(part: str) -> str:
    """A caption of its own as words in another, with its id."""
    found = re.fullmatch(r"(?P<words>.*?) (?P<list>\{#[^{}]*\})", part)
    return f"[{found['words']}]{found['list']}" if found else part


def _of_table(found: re.Match[str]) -> str:
    """The caption of a table, with its id alone: widths of columns say nothing to us."""
    named = _ID.search(found["list"] or "")
    return f"Table: {found['words']}" + (f" {{{named[0]}}}" if named else "")
