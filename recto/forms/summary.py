"""SUMMARY.md: the contents of a book as a list of links, in which three tools keep their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from recto.forms.atx_headings import atx_heading
from recto.forms.source_file import SourceFile

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<rest>\S.*)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_LINK = re.compile(
    r"\[(?P<title>(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]"
    r"\((?P<target><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\s*\)"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of a summary.

    kind    `item` of a list, `link` outside of one, `heading` or `rule`
    level   how deep an item is nested, from 1; of a heading its level
    target  where the link leads, "" for a draft; None for an item without a link
    """

    kind: Literal["item", "link", "heading", "rule"]
    level: int
    title: str
    target: str | None
    line: int


def summary_lines(file: SourceFile) -> Iterator[SummaryLine]:
    """The lines of a summary that say anything."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), file.text)
    indents: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if _RULE.fullmatch(line):
            yield SummaryLine("rule", 0, "", None, number)
        elif heading := atx_heading(line):
            indents.clear()
            yield SummaryLine("heading", heading.level, heading.words, None, number)
        elif found := _ITEM.fullmatch(line):
            indent = len(found["indent"].expandtabs(4))
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            link = _LINK.search(found["rest"])
            title, target = (link["title"], _path(link["target"])) if link else (found["rest"].strip(), None)
            yield SummaryLine("item", len(indents), title.strip(), target, number)
        elif found := _LINK.search(line):
            indents.clear()
            yield SummaryLine("link", 1, found["title"].strip(), _path(found["target"]), number)


def _path(target: str) -> str:
    return unquote(target.strip("<>").strip())
