"""What style sheets and declarations reach for, beyond themselves: the one place that reads CSS by tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

DEEPEST = 40  # brackets in one another
_FETCHING = frozenset("url src image image-set -webkit-image-set cross-fade element paint expression".split())
_IMPORTING = frozenset(("import", "namespace"))


def addresses(tokens: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Every address that component values reach for, with its line: of `url()` and of what else fetches.

    An `@import` is an address even where it names none. Raises RecursionError for brackets without end.
    """
    waiting = [(token, 0, False) for token in tokens]
    waiting.reverse()
    while waiting:
        token, depth, fetches = waiting.pop()
        if depth > DEEPEST:
            raise RecursionError
        if token.type == "url" or (token.type == "string" and fetches):
            yield token.source_line, token.value
        elif token.type == "at-keyword" and token.lower_value in _IMPORTING:
            yield token.source_line, f"@{token.value}"
        elif token.type == "error":
            yield token.source_line, f"({token.kind})"
        inside = getattr(token, "arguments" if token.type == "function" else "content", None)
        if isinstance(inside, list):
            fetches = token.type == "function" and token.lower_name in _FETCHING
            waiting += ((each, depth + 1, fetches) for each in reversed(inside))


def within(text: str) -> bool:
    """Tell whether declarations or a value reach for nothing but parts of the same document (`url(#a)`)."""
    try:
        found = addresses(tinycss2.parse_component_value_list(text, skip_comments=True))
        return all(address.startswith("#") for _, address in found)
    except RecursionError:
        return False


def rules_within(sheet: str) -> tuple[str, bool]:
    """A style sheet without the rules that reach for anything else, and whether all of them stayed."""
    kept, whole = [], True
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        text = "" if rule.type == "error" else rule.serialize() if _is_shallow(rule) else ""
        if text and not text.lower().startswith(("@import", "@namespace")) and within(text):
            kept.append(text)
        else:
            whole = False
    return "\n".join(kept), whole


def _is_shallow(rule: Any) -> bool:
    try:
        for _ in addresses([*(rule.prelude or ()), *(rule.content or ())]):
            pass
    except RecursionError:
        return False
    return True
