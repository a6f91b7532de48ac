"""Where every anchor of the book stands: in which section, and before or after which other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recto.galley import CALL_ROLE, NOTE_ROLE
from recto.index.index_model import Kind, Locator
from recto.model import Galley, SetSection

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>[^<>]*?)(?P<empty>/?)>")
_ID = re.compile(r'\bid="([^"]*)"')
_CALL = re.compile(rf'<a\b(?=[^>]*\brole="{CALL_ROLE}")[^>]*\bhref="#([^"]*)"[^>]*>(\d+)</a>')
_HOLDERS = ("aside", "figure", "table")


@dataclass(frozen=True, slots=True)
class _Stand:
    label: str
    order: tuple[int, int]
    kind: Kind = "text"
    note: str = ""
    title: str = ""
    opens: bool = False


class Places:
    """Makes locators of anchors, with the section and the position of each, and what it stands in."""

    def __init__(self, galleys: Iterable[Galley]) -> None:
        self._stands: dict[str, _Stand] = {}
        sections = [(galley, section) for galley in galleys for section in galley.all_sections]
        htmls = [section.heading.html + section.html for _, section in sections]
        # what a note is called by, which is what a reader sees of its number
        numbers = {anchor: number for html in htmls for anchor, number in _CALL.findall(html)}
        for position, ((galley, section), html) in enumerate(zip(sections, htmls, strict=True)):
            label, title = label_of(section), section.heading.title
            opens = section is galley.opening and bool(section.heading.number and galley.sections)
            first = _Stand(label, (position, -1), title=title, opens=opens)
            self._stands.setdefault(section.heading.anchor, first)
            for anchor, offset, kind, note in _anchors(html, numbers):
                stand = _Stand(label, (position, offset), kind, note, title, opens)
                self._stands.setdefault(anchor, stand)

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._stands

    def locator(self, anchor: str, anchor_to: str = "", *, principal: bool = False) -> Locator:
        """A locator for an anchor, or from one anchor to another (which is a stretch of text, whatever it
        begins in)."""
        start = self._stands.get(anchor, _Stand("", (0, 0)))
        end = self._stands.get(anchor_to, _Stand("", (0, 0)))
        kind: Kind = "text" if anchor_to else start.kind
        note = "" if anchor_to else start.note
        return Locator(
            anchor,
            anchor_to,
            start.label,
            end.label,
            start.order,
            principal,
            kind,
            note,
            start.title,
            max(start.order, end.order),
            start.opens,
        )


def _anchors(html: str, numbers: Mapping[str, str]) -> Iterator[tuple[str, int, Kind, str]]:
    """Every id in a fragment, where it stands, and the note, figure or table around it."""
    around: list[tuple[Kind, str]] = [("text", "")]
    for tag in _TAG.finditer(html):
        holder = tag["name"] in _HOLDERS and not tag["empty"]
        if tag["close"]:
            if holder and len(around) > 1:
                around.pop()
            continue
        found = _ID.search(tag["attributes"])
        if holder:
            anchor = found[1] if found else ""
            note = numbers.get(anchor, "")
            around.append(_holder(tag["name"], tag["attributes"], anchor, note) or around[-1])
        if found:
            yield found[1], tag.start(), *around[-1]


def _holder(name: str, attributes: str, anchor: str, note: str) -> tuple[Kind, str] | None:
    """What an element makes of the places in it: the kind, and of a note its number."""
    if name == "aside":
        return ("note", note) if note and NOTE_ROLE in attributes else None
    if not anchor:
        return None  # neither caption nor number: it passes for text
    if name == "table" or 'class="table' in attributes:
        return "table", ""
    return ("figure", "") if 'class="figure' in attributes else None


def scope_of(section: SetSection) -> str:
    """How a list names a section alone: the opening of a chapter is `4.0`, for `4` is the whole of it."""
    label = label_of(section)
    return f"{label}.0" if section.heading.level == 1 and section.heading.number else label


def label_of(section: SetSection) -> str:
    """How a section is named where there are no folios: its number, or the title of one without."""
    return section.heading.number or section.heading.title
