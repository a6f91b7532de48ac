"""Notes as such texts have them: `[A]` in the text, and further down `[Footnote A: words]` or `[A] words`.

Letters and numbers come again in each chapter: a note belongs to the nearest call above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from recto.forms.gutenberg.paragraphs import TypedParagraph

# of the private use area, since brackets are escaped: the two ends of a call, and of what begins a note
CALL, CALL_END, NOTE, NOTE_END = "\ue002", "\ue003", "\ue004", "\ue005"

_NOTE = re.compile(r"\s*\[Footnote(?:[ \t]+(?P<sign>[\w*†‡]{1,4}))?:[ \t]*")
_BARE = re.compile(r"\s*\[(?P<sign>\d{1,4}|[A-Z])\][ \t]+(?=\S)")
_CALL = re.compile(r"(?<=\S)[ \t]?\[(?P<sign>\d{1,4}|[A-Z*†‡]{1,2})\]")
_TITLE = re.compile(r"\s*FOOTNOTES?[:.]?\s*", re.I)


def with_notes(found: Sequence[TypedParagraph]) -> Iterator[TypedParagraph]:
    """The paragraphs with notes and their calls marked; a note without a call stays text, as a call does."""
    made: dict[int, TypedParagraph] = dict(enumerate(found))
    calls: dict[str, list[tuple[int, int]]] = {}
    count = 0
    for at, paragraph in enumerate(found):
        start = _NOTE.match(paragraph.lines[0]) or _BARE.match(paragraph.lines[0])
        if not start or (start.re is _BARE and not calls.get(start["sign"])):
            for line, text in enumerate(paragraph.lines):
                for call in _CALL.finditer(text):
                    calls.setdefault(call["sign"], []).append((at, line))
        elif (sign := start["sign"] or "*") and calls.get(sign) and _is_whole(paragraph, start):
            count += 1
            called, line = calls[sign].pop()
            made[called] = _called(made[called], line, sign, f"note-{count}")
            made[at] = _noted(paragraph, start.end(), f"note-{count}")
    for at, paragraph in made.items():
        below = made.get(at + 1)
        if not (_TITLE.fullmatch(paragraph.words) and below and below.lines[0].startswith(NOTE)):
            yield paragraph


def _is_whole(paragraph: TypedParagraph, start: re.Match[str]) -> bool:
    """True for a note whose bracket goes around it and ends with it, or around its sign alone."""
    return start.re is _BARE or paragraph.lines[-1].rstrip().endswith("]")


def _called(paragraph: TypedParagraph, line: int, sign: str, name: str) -> TypedParagraph:
    lines = list(paragraph.lines)
    call = re.compile(rf"(?<=\S)[ \t]?\[{re.escape(sign)}\]")
    lines[line] = call.sub(f"{CALL}{name}{CALL_END}", lines[line], count=1)
    return replace(paragraph, lines=tuple(lines))


def _noted(paragraph: TypedParagraph, start: int, name: str) -> TypedParagraph:
    first, *rest = paragraph.lines
    lines = [f"{NOTE}{name}{NOTE_END} {first[start:]}", *rest]
    if _NOTE.match(first):
        lines[-1] = lines[-1].rstrip().removesuffix("]")
    return replace(paragraph, lines=tuple(lines))
