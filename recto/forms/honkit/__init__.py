"""HonKit and GitBook: a SUMMARY.md, and what book.json says."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.honkit.ordering import order
from recto.forms.honkit.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read

FORM = SourceForm("HonKit", (".md",), MARKDOWN, read, outline, order, prepare)
