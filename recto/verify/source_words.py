"""A simple reading of the manuscript: which runs of its words must stand in a book.

It knows no grammar, only what is surely printed: whatever may be markup (addresses, attributes, tags, numbers
of notes, formulas) is cut out, and parts the words before it from those after it. So it asks for less than
there is, but all that it asks for must be there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from recto.problems import Place
from recto.verify.bare import letters
from recto.verify.passage import Wanted

_CUT = "\0"  # stands where something was cut out
_MOVED = "\1"  # begins what is printed elsewhere
_TURNED = re.compile("([\u202d\u202e])[^\u202c\n]*")  # a PDF gives such a text in one order or the other
_ENDS_TURN = "\u202c"
_OTHER = re.compile(r"[^\w\n]+")
_FENCE = re.compile(
    r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]){0,40}(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*)"
)
_DRAWN = re.compile(r"\{?(?:math|latex|mermaid|dot|tikz)\b", re.I)
_PERHAPS_UNPRINTED = re.compile(r"\{?=|.*\b(?:echo|include|eval)\b", re.I)
_DIRECTIVE = re.compile(r"\{[\w:.-]+\}")
_CODE_DIRECTIVE = re.compile(r"\{(?:code|python|r|julia|bash|sql|literal)", re.I)
_PERHAPS_OPTION = re.compile(r"\s*(?:#|//|%%)\||\s*:[\w-]+:")
_UNPRINTED_LINE = re.compile(
    r"[ >\t]*(?::{3,}.*|\*\[[^\]]*\]:.*|\[(?!\^)(?:[^\]\\]|\\.){1,999}\]:.*|\[TOC\]|%%.*|\+\+\+.*)", re.I
)
_DEFINITION = re.compile(r"[ >\t]*\[(?!\^)(?:[^\]\\]|\\.){1,999}\]:")
_DEFINED_ON = 3  # lines, the first with it
_LEAD = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]|[a-zA-Z#]{1,4}[.)]|:|\[[ xX]\])[ \t]+|(?:!!!|\?\?\?)\+?[ \t]+\w+)*"
)
_BARE_NUMBER = re.compile(r"[ \t>]*\d{1,9}[.)][ \t]*")  # of an item with nothing in it
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_CAPTION = re.compile(r"\A[ \t>]*(?:Figure|Table|Listing):\s")
_NOTE = re.compile(r"[ \t>]*\[\^[^\]]+\]:")
_INNER = r"\((?:[^()\\\n]|\\.|\((?:[^()\\\n]|\\.){0,500}\)){0,500}\)"
_ADDRESS = rf"\((?:[^()\\\n]|\\.|\n(?!\s*\n)|{_INNER}){{0,3000}}\)"
_TITLE = re.compile(r"\s\"(?P<title>(?:[^\"\\]|\\.){1,3000})\"\s*\)\Z")
_SCANNER = re.compile(
    rf"""
    (?P<code> (?:(?<!`)|(?<=\\`)) (?P<ticks>`+)(?!`)
        (?P<literal>(?:[^`\n]|\n(?!\s*\n)|(?<!`)(?!(?P=ticks)(?!`))`+(?!`)){{1,5000}}?) (?P=ticks)(?!`) )
    | (?P<reference> \\@ref\([^()\n]{{0,500}}\) )
    | (?P<escape> \\(?!</[A-Za-z])[^\w\s()\[\]] )
    | (?P<link> <[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^<>\s]{{0,2000}}> )
    | (?P<character> &(?:[A-Za-z][A-Za-z0-9]{{1,40}} | \#[xX]?[0-9A-Fa-f]{{1,8}}); )
    | (?P<image> !\[(?:[^\[\]\\]|\\.|\[[^\[\]]{{0,500}}\]){{0,3000}}\](?:{_ADDRESS}|\[[^\[\]\n]{{0,500}}\])? )
    | (?P<unprinted>
        <!--.*?(?:-->|\Z)
      | <(?P<tag>script|style|iframe|object|svg|math|template|title|textarea|select|form|button)\b
        .{{0,20000}}?</(?P=tag)\s*>
      | \$\$.{{1,5000}}?\$\$ | \\\[.{{1,5000}}?\\\] | \\\(.{{1,5000}}?\\\)
      | \$(?!\s)[^$\n]{{1,1000}}(?<!\s)\$(?!\d)
      | \^\[(?P<note>(?:[^\[\]\\]|\\.){{1,3000}})\] | %%[^\n]{{1,1000}}?%%
      | \{{[\w:.-]+\}}`[^`\n]{{0,999}}`
      | \\[A-Za-z]+\*?(?:\[[^\]\n]{{0,200}}\])?(?:\{{[^{{}}\n]{{0,500}}\}})?
      | </?[A-Za-z][^<>]{{0,3000}}> | <[?!][^>]{{0,3000}}> | <[^<>\s@]{{1,200}}@[^<>\s]{{1,200}}>
      | (?<=\]){_ADDRESS} | (?<=\])\[[^\[\]\n]{{0,500}}\] | \[\^[^\]\s]{{1,500}}\] | \[\[[^\]\n]{{0,500}}\]\]
      | \[[^\[\]\n]{{0,200}}@[^\[\]\n]{{0,500}}\] | \[![A-Za-z]+\][+-]?
      | \{{(?:[^{{}}\n]|\{{[^{{}}\n]{{0,500}}\}}){{0,3000}}\}} | (?<![\w/.])-?@[\w:.\#$%&+?<>~/-]+
    )
    """,
    re.X | re.S,
)


@dataclass(frozen=True)
class Stretch:
    """A stretch of the manuscript in its place in the book: a title, and the lines below it.

    lines    as they stand in `file`, the first of them on `line`
    marked   whether it is marked up; plain text is printed as it stands
    """

    title: str
    title_line: int | None
    file: str
    lines: Sequence[str]
    line: int
    marked: bool


def wanted(source: Stretch) -> Iterator[Wanted]:
    """What of a stretch of the manuscript must stand in a book, in order."""
    place = Place(source.file, source.title_line)
    for words in _SCANNER.sub(_printed, source.title).split(_CUT) if source.marked else (source.title,):
        yield Wanted(words, place, single=False)
    turned = ""  # what turns a text that goes on, up to the end of its paragraph
    for line in _read(source.lines) if source.marked else map(_Line, source.lines, count()):
        if _HEADING.match(line.text) and letters(line.text) == letters(source.title):
            continue  # the title again, which is set once
        turned = turned if source.lines[line.number].strip() else ""
        text = f"{turned}{line.text}"
        for words in _TURNED.sub(_CUT, text).split(_CUT):
            yield Wanted(words, Place(source.file, source.line + line.number), line.stands, line.single)
        open_end = _TURNED.search(text[text.rfind(_ENDS_TURN) + 1 :])
        turned = open_end[1] if open_end else ""


@dataclass(frozen=True)
class _Line:
    """What is surely printed of a line: its number, from 0 (of a note that of its first line); see Wanted."""

    text: str
    number: int
    stands: Literal["here", "near", "anywhere"] = "here"
    single: bool = True


def _read(lines: Sequence[str]) -> Iterator[_Line]:
    prose, listings = _apart(lines)
    scanned, notes = _scanned("\n".join(prose))
    note: int | None = None
    for number, (raw, line) in enumerate(zip(prose, scanned.split("\n"), strict=bool(prose))):
        if number in listings:
            yield _Line(
                listings[number], number if note is None else note, "here" if note is None else "anywhere"
            )
            continue
        if _NOTE.match(raw):
            note, line = number, line.partition(":")[2]
        elif raw.strip() and raw[0] not in " \t":
            note = None
        if _BARE_NUMBER.fullmatch(raw) and not (number and prose[number - 1].strip()):
            line = ""
        text = _LEAD.sub("", _CAPTION.sub("", line, count=1), count=1).replace("|", _CUT)
        if note is not None:
            yield _Line(text, note, "anywhere")
        elif _CAPTION.match(raw) or line.startswith(_MOVED):
            yield _Line(text.removeprefix(_MOVED), number, "near")
        else:
            yield _Line(text, number, single="|" not in line)
    for number, words in notes:
        yield _Line(_SCANNER.sub(_printed, words), number, "anywhere")


def _scanned(text: str) -> tuple[str, list[tuple[int, str]]]:
    """What is printed of a text, line by line; and the notes within its lines, each with its line."""
    pieces: list[str] = []
    notes: list[tuple[int, str]] = []
    end = lines = 0
    for found in _SCANNER.finditer(text):
        lines += text.count("\n", end, found.start())
        if found["note"]:
            notes.append((lines, found["note"]))
        lines += found[0].count("\n")
        pieces += (text[end : found.start()], _printed(found))
        end = found.end()
    return "".join((*pieces, text[end:])), notes


def _apart(lines: Sequence[str]) -> tuple[list[str], dict[int, str]]:
    """The lines of running text, others left empty; and those of listings by their number."""
    prose: list[str] = []
    listings: dict[int, str] = {}
    fences: list[str] = []  # those of directives, whose text is text; and at last that of a listing
    in_listing = taken = False
    goes_on = 0  # lines that a definition of a link may go on for: its address, and its title
    for number, line in enumerate(lines):
        fence, kept = _FENCE.match(line), ""
        goes_on = max(0, goes_on - 1) if line.strip() else 0
        if fence and fences and fence["marks"].startswith(fences[-1]) and not fence["info"].strip():
            fences.pop()
            in_listing = False
        elif in_listing:
            if taken and not _PERHAPS_OPTION.match(line):
                listings[number] = line
        elif fence and "`" not in fence["info"]:
            info = fence["info"]
            fences.append(fence["marks"])
            in_listing = not _DIRECTIVE.match(info) or bool(_CODE_DIRECTIVE.match(info))
            taken = not _DRAWN.match(info) and not _PERHAPS_UNPRINTED.match(info)
        elif _UNPRINTED_LINE.fullmatch(line):
            goes_on = _DEFINED_ON if _DEFINITION.match(line) else goes_on
        elif not goes_on:
            kept = line
        prose.append(kept)
    return prose, listings


def _printed(found: re.Match[str]) -> str:
    """What is printed of a piece of markup."""
    if found["code"]:
        return _OTHER.sub(" ", found["literal"])
    if found["link"]:
        return _OTHER.sub(" ", found[0])
    if found["character"]:
        return _OTHER.sub(" ", html.unescape(found[0])).replace("\n", " ")
    if found["escape"]:
        return " "
    breaks = "\n" * found[0].count("\n")
    title = _TITLE.search(found[0]) if found["image"] and _is_alone(found) else None
    # the caption of a figure stands on a line of its own
    if title:
        caption = _OTHER.sub(" ", title["title"]).replace("\n", " ")
        return f"{breaks}{_MOVED}{caption}"
    return f"{_CUT}{breaks}"


def _is_alone(found: re.Match[str]) -> bool:
    """Whether a picture is all that its paragraph holds: then it is a figure, and its title a caption."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    return bool(re.search(r"(?:\A|\n[ \t]*\n)\Z", before[-200:])) and bool(
        re.match(r"(?:\{[^{}\n]*\})?[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z))", after[:3000])
    )
