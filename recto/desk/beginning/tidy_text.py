"""The texts of a tidy folder: headings as they are typed, front matter, definitions, the names of files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from recto.model import Section

_OURS = frozenset(("title", "number", "id", "role", "part"))  # of front matter: said in another way
_DEFINITION = re.compile(r"^ {0,3}\[(\^?[^\]\n]{1,300})\]:")
_ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:")
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class TidyHeading:
    """A heading of the book with the text below it; `number` is "" for one without."""

    level: int
    number: str
    title: str
    section: Section
    role: str = ""


def grouped(headings: Sequence[TidyHeading]) -> Iterator[list[TidyHeading]]:
    """Headings that stood in one file in a row; one with front matter of its own begins another file."""
    group = list(headings[:1])
    for former, each in pairwise(headings):
        together = former.section.place.file == each.section.place.file
        if together and former.section.syntax == each.section.syntax and not _settings(each.section):
            group.append(each)
        else:
            yield group
            group = [each]
    if group:
        yield group


def _settings(section: Section) -> dict[str, object]:
    return {key: value for key, value in section.settings.items() if key not in _OURS}


def front_matter(heading: TidyHeading, *, typed: bool) -> str:
    """The front matter of a file, as its first heading had it; with `typed`, what part of the book it is."""
    settings = _settings(heading.section)
    if heading.role and typed and heading.role != "opening":
        settings = {"role": heading.role, **settings}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items()]
    return f"---\n{''.join(lines)}---\n\n" if lines else ""


def typed_heading(heading: TidyHeading, level: int, *, typed: bool) -> str:
    """A heading of Markdown."""
    number = heading.number if typed else ""
    if typed and heading.role == "opening":
        return ""
    if number and heading.level == 1:
        word = "Chapter" if number.isdecimal() else "Appendix"
        words = f"{word} {number}: {heading.title}" if heading.title else f"{word} {number}"
    else:
        words = f"{number} {heading.title}".strip()
    anchor = f" {{#{heading.section.anchor}}}" if heading.section.anchor else ""
    return f"{'#' * min(level, 6)} {words}{anchor}" if words else ""


def plain_heading(heading: TidyHeading, *, typed: bool) -> str:
    """A heading of plain text; where a list gives the order it has the title, too."""
    if not typed or heading.role == "opening":
        return ""
    if heading.level > 1:
        return f"{heading.number} {heading.title}".strip()
    bare = replace(heading, section=replace(heading.section, anchor=""))
    return typed_heading(bare, 1, typed=True).removeprefix("# ")


def definitions_in(text: str) -> Iterator[tuple[str, str]]:
    """The definitions of a text by the names that they are used by, each with its indented lines."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if found := _DEFINITION.match(line):
            block = [line, *takewhile(_goes_on, lines[number + 1 :])]
            yield found[1].casefold(), "\n".join(block).rstrip()
        elif found := _ABBREVIATION.match(line):
            yield f"*{found[1]}", line


def _goes_on(line: str) -> bool:
    """Whether a line may be one of the definition above it."""
    return not line.strip() or line.startswith(("    ", "\t"))


def stem_of(number: str) -> str:
    """What the name of a file begins with, so that names are in the order of numbers: `03-02`."""
    parts = number.split(".") if number else []
    return "-".join(f"{int(part):02}" if part.isdecimal() else part.lower() for part in parts)


def is_used(text: str, name: str) -> bool:
    """Whether a text uses a definition."""
    if name.startswith("*"):
        return re.search(rf"(?<!\w){re.escape(name[1:])}(?!\w)", text) is not None
    return f"[{name}]" in text.casefold()


def file_name(stem: str, title: str) -> str:
    """The name of a file, without its ending, of what its name begins with and of a title."""
    words = re.sub(r"[^\w]+", "-", re.sub(r"[*_`\[\]]", "", title).casefold()).strip("-_")[:_LONGEST_NAME]
    return "-".join(filter(None, (stem, words.strip("-")))) or "untitled"
