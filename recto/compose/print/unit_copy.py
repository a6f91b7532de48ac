"""The copy of a unit: all that its print is made of, and nothing else.

What a template is given is made of the copy alone, by a function that sees nothing else (`made_up`); and a
filled template is kept by its copy, told by its `repr`. So nothing can be on a page that its key leaves out:
a unit is composed again where some of its copy has changed, and only there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from math import inf
from typing import Any

from recto.compose.print.paper import Lead, UnitText, plain
from recto.galley import INDEX_MARK, LINK_SCHEME, XREF
from recto.model import Heading
from recto.store.cache import digest
from recto.theme.look import TextLook

_MARK = re.compile(rf'<span class="{INDEX_MARK}" id="[^"]*"></span>')
_LINK = re.compile(r'(<a\b[^>]*?\bhref="#([^"]*)"[^>]*>)')


class UnsetText(str):
    """A text of a galley without its index marks, told by its digest; `links` are its tags and anchors."""

    __slots__ = ("_told", "links")

    _told: str
    links: tuple[tuple[str, str], ...]

    def __new__(cls, html: str) -> UnsetText:
        """The text in the fragment of a galley."""
        text = super().__new__(cls, _MARK.sub("", html))
        text._told = digest(str(text))
        text.links = tuple((tag, unescape(anchor)) for tag, anchor in _LINK.findall(text))
        return text

    def __repr__(self) -> str:
        return self._told


unset = lru_cache(maxsize=16384)(UnsetText)  # a book is composed in rounds, of the same texts


@dataclass(frozen=True, slots=True)
class UnsetTitle:
    """The title of a heading, and the text below it, which holds the notes that it calls."""

    html: UnsetText
    text: UnsetText


@dataclass(frozen=True, slots=True)
class UnsetSection:
    """A section, or (without a heading) what stands before the first one."""

    heading: Heading | None
    title: UnsetText
    html: UnsetText


@dataclass(frozen=True, slots=True)
class UnsetLine:
    """A line of the contents with those below it. `label` stands where a chapter has no title."""

    kind: str
    level: int
    number: str
    html: str
    label: str
    href: str
    folio: str
    entries: tuple[UnsetLine, ...]


@dataclass(frozen=True, slots=True)
class OwnAnchors:
    """The anchors of the index: what a locator leads to is somewhere else."""

    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitCopy:
    """The copy of a unit.

    unit        its name
    given       what its template is given, by name, in the order in which it is set
    leads       where the links in it lead, by anchor; what is not in the book leads nowhere
    page        the word for a page, in the language of the book, and `comma`, what may stand before it
    references  True where references get their page
    opening     how its first words are set, where not as all others
    measure     how long its lines are, in ems
    """

    unit: str
    given: Mapping[str, object]
    leads: Mapping[str, Lead]
    page: str
    comma: str
    references: bool
    opening: TextLook | None = None
    measure: float = inf


def leads_of(given: object, lead: Callable[[str, bool], Lead | None]) -> dict[str, Lead]:
    """Where the links in what a template is given lead. `lead` is asked for an anchor, once for each.

    It is told whether a reference to it may be followed by its page.
    """
    asked: dict[str, bool] = {}
    for text in _texts(given):
        for tag, anchor in text.links:
            asked[anchor] = asked.get(anchor, False) or XREF in tag
    return {anchor: found for anchor, paged in asked.items() if (found := lead(anchor, paged)) is not None}


def _texts(given: object) -> Iterator[UnsetText]:
    if isinstance(given, UnsetText):
        yield given
    elif isinstance(given, UnsetTitle):
        yield from (given.html, given.text)
    elif isinstance(given, UnsetSection):
        yield from (given.title, given.html)
    elif isinstance(given, Mapping | tuple):
        for each in given.values() if isinstance(given, Mapping) else given:
            yield from _texts(each)


def made_up(copy: UnitCopy) -> dict[str, Any]:
    """What a template is given: the copy, with its texts made ready for the printed page."""
    text = UnitText(copy.unit, copy.leads, copy.page, copy.references, copy.comma, copy.opening, copy.measure)
    return {name: _made_up(value, text) for name, value in copy.given.items()}


def _made_up(value: object, text: UnitText) -> Any:
    if isinstance(value, UnsetText):
        return text.fragment(value)
    if isinstance(value, UnsetTitle):
        return text.title(value.html, value.text)
    if isinstance(value, UnsetSection):
        return _section(value, text)
    if isinstance(value, UnsetLine):
        return _line(value)
    if isinstance(value, OwnAnchors):
        return _address(value.anchors)
    if isinstance(value, tuple):
        return [_made_up(each, text) for each in value]
    if isinstance(value, Mapping):
        return {name: _made_up(each, text) for name, each in value.items()}
    return value


def _section(section: UnsetSection, text: UnitText) -> dict[str, Any]:
    heading = section.heading
    tag = text.heading(heading.level) if heading else ""
    title = text.title(section.title, section.html) if heading else ""
    return {"heading": heading, "tag": tag, "title": title, "html": text.fragment(section.html)}


def _line(line: UnsetLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "level": line.level,
        "number": line.number,
        "title": plain(line.html) if line.html else line.label,
        "href": line.href,
        "folio": line.folio,
        "entries": [_line(below) for below in line.entries],
    }


def _address(own: Iterable[str]) -> Callable[[str], str]:
    """Where a locator or a see in the index leads: to another unit, or within the index itself."""
    anchors = frozenset(own)
    return lambda anchor: f"#{anchor}" if anchor in anchors else f"{LINK_SCHEME}:{anchor}"
