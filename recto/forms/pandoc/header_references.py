"""Headings named between brackets, `[Spring tides]` and `[the tides][Spring tides]`, as links to them.

https://pandoc.org/MANUAL.html#extension-implicit_header_references: of several alike the first is meant, and
a link that is defined goes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, relpath
from urllib.parse import quote

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import outside_code, with_code
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile
from recto.ids import github_slug

_ID = re.compile(r"#(?P<id>[^\s{}]+)")
_MARKS = re.compile(r"[*_`]")
_NAMED = re.compile(
    r"(?<![!\]\\^\w])\[(?P<words>[^\[\]@^`]{2,200})\](?:\[(?P<target>[^\[\]@^`]{2,200})\]|\[\])?(?![(\[{:])"
)
_DEFINED = re.compile(r" {0,3}\[(?P<name>[^\[\]^]+)\]:[ \t]")


def with_header_references(files: Mapping[str, SourceFile]) -> Mapping[str, SourceFile]:
    """The files of a book with such references as links."""
    places: dict[str, tuple[str, str]] = {}
    for name, file in files.items():
        for key, anchor in _headings(file):
            places.setdefault(key, (name, anchor))
    return {name: _linked(file, places) if "[" in file.text else file for name, file in files.items()}


def _headings(file: SourceFile) -> Iterator[tuple[str, str]]:
    """The headings of a file by their words, each with its id, a slug, or "" for that of the file itself."""
    first = True
    for line, _, code in with_code((line, 0) for line in file.lines):
        heading = None if code else atx_heading(line)
        if heading and heading.words:
            named = _ID.search(heading.attributes)
            words = _MARKS.sub("", heading.words)
            yield _key(words), f"#{named['id']}" if named else "" if first else github_slug(words)
            first = False


def _key(words: str) -> str:
    return " ".join(_MARKS.sub("", words).casefold().split())


def _linked(file: SourceFile, places: Mapping[str, tuple[str, str]]) -> SourceFile:
    defined = {_key(found["name"]) for line in file.lines if (found := _DEFINED.match(line))}
    here = dirname(file.name) or "."

    def link(found: re.Match[str]) -> str:
        key = _key(found["target"] or found["words"])
        if key in defined or key not in places:
            return found[0]
        name, anchor = places[key]
        path = quote(relpath(name, here))
        to = anchor if anchor.startswith("#") else f"{path}#{quote(anchor)}" if anchor else path
        return f"[{found['words']}](<{to}>)"

    first = read_front_matter(file)[0].body_line
    made: list[tuple[str, int]] = []
    for line, number, code in with_code((line, number) for number, line in enumerate(file.lines, 1)):
        is_text = not code and number >= first and "[" in line
        made.append((outside_code(line, lambda text: _NAMED.sub(link, text)) if is_text else line, number))
    return file.made_of(made)
