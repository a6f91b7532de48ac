"""What a source form is: its files, how they are read, how their text is set, and what order they may give.

A form is a folder beside this module whose `FORM` is a SourceForm, and one line in `forms/__init__.py`; no
other module knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from recto.forms.folder import BookFolder
from recto.forms.order import Order
from recto.forms.source_file import Outline, SourceFile
from recto.model import Section
from recto.problems import Problem

Read = tuple[tuple[Section, ...], tuple[Problem, ...]]
Prepared = tuple[SourceFile, tuple[Problem, ...]]
Finish = Callable[
    [Order, Mapping[str, SourceFile], BookFolder],
    tuple[Order, Mapping[str, SourceFile], tuple[Problem, ...]],
]
Document = Callable[[bytes, Path, SourceFile], Prepared]


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Syntax:
    """How the text of a section is marked up: all that the stages after gather know of its form.

    name         what `Section.syntax` says
    heading      a heading with a number as an author writes it, for hints
    is_prose     (lines, index): whether the paragraph that begins there, a text's last, is running text,
                 which ends with the end of a sentence
    left_over    (text): how many of its last lines no longer belong to it
    names_files  whether it may name pictures, which lie beside it
    ending       of the name of a file that is written in it, with the dot
    xhtml        (text): its paragraphs as XHTML; None where they are set as Markdown
    printed      (text): the same, line for line, without what prints nothing where it stands
    sentence     (paragraph): the same without what may follow the end of its last sentence
    """

    name: str
    heading: str
    is_prose: Callable[[list[str], int], bool]
    left_over: Callable[[str], int]
    names_files: bool
    ending: str
    xhtml: Callable[[str], str] | None = None
    printed: Callable[[str], str] = str
    sentence: Callable[[str], str] = str

    @property
    def is_markdown(self) -> bool:
        """Whether its marks are Markdown's, and its headings too."""
        return self.xhtml is None


@dataclass(frozen=True, slots=True)
class SourceForm:
    """A source form.

    name      as messages and `[source] form` call it
    suffixes  the endings of the files that it reads, in lower case, with the dot
    syntax    how their text is marked up
    read      the sections of a file, divided by the numbers typed in it, in the order found; text under no
              heading that it understands is a section of kind `stray`, for collate to place or to report.
              Nothing of the text may be lost
    outline   the headings of a file whatever they say: what a book is divided by whose order is given
    order     the order that a folder of this form gives; None where the folder is not of this form
    prepare   what is done to a file of an ordered book before it is read: files included in it, marks of its
              tool put into those of its syntax
    document  what makes text of a file that is none: its bytes and its path go in, and an empty file, to be
              given the text that `read` and `outline` find. Raises RefusedError for what can't be read
    ready     whether what it needs is installed; files of its endings are else told of, and not read
    facts     what a file that is the whole book says of it, by the keys of `[book]`
    settings  files at the top of the folder that are its tool's own settings, and none of Recto's
    recognises  tells by its text that a file is of this form, whatever the ending of its name says
    finish    what is done to all files of an ordered book together, after `prepare`: the order and the files
              by their names go in, and come out with what belongs to none of them, as a bibliography does
    in_order  whether its texts stand in their order as a whole, numbers or none
    """

    name: str
    suffixes: tuple[str, ...]
    syntax: Syntax
    read: Callable[[SourceFile], Read]
    outline: Callable[[SourceFile], Outline]
    order: Callable[[BookFolder], Order | None] | None = None
    prepare: Callable[[SourceFile, BookFolder], Prepared] | None = None
    document: Document | None = None
    ready: Callable[[], bool] = _always
    facts: Callable[[SourceFile], Mapping[str, object]] | None = None
    settings: tuple[str, ...] = ()
    recognises: Callable[[SourceFile], bool] | None = None
    finish: Finish | None = None
    in_order: bool = False
