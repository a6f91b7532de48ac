"""TOML read with the line of every key, table and item, which the readers of TOML don't keep.

A text is read by the library; what it has found whole is then gone through once more, token by token (TOML
1.0, toml.io/en/v1.0.0), for its lines alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["KeyPath", "Lines", "TomlError", "parse", "tomllib"]

# the way to something: keys of tables, and numbers of items in arrays from 0 on
KeyPath = tuple[str | int, ...]
Lines = dict[KeyPath, int]

_TOKEN = re.compile(
    r'''
      (?P<text> """(?: [^"\\] | \\. | "{1,2}(?!") )*"{3,5} | \'{3}(?: [^'] | '{1,2}(?!') )*'{3,5}
              | "(?: [^"\\\n] | \\. )*" | '[^'\n]*' )
    | (?P<mark> [][{}=,.] ) | (?P<end> \n ) | (?P<bare> [^][{}=,.\#"'\s]+ ) | [^\S\n]+ | \#[^\n]*
    ''',
    re.VERBOSE | re.DOTALL,
)

_DEEPEST = 10  # parts of a name in dots
# Such a name of twenty thousand parts would take tomllib 1.6 GB. The lookbehind keeps the search linear: none
# begins within a word.
_KEY = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*"
_LONG_KEY = re.compile(rf"(?<![\w-])(?:{_KEY}\.[ \t]*){{{_DEEPEST}}}{_KEY}[.=\]]")


class TomlError(ValueError):
    """What keeps a text from being TOML, and the line of it where that is known."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class _TomlToken:
    kind: str  # text, mark, end (of a line) or bare
    text: str
    line: int


def parse(source: str) -> tuple[dict[str, Any], Lines]:
    """What a TOML text holds, and on which line each key, table and item begins. Raises TomlError."""
    if bomb := _LONG_KEY.search(source):
        message = f"a name of more than {_DEEPEST} parts stands here"
        raise TomlError(message, source.count("\n", 0, bomb.start()) + 1)
    try:
        data = tomllib.loads(source)
        return data, _Scan(source).lines
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"\s*\(at line (\d+), column \d+\)", str(fault))
        message = str(fault)[: found.start()] if found else str(fault).removesuffix(" (at end of document)")
        raise TomlError(message, int(found[1]) if found else None) from None
    except RecursionError:
        raise TomlError("Its lists and tables stand too deep in one another", None) from None
    except ValueError as fault:  # a number with more digits than Python reads
        raise TomlError(str(fault), None) from None


class _Scan:
    """One walk over a text that is known to be TOML."""

    def __init__(self, source: str) -> None:
        self.lines: Lines = {}
        self._arrays: dict[KeyPath, int] = {}  # the number of the last table of each array of tables
        self._tokens = [*_tokens(source.replace("\r\n", "\n"))]
        self._at = 0
        table: KeyPath = ()
        while self._at < len(self._tokens):
            if self._tokens[self._at].kind == "end":
                self._at += 1
            elif self._meets("["):
                table = self._heading()
            else:
                self._pair(table)

    def _meets(self, *marks: str, after: int = 0) -> bool:
        """Whether the next token (or one `after` it) is one of some marks."""
        at = self._at + after
        return at < len(self._tokens) and self._tokens[at].kind == "mark" and self._tokens[at].text in marks

    def _heading(self) -> KeyPath:
        """`[table]` or `[[array of tables]]`: the path that the pairs below it begin with."""
        line, many = self._tokens[self._at].line, self._meets("[", after=1)
        self._at += 1 + many
        path: KeyPath = ()
        for key in self._key():
            path = (*self._within(path), key)
        if many:
            self._arrays[path] = self._arrays.get(path, -1) + 1
        self._at += 1 + many
        return self._found(self._within(path), line)

    def _within(self, path: KeyPath) -> KeyPath:
        """A path, or that of the last table where it leads to an array of them."""
        return (*path, self._arrays[path]) if path in self._arrays else path

    def _pair(self, table: KeyPath) -> None:
        line = self._tokens[self._at].line
        path = self._found((*table, *self._key()), line)
        self._at += 1  # the sign between key and value
        self._value(path)

    def _key(self) -> list[str]:
        """The parts of a key, up to the mark that ends it."""
        parts: list[str] = []
        while not self._meets("=", "]"):
            token = self._tokens[self._at]
            if token.kind == "text":
                parts.append(str(tomllib.loads(f"key = {token.text}")["key"]))
            elif token.kind == "bare":
                parts.append(token.text)
            self._at += 1
        return parts

    def _value(self, path: KeyPath) -> None:
        """A value: the lines of what it holds, where it holds other values."""
        if not self._meets("[", "{"):
            while self._at < len(self._tokens) and not self._over():
                self._at += 1
            return
        closing, number = "]" if self._meets("[") else "}", 0
        self._at += 1
        while not self._meets(closing):
            if self._meets(",") or self._tokens[self._at].kind == "end":
                self._at += 1
            elif closing == "}":
                self._pair(path)
            else:
                self._value(self._found((*path, number), self._tokens[self._at].line))
                number += 1
        self._at += 1

    def _over(self) -> bool:
        """Whether a plain value ends here."""
        return self._meets(",", "]", "}") or self._tokens[self._at].kind == "end"

    def _found(self, path: KeyPath, line: int) -> KeyPath:
        """Note where something stands, and what it stands in where that has no heading of its own."""
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)
        return path


def _tokens(source: str) -> Iterator[_TomlToken]:
    line = 1
    for found in _TOKEN.finditer(source):
        if found.lastgroup:
            yield _TomlToken(found.lastgroup, found[0], line)
        line += found[0].count("\n")
