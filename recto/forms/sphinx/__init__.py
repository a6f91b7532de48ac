"""Sphinx: `conf.py` beside an index with a toctree; MyST's Markdown, and reStructuredText by Pandoc."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.jupyter_book.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.sphinx.ordering import order

FORM = SourceForm("Sphinx", (".md",), MARKDOWN, read, outline, order, prepare)
