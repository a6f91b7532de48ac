"""A list of Recto's own, book.list: files in the order of the book, a line each. `init --from` writes one."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.listed.ordering import order
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read

FORM = SourceForm("list", (), MARKDOWN, read, outline, order)
