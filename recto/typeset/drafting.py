"""Setting one section by itself: as Markdown, or by the means of its form.

What an earlier build set is taken from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

from recto.forms import syntax_of
from recto.model import Section
from recto.problems import error
from recto.store.cache import Memo, digest
from recto.typeset.draft import Draft
from recto.typeset.section_source import Source
from recto.typeset.work import NO_DEFINITIONS, FileDefinitions, Style


def draft(
    section: Section, level: int, style: Style, memo: Memo, file: FileDefinitions = NO_DEFINITIONS
) -> Draft:
    """A section set, by an earlier build where it was; plain text is set faster than looked up."""
    if not syntax_of(section.syntax).is_markdown:
        return set_section(section, level, style)

    def make() -> Draft:
        return replace(
            set_section(section, level, style, file), section=replace(section, text="", settings={})
        )

    return replace(memo(digest(section, level, style, file), make), section=section)


def set_section(section: Section, level: int, style: Style, file: FileDefinitions = NO_DEFINITIONS) -> Draft:
    """Set one section; `level` is that of its own heading (1 chapter, 2 section)."""
    try:
        if xhtml := syntax_of(section.syntax).xhtml:
            return _set_plainly(section, xhtml)
        from recto.typeset.markdown_steps import set_markdown  # loads Markdown and Pygments

        return set_markdown(section, level, style, file)
    except (RecursionError, ValueError) as fault:
        source = Source(section)
        deep = isinstance(fault, RecursionError)
        message = "this section nests too deep to be set" if deep else f"this section can't be set: {fault}"
        problem = error("too-deep", message, section.place, hint="take out levels", subject=source.subject)
        title = Source(replace(section, text=section.title)).text
        return Draft(
            section, "", escape(title, quote=False), title, source.text, problems=(*source.problems, problem)
        )


def _set_plainly(section: Section, xhtml: Callable[[str], str]) -> Draft:
    """A section whose form sets its text by itself; its title says what it says."""
    source = Source(section)
    title = Source(replace(section, text=section.title)).text
    return Draft(
        section,
        xhtml(source.text),
        escape(title, quote=False),
        title,
        source.text,
        problems=tuple(source.problems),
    )
