"""The first pass: one section set by itself.

A pure function of the section and the style, so that it can be cached and run in any process. What needs the
rest of the book (numbers, ids, references, images) is left as `data-` attributes for the second pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from recto.cache import Memo, digest
from recto.model import Section
from recto.problems import Problem, error
from recto.typeset import plain
from recto.typeset.source import Source
from recto.typeset.work import DraftMark, Style


@dataclass(frozen=True, slots=True)
class Draft:
    """A section set, before it knows its place in the book.

    `title_html` is its heading as inline XHTML, `title` the same as plain text; `source` is its cleaned text,
    to find lines in.
    """

    section: Section
    html: str
    title_html: str
    title: str
    source: str
    marks: tuple[DraftMark, ...] = ()
    problems: tuple[Problem, ...] = ()


def draft(section: Section, level: int, style: Style, memo: Memo) -> Draft:
    """A section set, by an earlier build where it was; plain text is set faster than looked up."""
    if section.syntax == "text":
        return set_section(section, level, style)

    def make() -> Draft:
        return replace(set_section(section, level, style), section=replace(section, text="", settings={}))

    return replace(memo(digest(section, level, style), make), section=section)


def set_section(section: Section, level: int, style: Style) -> Draft:
    """Set one section; `level` is that of its own heading (1 chapter, 2 section)."""
    try:
        if section.syntax == "text":
            return _set_text(section)
        from recto.typeset.steps import set_markdown  # loads Markdown and Pygments

        return set_markdown(section, level, style)
    except (RecursionError, ValueError) as fault:
        source = Source(section)
        deep = isinstance(fault, RecursionError)
        message = "this section nests too deep to be set" if deep else f"this section can't be set: {fault}"
        problem = error("too-deep", message, section.place, hint="take out levels", subject=source.subject)
        title = Source(replace(section, text=section.title)).text
        return Draft(
            section, "", plain.escape(title), title, source.text, problems=(*source.problems, problem)
        )


def _set_text(section: Section) -> Draft:
    source = Source(section)
    title = Source(replace(section, text=section.title)).text
    html = plain.paragraphs(source.text)
    return Draft(section, html, plain.escape(title), title, source.text, problems=tuple(source.problems))
