"""What books for knitr, R Markdown and Quarto write beyond Markdown, as Markdown that Recto reads."""

from __future__ import annotations

from recto.forms.folder import BookFolder
from recto.forms.pandoc.chunks import without_chunks
from recto.forms.pandoc.fenced_divs import divided
from recto.forms.pandoc.latex import without_commands
from recto.forms.pandoc.named_references import referring
from recto.forms.pandoc.raw_blocks import without_fences
from recto.forms.source_file import SourceFile
from recto.problems import Problem

__all__ = ["prepare"]


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file with chunks of code as Markdown: chunks as listings, callouts as boxes, references as links."""
    del folder
    lines, problems = without_chunks(file)
    lines, raw = without_fences(lines, file)
    lines, more = without_commands(lines, file)
    return file.made_of(tuple(referring(divided(lines)))), (*problems, *raw, *more)
