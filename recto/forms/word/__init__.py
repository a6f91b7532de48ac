"""Word: a `.docx`, whose headings, notes, tables, pictures and index fields become those of Markdown."""

from __future__ import annotations

from pathlib import Path

from recto.forms.form import Prepared, SourceForm
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.source_file import SourceFile
from recto.notations.document_archive import Archive


def _document(data: bytes, path: Path, file: SourceFile) -> Prepared:
    from recto.forms.word.reading import document  # here: its library is loaded where there is such a file

    return document(Archive(data, path), file)


FORM = SourceForm("Word", (".docx",), MARKDOWN, read, outline, document=_document)
