"""What the front matter of a file that is the whole book says of it, by the keys that Pandoc made common."""

from __future__ import annotations

import re
from collections.abc import Mapping

from recto.forms.list_files import names, said, words
from recto.forms.markdown.file_headings import titles
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.markdown.own_chapters import own_chapters
from recto.forms.source_file import SourceFile

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")  # BCP 47, without its rare forms
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_OF_A_PIECE = ("number", "chapter", "section", "role")  # a file that has its own place among others


def facts(file: SourceFile) -> Mapping[str, object]:
    """The facts, by the keys of `[book]`; none where the front matter gives the file a number or a role."""
    front = read_front_matter(file)[0].settings
    if any(key in front for key in _OF_A_PIECE):
        return {}
    return {**facts_of(front), **said(chapter_word=_chapter_word(file))}


def _chapter_word(file: SourceFile) -> str:
    """What the chapters of a file that is the whole book are called, "" for chapters, or where it is not."""
    return "" if file.name else own_chapters(titles(file, read_front_matter(file)[0].body_line)[0])[0]


def facts_of(metadata: Mapping[str, object]) -> Mapping[str, object]:
    """What metadata says of a book, by the keys of `[book]`: all that is written as these are."""
    language = (words(metadata, "lang") or words(metadata, "language")).replace("_", "-")
    date = words(metadata, "date")
    return said(
        title=words(metadata, "title"),
        subtitle=words(metadata, "subtitle"),
        authors=names(metadata.get("author") or metadata.get("authors")),
        language=language if _LANGUAGE.fullmatch(language) else "",
        description=words(metadata, "description") or words(metadata, "abstract"),
        publisher=words(metadata, "publisher"),
        rights=words(metadata, "rights"),
        date=date if _DATE.fullmatch(date) else "",
    )
