"""Setting a section of Markdown: read, then changed step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from recto import xhtml
from recto.galley import INDEX_MARK
from recto.model import Section
from recto.typeset import blocks, figures, markup, plain
from recto.typeset.attributes import attributes
from recto.typeset.draft import Draft
from recto.typeset.east_asian import join_lines
from recto.typeset.headings import headings
from recto.typeset.listings import listings
from recto.typeset.marked import marked
from recto.typeset.nesting import nesting
from recto.typeset.notes import notes
from recto.typeset.punctuation import punctuate
from recto.typeset.source import Source
from recto.typeset.work import FileDefinitions, Style, Work, is_block

# The steps on the tree, in order: each needs what those before it did.
STEPS: tuple[Callable[[Work], None], ...] = (
    marked,
    attributes,
    nesting,
    notes,
    figures.formulas,
    figures.images,
    figures.captions,
    listings,
    blocks.tables,
    blocks.epigraphs,
    blocks.poems,
    blocks.alerts,
    blocks.admonitions,
    blocks.task_lists,
    headings,
    join_lines,
    punctuate,
    blocks.lone_marks,
)


def set_markdown(section: Section, level: int, style: Style, file: FileDefinitions) -> Draft:
    """A section of Markdown set. Raises RecursionError or ValueError where it can't be."""
    source = Source(section)
    work = Work(xhtml.element("div"), source, style, level, file=file)
    work.abbreviations = dict((*style.abbreviations, *file.abbreviations))
    work.file_notes = {name: (text, line) for name, text, line in file.notes}
    markup.read(source.text, work)
    title_html, title = _set_title(section, work)
    for step in STEPS:
        step(work)
    abbreviations = {"".join(each.itertext()) for each in work.root.iter("abbr")}
    problems = (*source.problems, *work.problems)
    html = xhtml.serialize(work.root)
    return Draft(
        section,
        html,
        title_html,
        title,
        source.text,
        tuple(work.marks),
        problems,
        defines=(
            *(("note", name, line) for name, line in work.notes.items()),
            *(("abbreviation", name, line) for name, line in work.abbreviation_lines.items()),
        ),
        uses=frozenset(
            (*(("note", name) for name in work.called), *(("abbreviation", name) for name in abbreviations))
        ),
    )


def _set_title(section: Section, body: Work) -> tuple[str, str]:
    """The heading as XHTML and as plain text; its index marks go to the beginning of the section's text."""
    if not section.title:
        return "", ""
    line = section.place.line or section.text_line
    source = Source(replace(section, text=section.title, text_line=line))
    work = Work(xhtml.element("div"), source, body.style, body.level, marks=body.marks)
    work.abbreviations, work.references = body.abbreviations, body.references
    markup.read_line(source.text, work, line)
    for block in list(work.root.iterdescendants()):
        if is_block(block):  # a title is one line: neither its paragraph nor raw HTML makes it more
            xhtml.unwrap(block)
    marked(work)
    attributes(work)
    punctuate(work)
    body.problems.extend((*source.problems, *work.problems))
    moved = xhtml.element("p")
    for mark in work.blocks("span"):
        if number := mark.attrib.pop("data-mark", ""):
            moved.append(xhtml.element("span", {"class": INDEX_MARK, "data-mark": number}))
            xhtml.unwrap(mark)
    if len(moved):
        body.root.insert(0, moved)
        moved.tail, body.root.text = body.root.text, None
    return xhtml.serialize(work.root), plain.words(work.root)
