"""Quarto: a book project, `_quarto.yml` with a `book`; nothing in it is run."""

from __future__ import annotations

from recto.forms import pandoc
from recto.forms.folder import BookFolder
from recto.forms.form import Prepared, SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.quarto.conditional import fitting
from recto.forms.quarto.ordering import order
from recto.forms.source_file import SourceFile


def _prepare(file: SourceFile, folder: BookFolder) -> Prepared:
    return pandoc.prepare(fitting(file, folder), folder)


FORM = SourceForm(
    "Quarto", (".qmd", ".md", ".rmd"), MARKDOWN, read, outline, order, _prepare, finish=pandoc.finish
)
