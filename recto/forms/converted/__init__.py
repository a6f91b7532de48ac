"""reStructuredText, AsciiDoc, Org: read by their converters where these are installed, else told of."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from recto.forms.converted.converters import CONVERTERS, Converter
from recto.forms.converted.leavings import as_in_myst, terms_marked
from recto.forms.form import Prepared, SourceForm
from recto.forms.jupyter_book.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.book_facts import facts
from recto.forms.markdown.reading import outline, read
from recto.forms.pandoc.fancy_lists import with_numbers
from recto.forms.pandoc.fenced_divs import divided
from recto.forms.source_file import SourceFile
from recto.problems import Problem, few, warning

# what asks for another file, in each of the forms
_INCLUDED = re.compile(
    rb"^(?:include::(?P<adoc>[^\[\n]{1,300})\[|\.\.[ ]include::[ ]*(?P<rst>[^\n]{1,300})$"
    rb"|#\+INCLUDE:[ ]*\"?(?P<org>[^\"\n]{1,300}))",
    re.M | re.I,
)
# the word that Pandoc puts above a note, which a box of ours says itself
_TITLE = re.compile(r"\n:{3,}[ ]\{?\.?title\}?\n+[^\n:]+\n+:{3,}\n")


def _form(converter: Converter) -> SourceForm:
    return SourceForm(
        converter.name,
        converter.suffixes,
        MARKDOWN,
        read,
        outline,
        prepare=prepare,
        document=partial(_document, converter),
        ready=converter.is_installed,
        facts=facts,
    )


def _document(converter: Converter, data: bytes, path: Path, file: SourceFile) -> Prepared:
    """A text as its converter has it; the lines are those of the Markdown that it wrote."""
    text = _TITLE.sub("\n", converter.convert(data, path))
    lines = [(line, number) for number, line in enumerate(text.split("\n"), 1)]
    made = divided(list(with_numbers(as_in_myst(terms_marked(lines)))))
    return file.made_of(tuple(made)), _left_aside(data, file)


def _left_aside(data: bytes, file: SourceFile) -> tuple[Problem, ...]:
    """What the text asks for that is not in it: a converter may read no other file."""
    found = (match[match.lastgroup or 0] for match in _INCLUDED.finditer(data))
    asked = [name.decode("utf-8", "replace").strip() for name in found]
    if not asked:
        return ()
    message = (
        f"this text includes {few(asked)}, which is not in the book: a converter is given the text alone"
    )
    hint = "put what it includes into the text"
    return (warning("include-missing", message, file.at(None), hint=hint, subject=asked[0]),)


FORMS = tuple(_form(converter) for converter in CONVERTERS)
