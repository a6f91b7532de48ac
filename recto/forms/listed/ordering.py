"""The order of a book.list.

# what follows is a remark
unnumbered: preface.md
part: sea.md | The Sea          a part, and the text on its page; `part: | The Sea` has none
oars.md                         a chapter
  blades.md                     a section of it, two spaces deeper
  notes.txt | On Notes          the title of a file that has no heading
part:                           ends the part
appendix: tables.md
| Odds and Ends                 a chapter without a text of its own
  ends.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath

from recto.forms.folder import BookFolder
from recto.forms.order import Order, OrderLine, counted
from recto.forms.source_file import SourceFile

LIST = "book.list"
_LINE = re.compile(
    r"(?P<indent> *)(?:(?P<kind>part|appendix|unnumbered):)?(?P<file>[^|]*)(?:\|(?P<title>.*))?"
)
_STEP = 2  # spaces


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that has a book.list; None for any other."""
    if not folder.holds(LIST):
        return None
    file, problems = folder.text(LIST)
    lines = tuple(_lines(file)) if file else ()
    return Order(lines, f"{counted(lines, 'file')} listed in {LIST}", {}, (LIST,), problems=problems)


def _lines(file: SourceFile) -> Iterator[OrderLine]:
    for number, line in enumerate(file.lines, 1):
        found = _LINE.fullmatch(line.expandtabs(_STEP))
        if not line.strip() or line.lstrip().startswith("#") or found is None:
            continue
        file_name, title = found["file"].strip(), (found["title"] or "").strip()
        name, place = normpath(file_name) if file_name else "", file.at(number)
        depth = 1 + len(found["indent"]) // _STEP
        if found["kind"] == "part":
            yield OrderLine(name, title, place, "part")
        elif found["kind"] == "appendix":
            yield OrderLine(name, title, place, "appendix", depth)
        else:
            yield OrderLine(name, title, place, depth=depth, numbered=found["kind"] != "unnumbered")
