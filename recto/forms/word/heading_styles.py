"""Which paragraphs of Word are headings: by the level of their outline, whatever their style is called.

ECMA-376, part 1, 17.3.1.20 and 17.7.4.3: a paragraph, its style, or the style that this one is based on, says
the level; 9 is that of running text. Word calls its own styles `heading 1`; Pages has `Heading`, publishers
have their own (`Chapter Title`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from recto.forms.office.document_parts import attribute, local
from recto.notations.xhtml import Element

STYLE_MAP = "".join(f"p.RectoHeading{level} => h{level}:fresh\n" for level in range(1, 7))
_OWN = re.compile(r"heading ([1-9])", re.I)
# they have a place of their own, whatever level their makers gave them
_OTHER = ("title", "subtitle", "toc heading", "index heading")
_DEEPEST = 20  # styles based on others


def levels_of(styles: Element) -> Mapping[str, int]:
    """The level, from 1, of each paragraph style that is one of headings, by its id."""
    said: dict[str, tuple[str, int | None]] = {}
    for style in styles.iter():
        if local(style) == "style" and attribute(style, "type") == "paragraph":
            name = next((attribute(each, "val") for each in style if local(each) == "name"), "")
            based = next((attribute(each, "val") for each in style if local(each) == "basedOn"), "")
            own = _OWN.fullmatch(name)
            level = int(own[1]) if own else _outline(style)
            said[attribute(style, "styleId")] = based, 0 if name.casefold() in _OTHER else level
    found: dict[str, int] = {}
    for name in said:
        at, level, steps = name, None, 0
        while level is None and at in said and steps < _DEEPEST:
            (at, level), steps = said[at], steps + 1
        if level:
            found[name] = min(level, 6)
    return found


def _outline(holder: Element) -> int | None:
    """The level that a style or a paragraph says, 0 for that of running text; None where it says none."""
    for properties in holder:
        if local(properties) == "pPr":
            for each in properties:
                if local(each) == "outlineLvl" and attribute(each, "val").isdecimal():
                    level = int(attribute(each, "val"))
                    return level + 1 if level < 9 else 0
    return None


def mark_headings(root: Element, levels: Mapping[str, int]) -> None:
    """Give every paragraph that is a heading a style that STYLE_MAP knows."""
    for paragraph in list(root.iter()):
        properties = next((each for each in paragraph if local(each) == "pPr"), None)
        if local(paragraph) != "p" or properties is None:
            continue
        style = next((each for each in properties if local(each) == "pStyle"), None)
        own = _outline(paragraph)
        level = levels.get(attribute(style, "val"), 0) if style is not None else 0
        level = level if own is None else min(own, 6)
        if level:
            if style is None:
                style = properties.makeelement(str(properties.tag).replace("pPr", "pStyle"))
                properties.insert(0, style)
            value = str(properties.tag).replace("pPr", "val")
            style.set(value, f"RectoHeading{level}")
