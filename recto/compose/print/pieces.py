"""Pieces of galleys, as the templates of units are given them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from recto.compose.print.paper import STAND_IN
from recto.compose.print.unit_copy import UnsetSection, UnsetTitle, unset
from recto.model import Galley, Heading, Numbering, Unit


def named(role: str) -> str:
    """A role as templates call it."""
    return role.replace("-", "_")


def sections_of(galley: Galley) -> tuple[UnsetSection, ...]:
    """The opening of a chapter (without a heading of its own) and its sections, for the templates."""
    return (
        _section(None, galley.opening.html),
        *(_section(each.heading, each.html) for each in galley.sections),
    )


def _section(heading: Heading | None, html: str) -> UnsetSection:
    return UnsetSection(heading, unset(heading.html if heading else ""), unset(html))


def title_of(galley: Galley) -> UnsetTitle:
    """The title of a chapter with the notes that it calls."""
    return UnsetTitle(unset(galley.headings[0].html), unset(galley.opening.html))


def short_title(galley: Galley) -> str:
    """The title for running heads: `short_title` of the chapter's file where it has one."""
    opening = galley.chapter.opening
    short = opening.settings.get("short_title") if opening else None
    return str(short) if short else galley.headings[0].title


def part_title(galley: Galley, galleys: Iterable[Galley]) -> str:
    """The title of the part that a chapter stands in, as plain text; "" where it stands in none."""
    part = galley.chapter.part
    parts = (each.part.heading for each in galleys if each.part)
    if part is None:
        return ""
    return next((heading.title for heading in parts if heading.anchor == part.anchor), part.title)


def begun_on_recto(units: Iterable[Unit]) -> Iterator[Unit]:
    """Page 1 is a right-hand page, wherever chapters may begin: even folios stand on the left."""
    numbering: Numbering = "roman"
    for unit in units:
        yield replace(unit, recto=unit.recto or unit.numbering != numbering)
        numbering = unit.numbering


def awaits_pages(unit: Unit) -> bool:
    """Whether a unit that was composed without a page map may quote pages, and so come out otherwise."""
    return unit.from_pages or STAND_IN.search(unit.html) is not None
