"""The ids in an SVG as XML names, each once: EPUB 3.3, 6.2 takes no picture with others.

Programs that draw write `1:23` and `Frame 1`, and one id twice. References to an id that gets another name go
with it; of two with one name the first is meant, as viewers have it.
"""

from __future__ import annotations

import re

from recto.notations.xhtml import Element

_NAME = re.compile(r"[^\W\d][\w.-]*")
_REFERENCE = re.compile(r"(url\(\s*[\"']?#)([^)\"']{0,200})([\"']?\s*\))")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def name_ids(root: Element) -> bool:
    """Give every id a name that may be one; tells whether any changed."""
    taken = {str(each.get("id")) for each in root.iter() if _NAME.fullmatch(each.get("id") or "")}
    names: dict[str, str] = {}
    seen: set[str] = set()
    changed = False
    for element in root.iter():
        given = element.get("id")
        if given is None:
            continue
        if given in seen or not given.strip():
            del element.attrib["id"]
            changed = True
        elif not _NAME.fullmatch(given):
            names[given] = _free(given, taken)
            element.set("id", names[given])
        seen.add(given)
    if names:
        _refer(root, names)
    return changed or bool(names)


def _free(given: str, taken: set[str]) -> str:
    name = "id-" + re.sub(r"[^\w.-]+", "-", given)
    while name in taken:
        name += "-"
    taken.add(name)
    return name


def _refer(root: Element, names: dict[str, str]) -> None:
    """Let references lead to the names that ids have now."""

    def renamed(found: re.Match[str]) -> str:
        return f"{found[1]}{names.get(found[2], found[2])}{found[3]}"

    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute in _HREFS and value.strip().startswith("#"):
                name = value.strip()[1:]
                element.set(attribute, f"#{names.get(name, name)}")
            elif "#" in value:
                element.set(attribute, _REFERENCE.sub(renamed, value))
        if element.text and "url(" in element.text:
            element.text = _REFERENCE.sub(renamed, element.text)
