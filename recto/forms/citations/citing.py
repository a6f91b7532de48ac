"""Citations in the text, as Pandoc has them: https://pandoc.org/MANUAL.html#citations.

[see @marsh12, p. 3; @lee]    @marsh12 [p. 3]    [-@marsh12]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from recto.forms.citations.manners import CitationManner, NamedWork
from recto.forms.citations.works import CitedWork
from recto.forms.fences import outside_code, with_code
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_KEY = r"@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<key>[^\W_][\w:.#$%&+?<>~/-]{0,199}(?<=[\w+/~])|\w))"
_GROUP = re.compile(
    r"(?P<space>[ \t]*)(?<!\^)\[(?P<inside>(?:[^\[\]`]|\\.){0,2000}?@(?:[^\[\]`]){1,2000})\](?![(\[{])"
    r"(?P<stop>[.,;:?!]?)"
)
_IN_NOTE = re.compile(r"\^\[(?P<inside>[^\[\]`]{0,2000}@[^\[\]`]{1,2000})\]")
_ONE = re.compile(rf"(?P<before>[^@]*?)(?P<without>-)?{_KEY}(?P<after>.*)", re.DOTALL)
_IN_TEXT = re.compile(
    rf"(?<![\w@\\/.:\[-])(?<!\]\(){_KEY}(?:[ \t]*\[(?P<where>[^\[\]@]{{1,200}})\](?![(\[{{:]))?"
)
_LIKE_A_KEY = re.compile(r"[A-Za-z][A-Za-z_:-]{0,60}(?:1[5-9]|20)\d\d\w*")  # `marsh2012`, `marsh_2012a`
_DEFINITION = re.compile(r" {0,3}\[(?P<note>\^)?[^\[\]]+\]:\s")  # of a link, or of a note


class Citing:
    """Finds the citations of a book, file by file; `cited` are the works that it names, by their keys."""

    def __init__(self, works: Mapping[str, CitedWork], manner: CitationManner) -> None:
        self._works, self._manner = works, manner
        self.cited: dict[str, CitedWork] = {}
        self.problems: list[Problem] = []

    def also(self, keys: Iterable[str], said: SourceFile) -> None:
        """Take in works that are to be listed though no text cites them; `*` is all."""
        for key in keys:
            if key == "*":
                self.cited.update(self._works)
            elif key in self._works:
                self.cited[key] = self._works[key]
            else:
                self._unknown(key, said, None)

    def set(self, file: SourceFile) -> SourceFile:
        """A file with its citations as links to the works; those of works that are not there are told."""
        lines = ((line, number) for number, line in enumerate(file.lines, 1))
        first = read_front_matter(file)[0].body_line
        made = list[tuple[str, int]]()
        for line, number, code in with_code(lines):
            is_text = number >= first and not code and "@" in line
            made.append((self._line(line, file, number) if is_text else line, number))
        if notes := self._manner.notes():
            made += [(line, len(file.lines)) for line in ("", *notes)]
        return file.made_of(made)

    def bibliography(self) -> list[str]:
        """The works that were cited, as paragraphs of Markdown, each with the id that citations lead to."""
        entries: list[str] = []
        for work, entry in self._manner.listed(self.cited.values()):
            entries += [f'<span id="{work.anchor}"></span>{entry}', ""]
        return entries

    def _line(self, line: str, file: SourceFile, number: int) -> str:
        definition = _DEFINITION.match(line)
        in_note = definition is not None and bool(definition["note"])

        def cited(text: str) -> str:
            text = _IN_NOTE.sub(lambda found: self._note(found, file, number), text)
            if definition is None or in_note:
                text = _GROUP.sub(lambda found: self._group(found, file, number, in_note), text)
            return _IN_TEXT.sub(lambda found: self._in_text(found, file, number, in_note), text)

        return outside_code(line, cited)

    def _group(self, found: re.Match[str], file: SourceFile, number: int, in_note: bool) -> str:
        """The works in one pair of brackets; as typed where it is none of citations."""
        ones = [_ONE.fullmatch(piece.strip()) for piece in found["inside"].split(";")]
        if any(one is None or one["before"][-1:].isalnum() for one in ones):
            return found[0]
        works = [self._named(one, file, number) for one in ones if one]
        made = self._manner.grouped(works, in_note=in_note)
        if made.startswith("[^"):  # the call of a note stands close to the word, behind the stop
            return f"{found['stop']}{made}"
        return f"{found['space']}{made}{found['stop']}"

    def _note(self, found: re.Match[str], file: SourceFile, number: int) -> str:
        """A note in the line, of which all may be works."""
        ones = [_ONE.fullmatch(piece.strip()) for piece in found["inside"].split(";")]
        if any(one is None or one["before"].strip() for one in ones):
            return found[0]
        works = [self._named(one, file, number) for one in ones if one]
        return f"^[{self._manner.grouped(works, in_note=True)}]"

    def _named(self, one: re.Match[str], file: SourceFile, number: int) -> NamedWork:
        key = one["braced"] or one["key"]
        work = self._works.get(key)
        if work is None:
            self._unknown(key, file, number)
        else:
            self.cited[key] = work
        return NamedWork(one["before"], key, one["after"], bool(one["without"]), work)

    def _in_text(self, found: re.Match[str], file: SourceFile, number: int, in_note: bool) -> str:
        """A work named in a sentence; a word with an at sign stays, and is told if it seems to be a key."""
        key = found["braced"] or found["key"]
        work = self._works.get(key)
        if work is None:
            if found["braced"] or _LIKE_A_KEY.fullmatch(key):
                self._unknown(key, file, number)
            return found[0]
        self.cited[key] = work
        return self._manner.in_text(work, found["where"] or "", in_note=in_note)

    def _unknown(self, key: str, file: SourceFile, number: int | None) -> None:
        message = f"there is no work “{key}” in the list of works"
        hint = "correct the key, or add the work to the list"
        self.problems.append(warning("work-unknown", message, file.at(number), hint=hint, subject=key))
