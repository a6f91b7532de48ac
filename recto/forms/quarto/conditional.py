"""Content that a profile or metadata shows or hides: `content-visible`, `content-hidden`.

https://quarto.org/docs/authoring/conditional.html. What is for a format is for one of the two books, and is
read with other divisions (fenced_divs.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.list_files import yaml_list
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.pandoc.output_formats import class_of
from recto.forms.quarto.profiles import SETTINGS, active_profiles, with_profiles
from recto.forms.source_file import SourceFile

_OPEN = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?:\{(?P<list>[^{}]*)\}|[\w-]+)[ \t]*:*[ \t]*")
_SHUT = re.compile(r"[ ]{0,3}:{3,}[ \t]*")
_CONDITION = re.compile(r"\b(?P<when>when|unless)-(?P<of>profile|meta|format)=\"(?P<name>[^\"]*)\"")
_HOW = re.compile(r"\.content-(?P<how>visible|hidden)\b")
_SPAN = re.compile(r"\[(?P<words>[^\[\]]*)\]\{(?P<list>[^{}]*\.content-[^{}]*)\}")


def fitting(file: SourceFile, folder: BookFolder) -> SourceFile:
    """A file without what its conditions hide: for the profiles that are on, and by what metadata says."""
    if ".content-" not in file.text:
        return file
    conditions = _conditions(file, folder)
    lines = [(line, number) for number, line in enumerate(file.lines, 1)]
    return file.made_of(tuple(_shown(lines, conditions)), file.included)


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What conditions ask for: the profiles that are on, and metadata."""

    profiles: frozenset[str]
    metadata: tuple[Mapping[str, object], ...]

    def hide(self, attributes: str) -> bool:
        """Tell whether what has these attributes is to be left out."""
        how = _HOW.search(attributes)
        asked = [each for each in _CONDITION.finditer(attributes) if each["of"] != "format"]
        if how is None or not asked:
            return False
        holds = all(self._holds(each["of"], each["name"]) == (each["when"] == "when") for each in asked)
        return holds == (how["how"] == "hidden")

    def _holds(self, of: str, name: str) -> bool:
        if of == "profile":
            return name in self.profiles
        return any(_is_set(data, name) for data in self.metadata)


def _conditions(file: SourceFile, folder: BookFolder) -> _Conditions:
    name = next((name for name in SETTINGS if folder.holds(name)), "")
    data = yaml_list(folder, name)[0] if name else {}
    own = read_front_matter(file)[0].settings
    return _Conditions(active_profiles(data, folder), (own, with_profiles(data, folder)[0]))


def _is_set(data: Mapping[str, object], path: str) -> bool:
    value: object = data
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return str(value or "").casefold() not in ("", "false", "no")


def _shown(lines: list[Line], conditions: _Conditions) -> Iterator[Line]:
    """The lines that are shown, with spans as what they hold."""
    opened: list[bool] = []  # whether each division that is open hides what is in it
    for line, at, code in with_code(lines):
        hidden = any(opened)
        found = None if code else _OPEN.fullmatch(line)
        if found:
            opened.append(conditions.hide(found["list"] or ""))
            hidden = hidden or opened[-1]
        elif opened and not code and _SHUT.fullmatch(line):
            opened.pop()
        if hidden:
            yield "", at
        elif code or ".content-" not in line or found:
            yield line, at
        else:
            yield _SPAN.sub(lambda each: _span(each, conditions), line), at


def _span(found: re.Match[str], conditions: _Conditions) -> str:
    attributes = found["list"]
    if conditions.hide(attributes):
        return ""
    for each in _CONDITION.finditer(attributes):
        if each["of"] == "format":
            shown = (each["when"] == "when") == (".content-visible" in attributes)
            named = class_of(each["name"], shown=shown)
            return f"[{found['words']}]{{.{named}}}" if named else found["words"]
    return found["words"]
