"""Project Gutenberg's texts: what stands before and after the book, and what that says of it.

https://www.gutenberg.org/help/faq.html: the text stands between two lines of stars; above the first, lines
`Title: …`, `Author: …`, `Language: …` tell what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from recto.forms.list_files import said
from recto.forms.source_file import SourceFile

START = re.compile(r"\s*\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
END = re.compile(r"\s*\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
# said once more by the volunteers, within the stars
_LAST = re.compile(r"\s*End of (?:the |this )?Project Gutenberg.*", re.I)
_CREDITS = re.compile(
    r"\s*(?:Produced by|E-text prepared by|Transcribed (?:from|by)|This etext was)\b.*", re.I
)
_FACT = re.compile(r"(?P<key>Title|Author|Authors|Language):\s*(?P<value>\S.*)")
# as its headers name them: those of nearly all its books
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "finnish": "fi", "dutch": "nl", "italian": "it",
    "spanish": "es", "portuguese": "pt", "hungarian": "hu", "greek": "el", "swedish": "sv", "latin": "la",
    "danish": "da", "polish": "pl", "esperanto": "eo",
}  # fmt: skip
_BREAKS_OFF = re.compile(r"[,:;–—-]$|\b(?:a|an|and|at|by|from|in|of|on|or|the|to|with)$", re.I)
_HEAD = 400  # lines, at most, above the text


def around(lines: list[str]) -> tuple[int, int] | None:
    """The first line of the book and the one after its last, from 0; None for a text of another origin."""
    start = next((n for n, line in enumerate(lines) if START.match(line)), None)
    if start is None:
        return None
    end = next((n for n in range(start + 1, len(lines)) if END.match(lines[n])), len(lines))
    told = _said(lines[:start])
    first = start + 1
    while (past := _past_what_is_told(lines, first, end, told)) > first:
        first = past
    return first, _without_last_words(lines, first, end)


def _past_what_is_told(lines: list[str], first: int, end: int, told: Mapping[str, str]) -> int:
    """Past the first paragraph, where it names the volunteers, or says title and author once more."""
    at = next((n for n in range(first, end) if lines[n].strip()), end)
    past = next((n for n in range(at, end) if not lines[n].strip()), end)
    words = _plain(" ".join(lines[at:past]))
    title, author = _plain(told.get("Title", "")), _plain(told.get("Author", ""))
    again = (title, author, f"by{author}", f"{title}by{author}", f"{title}{author}")
    is_told = at < end and (_CREDITS.match(lines[at]) or (bool(words) and words in again))
    return past if is_told else first


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _without_last_words(lines: list[str], first: int, end: int) -> int:
    last = next((n for n in range(end - 1, first, -1) if lines[n].strip()), first)
    near = range(max(first, last - 3), last + 1)
    return next((n for n in near if _LAST.match(lines[n])), end)


def facts(file: SourceFile) -> Mapping[str, object]:
    """Title, author and language of such a text, as its header has them; nothing of any other."""
    lines = file.lines[:_HEAD]
    start = next((n for n, line in enumerate(lines) if START.match(line)), None)
    found = _said(lines[: start or 0])
    title, subtitle = _parted(found.get("Title", ""))
    authors = tuple(name.strip() for name in found.get("Author", "").split("\n") if name.strip())
    language = _LANGUAGES.get(found.get("Language", "").casefold(), "")
    return said(title=title, subtitle=subtitle, authors=authors, language=language)


def _parted(title: str) -> tuple[str, str]:
    """A title, and the subtitle on the line below it; a line that breaks off goes on there."""
    first, _, more = title.partition("\n")
    if not more or more[0].islower() or _BREAKS_OFF.search(first):
        return " ".join(f"{first} {more}".split()), ""
    return first, " ".join(more.split())


def _said(lines: list[str]) -> dict[str, str]:
    """What the lines of a header say, by their keys; a title may go on below, and authors stand there."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        if match := _FACT.fullmatch(line.strip()):
            below = lines[number + 1] if number + 1 < len(lines) else ""
            more = f"\n{below.strip()}" if below.startswith("  ") and below.strip() else ""
            found.setdefault(match["key"].rstrip("s"), match["value"].strip() + more)
    return found


def is_gutenberg(file: SourceFile) -> bool:
    """Tell whether a text is one of Project Gutenberg's."""
    return any(START.match(line) for line in file.lines[:_HEAD])
