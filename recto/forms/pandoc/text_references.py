"""bookdown's text references: `(ref:nets) Words` is taken out, and its words stand where `(ref:nets)` does.

https://bookdown.org/yihui/bookdown/markdown-extensions-by-bookdown.html#text-references
"""

from __future__ import annotations

import re

from recto.forms.source_file import SourceFile

_DEFINED = re.compile(r"^\(ref:(?P<name>[\w-]{1,100})\)[ \t]+(?P<words>\S.*)$", re.MULTILINE)
_USED = re.compile(r"\(ref:(?P<name>[\w-]{1,100})\)")
_MOST = 2_000_000  # characters of a file with all its words in their places


def with_words(file: SourceFile) -> SourceFile:
    """The file with the words of its text references in their places, line for line."""
    if "(ref:" not in file.text:
        return file
    known = {found["name"]: found["words"].strip() for found in _DEFINED.finditer(file.text)}
    left = _MOST

    def words(found: re.Match[str]) -> str:
        nonlocal left
        said = known.get(found["name"])
        left -= len(said or "")
        return found[0] if said is None or left < 0 else said.replace('"', "”").replace("'", "’")

    text = _USED.sub(words, _DEFINED.sub("", file.text)) if known else file.text
    return file.made_of([(line, number) for number, line in enumerate(text.split("\n"), 1)])
