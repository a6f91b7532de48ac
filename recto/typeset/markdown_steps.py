"""Setting a section of Markdown: read, then changed step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from recto.galley import INDEX_MARK
from recto.model import Section
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset import markup
from recto.typeset.draft import Draft
from recto.typeset.plain_titles import plain_title
from recto.typeset.section_source import Source
from recto.typeset.steps import figures, kinds_of_block
from recto.typeset.steps.attribute_lists import attributes
from recto.typeset.steps.dangling import dangling
from recto.typeset.steps.descriptions import descriptions, no_descriptions
from recto.typeset.steps.directions import directions
from recto.typeset.steps.editions import for_editions
from recto.typeset.steps.heading_levels import headings
from recto.typeset.steps.index_headings import index_headings
from recto.typeset.steps.joined_lines import join_lines
from recto.typeset.steps.listings import listings
from recto.typeset.steps.marked import marked
from recto.typeset.steps.nesting import nesting
from recto.typeset.steps.notes import gather_notes, notes
from recto.typeset.steps.own_notes import own_notes
from recto.typeset.steps.punctuation import punctuate
from recto.typeset.work import FileDefinitions, Style, Work, is_block

# The steps on the tree, in order: each needs what those before it did.
STEPS: tuple[Callable[[Work], None], ...] = (
    marked,
    attributes,
    nesting,
    dangling,
    own_notes,
    gather_notes,
    figures.formulas,
    figures.images,
    figures.captions,
    descriptions,
    notes,
    listings,
    kinds_of_block.tables,
    kinds_of_block.epigraphs,
    kinds_of_block.poems,
    kinds_of_block.alerts,
    kinds_of_block.admonitions,
    kinds_of_block.task_lists,
    headings,
    for_editions,
    join_lines,
    punctuate,
    directions,
    kinds_of_block.lone_marks,
)


def set_markdown(section: Section, level: int, style: Style, file: FileDefinitions) -> Draft:
    """A section of Markdown set. Raises RecursionError or ValueError where it can't be."""
    source = Source(section)
    work = Work(xhtml.element("div"), source, style, level, file=file)
    work.abbreviations = dict((*style.abbreviations, *file.abbreviations))
    work.file_notes = {name: (text, line) for name, text, line in file.notes}
    markup.read(source.text, work)
    _read_title(section, work)
    for step in STEPS:
        step(work)
    index_headings(work)
    abbreviations = {xhtml.words(each) for root in (work.title, work.root) for each in root.iter("abbr")}
    problems = (*source.problems, *work.problems)
    html = xhtml.serialize(work.root)
    return Draft(
        section,
        html,
        xhtml.serialize(work.title),
        plain_title(work.title),
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


def _read_title(section: Section, body: Work) -> None:
    """Read the heading into `body.title`; its index marks go to the beginning of the section's text."""
    if not section.title:
        return
    line = section.place.line or section.text_line
    source = Source(replace(section, text=section.title, text_line=line))
    work = Work(body.title, source, body.style, body.level, marks=body.marks, file=body.file)
    work.abbreviations, work.references = body.abbreviations, body.references
    work.notes, work.file_notes = body.notes, body.file_notes
    markup.read_line(source.text, work, line)
    for block in list(work.root.iterdescendants()):
        if is_block(block) and block.get("data-label") is None and not _in_note(block):
            xhtml.unwrap(block)  # a title is one line: no raw HTML makes it more
    for step in (marked, attributes, figures.images, no_descriptions, for_editions, punctuate):
        step(work)
    _enclose(work.root)
    body.problems.extend((*source.problems, *work.problems))
    moved = xhtml.element("p")
    for mark in work.blocks("span"):
        if number := mark.attrib.pop("data-mark", ""):
            moved.append(xhtml.element("span", {"class": INDEX_MARK, "data-mark": number}))
            xhtml.unwrap(mark)
    if len(moved):
        body.root.insert(0, moved)
        moved.tail, body.root.text = body.root.text, None


def _in_note(block: Element) -> bool:
    return any(above.get("data-label") is not None for above in block.iterancestors("aside"))


def _enclose(title: Element) -> None:
    """Give what a list says of a title to its words: the heading around them is made by the templates."""
    if given := dict(title.attrib):
        title.attrib.clear()
        words = xhtml.element("span", given, title.text)
        words.extend(list(title))
        title.text = None
        title.append(words)
