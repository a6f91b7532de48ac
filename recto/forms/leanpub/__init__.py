"""Leanpub: a folder `manuscript` with a Book.txt, written in Leanpub's Markdown or Markua."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.leanpub.ordering import order
from recto.forms.leanpub.part_headings import outline
from recto.forms.leanpub.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import read

FORM = SourceForm("Leanpub", (".md", ".txt", ".markua"), MARKDOWN, read, outline, order, prepare)
