"""What it would cost to draw an SVG: a few lines can ask for more shapes than there are grains of sand.

Each `<use>`, marker, pattern, mask, clip and filter stands for a copy of what it refers to, and copies may
hold copies. They are counted without being made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recto.notations.xhtml import Element

MOST_SHAPES = 200_000
MOST_ELEMENTS = 50_000
MOST_MATCHES = 20_000_000  # of rules with elements, which are all tried
DEEPEST = 60  # elements in one another, and copies in copies
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^)\"'\s]+)", re.IGNORECASE)
_TEXTS = ("}text", "}tspan", "}textPath")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")


def check_cost(root: Element) -> None:
    """Raises ValueError where a picture would draw more than can be drawn, or a part of it itself."""
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    if len(elements) > MOST_ELEMENTS:
        raise ValueError(f"it has more than {MOST_ELEMENTS:,} elements")
    rules = sum((each.text or "").count("{") for each in elements if str(each.tag).endswith("}style"))
    if rules * len(elements) > MOST_MATCHES:
        raise ValueError(f"its {rules:,} rules are more than can be tried with {len(elements):,} elements")
    _check_depth(root)
    if _Count(elements).of(root) > MOST_SHAPES:
        raise ValueError(f"it would draw more than {MOST_SHAPES:,} shapes, by copies of copies")


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} of its elements lie in one another")
        level = [child for element in level for child in element]


class _Count:
    """Counts the shapes that an element draws, with all that it refers to, each element once."""

    def __init__(self, elements: list[Element]) -> None:
        self._named = {name: each for each in elements if (name := each.get("id"))}
        # rules of a style sheet may lay a marker or a pattern on anything
        sheets = " ".join(each.text or "" for each in elements if str(each.tag).endswith("}style"))
        laid = (self._named[name] for name in set(_REFERENCE.findall(sheets)) if name in self._named)
        self._laid = [each for each in laid if not str(each.tag).endswith("Gradient")]
        self._known: dict[Element, int] = {}
        self._open: set[Element] = set()

    def of(self, element: Element, depth: int = 0) -> int:
        """The shapes of an element. Raises ValueError where it refers to itself, or too deep."""
        if element in self._open:
            raise ValueError("a part of it is drawn by means of itself")
        if depth > 2 * DEEPEST:
            raise ValueError(f"more than {DEEPEST} copies lie in one another")
        if element not in self._known:
            self._open.add(element)
            count = (
                1
                + _weight(element)
                + sum(self.of(child, depth + 1) for child in element if isinstance(child.tag, str))
            )
            count += sum(self.of(target, depth + 1) * times for target, times in self._references(element))
            self._open.discard(element)
            self._known[element] = min(count, MOST_SHAPES + 1)
        return self._known[element]

    def _references(self, element: Element) -> Iterator[tuple[Element, int]]:
        """What an element is drawn by means of, and how often."""
        corners = 1 + (len(element.get("d") or "") + len(element.get("points") or "")) // 4
        for name, value in element.attrib.items():
            if name in _HREFS:
                names, times = [value.strip()[1:]], 1
            else:
                names, times = _REFERENCE.findall(value), corners if name in _MARKERS else 1
            yield from ((self._named[each], times) for each in names if each in self._named)
        if element.get("class"):
            yield from ((target, 1) for target in self._laid if target not in self._open)


def _weight(element: Element) -> int:
    """What an element draws beside itself: each letter of a text, and each ten corners of a path."""
    corners = (len(element.get("d") or "") + len(element.get("points") or "")) // 4
    if not str(element.tag).endswith(_TEXTS):
        return corners // 10
    return len(element.text or "") + sum(len(child.tail or "") for child in element)
