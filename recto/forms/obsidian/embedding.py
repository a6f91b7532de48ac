"""What `![[note#heading]]` and `![[note#^block]]` stand for: a section or a paragraph of another note.

https://help.obsidian.md/embeds
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import with_code
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile

_MOST_LINES = 500  # a longer section is a text of its own


def embedded(file: SourceFile, inside: str) -> list[str]:
    """The lines that are put in the place of an embed, [] where there are none such, or too many."""
    lines = file.lines[read_front_matter(file)[0].body_line - 1 :]
    found = _block(lines, inside[1:]) if inside.startswith("^") else list(_section(lines, inside))
    return found if len(found) <= _MOST_LINES else []


def _block(lines: Sequence[str], name: str) -> list[str]:
    """The paragraph or item with an id at its end, or the block above a line of the id alone."""
    ends = re.compile(rf"(?P<words>.*?)(?:^|[ \t])\^{re.escape(name)}[ \t]*")
    at = next((number for number, line in enumerate(lines) if ends.fullmatch(line)), None)
    if at is None:
        return []
    last = ends.fullmatch(lines[at])
    words = last["words"] if last else ""
    above = at - 1
    while not words and above >= 0 and not lines[above].strip():
        above -= 1
    first = above + 1
    while first > 0 and lines[first - 1].strip() and not re.match(r"\s*[-*+] ", words):
        first -= 1
    return [*lines[first : above + 1], *([words] if words else ())]


def _section(lines: Sequence[str], heading: str) -> Iterator[str]:
    """The lines below a heading, up to the next of its level; headings among them are words in bold."""
    wanted, level = _plain(heading.rpartition("#")[2]), 0
    for line, _, code in with_code((line, 0) for line in lines):
        found = None if code else atx_heading(line)
        if found and level and found.level <= level:
            return
        if level:
            yield f"**{found.words}**" if found and found.words else line
        elif found and _plain(found.words) == wanted:
            level = found.level


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
