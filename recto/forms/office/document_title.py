"""The title of a document, and its author's name below it: how they stand at the head of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from recto.forms.fences import Line, with_code
from recto.forms.naming.heading_text import read_heading
from recto.forms.naming.matter import role_of
from recto.languages import everywhere
from recto.notations.xhtml import Element, words

_HEADING = re.compile(r"#{1,6} ")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"\*\*(?P<words>[^*]{1,100}[^*.,:;])\*\*")


def title_page(
    lines: Sequence[Line], given: Mapping[str, object], *, styled: bool
) -> tuple[list[Line], Mapping[str, object]]:
    """A text without what stands on its title page, and title and authors, by the keys of `[book]`.

    `given` is what the document's properties say; `styled` tells that a paragraph has the style of a title.
    """
    lines = bold_title(lines)
    has_title = styled or is_title(lines)
    lines, author = byline(list(demoted(lines)) if has_title else lines)
    lines, title = title_apart(lines)
    named = title or ("" if has_title else given.get("title"))
    return lines, {"title": named, "authors": author or given.get("authors")}


def is_title(lines: Sequence[Line]) -> bool:
    """Tell whether a text begins with a heading that has none below it before the next of its level.

    So it is where the author made the title a heading like all others, for its size.
    """
    heads = [(index, line) for index, (line, _) in enumerate(lines) if re.match(r"#{1,6} ", line)]
    level = len(heads[0][1].split()[0]) if heads else 0
    same = next((index for index, line in heads[1:] if len(line.split()[0]) <= level), 0)
    first = [line for line, _ in lines if line.strip()][:1]
    if not same or first != [heads[0][1]]:
        return False
    return not any(line.strip() and not line.startswith("#") for line, _ in lines[heads[0][0] : same])


def demoted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with headings one level down, below the title, which is the first."""
    code, title = False, True
    for line, origin in lines:
        code = code != line.startswith("```")
        if not code and re.match(r"#{1,5} ", line):
            yield (line if title else f"#{line}"), origin
            title = False
        else:
            yield line, origin


def byline(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """The lines without the one below the title that names the author, and the name; "" where none does."""
    written = [index for index, (line, _) in enumerate(lines) if line.strip()][:2]
    if len(written) == 2 and _HEADING.match(lines[written[0]][0]):
        found = _by().fullmatch(lines[written[1]][0].strip("#*_ "))
        if found:
            return [line for index, line in enumerate(lines) if index != written[1]], found["name"]
    return list(lines), ""


def bold_title(lines: Sequence[Line]) -> list[Line]:
    """The lines with a first one in bold as a heading, the title, where all below it stands under others.

    So it is where the author gave titles a look and no style: the next line is a heading, or in bold as well,
    but for the author's name between.
    """
    said = [(index, line) for index, (line, _) in enumerate(lines) if line.strip()][:3]
    first = _BOLD.fullmatch(said[0][1].rstrip()) if said else None
    by = len(said) > 1 and _by().fullmatch(said[1][1].strip("#*_ ")) is not None
    below = said[1 + by :][:1]
    if not first or not below or not (_HEADING.match(below[0][1]) or _BOLD.fullmatch(below[0][1].rstrip())):
        return list(lines)
    if read_heading(first["words"]) or role_of(first["words"]):
        return list(lines)
    title = said[0][0]
    return [*lines[:title], (f"# {first['words']}", lines[title][1]), *lines[title + 1 :]]


def title_apart(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """The lines without the title where it is their one heading, above others in bold, and its words.

    Among headings that have no mark it would be a piece of its own.
    """
    written = [index for index, (line, _) in enumerate(lines) if line.strip()][:2]
    heads = [line for line, _, code in with_code(lines) if not code and _HEADING.match(line)]
    if len(written) < 2 or len(heads) != 1 or not lines[written[0]][0].startswith("# "):
        return list(lines), ""
    if not _BOLD.fullmatch(lines[written[1]][0].rstrip()):
        return list(lines), ""
    title = _ESCAPED.sub(r"\1", re.sub(r"(?<!\\)[*_]", "", lines[written[0]][0][2:])).strip()
    return [line for index, line in enumerate(lines) if index != written[0]], title


def without_subtitle(blocks: Sequence[Element]) -> tuple[list[Element], str]:
    """The blocks without the subtitle that stands directly below the title, and its words; "" for none."""
    kinds = [str(block.get("class")) for block in blocks[:2]]
    if kinds != ["title", "subtitle"] or any(True for _ in blocks[1].iter("img")):
        return list(blocks), ""
    return [blocks[0], *blocks[2:]], " ".join(words(blocks[1]).split())


@cache
def _by() -> re.Pattern[str]:
    words = "|".join(map(re.escape, everywhere("words", "by")))
    return re.compile(rf"(?:{words})\s+(?P<name>[^.:;?!]{{3,60}}\.?[^.:;?!]{{0,30}})", re.IGNORECASE)
