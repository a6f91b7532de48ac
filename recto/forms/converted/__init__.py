"""reStructuredText, AsciiDoc, Org: read by their converters where these are installed, else told of."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from recto.forms.converted.converters import CONVERTERS, Converter
from recto.forms.form import Prepared, SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.pandoc.fenced_divs import divided
from recto.forms.source_file import SourceFile

# the word that Pandoc puts above a note, which a box of ours says itself
_TITLE = re.compile(r"\n:{3,}[ ]\{?\.?title\}?\n+[^\n:]+\n+:{3,}\n")


def _form(converter: Converter) -> SourceForm:
    return SourceForm(
        converter.name,
        converter.suffixes,
        MARKDOWN,
        read,
        outline,
        document=partial(_document, converter),
        ready=converter.is_installed,
    )


def _document(converter: Converter, data: bytes, path: Path, file: SourceFile) -> Prepared:
    """A text as its converter has it; the lines are those of the Markdown that it wrote."""
    text = _TITLE.sub("\n", converter.convert(data, path))
    lines = [(line, number) for number, line in enumerate(text.split("\n"), 1)]
    return file.made_of(tuple(divided(lines))), ()


FORMS = tuple(_form(converter) for converter in CONVERTERS)
