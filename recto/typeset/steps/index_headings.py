"""Headings of the index, of marks and of the author's list: Markdown, told as words and as XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from recto.model import Section
from recto.notations import xhtml
from recto.problems import Place
from recto.settings.config import Term
from recto.typeset import markup
from recto.typeset.mark_grammar import Mark
from recto.typeset.plain_titles import formula_words, plain_title
from recto.typeset.section_source import Source
from recto.typeset.steps.punctuation import punctuate
from recto.typeset.work import DraftMark, Style, Work

# what makes more of a heading than its words: markup, and what punctuation is made of
_SIGNS = re.compile(r"[*_~^`\\&<\[$\"'\u00ad]|--|\.\.\.")
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


def read_terms(terms: Iterable[Term], style: Style) -> tuple[Term, ...]:
    """The author's list with its headings read: `shown` is how they are set, the rest is words."""
    section = Section("chapter", None, "", "text", "", Place(""), 1, 1)
    work = Work(xhtml.element("div"), Source(section), style, 1)

    def words(headings: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_inline(heading, 1, work)[0] for heading in headings)

    def read(term: Term) -> Term:
        levels = [[_inline(level, 1, work) for level in path.split("!")] for path in (term.term, term.sub)]
        term_words, sub = ("!".join(told for told, _ in path) for path in levels)
        return replace(
            term,
            term=term_words,
            sub=sub,
            takes=words(term.takes),
            see=words(term.see),
            see_also=words(term.see_also),
            shown=tuple(html for path in levels for told, html in path if told.strip()),
        )

    return tuple(map(read, terms))


def _inline(text: str, line: int | None, work: Work) -> tuple[str, str]:
    """The words of a heading, and the heading as XHTML, "" where that is the same."""
    if not _SIGNS.search(text):
        return text, ""
    made = Work(xhtml.element("div"), work.source, work.style, work.level)
    markup.read_line(text, made, line or work.source.section.text_line)
    words = plain_title(made.root)
    punctuate(made)
    for element in list(made.root.iterdescendants()):
        element.text = element.text or element.get("alt") or formula_words(element) or None
        element.attrib.clear()
        if element.tag not in _KEPT:
            xhtml.unwrap(element)
    html = xhtml.serialize(made.root).strip()
    return words, "" if html == escape(words, quote=False) else html
