"""mdBook: a folder with `book.toml` and, in its `src`, a SUMMARY.md; Markdown with files included in it."""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.mdbook.ordering import order
from recto.forms.mdbook.preparing import prepare

FORM = SourceForm("mdBook", (".md",), MARKDOWN, read, outline, order, prepare, settings=("book.toml",))
