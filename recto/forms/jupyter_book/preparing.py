"""MyST's Markdown as Markdown that Recto reads: directives, labels, references, index entries, citations.

https://mystmd.org/guide/directives, https://mystmd.org/guide/cross-references
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.jupyter_book.directive_kinds import index_marks, plain_id
from recto.forms.jupyter_book.directives import DirectiveReader
from recto.forms.source_file import SourceFile
from recto.problems import Problem

_LABEL = re.compile(r"\((?P<name>[^()\s]{1,200})\)=\s*")
_ROLE = re.compile(
    r"\{(?:ref|numref|eq|doc|download)\}`"
    r"(?:(?P<words>[^`<>]*?)\s*<(?P<to>[^`<>]+)>|(?P<alone>[^`<>]+))`"
)
# `[words](label)`: what has neither a dot nor a slash is no file
_BY_LABEL = re.compile(r"\]\((?P<label>[A-Za-z][\w:-]*)\)(?!:)")
# what an index entry is of, and words that a role only dresses
_INDEX = re.compile(r"\{index\}`(?:(?P<words>[^`<>]*?)\s*<(?P<entry>[^`<>]+)>|(?P<alone>[^`<>]+))`")
_PLAIN = re.compile(
    r"\{(?:term|guilabel|menuselection|abbr|dfn|command|program|bdg[\w-]*)\}`(?P<words>[^`<>(]*[^`<>(\s])[^`]*`"
)
_CITED = re.compile(r"\{cite(?P<how>:[a-z]+)?\}`(?P<keys>[^`<>]+)`")


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of MyST's Markdown as Markdown."""
    reader = DirectiveReader(file, folder)
    lines = reader.directed([(line, number) for number, line in enumerate(file.lines, 1)])
    made = tuple(_referring(_labelled(lines)))
    return file.made_of(made, reader.included), tuple(reader.problems)


def _marked(found: re.Match[str]) -> str:
    """The words of an index role, with the marks that they make."""
    entry, words = found["entry"] or found["alone"], found["words"]
    shown = words if words is not None else re.sub(r"^\w+:\s*", "", found["alone"]).replace(";", "")
    return shown + "".join(index_marks(entry))


def _citing(found: re.Match[str]) -> str:
    """A role that cites works as Pandoc would: https://mystmd.org/guide/citations."""
    keys = [f"@{{{key.strip()}}}" for key in found["keys"].split(",") if key.strip()]
    if (found["how"] or ":p") in (":t", ":ct", ":alt", ":author"):
        return " and ".join(keys)
    year = "-" if (found["how"] or "").startswith(":year") else ""
    return f"[{'; '.join(year + key for key in keys)}]"


def _labelled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with `(name)=` as the id of the heading below it, or as a place of its own."""
    label, at = "", 0
    for line, origin, code in with_code(lines):
        if not code and (found := _LABEL.fullmatch(line)):
            label, at = plain_id(found["name"]), origin
            yield "", origin
            continue
        if label and (line.strip() or origin > at + 2):
            if not code and re.match(r" {0,3}#{1,6}\s", line) and not line.rstrip().endswith("}"):
                line = f"{line.rstrip()} {{#{label}}}"
            else:
                yield f'<a id="{label}"></a>', at
            label = ""
        yield line, origin


def _referring(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the roles that refer to something as links."""

    def link(found: re.Match[str]) -> str:
        target = (found["to"] or found["alone"]).strip()
        where = f"#{plain_id(target)}"
        if "{doc}" in found[0]:
            where = f"{target.removesuffix('.md')}.md"
        elif "{download}" in found[0]:
            where = target
        return f"[{(found['words'] or '').strip()}]({where})"

    for line, origin, code in with_code(lines):
        if not code and "}`" in line:
            line = _PLAIN.sub(
                lambda found: found["words"], _INDEX.sub(_marked, _ROLE.sub(link, _CITED.sub(_citing, line)))
            )
        yield (line if code else _BY_LABEL.sub(r"](#\g<label>)", line)), origin
