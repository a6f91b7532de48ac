"""MyST's Markdown as Markdown that Recto reads: directives, roles, labels, comments, macros of formulas.

https://mystmd.org/guide/directives, https://mystmd.org/guide/cross-references
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.jupyter_book.directive_kinds import plain_id
from recto.forms.jupyter_book.directives import DirectiveReader
from recto.forms.jupyter_book.roles import RoleReader
from recto.forms.latex_macros import Macros, macros_of, with_macros
from recto.forms.list_files import table, yaml_list
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile
from recto.problems import Problem

_LABEL = re.compile(r"\((?P<name>[^()\s]{1,200})\)=\s*")
_COMMENT = re.compile(r"%(?:[ \t].*|%.*)?")
_BREAK = re.compile(r"\+{3}(?:[ \t]+.*)?")  # of blocks: https://mystmd.org/guide/blocks
_END_OF_FORMULA = re.compile(r"(?P<formula>.*\$\$)[ \t]*\((?P<name>[^()\s]{1,200})\)[ \t]*")
_MYST, _CONFIG = "myst.yml", "_config.yml"
_MACROS = "math"  # the key that they stand under


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of MyST's Markdown as Markdown."""
    reader = DirectiveReader(file, folder)
    lines = reader.directed(list(_printed((line, number) for number, line in enumerate(file.lines, 1))))
    made = tuple(RoleReader(file.name, folder).read(_labelled(with_macros(lines, _macros(file, folder)))))
    return file.made_of(made, reader.included), tuple(reader.problems)


def _macros(file: SourceFile, folder: BookFolder) -> Macros:
    """The macros of formulas that the settings of the book and the file's own front matter give."""
    project = table(yaml_list(folder, _MYST)[0], "project") if folder.holds(_MYST) else {}
    config = table(yaml_list(folder, _CONFIG)[0], "sphinx") if folder.holds(_CONFIG) else {}
    tex = table(table(table(config, "config"), "mathjax3_config"), "tex")
    own = read_front_matter(file)[0].settings
    given = (tex.get("macros"), project.get(_MACROS), own.get(_MACROS))
    return {name: body for each in given for name, body in macros_of(each).items()}


def _printed(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without comments and the marks between blocks, and with labels of formulas as ids."""
    for line, origin, code in with_code(lines):
        if not code and (_COMMENT.fullmatch(line) or _BREAK.fullmatch(line)):
            yield "", origin
        elif not code and "$$" in line and (found := _END_OF_FORMULA.fullmatch(line)):
            yield f"{found['formula']} {{#{plain_id(found['name'])}}}", origin
        else:
            yield line, origin


def _labelled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with `(name)=` as the id of the heading below it, or as a place of its own."""
    label, at = "", 0
    for line, origin, code in with_code(lines):
        if not code and (found := _LABEL.fullmatch(line)):
            label, at = plain_id(found["name"]), origin
            yield "", origin
            continue
        if label and (line.strip() or origin > at + 2):
            heading = None if code else atx_heading(line)
            if heading and heading.words and not heading.attributes:
                line = f"{line.rstrip()} {{#{label}}}"
            else:
                yield f'<a id="{label}"></a>', at
            label = ""
        yield line, origin
