"""Locators as they are printed: folios merged to ranges, ranges abbreviated as Chicago does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recto.index.model import Locator, PrintedLocator
from recto.model import PageMap

DASH = "–"


def inclusive(first: str, last: str) -> str:
    """The last number of a range as Chicago abbreviates it (CMOS 18, 9.63): `8` of 101–108, `28` of 321–328.

    Below 100, and after a multiple of 100, all digits stand; after x01 to x09 only those that change; else
    two digits, or more where more change. What is no plain number (roman folios, 176r) is never abbreviated.
    """
    if not (first.isdecimal() and last.isdecimal()) or len(first) != len(last) or int(first) < 100:
        return last
    if int(first) % 100 == 0:
        return last
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(last))
    least = 1 if int(first) % 100 < 10 else 2
    return last[min(same, len(last) - least) :]


@dataclass(frozen=True, slots=True)
class _OnPage:
    """A page that treats a heading, and where on it a link is to lead."""

    page: int
    anchor: str
    principal: bool


def print_locators(locators: Iterable[Locator], pages: PageMap | None) -> tuple[PrintedLocator, ...]:
    """Locators in the order of the book, ready to print.

    With a page map: one folio for several places on a page, one range for pages that follow one another
    (12, 12, 13 is 12–13), principal ones apart. Without: the numbers of sections, each once. A place that is
    on no page (left out of print) falls back to its section.
    """
    ordered = sorted(locators, key=lambda locator: (locator.order, locator.anchor))
    if pages is None:
        return tuple(_by_section(ordered))
    off_page = [locator for locator in ordered if locator.anchor not in pages.pages]
    on_page = [locator for locator in ordered if locator.anchor in pages.pages]
    return (*_by_page(on_page, pages), *_by_section(off_page))


def _by_page(locators: Sequence[Locator], pages: PageMap) -> Iterator[PrintedLocator]:
    treated: dict[int, _OnPage] = {}
    for locator in locators:
        first = pages.pages[locator.anchor]
        last = max(first, pages.pages.get(locator.anchor_to, first))
        for page in range(first, last + 1):
            anchor = locator.anchor_to if page == last > first else locator.anchor
            known = treated.get(page)
            if known is None or (locator.principal and not known.principal):
                treated[page] = _OnPage(page, anchor, locator.principal)
    run: list[_OnPage] = []
    for on_page in (treated[page] for page in sorted(treated)):
        if run and not _follows(run[-1], on_page, pages):
            yield _printed(run, pages)
            run = []
        run.append(on_page)
    if run:
        yield _printed(run, pages)


def _follows(before: _OnPage, after: _OnPage, pages: PageMap) -> bool:
    """Tell whether two pages may stand in one range: neighbours, counted in the same numerals."""
    numerals = [pages.folios[each.page].isdecimal() for each in (before, after)]
    return (
        after.page == before.page + 1 and numerals[0] == numerals[1] and before.principal == after.principal
    )


def _printed(run: Sequence[_OnPage], pages: PageMap) -> PrintedLocator:
    first, last = run[0], run[-1]
    folio = pages.folios[first.page]
    if first is last:
        return PrintedLocator(folio, folio, first.anchor, principal=first.principal)
    end = inclusive(folio, pages.folios[last.page])
    return PrintedLocator(f"{folio}{DASH}{end}", folio, first.anchor, end, last.anchor, first.principal)


def _by_section(locators: Sequence[Locator]) -> Iterator[PrintedLocator]:
    """One locator a section or stretch of sections, however often it treats the heading."""
    printed: dict[str, PrintedLocator] = {}
    for locator in locators:
        first, last = locator.section, locator.section_to
        if last in ("", first):
            new = PrintedLocator(first, first, locator.anchor, principal=locator.principal)
        else:
            text = f"{first}{DASH}{last}"
            new = PrintedLocator(
                text, first, locator.anchor, last, locator.anchor_to, principal=locator.principal
            )
        known = printed.get(new.text)
        if known is None or (new.principal and not known.principal):
            printed[new.text] = new
    yield from printed.values()
