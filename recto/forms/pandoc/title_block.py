"""What Pandoc takes a book's title and authors from: a title block, or a file of metadata.

https://pandoc.org/MANUAL.html#metadata-blocks: `% Title`, `% Author; Author`, `% Date` at the head of the
text; a file `metadata.yaml`, or one that holds YAML between two lines of hyphens and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recto.forms.folder import BookFolder
from recto.forms.list_files import said, yaml_list
from recto.forms.markdown.book_facts import facts_of
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile
from recto.problems import Problem

_FIELDS = 3  # title, authors, date
_MOST_LINES = 30  # of a block, with lines that go on
_METADATA = ("metadata.yaml", "metadata.yml")


def without_title_block(file: SourceFile) -> tuple[SourceFile, Mapping[str, object]]:
    """A file without the title block at its head, and what that says by the keys of `[book]`.

    The lines stay, blank. A file of metadata alone has no text left; any other without a block is as it was.
    """
    lines = file.lines
    found, end = list[list[str]](), 0
    for line in lines[:_MOST_LINES]:
        if line.startswith("% ") or line.rstrip() == "%":
            found.append([line[1:].strip()])
        elif found and line.startswith(" ") and line.strip():
            found[-1].append(line.strip())
        else:
            break
        end += 1
    if not found or len(found) > _FIELDS or not found[0][0]:
        return _without_metadata(file)
    authors = [name.strip() for line in found[1] for name in line.split(";")] if len(found) > 1 else []
    facts = said(title=" ".join(found[0]), authors=tuple(filter(None, authors)))
    return replace(file, text="\n".join(("",) * end + tuple(lines[end:]))), facts


def _without_metadata(file: SourceFile) -> tuple[SourceFile, Mapping[str, object]]:
    front, problems = read_front_matter(file)
    if front.body_line == 1 or problems or "".join(file.lines[front.body_line - 1 :]).strip():
        return file, {}
    facts = facts_of(front.settings)
    return (replace(file, text=""), facts) if "authors" in facts and "title" in facts else (file, {})


def metadata(folder: BookFolder) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """What a file of metadata in the folder says of the book; nothing where there is none."""
    name = next((name for name in _METADATA if folder.holds(name)), "")
    if not name:
        return {}, ()
    file, problems = folder.text(name)
    front = read_front_matter(file)[0] if file else None
    if front and front.settings:
        return facts_of(front.settings), problems
    data, faults = yaml_list(folder, name)
    return ({}, problems) if faults else (facts_of(data), problems)
