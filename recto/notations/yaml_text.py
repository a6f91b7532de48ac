"""YAML that strangers wrote: every value as it is typed, and none of its bombs."""

from __future__ import annotations

import yaml

from recto.notations.json_text import check_characters

DEEPEST = 20  # lists and tables in one another


class YamlError(ValueError):
    """What keeps a text from being read as YAML, and its line, from 0; None where that is not known."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


class YamlBombError(YamlError):
    """YAML that would grow without measure."""

    line: int

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message, line)


def read_yaml(source: str) -> object:
    """What a text of YAML holds, every value as it is typed. Raises YamlError."""
    try:
        _check(source)
        # BaseLoader keeps every value as typed: to YAML itself, `number: 4.10` is 4.1
        data: object = yaml.load(source, Loader=yaml.BaseLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        reason = getattr(fault, "problem", None) or "it can not be read"
        raise YamlError(reason, mark.line if mark else None) from None
    try:
        check_characters(data)
    except ValueError as fault:
        raise YamlError(str(fault), None) from None
    return data


def _check(source: str) -> None:
    """Look for YAML's bombs before anything is built of it.

    Raises YamlBombError for an alias, which may stand for a thousand copies, and for nesting that nobody
    writes.
    """
    depth = 0
    for event in yaml.parse(source, Loader=yaml.BaseLoader):
        reason = ""
        if isinstance(event, yaml.AliasEvent):
            reason = f"`*{event.anchor}` stands for a value given elsewhere; write the value itself"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            reason = f"more than {DEEPEST} lists or tables lie in one another"
        if reason:
            raise YamlBombError(reason, getattr(event.start_mark, "line", 0))
