"""The first words of a chapter, marked for a theme that sets them apart: `span.drop-cap` and `span.lead`.

A letter let in that reaches below the line is a `span.drop-cap.descends`.

They are marked where a chapter begins with a paragraph, be it below an epigraph. Only plain words at its very
start are taken: no theme is worth a broken link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from recto.notations import xhtml
from recto.notations.xhtml import Element, class_names
from recto.theme.look import TextLook

_FIRST = re.compile(r"\s*([\"'“”„‘‚«»‹›¿¡(\[]*\w)", re.UNICODE)
_NUMBER = re.compile(r"\W*\d")  # a figure that is dropped out of its number is no number any more
_WORDS = 4  # at the most, and no further than a stop
_LETTERS = 28
_LINE = 75  # letters: a letter that is let in needs as many lines beside it as it is high
# Letters and signs that reach below the line, or have a mark there (as NFD has them)
_DESCENDS = re.compile(r"[QJÞ¿„‚(\[\u0323-\u0328\u032d-\u0331]")
_STOP = re.compile(r"[.!?;:,—–]")


def mark_lead(blocks: Iterable[Element], text: TextLook) -> bool:
    """Mark the first words of a chapter in the first block that is no epigraph; tells if there is one."""
    if text.lead == "roman" and not text.drop_cap:
        return True
    for block in blocks:
        names = class_names(block)
        if _name(block) == "blockquote" and "epigraph" in names:
            continue
        if _name(block) == "p" and block.text and not names:
            length = len("".join(map(str, block.itertext())))
            _mark(
                block,
                is_dropped=bool(text.drop_cap)
                and length > text.drop_cap * _LINE
                and not _NUMBER.match(block.text),
            )
        return True
    return False


def _mark(paragraph: Element, *, is_dropped: bool) -> None:
    whole = paragraph.text or ""
    first = _FIRST.match(whole)
    if first is None:
        return
    end = _end(whole, first.end())
    dropped = first.end() if is_dropped else first.start(1)
    made = []
    if is_dropped:
        descends = " descends" if _DESCENDS.search(normalize("NFD", first[1])) else ""
        made.append(_span(paragraph, f"drop-cap{descends}", first[1]))
    if whole[dropped:end]:
        made.append(_span(paragraph, "lead", whole[dropped:end]))
    if not made:
        return
    made[-1].tail = whole[end:]
    paragraph.text = None
    for at, span in enumerate(made):
        paragraph.insert(at, span)


def _end(text: str, start: int) -> int:
    """Where the first words end: with the last whole word, before a stop."""
    words = re.finditer(r"\S+", text)
    end = start
    for _, word in zip(range(_WORDS), words, strict=False):
        stop = _STOP.search(text, word.start(), word.end())
        if word.end() > _LETTERS and end > start:
            break
        end = max(start, stop.start() if stop else word.end())
        if stop:
            break
    return end


def _span(beside: Element, name: str, text: str) -> Element:
    space = str(beside.tag).rpartition("}")[0]
    return xhtml.element(f"{space}}}span" if space else "span", {"class": name}, text)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
