"""Citations of works in lists of BibTeX or CSL: `[@key]` in the text, and the bibliography.

The entries are set by pybtex (MIT, and one package that it needs; citeproc-py knows more styles, and needs a
style file of CSL for each). Of a style that a book asks for its manner is kept: author and year, notes or
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from recto.forms.citations.asked_citations import AskedCitations, asked
from recto.forms.citations.citing import Citing
from recto.forms.citations.manners import ByAuthorAndYear, ByNumber, CitationManner, InNotes
from recto.forms.citations.works import CitedWork, read_works
from recto.forms.fences import with_code
from recto.forms.folder import BookFolder
from recto.forms.naming.matter import role_of
from recto.forms.order import Order, OrderLine
from recto.forms.source_file import SourceFile
from recto.problems import Place, Problem

_NAME = "bibliography.md"  # of a file that is not there: the list of works, where none has a place for it
_HEADING = re.compile(r"#{1,2}[ \t]+(?P<words>.*?)[ \t]*(?:\{[^{}]*\})?[ \t]*")
_PLACE = "::: {#refs}"  # Pandoc's, of the list


def cited(
    order: Order, files: Mapping[str, SourceFile], folder: BookFolder
) -> tuple[Order, Mapping[str, SourceFile], tuple[Problem, ...]]:
    """The files of a book with their citations set, the bibliography where it belongs, and what is wrong.

    Books without a list of works come back as they are.
    """
    wanted = asked(files, folder)
    if not files or not (wanted.lists or wanted.works):
        return order, files, ()
    works, problems = read_works(folder, wanted.lists, wanted.works)
    citing = Citing(works, _manner(wanted, works))
    made = {name: citing.set(file) for name, file in files.items()}
    citing.also(wanted.also, next(iter(files.values())))
    entries = citing.bibliography()
    if not entries:
        return order, made, (*problems, *citing.problems)
    holder = next((name for name, file in made.items() if _listing(file)), "")
    last = next((name for name, file in made.items() if _ends_with_heading(file)), "")
    if holder:
        made[holder] = _filled(made[holder], entries)
    elif last:
        lines = [(line, number) for number, line in enumerate(made[last].lines, 1)]
        made[last] = made[last].made_of([*lines, *((entry, len(lines)) for entry in ("", *entries))])
    else:
        shown = folder.shown(_NAME)
        made[_NAME] = SourceFile(shown, _NAME, "\n".join(["# Bibliography", "", *entries]))
        line = OrderLine(_NAME, "", Place(folder.shown((*wanted.lists, "")[0])), numbered=False)
        order = replace(order, entries=(*order.entries, line))
    return order, made, (*problems, *citing.problems)


def _manner(wanted: AskedCitations, works: Mapping[str, CitedWork]) -> CitationManner:
    if wanted.manner == "notes":
        return InNotes()
    return ByNumber() if wanted.manner == "numbers" else ByAuthorAndYear(works)


def _listing(file: SourceFile) -> bool:
    lines = ((line, number) for number, line in enumerate(file.lines, 1))
    return any(line.strip() == _PLACE for line, _, code in with_code(lines) if not code)


def _ends_with_heading(file: SourceFile) -> bool:
    """True for a file that ends with a heading such as `# References {-}` and nothing below it."""
    words = next((line for line in reversed(file.lines) if line.strip()), "")
    found = _HEADING.fullmatch(words)
    return found is not None and role_of(found["words"]) == "bibliography"


def _filled(file: SourceFile, entries: list[str]) -> SourceFile:
    """The file with the list where it says that it belongs."""
    lines = list(enumerate(file.lines, 1))
    at = next(n for n, (_, line) in enumerate(lines) if line.strip() == _PLACE)
    below = next((n for n in range(at + 1, len(lines)) if lines[n][1].strip()), at)
    end = below if lines[below][1].strip().startswith(":::") else at
    listed = [(line, lines[at][0]) for line in entries]
    rest = [(line, number) for number, line in lines[end + 1 :]]
    return file.made_of(
        [*((line, number) for number, line in lines[:at]), *listed, ("", lines[at][0]), *rest]
    )
