"""The ids in an SVG as XML names, each once, and references to them alone: EPUB 3.3, 6.2 takes no others.

Programs that draw write `1:23` and `Frame 1`, and one id twice. References to an id that gets another name go
with it; of two with one name the first is meant, as viewers have it. References to nothing draw nothing, and
go.
"""

from __future__ import annotations

import re

from recto.notations.xhtml import Element

_NAME = re.compile(r"[^\W\d][\w.-]*")
_REFERENCE = re.compile(r"(url\(\s*[\"']?#)([^)\"']{0,200})([\"']?\s*\))")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_PAINTED = ("fill", "stroke")


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


def drop_dangling(root: Element) -> bool:
    """Take out references to ids that there are none of; tells whether there were any.

    What is painted with nothing has the colour that is given beside it, or none (SVG 2, 13.2); a clip, a
    mask, a marker that is nothing does nothing.
    """
    names = {str(each.get("id")) for each in root.iter() if each.get("id")}
    changed = False
    for element in list(root.iter()):
        for attribute, value in list(element.attrib.items()):
            if attribute in _HREFS and value.strip().startswith("#"):
                if value.strip()[1:] not in names:
                    del element.attrib[attribute]
                    changed = True
            elif (
                (found := _REFERENCE.match(value.strip())) and found[2] not in names and attribute != "style"
            ):
                rest = value.strip()[found.end() :].strip()
                if attribute in _PAINTED:
                    element.set(attribute, rest or "none")
                else:
                    del element.attrib[attribute]
                changed = True
    return changed


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
