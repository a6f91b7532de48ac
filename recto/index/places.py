"""Where every anchor of the book stands: in which section, and before or after which other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recto.index.model import Locator
from recto.model import Galley, SetSection

_ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class _Stand:
    label: str
    order: tuple[int, int]


class Places:
    """Makes locators of anchors, with the section and the position of each."""

    def __init__(self, galleys: Iterable[Galley]) -> None:
        self._stands: dict[str, _Stand] = {}
        sections = (section for galley in galleys for section in galley.all_sections)
        for position, section in enumerate(sections):
            label = label_of(section)
            self._stands.setdefault(section.heading.anchor, _Stand(label, (position, -1)))
            for found in _ID.finditer(section.heading.html + section.html):
                self._stands.setdefault(found[1], _Stand(label, (position, found.start())))

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._stands

    def locator(self, anchor: str, anchor_to: str = "", *, principal: bool = False) -> Locator:
        """A locator for an anchor, or from one anchor to another."""
        start = self._stands.get(anchor, _Stand("", (0, 0)))
        end = self._stands.get(anchor_to, _Stand("", (0, 0)))
        return Locator(anchor, anchor_to, start.label, end.label, start.order, principal)


def label_of(section: SetSection) -> str:
    """How a section is named where there are no folios: its number, or the title of one without."""
    return section.heading.number or section.heading.title
