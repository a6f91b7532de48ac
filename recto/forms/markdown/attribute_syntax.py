"""Attribute lists as they are written: `{#id .class name=value}`."""

from __future__ import annotations

import re

# a name may hold accents that stand by themselves (NFD), which are no `\w`
_NAME = r"[.#][\w:-](?:[\w:.-]|[^\x00-\x7f\s])*"
_ITEM = rf"""(?:{_NAME}|[\w:-]+=(?:"[^"\n]{{0,500}}"|'[^'\n]{{0,500}}'|[^\s"'{{}}]{{1,500}}))"""
# one list, as an expression with white space in it (re.VERBOSE)
LIST = rf"\{{ :? [ \t]* {_ITEM} (?: [ \t]+ {_ITEM} ){{0,30}} [ \t]* \}}"

_ATTRIBUTE = re.compile(_ITEM)


def attribute_items(text: str) -> list[str]:
    """The items of a list as they are written, `#id`, `.class` or `name=value`, and what is none of these."""
    return re.findall(rf"{_ITEM}|[^\s{{}}:]\S*", text)


def read_attributes(text: str) -> dict[str, str]:
    """The inside of `{#id .class name=value}` as attributes."""
    read: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        word = found[0]
        name, equals, value = word.partition("=")
        if word[0] == "#":
            read["id"] = word[1:]
        elif word[0] == ".":
            read["class"] = f"{read.get('class', '')} {word[1:]}".strip()
        elif equals:
            read[name.lower()] = value.strip("\"'")
    return read
