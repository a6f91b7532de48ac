"""Citations in the text, as Pandoc has them, set by author and year: https://pandoc.org/MANUAL.html#citations.

[see @marsh12, p. 3; @lee]   (see Marsh 2012, p. 3; Lee 1999)
@marsh12 [p. 3]              Marsh (2012, p. 3)
[-@marsh12]                  (2012)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from recto.forms.citations.works import CitedWork, by_name, set_entry, told_apart
from recto.forms.fences import outside_code, with_code
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_KEY = r"@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<key>[^\W_][\w:.#$%&+?<>~/-]{0,199}(?<=[\w+/~])|\w))"
_GROUP = re.compile(r"\[(?P<inside>(?:[^\[\]`]|\\.){0,2000}?@(?:[^\[\]`]){1,2000})\](?![(\[{])")
_ONE = re.compile(rf"(?P<before>[^@]*?)(?P<without>-)?{_KEY}(?P<after>.*)", re.DOTALL)
_IN_TEXT = re.compile(
    rf"(?<![\w@\\/.:\[-])(?<!\]\(){_KEY}(?:[ \t]*\[(?P<where>[^\[\]@]{{1,200}})\](?![(\[{{:]))?"
)
_LIKE_A_KEY = re.compile(r"[A-Za-z][A-Za-z_:-]{0,60}(?:1[5-9]|20)\d\d\w*")  # `marsh2012`, `marsh_2012a`
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:\s")  # of a link
_ESCAPED = re.compile(r"[\\`*_{}\[\]<>#|~^$@]")


class Citing:
    """Sets the citations of a book, file by file, and then its bibliography."""

    def __init__(self, works: Mapping[str, CitedWork]) -> None:
        self._works = works
        self._years = told_apart(works.values())
        self._cited: dict[str, CitedWork] = {}
        self.problems: list[Problem] = []

    def set(self, file: SourceFile) -> SourceFile:
        """A file with its citations as links to the works; those of works that are not there are told."""
        lines = ((line, number) for number, line in enumerate(file.lines, 1))
        made = [
            (line if code or "@" not in line else self._line(line, file, number), number)
            for line, number, code in with_code(lines)
        ]
        return file.made_of(made)

    def bibliography(self) -> list[str]:
        """The works that were cited, as paragraphs of Markdown, each with the id that citations lead to."""
        entries: list[str] = []
        for work in by_name(self._cited.values()):
            entry = set_entry(work, self._years[work.key])
            entries += [f'<span id="{work.anchor}"></span>{entry}', ""]
        return entries

    def _line(self, line: str, file: SourceFile, number: int) -> str:
        is_definition = _DEFINITION.match(line) is not None

        def cited(text: str) -> str:
            if not is_definition:
                text = _GROUP.sub(lambda found: self._group(found, file, number), text)
            return _IN_TEXT.sub(lambda found: self._in_text(found, file, number), text)

        return outside_code(line, cited)

    def _group(self, found: re.Match[str], file: SourceFile, number: int) -> str:
        """The works in one pair of brackets; as typed where it is none of citations."""
        ones = [_ONE.fullmatch(piece.strip()) for piece in found["inside"].split(";")]
        if any(one is None or one["before"][-1:].isalnum() for one in ones):
            return found[0]
        made = "; ".join(self._one(one, file, number) for one in ones if one)
        return f"({made})"

    def _one(self, one: re.Match[str], file: SourceFile, number: int) -> str:
        key = one["braced"] or one["key"]
        work = self._works.get(key)
        if work is None:
            self._unknown(key, file, number)
            return f"{one['before']}**{_escaped(key)}?**{one['after']}"
        shown = self._years[key] if one["without"] else f"{work.by} {self._years[key]}"
        return f"{one['before']}{self._link(work, shown)}{one['after']}"

    def _in_text(self, found: re.Match[str], file: SourceFile, number: int) -> str:
        """A work named in a sentence; a word with an at sign stays, and is told if it seems to be a key."""
        key = found["braced"] or found["key"]
        work = self._works.get(key)
        if work is None:
            if found["braced"] or _LIKE_A_KEY.fullmatch(key):
                self._unknown(key, file, number)
            return found[0]
        where = f", {found['where']}" if found["where"] else ""
        return f"{_escaped(work.by)} ({self._link(work, self._years[work.key])}{where})"

    def _unknown(self, key: str, file: SourceFile, number: int) -> None:
        message = f"there is no work “{key}” in the list of works"
        hint = "correct the key, or add the work to the list"
        self.problems.append(warning("work-unknown", message, file.at(number), hint=hint, subject=key))

    def _link(self, work: CitedWork, shown: str) -> str:
        self._cited[work.key] = work
        return f"[{_escaped(shown)}](#{work.anchor})"


def _escaped(words: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", words)
