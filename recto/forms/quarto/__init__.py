"""Quarto: a book project, `_quarto.yml` with a `book`; nothing in it is run."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.pandoc import finish, prepare
from recto.forms.quarto.ordering import order

FORM = SourceForm("Quarto", (".qmd", ".md", ".rmd"), MARKDOWN, read, outline, order, prepare, finish=finish)
