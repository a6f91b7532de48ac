"""What a converter leaves of pieces that Markdown has no marks for, as what Recto reads.

Pandoc writes an index term of DocBook as an empty span, and a role or directive of reStructuredText that it
does not know as code or a division with its name: https://pandoc.org/MANUAL.html#divs-and-spans. The roles
and directives are those of Sphinx, which MyST has as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code
from recto.forms.office.index_entries import heading_mark

_TERM = re.compile(r"\[\]\{\.indexterm(?P<levels>(?:[ ][a-z]+=\"[^\"]*\"){1,9})\}")
_LEVEL = re.compile(r"\b(?P<key>primary|secondary|tertiary|see|seealso)=\"(?P<words>[^\"]*)\"")
_ROLE = re.compile(r"(?P<code>`+[^`]+`+)\{\.interpreted-text role=\"(?P<role>[\w:.+-]+)\"\}")
_DIVISION = re.compile(r"(?P<marks>:{3,})[ ]\{\.(?P<name>[a-z][\w-]*)(?:[ ][^{}]*)?\}")
# what their first paragraph says stands behind the name of the directive
_WITH_WORDS = ("index", "toctree", "only", "literalinclude", "admonition")
_VERSIONS = ("versionadded", "versionchanged", "versionremoved", "deprecated")
_WITHOUT = ("seealso", "todo")
_OF_CODE = re.compile(r"auto\w+")  # written by a program, from comments in code


def terms_marked(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the index terms of DocBook as marks."""
    return ((_TERM.sub(_mark, line) if ".indexterm" in line else line, at) for line, at in lines)


def _mark(found: re.Match[str]) -> str:
    said = {each["key"]: each["words"] for each in _LEVEL.finditer(found["levels"])}
    levels = [said[key] for key in ("primary", "secondary", "tertiary") if key in said]
    role = next((f"{key} {said[key]}" for key in ("see", "seealso") if key in said), "")
    return heading_mark(levels, role)


def as_in_myst(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with roles and directives of reStructuredText as MyST has them."""
    head = ""  # a directive whose words are still to come
    for line, at, code in with_code(lines):
        found = None if code else _DIVISION.fullmatch(line)
        if found and _is_directive(found["name"]):
            head = f"{found['marks']}{{{found['name']}}}"
            if found["name"] in _WITHOUT:
                yield head, at
                head = ""
            continue
        line = line if code else _ROLE.sub(r"{\g<role>}\g<code>", line)
        if head and not line.startswith(":::"):
            line = f"{head} {line}".rstrip()
        elif head:
            yield head, at
        head = ""
        yield line, at


def _is_directive(name: str) -> bool:
    return name in (*_WITH_WORDS, *_VERSIONS, *_WITHOUT) or _OF_CODE.fullmatch(name) is not None
