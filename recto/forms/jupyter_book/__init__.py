"""Jupyter Book and MyST: `_toc.yml` or the `project` of a myst.yml; MyST's Markdown, and nothing is run."""

from __future__ import annotations

from recto.forms.citations import cited
from recto.forms.form import SourceForm
from recto.forms.jupyter_book.ordering import order
from recto.forms.jupyter_book.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read

FORM = SourceForm("Jupyter Book", (".md",), MARKDOWN, read, outline, order, prepare, finish=cited)
