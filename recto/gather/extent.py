"""How much text a source may have: the sum is kept before anything is made of its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from recto import forms
from recto.door import LONGEST_BOOK
from recto.forms.folder import BookFolder
from recto.problems import Place, Problem, error, shown


def outsized(folder: BookFolder, paths: Sequence[Path]) -> tuple[Problem, ...]:
    """An error where files of text have more characters than a book may have, in whatever encoding."""
    texts = [path for path in paths if (form := forms.form_of(path)) is None or not form.document]
    # no encoding has less than a byte for a character, so that most books need not be read for this
    if not is_overlong(sum(map(_size, texts))):
        return ()
    length = 0
    for path, text in _texts(folder, texts):
        length += text
        if is_overlong(length):
            return (overlong(shown(path)),)
    return ()


def is_overlong(length: int) -> bool:
    """Tell whether no book may have so many characters."""
    return length > LONGEST_BOOK


def overlong(file: str) -> Problem:
    """The error of the file with which the text of a book is longer than any may be."""
    message = f"with this file the book has more than {LONGEST_BOOK:,} characters, and none may have more"
    return error("too-long", message, Place(file), hint="divide it into several books")


def _texts(folder: BookFolder, paths: Sequence[Path]) -> Iterator[tuple[Path, int]]:
    for path in paths:
        file, _ = folder.read(path, path.name)
        yield path, len(file.text) if file else 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # whoever reads it will hear of that
        return 0
