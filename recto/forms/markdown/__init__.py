"""Markdown: headings with a number, or a name known to books, divide a file; all others are text."""

from __future__ import annotations

from recto.forms.form import SourceForm, Syntax
from recto.forms.markdown.book_facts import facts
from recto.forms.markdown.endings import is_prose, left_over, sentence
from recto.forms.markdown.reading import outline, read
from recto.forms.markdown.unprinted import printed

MARKDOWN = Syntax(
    "markdown",
    "## 4.2 Title",
    is_prose,
    left_over,
    names_files=True,
    ending=".md",
    printed=printed,
    sentence=sentence,
)
FORM = SourceForm("Markdown", (".md", ".markdown"), MARKDOWN, read, outline, facts=facts)
