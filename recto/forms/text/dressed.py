"""What people put around the headings of a plain text, and what comes along with a pasted one.

Lines below headings, signs around them, a list of contents of the text's own, page numbers: taken off,
each on its line, so that the places of all else stay. What is left out is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from recto.forms.naming.heading_text import numeral, read_heading
from recto.forms.naming.matter import reserved
from recto.forms.source_file import SourceFile
from recto.forms.stops import FULL_STOPS
from recto.forms.text.page_marks import leave_out_page_marks, stands_alone
from recto.forms.text.title_page import leave_out_title_page
from recto.problems import Problem, warning

_LONGEST = 200  # characters of a heading
_UNDERLINE = re.compile(r"\s*([=\-~*_#])\1{2,}\s*")
_MARKED_UP = re.compile(r"\s*#{1,6}[ \t]+(?P<words>[^\s#].*?)(?:[ \t]+#+)?\s*")  # as in Markdown
_SIGNS = r"[=\-~*_#+<>|@]"
_DRESSED = re.compile(
    rf"\s*(?P<open>({_SIGNS})\2{{0,19}})[ \t]*"
    rf"(?P<words>[^\s=\-~*_#+<>|@].*?)[ \t]*(?P<close>{_SIGNS}{{0,20}})\s*"
)
_COUNTED = re.compile(r"\w+[.):]\s")  # `3. Nets`, beside `12 Angry Men`
_LEADERS = re.compile(r"(?:[ .·…_\t]{2,200}|\t)(?:\d{1,4}|[ivxl]{1,7})\s*$")
_SENTENCE_END = re.compile(rf"[{FULL_STOPS};,:][\"'”’»)\]]*\s*$")
_LONGEST_TITLE = 80
_LONGEST_NUMBER = 20  # `Twenty-three.`
_FEWEST = 2  # lines of a list of contents


def undressed(file: SourceFile) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A text file with its headings bare, and what was left out of it; as many lines as there were."""
    problems = [*_told_of_markdown(file)]
    bare = _without_marks(file.lines)
    leave_out_page_marks(bare, file, problems)  # first: a number above a running head is no chapter
    if not file.name:  # one file is the whole book
        leave_out_title_page(bare, file, problems)
    lines = _with_titles_apart(_with_titles(bare))
    _leave_out_contents(lines, file, problems)
    return replace(file, text="\n".join(lines)), tuple(problems)


def _without_marks(lines: list[str]) -> list[str]:
    """The lines with no rule below a heading, no asterisks or the like around one, and no # before it."""
    made = list(lines)
    for number, line in enumerate(lines):
        made[number] = _dressed(line) or line
        above = lines[number - 1] if number else ""
        before = lines[number - 2] if number > 1 else ""
        if _UNDERLINE.fullmatch(line) and not before.strip() and _is_heading(above):
            made[number] = ""
    return made


def _dressed(line: str) -> str:
    """The words of a heading between signs that match, or behind those of Markdown; "" for any other line."""
    if len(line) > _LONGEST:
        return ""
    found = _MARKED_UP.fullmatch(line)
    if found is None and (found := _DRESSED.fullmatch(line)):
        found = found if found["close"] == found["open"].replace("<", ">") else None
    if found is None:
        return ""
    words = found["words"]
    heading = read_heading(words)
    said = heading and (heading.kind != "chapter" or heading.worded or not heading.title)
    return words if said or (heading and _COUNTED.match(words)) else ""


def _told_of_markdown(file: SourceFile) -> Iterator[Problem]:
    """A warning for a text whose headings are Markdown's, which is set as typed but for them."""
    for line, words in enumerate(file.lines, 1):
        if _MARKED_UP.fullmatch(words[:_LONGEST]) and _dressed(words):
            message = (
                "headings are marked with # in this text, as in Markdown; all else is set as it is typed"
            )
            hint = "if it is Markdown, let the name of the file end in .md"
            yield warning("markup-unknown", message, file.at(line), hint=hint, subject="#")
            return


def _with_titles(lines: list[str]) -> list[str]:
    """The lines with the title of a chapter beside its number, where it stands on the line below."""
    made = list(lines)
    for number in range(len(lines) - 1):
        line, below = lines[number].strip(), lines[number + 1].strip()
        around = (lines[number - 1] if number else "", lines[number + 2] if number + 2 < len(lines) else "")
        if not line or not 0 < len(below) <= _LONGEST_TITLE or any(each.strip() for each in around):
            continue
        if _wants_title(line) and not _SENTENCE_END.search(below):
            made[number], made[number + 1] = f"{line.rstrip('.:')}: {below}", ""
    return made


def _with_titles_apart(lines: list[str]) -> list[str]:
    """The same, where a blank line parts the two: in a text in which every such chapter has its title so."""
    alone = [number for number, line in enumerate(lines) if line.strip() and stands_alone(lines, number)]
    worded = [number for number in alone if _wants_title(lines[number].strip())]
    bare = worded or [number for number in alone if _is_number(lines[number].strip())]
    titles = [_title_apart(lines, number) for number in bare]
    if len(bare) < _FEWEST or not all(titles):
        return lines
    made = list(lines)
    for number, below in zip(bare, titles, strict=True):
        sign = ":" if worded else "."
        made[number], made[below] = f"{lines[number].strip().rstrip('.:)')}{sign} {lines[below].strip()}", ""
    return made


def _is_number(line: str) -> bool:
    return len(line) <= _LONGEST_NUMBER and numeral(line.rstrip(".)")) is not None


def _title_apart(lines: list[str], chapter: int) -> int:
    """Where the first line below a chapter stands if it is a title: short, alone, with text below; else 0."""
    filled = [number for number in range(chapter + 1, min(chapter + 9, len(lines))) if lines[number].strip()]
    if len(filled) < 2 or not stands_alone(lines, filled[0]):
        return 0
    title, text = lines[filled[0]].strip(), lines[filled[1]].strip()
    is_title = len(title) <= _LONGEST_TITLE and title[0].isalnum() and not title[0].islower()
    if not is_title or _SENTENCE_END.search(title) or _is_heading(title) or _is_heading(text):
        return 0
    return filled[0]


def _wants_title(line: str) -> bool:
    """True for `Chapter 3`, without a title."""
    heading = read_heading(line) if 0 < len(line) <= _LONGEST_TITLE else None
    return bool(heading and heading.worded and not heading.title)


def _is_heading(words: str) -> bool:
    """True for a line with a number, or with a name that books know."""
    return len(words) <= _LONGEST and read_heading(words) is not None


def _leave_out_contents(lines: list[str], file: SourceFile, problems: list[Problem]) -> None:
    """Blank the list of contents that a text has of its own: every line of it stands again further down."""
    start = next((n for n, line in enumerate(lines) if reserved(line.strip()) == "contents"), None)
    if start is None:
        return
    last = {_plain(line): number for number, line in enumerate(lines) if line.strip()}
    listed: list[int] = []
    for number in range(start + 1, len(lines)):
        if not lines[number].strip():
            continue
        if last.get(_plain(lines[number]), number) <= number or not _is_entry(lines[number]):
            break
        listed.append(number)
    if len(listed) < _FEWEST:
        return
    for number in (start, *listed):
        lines[number] = ""
    message = f"the list of contents was left out, {len(listed)} lines: Recto makes its own"
    hint = "delete it, so that it can't be taken for text"
    problems.append(warning("contents-left-out", message, file.at(start + 1), hint=hint, subject="contents"))


def _is_entry(line: str) -> bool:
    words = _LEADERS.sub("", line)
    return _is_heading(words) or (len(words) <= _LONGEST and not _SENTENCE_END.search(words))


def _plain(line: str) -> str:
    return " ".join(_LEADERS.sub("", line).split()).casefold()
