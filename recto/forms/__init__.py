"""The source forms: one folder each, and one line here.

What all of them share lies beside their folders: how a heading's words and a file's name are read
(heading_text.py, file_names.py, matter.py), bytes as text (decode.py), an order that is given (order.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recto.forms import (
    bookdown,
    converted,
    gutenberg,
    honkit,
    jupyter_book,
    leanpub,
    listed,
    markdown,
    mdbook,
    notebook,
    obsidian,
    opendocument,
    quarto,
    sphinx,
    text,
    word,
)
from recto.forms.folder import BookFolder
from recto.forms.form import SourceForm, Syntax
from recto.forms.order import Order
from recto.forms.source_file import SourceFile

# Where two forms read files of one suffix, the first does, unless a folder is of the other.
FORMS: tuple[SourceForm, ...] = (
    text.FORM,
    markdown.FORM,
    word.FORM,
    opendocument.FORM,
    listed.FORM,
    mdbook.FORM,
    quarto.FORM,
    bookdown.FORM,
    jupyter_book.FORM,
    leanpub.FORM,
    honkit.FORM,
    sphinx.FORM,
    obsidian.FORM,
    notebook.FORM,
    gutenberg.FORM,
    *converted.FORMS,
)

__all__ = ["FORMS", "claims", "form_of", "orders", "recognised", "syntax_of"]


def form_of(path: Path) -> SourceForm | None:
    """The form that reads a file, by the ending of its name."""
    suffix = path.suffix.lower()
    return next((form for form in FORMS if suffix in form.suffixes and form.ready()), None)


def recognised(file: SourceFile, form: SourceForm) -> SourceForm:
    """The form of a file whose name says `form`: another where its text tells so."""
    if form.document:
        return form
    return next((each for each in FORMS if each.recognises and each.recognises(file)), form)


def orders(folder: BookFolder) -> Iterator[tuple[SourceForm, Order]]:
    """Every form that a folder is of, with the order that it gives."""
    for form in FORMS:
        order = form.order(folder) if form.order else None
        if order is not None:
            yield form, order


def claims(folder: BookFolder, name: str) -> bool:
    """Tell whether a file of a folder holds the settings of another tool."""
    return folder.holds(name) and any(name in form.settings for form, _ in orders(folder))


def syntax_of(name: str) -> Syntax:
    """A way of marking text up, by the name that sections carry."""
    return next(form.syntax for form in FORMS if form.syntax.name == name)
