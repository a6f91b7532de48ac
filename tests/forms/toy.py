"""A source form that nobody uses, to see what adding one takes: this module, and a line in `FORMS`.

A heading is a line between signs of equality, one a level; all other lines are set as verse. `order` names
the files of a book in their order, one a line: `+` before it takes the number away, `>` goes down a level,
and `*` begins a part.
"""

from __future__ import annotations

import re
from html import escape

from recto.forms.folder import BookFolder
from recto.forms.form import Read, SourceForm, Syntax
from recto.forms.order import Order, OrderLine
from recto.forms.source_file import Outline, SourceFile, SourceHeading
from recto.model import Section
from recto.numbering import Number

_HEADING = re.compile(r"(=+) (.+) =+")


def outline(file: SourceFile) -> Outline:
    """Its headings."""
    found = ((number, _HEADING.fullmatch(line)) for number, line in enumerate(file.lines, 1))
    return Outline(
        tuple(
            SourceHeading(len(match[1]), match[2], "", number, number + 1) for number, match in found if match
        )
    )


def read(file: SourceFile) -> Read:
    """One section a file, numbered by its name: `4.toy`."""
    head, *lines = file.lines
    found, number = _HEADING.fullmatch(head), Number.parse(file.name.removesuffix(".toy"))
    title = found[2] if found else ""
    text = "\n".join(lines).strip("\n")
    return (Section("chapter", number, title, "verse", text, file.at(1), 2, len(lines) + 1),), ()


def order(folder: BookFolder) -> Order | None:
    """The order of a folder with a file `order`."""
    file, problems = folder.text("order") if folder.holds("order") else (None, ())
    if file is None:
        return None
    lines = []
    for number, line in enumerate(file.lines, 1):
        name, place = line.strip("+>* "), file.at(number)
        if line.startswith("*"):
            lines.append(OrderLine("", name, place, "part"))
        elif name:
            lines.append(OrderLine(name, "", place, depth=1 + line.count(">"), numbered="+" not in line))
    book = {"title": "Songs", "authors": ("Ann Lee", "Bo Ray"), "language": "de", "trim": "no key"}
    return Order(tuple(lines), f"this is a toy: {len(lines)} lines", book, ("order",), problems=problems)


def verse(text: str) -> str:
    """Each line a paragraph, in capitals."""
    return "\n".join(f"<p>{escape(line).upper()}</p>" for line in text.split("\n") if line.strip())


FORM = SourceForm(
    "toy",
    (".toy",),
    Syntax(
        "verse",
        "= Title =",
        lambda lines, start: False,
        lambda text: 0,
        names_files=False,
        ending=".toy",
        xhtml=verse,
    ),
    read,
    outline,
    order,
)
