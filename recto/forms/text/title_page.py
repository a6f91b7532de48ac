"""The title page of a typed text: its first lines, `The Salt Road`, `A Novel`, `by Maren Oakley`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recto.forms.list_files import said
from recto.forms.naming.heading_text import read_heading
from recto.forms.naming.matter import reserved, role_of
from recto.forms.naming.own_words import is_counted_by_word
from recto.forms.source_file import SourceFile
from recto.forms.stops import CLAUSE_END
from recto.problems import Problem, warning

_MOST_LINES, _LONGEST = 4, 80  # title, two lines of a subtitle, author; characters of each
_MOST_DEDICATED = 3  # lines below the author
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\s+(?P<names>\S.*)", re.IGNORECASE)
_LOWER = re.compile(r"\b[^\W\d_A-Z]\w{4,}")  # a long word without a capital: no title, but `For my mother`
_RULE = re.compile(r"([=\-~*_#])\1{2,}")
_FIRST = re.compile(r"(?:1|I|one|first)(?:[.):]?|[.):]\s+\S.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]\S*(?:\s+\S+){0,5}")
_AND = re.compile(r"(?<!\s)\s*(?:,|&|\b(?:and|und|et|y|e|en|och|og)\b)\s*")


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What stands there: words and, counted from 1, the last of its lines."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    last_line: int


def title_page(lines: Sequence[str]) -> TitlePage | None:
    """The title page that a text begins with: nothing else stands before its first heading.

    It ends with its author; or it is one line alone, worded as a title in English is.
    """
    found: list[str] = []
    last = 0
    for number, line in enumerate(lines, 1):
        words = _undecorated(line)
        if not words or _RULE.fullmatch(line.strip()):
            last = number if words and found else last
            continue
        if len(words) > _LONGEST or (not found and _BY.fullmatch(words)):
            return None
        if _is_heading(words):
            is_title = len(found) == 1 and _LOWER.search(found[0]) is None
            return TitlePage(found[0], "", (), last) if is_title else None
        by = _BY.fullmatch(words)
        names = tuple(filter(None, _AND.split(by["names"]))) if by else ()
        if names and all(_NAME.fullmatch(name) and not name[0].islower() for name in names):
            return TitlePage(found[0], " ".join(found[1:]), names, number) if _ends(lines[number:]) else None
        if CLAUSE_END.search(words) or len(found) + 1 == _MOST_LINES:
            return None
        found.append(words)
        last = number
    return None


def _undecorated(line: str) -> str:
    """A line without the asterisks around it."""
    return line.strip().strip("*_").strip() or line.strip()


def _ends(lines: Sequence[str]) -> bool:
    """Whether a heading follows the author, or follows a dedication, which stays text."""
    following = (each.strip() for each in lines if each.strip())
    for words, _ in zip(following, range(_MOST_DEDICATED + 1), strict=False):
        if _is_heading(words):
            return True
        if len(words) > _LONGEST or CLAUSE_END.search(words):
            return False
    return False


def title_facts(file: SourceFile) -> Mapping[str, object]:
    """What the title page says, by the keys of `[book]`."""
    page = title_page(file.lines)
    if page is None:
        return {}
    return said(title=page.title, subtitle=page.subtitle, authors=page.authors)


def leave_out_title_page(lines: list[str], file: SourceFile, problems: list[Problem]) -> None:
    """Blank the title page of a text that is the whole book: Recto makes one of what it says."""
    page = title_page(file.lines)
    if page is None:
        return
    lines[: page.last_line] = [""] * page.last_line
    by = f" by {' and '.join(page.authors)}" if page.authors else ""
    message = f"“{page.title}”{by}: taken for the title page, which Recto makes"
    hint = "to say it otherwise, write title and authors in book.toml under [book]"
    problems.append(warning("title-page", message, file.at(1), hint=hint, subject=page.title))


def _is_heading(words: str) -> bool:
    heading = read_heading(words)
    numbered = heading is not None and (heading.worded or heading.kind == "section")
    numbered = numbered or is_counted_by_word(words)
    return numbered or bool(_FIRST.fullmatch(words)) or bool(reserved(words)) or role_of(words) is not None
