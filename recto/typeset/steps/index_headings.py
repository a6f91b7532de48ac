"""Headings of the index: Markdown as the text that they stand in, told as words and as XHTML."""

from __future__ import annotations

import re
from dataclasses import replace

from recto.notations import xhtml
from recto.typeset import markup
from recto.typeset.mark_grammar import Mark
from recto.typeset.plain_titles import plain_title
from recto.typeset.work import DraftMark, Work

_SIGNS = re.compile(r"[*_~^`\\&<\[]")
# what a heading keeps; an index sets its headings in one face, so that code in them is code no longer
_KEPT = frozenset("em strong i b sub sup del ins s small cite dfn q bdi bdo".split())


def index_headings(work: Work) -> None:
    """Read the headings of every mark: the index finds and sorts them by words, and prints them as set."""
    work.marks[:] = [DraftMark(_read(each.mark, each.line, work), each.line) for each in work.marks]


def _read(mark: Mark, line: int | None, work: Work) -> Mark:
    if not mark.is_markdown:
        terms = tuple(term.replace("`", "") for term in mark.terms)
        return replace(mark, terms=terms)
    read = [_inline(term, line, work) for term in mark.terms]
    return replace(
        mark,
        terms=tuple(words or term for (words, _), term in zip(read, mark.terms, strict=True)),
        shown=tuple(html for _, html in read),
        sort_keys=tuple(_inline(key, line, work)[0] for key in mark.sort_keys),
        target=_inline(mark.target, line, work)[0],
        is_markdown=False,
    )


def _inline(text: str, line: int | None, work: Work) -> tuple[str, str]:
    """The words of a heading, and the heading as XHTML, "" where that is the same."""
    if not _SIGNS.search(text):
        return text, ""
    made = Work(xhtml.element("div"), work.source, work.style, work.level)
    markup.read_line(text, made, line or work.source.section.text_line)
    for element in list(made.root.iterdescendants()):
        element.attrib.clear()
        if element.tag not in _KEPT:
            xhtml.unwrap(element)
    return plain_title(made.root), xhtml.serialize(made.root).strip() if len(made.root) else ""
