"""Whether the head of a rule is a list of selectors (Selectors 4, 17), by its tokens alone.

Which pseudo-classes and elements there are is not asked: what one program doesn't know, another may. But a
reader of e-books may drop a whole sheet over a selector that is none, and EPUBCheck calls it an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MOST_STEPS = 50  # of one selector from element to element
_COMBINATORS = (">", "+", "~")


def unfit(prelude: Sequence[Any]) -> Any | None:
    """The first token that can't stand where it does, or the last of a head that is not whole; else None."""
    tokens = [token for token in prelude if token.type != "comment"]
    awaited, at = True, 0  # whether a selector must follow
    while at < len(tokens):
        token = tokens[at]
        if token.type == "whitespace":
            at += 1
        elif token.type == "literal" and token.value in (",", *_COMBINATORS):
            if awaited:
                return token
            awaited, at = True, at + 1
        else:
            length = _simple(tokens, at)
            if not length or (token.type == "ident" and not _begins(tokens, at)):
                return token
            awaited, at = False, at + length
    return tokens[-1] if awaited and tokens else None


def most_steps(prelude: Sequence[Any]) -> int:
    """How many steps from element to element the longest of some selectors takes, at any depth."""
    most, steps, begins, was_step = 0, 0, True, False
    for token in prelude:
        is_step = token.type == "whitespace" or token in _COMBINATORS
        if token == ",":
            steps, begins = 0, True
        elif not is_step:
            steps += was_step and not begins
            steps += most_steps(token.arguments) if token.type == "function" else 0
            begins = False
        was_step = is_step
        most = max(most, steps)
    return most


def _simple(tokens: Sequence[Any], at: int) -> int:
    """How many tokens the simple selector has that begins at a token; 0 where none does."""
    token, after = tokens[at], tokens[at + 1 : at + 3] or [None]
    kinds = [each.type if each is not None else "" for each in after]
    if token.type == "hash":
        return int(token.is_identifier)
    if token.type == "[] block":
        inside = [each.type for each in token.content if each.type not in ("whitespace", "comment")]
        return int(bool(inside) and inside[0] == "ident")
    if token == ".":
        return 2 if kinds[0] == "ident" else 0
    if token == ":":
        if after[0] == ":":
            return 3 if len(kinds) > 1 and kinds[1] in ("ident", "function") else 0
        return 2 if kinds[0] in ("ident", "function") else 0
    return int(token.type == "ident" or token in ("*", "&", "|"))


def _begins(tokens: Sequence[Any], at: int) -> bool:
    """Whether the name of an element stands where one may: before all that is said of the element."""
    before = tokens[at - 1] if at else None
    return before is None or before.type == "whitespace" or before in (",", "|", *_COMBINATORS)
