"""The file index.toml of a book: a decision is written at once, whole or not at all, and can be taken back.

The author's order, comments and spelling stay. A decision that can't be written, since the words for it stand
elsewhere, is refused with the place where they stand.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from recto.desk.indexer.decisions import act_of
from recto.desk.indexer.list_editing import ListEditing, UndecidedError
from recto.door import LARGEST_SETTINGS, Door
from recto.notations.xml_characters import FORBIDDEN

_HEAD = "The term list of the index. What was decided at the desk is written here; so may be what you like."
_MOST_STEPS = 500  # that can be taken back
_LONGEST = {"place": 2_000}  # characters of the words that name a place
_HEADING = 200  # characters of a heading


class TermList:
    """The index.toml of a book."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._steps: list[tuple[str, str]] = []  # what stood there before, and what was written
        self._parsed: tuple[str, tomlkit.TOMLDocument] | None = None  # of the last text written

    @property
    def steps(self) -> int:
        """How many decisions can be taken back."""
        return len(self._steps)

    def decide(self, asked: Mapping[str, str], origins: Mapping[str, str], *, keeps_automatic: bool) -> None:
        """Write a decision. Raises UndecidedError.

        `origins` tells of each heading of the index whether a mark, the list or the machine made it. Without
        a word in the file the automatic index is on as long as nothing is listed: with `keeps_automatic` the
        first term leaves it on.
        """
        act = act_of(asked.get("do", ""))
        if act is None:
            raise UndecidedError("there is no such decision")
        before, words = self._read(), _words(asked)
        try:
            document, self._parsed = self._document(before), None
            editing = ListEditing(document, origins)
            act(editing, words)
            if keeps_automatic and "automatic" not in document and editing.terms:
                document.add("automatic", True)
            after = tomlkit.dumps(document)
        except (TOMLKitError, ValueError, KeyError, TypeError) as fault:
            raise UndecidedError(f"index.toml can't be changed as it is: {fault}") from fault
        self._write(after)
        self._parsed = after, document
        self._steps = [*self._steps[-_MOST_STEPS:], (before, after)]

    def take_back(self) -> None:
        """Take the last decision back. Raises UndecidedError where the file was edited since."""
        if not self._steps:
            raise UndecidedError("there is nothing to take back")
        before, after = self._steps[-1]
        if self._read() != after:
            self._steps.clear()
            raise UndecidedError("index.toml has been edited elsewhere since")
        if before:
            self._write(before)
        else:
            self.path.unlink(missing_ok=True)
        self._steps.pop()

    def _document(self, text: str) -> tomlkit.TOMLDocument:
        """The list as tomlkit has it: that of the last decision, where the file is still as that left it."""
        if self._parsed is not None and self._parsed[0] == text:
            return self._parsed[1]
        return tomlkit.parse(text) if text else _empty()

    def _read(self) -> str:
        if not os.path.lexists(self.path):
            return ""
        try:
            return Door.of(self.path.parent).read(self.path, LARGEST_SETTINGS).decode("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise UndecidedError(f"index.toml can't be read: {fault}") from fault

    def _write(self, text: str) -> None:
        """Put a text in the place of the file, whole or not at all."""
        try:
            handle, name = tempfile.mkstemp(".tmp", ".index-", self.path.parent)
            draft = Path(name)
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
                draft.chmod(self.path.stat().st_mode & 0o777 if self.path.exists() else 0o644)
                draft.replace(self.path.resolve())
            except OSError:
                draft.unlink(missing_ok=True)
                raise
        except OSError as fault:
            raise UndecidedError(f"index.toml can't be written: {fault.strerror}") from fault


def _empty() -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    document.add(tomlkit.nl())
    return document


def _words(asked: Mapping[str, str]) -> Mapping[str, str]:
    """What was asked, its words without white space around them."""
    words = {key: " ".join(value.split()) for key, value in asked.items() if isinstance(value, str)}
    if not words.get("term") or any(len(value) > _LONGEST.get(key, _HEADING) for key, value in words.items()):
        raise UndecidedError("a heading has between one and 200 characters")
    if any(map(FORBIDDEN.search, words.values())):
        raise UndecidedError("a heading has no control characters")
    return words
