"""What books for knitr, R Markdown and Quarto write beyond Markdown, as Markdown that Recto reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recto.forms.citations import cited
from recto.forms.doubled_backslashes import with_single_backslashes
from recto.forms.folder import BookFolder
from recto.forms.latex_macros import defined, with_macros
from recto.forms.order import Order
from recto.forms.pandoc.chunks import without_chunks
from recto.forms.pandoc.fancy_lists import with_numbers
from recto.forms.pandoc.fenced_divs import divided
from recto.forms.pandoc.header_references import with_header_references
from recto.forms.pandoc.implicit_figures import captioned
from recto.forms.pandoc.latex import without_commands
from recto.forms.pandoc.metadata_blocks import gathered_in_front
from recto.forms.pandoc.named_references import referring
from recto.forms.pandoc.raw_blocks import without_fences
from recto.forms.pandoc.shortcodes import Shortcodes
from recto.forms.pandoc.text_references import with_words
from recto.forms.source_file import SourceFile
from recto.problems import Problem

__all__ = ["finish", "prepare"]


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file with chunks of code as Markdown: chunks as listings, callouts as boxes, references as links."""
    file = gathered_in_front(file)
    shortcodes = Shortcodes(file, folder)
    file = with_words(file.made_of(tuple(shortcodes.lines()), shortcodes.included))
    lines, problems = without_chunks(file)
    lines = list(with_macros(lines, defined(file.lines)))
    lines, raw = without_fences(lines, file)
    lines, more = without_commands(lines, file)
    set_by_mathjax = with_single_backslashes(captioned(lines))
    made = file.made_of(tuple(referring(divided(list(with_numbers(set_by_mathjax))))))
    return made, tuple(_of_the_file(each, file) for each in (*problems, *raw, *more))


def finish(
    order: Order, files: Mapping[str, SourceFile], folder: BookFolder
) -> tuple[Order, Mapping[str, SourceFile], tuple[Problem, ...]]:
    """What is done to all files together: headings that are named in others linked, and works cited."""
    return cited(order, with_header_references(files), folder)


def _of_the_file(problem: Problem, file: SourceFile) -> Problem:
    """A problem on the line of the file that its own came from."""
    line = problem.place.line
    if not line or not file.origins:
        return problem
    return replace(problem, place=replace(problem.place, line=file.origins[line - 1]))
