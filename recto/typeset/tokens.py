"""Tokens: what must pass through Markdown untouched, and still know its line.

Python-Markdown keeps no source positions, and its syntax would eat an index mark. So before a text is
converted, each construct of ours is replaced by a token: characters that no author can type (Unicode
noncharacters, which the cleaning of sources removes) and that mean nothing to Markdown. Afterwards a token
that stands in code is turned back into what the author wrote; one that stands in text takes effect, and its
line is exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from recto.problems import Problem

# "line" says where the image, link or note call next to it stands; "open" and "close" enclose marked words
Kind = Literal["mark", "open", "close", "literal", "problem", "line"]

_OPEN, _CLOSE, _ZERO = "\ufdd0", "\ufdd1", 0xFDE0
TOKEN = re.compile(f"{_OPEN}([{chr(_ZERO)}-{chr(_ZERO + 15)}]+){_CLOSE}")
# what the text of a mark begins with, to say in which grammar it is written
GRAMMAR = {"mark": "", "latex": "\1", "ascii": "\0", "macro": "\0"}
NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Token:
    """Something carried through Markdown.

    raw       what the author typed, for where it stands in code; "" for a token that was only added
    text      the grammar inside an index mark, or the text that a literal stands for
    problem   what to report if it stands in text
    """

    kind: Kind
    raw: str
    line: int
    text: str = ""
    problem: Problem | None = None


class Tokens:
    """The tokens of one text, numbered in the order found."""

    def __init__(self) -> None:
        self._tokens: list[Token] = []

    def add(self, token: Token) -> str:
        """Keep a token; returns the characters that stand for it."""
        digits = "".join(chr(_ZERO + int(digit, 16)) for digit in f"{len(self._tokens):x}")
        self._tokens.append(token)
        return f"{_OPEN}{digits}{_CLOSE}"

    def of(self, match: re.Match[str]) -> Token:
        """The token that a match of TOKEN stands for."""
        return self._tokens[int("".join(f"{ord(digit) - _ZERO:x}" for digit in match[1]), 16)]

    def restore(self, text: str) -> str:
        """A text as the author typed it."""
        return self.replace(text, lambda token: token.raw)

    def replace(self, text: str, by: Callable[[Token], str]) -> str:
        """A text with every token replaced by what `by` makes of it."""
        return TOKEN.sub(lambda match: by(self.of(match)), text) if _OPEN in text else text


def without(text: str) -> str:
    """A text without any tokens."""
    return TOKEN.sub("", text)
