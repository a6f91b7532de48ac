"""Obsidian: a vault, a folder with `.obsidian/`; notes that name one another, in the order seen."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.obsidian.ordering import order
from recto.forms.obsidian.preparing import prepare

FORM = SourceForm("Obsidian", (".md",), MARKDOWN, read, outline, order, prepare)
