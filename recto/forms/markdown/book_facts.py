"""What the front matter of a file that is the whole book says of it, by the keys that Pandoc made common."""

from __future__ import annotations

import re
from collections.abc import Mapping

from recto.forms.list_files import names, said, words
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")  # BCP 47, without its rare forms
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_OF_A_PIECE = ("number", "role")  # a file that has its own place among others


def facts(file: SourceFile) -> Mapping[str, object]:
    """The facts, by the keys of `[book]`; none where the front matter gives the file a number or a role."""
    front = read_front_matter(file)[0].settings
    if any(key in front for key in _OF_A_PIECE):
        return {}
    language = (words(front, "lang") or words(front, "language")).replace("_", "-")
    date = words(front, "date")
    return said(
        title=words(front, "title"),
        subtitle=words(front, "subtitle"),
        authors=names(front.get("author") or front.get("authors")),
        language=language if _LANGUAGE.fullmatch(language) else "",
        description=words(front, "description") or words(front, "abstract"),
        publisher=words(front, "publisher"),
        rights=words(front, "rights"),
        date=date if _DATE.fullmatch(date) else "",
    )
