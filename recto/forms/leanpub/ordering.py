"""The order of a Leanpub book: Book.txt, a file a line; `{frontmatter}` and its kin divide the book.

https://help.leanpub.com/en/articles/3025547: the files are read as one text.
"""

from __future__ import annotations

import re
from posixpath import join

from recto.forms.folder import BookFolder
from recto.forms.list_files import picture, said
from recto.forms.order import Order, OrderLine, counted
from recto.forms.source_file import SourceFile

_LISTS = ("manuscript/Book.txt", "Book.txt")
_OTHER_LISTS = ("Sample.txt", "Subset.txt", "Preview.txt")
_MATTER = re.compile(r"\{?(?P<matter>front|main|back)matter(?:\}|:)", re.I)
# https://leanpub.com/manual: the picture of the cover
_COVERS = (
    "resources/title_page.jpg",
    "resources/title_page.png",
    "images/title_page.jpg",
    "images/title_page.png",
)
_LOOKED_AT = 20  # lines at the head of a file


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a Leanpub book; None for any other."""
    name = next((name for name in _LISTS if folder.holds(name)), None)
    file, problems = folder.text(name) if name else (None, ())
    if file is None or name is None:
        return None
    top = name.rpartition("/")[0]
    lines, divided = _lines(file, folder, top)
    told = f"this is a Leanpub book: {counted(lines, 'file')} listed in {name}"
    cover = picture(folder, *(join(top, place) for place in _COVERS))
    # lists of samples and of single editions, which say nothing of this one
    others = [join(top, each) for each in _OTHER_LISTS if folder.holds(join(top, each))]
    return Order(lines, told, said(cover=cover), (name, *divided, *others), top, problems=problems)


def _lines(file: SourceFile, folder: BookFolder, top: str) -> tuple[tuple[OrderLine, ...], list[str]]:
    """The lines of the list, and the files of it that do nothing but divide the book."""
    matter, made, divided = "main", list[OrderLine](), list[str]()
    for number, line in enumerate(file.lines, 1):
        name = line.strip()
        if found := _MATTER.fullmatch(name):
            matter = found["matter"].lower()
        elif name and not name.startswith("#"):
            path = join(top, name)
            begun, ended, alone = _begun(path, folder)
            matter = begun or matter
            if alone:
                divided.append(path)
            else:
                made.append(OrderLine(path, "", file.at(number), numbered=matter == "main", divided=1, top=1))
                matter = ended or matter
    return tuple(made), divided


def _begun(path: str, folder: BookFolder) -> tuple[str, str, bool]:
    """What a file says that it begins, `front`, `main` or `back`; what begins behind it; if it holds no more.

    "" where it says nothing.
    """
    file = folder.text(path)[0] if folder.holds(path) else None
    lines = [line.strip() for line in file.lines if line.strip()] if file else []
    found = next(filter(None, (_MATTER.fullmatch(line) for line in lines[:_LOOKED_AT])), None)
    after = _MATTER.fullmatch(lines[-1]) if lines else None
    begun, ended = (each["matter"].lower() if each else "" for each in (found, after))
    return begun, ended if len(lines) > 1 else "", bool(found) and len(lines) == 1
