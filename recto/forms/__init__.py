"""The source forms: one folder each, and one line here.

What all of them share lies beside their folders: how a heading's words and a file's name are read
(headings.py, file_names.py, matter.py), bytes as text (decode.py), an order that is given (order.py).
"""

from __future__ import annotations

from pathlib import Path

from recto.forms import markdown, text
from recto.forms.form import SourceForm, Syntax

# Where two forms read files of one suffix, the first does, unless a folder is of the other.
FORMS: tuple[SourceForm, ...] = (
    text.FORM,
    markdown.FORM,
)

__all__ = ["FORMS", "form_of", "syntax_of"]


def form_of(path: Path) -> SourceForm | None:
    """The form that reads a file, by the ending of its name."""
    suffix = path.suffix.lower()
    return next((form for form in FORMS if suffix in form.suffixes), None)


def syntax_of(name: str) -> Syntax:
    """A way of marking text up, by the name that sections carry."""
    return next(form.syntax for form in FORMS if form.syntax.name == name)
