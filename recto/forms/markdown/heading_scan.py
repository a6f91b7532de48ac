"""Finds the headings of a Markdown file, ATX and Setext, outside code, comments and raw HTML."""

from __future__ import annotations

import re

from recto.forms.source_file import SourceFile, SourceHeading
from recto.problems import Problem, warning

_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=|-)(?P=mark)+[ \t]*")
# a fence may open on the very line on which an item does
_FENCE = re.compile(r"\s*(?P<items>(?:(?:[-*+]|\d{1,9}[.)])\s+)*)(?P<marks>`{3,}|~{3,})(?P<info>.*)")
_RAW = re.compile(r" {0,3}<(?:!--|(?P<tag>pre|script|style|textarea)\b)", re.I)
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)])(?: {1,4}(?=\S)| )")
_NEAR = 100  # lines above one, to see whether it stands in a list
_ATTRIBUTES = re.compile(r"\s*\{:?[ \t]*(?P<list>[#.][^{}]*)\}\s*$")
_UNNUMBERED = re.compile(r"\s*\{-\}\s*$")
_ID = re.compile(r"#([^\s.}]+)")
# What can stand above a line of hyphens without being a heading: a list, a quotation, a table …
_NO_SETEXT = re.compile(r" {4}|\t| {0,3}(?:[-*+>|#<`~]|\d{1,9}[.)]\s)|\s*$")


def scan(file: SourceFile, first: int) -> tuple[list[SourceHeading], tuple[Problem, ...]]:
    """The headings of a file from line `first` on, in order; a fence that never closes is told."""
    lines = file.lines
    headings: list[SourceHeading] = []
    problems: list[Problem] = []
    fence, opened, indent = "", 0, 0  # `indent`: that of the item of a list which a fence can't outlast
    hidden = ""  # what ends a comment, or a block of raw HTML
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if fence and (not line.strip() or _indent(line) >= indent):
            fence = "" if _closes(line, fence) else fence
            continue
        if fence:
            problems.append(_unclosed(file, fence, opened))
            fence = ""
        if hidden:
            hidden = "" if hidden in line.lower() else hidden
            continue
        if found := _opens(line):
            fence, opened, indent = found, number, _of_item(lines, number)
            continue
        hidden = _hides(lines, number)
        if heading := _heading_at(lines, number, first):
            headings.append(heading)
    if fence:
        problems.append(_unclosed(file, fence, opened))
    return headings, tuple(problems)


def _unclosed(file: SourceFile, fence: str, line: int) -> Problem:
    message = f"the code block that begins here with {fence} is never closed"
    return warning("unclosed-fence", message, file.at(line), hint=f"put a line {fence} where the code ends")


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _of_item(lines: list[str], number: int) -> int:
    """How far what belongs to the item of a list is indented that a line stands in; 0 for one in no list."""
    found = _FENCE.fullmatch(lines[number - 1])
    if found and found["items"]:
        return len(lines[number - 1][: found.end("items")].expandtabs(4))
    own = _indent(lines[number - 1])
    for line in reversed(lines[max(0, number - _NEAR) : number - 1] if own > 1 else ()):
        if line.strip() and _indent(line) < own:
            found = _ITEM.match(line.expandtabs(4))
            return len(found[0]) if found and len(found[0]) <= own else 0
    return 0


def _opens(line: str) -> str:
    """The marks of the fence that a line opens, "" where it opens none."""
    found = _FENCE.fullmatch(line)
    if not found or (found["marks"][0] == "`" and "`" in found["info"]):
        return ""
    return found["marks"]


def _hides(lines: list[str], number: int) -> str:
    """What ends the comment or block of raw HTML a line begins; "" where none does or it never ends."""
    found = _RAW.match(lines[number - 1])
    if found is None:
        return ""
    end = f"</{found['tag'].lower()}>" if found["tag"] else "-->"
    if end in lines[number - 1].lower():
        return ""
    return end if any(end in line.lower() for line in lines[number:]) else ""


def _closes(line: str, fence: str) -> bool:
    marks = line.strip()
    return len(marks) >= len(fence) and set(marks) == {fence[0]}


def _heading_at(lines: list[str], number: int, first: int) -> SourceHeading | None:
    line = lines[number - 1]
    if found := _ATX.fullmatch(line):
        if _of_item(lines, number):
            return None  # a heading within a list divides no file
        return _heading(len(found["marks"]), found["words"], number, number + 1)
    below = lines[number] if number < len(lines) else ""
    underline = _UNDERLINE.fullmatch(below)
    if underline is None or (_NO_SETEXT.match(line) and not _numbered(line, underline["mark"])):
        return None
    above = lines[number - 2] if number > first else ""
    if above.strip() and not _ATX.fullmatch(above) and not _UNDERLINE.fullmatch(above):
        return None  # the last line of a paragraph, not a heading
    return _heading(1 if underline["mark"] == "=" else 2, line.strip(), number, number + 2)


def _numbered(line: str, mark: str) -> bool:
    """`4. Title` over a line of `=` is a heading, though it could begin a list."""
    return mark == "=" and bool(re.match(r" {0,3}\d{1,4}[.)]\s", line))


def _heading(level: int, words: str, line: int, text_line: int) -> SourceHeading | None:
    anchor, numbered = "", True
    if found := _UNNUMBERED.search(words):  # Pandoc's `{-}`
        words, numbered = words[: found.start()], False
    if found := _ATTRIBUTES.search(words):
        words = words[: found.start()]
        given = _ID.search(found["list"])
        anchor = given[1] if given else ""
        numbered = numbered and ".unnumbered" not in found["list"].split()
    if not words.strip():
        return None
    return SourceHeading(level, words.strip(), anchor, line, text_line, numbered)
