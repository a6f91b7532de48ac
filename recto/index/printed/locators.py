"""Locators as they are printed: folios merged to ranges, ranges abbreviated as Chicago does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recto.index.index_model import Kind, Locator, PrintedLocator, Wording
from recto.model import PageMap

DASH = "–"
SIGNED: tuple[Kind, ...] = ("note", "figure", "table")
_ENGLISH = Wording()


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


_KINDS: tuple[Kind, ...] = ("text", "figure", "table", "note")


def print_locators(
    locators: Iterable[Locator], pages: PageMap | None, words: Wording = _ENGLISH
) -> tuple[PrintedLocator, ...]:
    """Locators in the order of the book, ready to print.

    With a page map: one folio for several places on a page, one range for pages that follow one another
    (12, 12, 13 is 12–13), principal ones apart; notes, figures and tables each by themselves, after the folio
    of the text (57, 57f, 57n2). Without: the numbers of sections, each once. A place that is on no page (left
    out of print) falls back to its section.
    """
    ordered = sorted(locators, key=lambda locator: (locator.order, locator.anchor))
    if pages is None:
        return tuple(_by_section(ordered, words))
    off_page = [locator for locator in ordered if locator.anchor not in pages.pages]
    on_page = [locator for locator in ordered if locator.anchor in pages.pages]
    printed = [
        *_by_page([locator for locator in on_page if locator.kind == "text"], pages),
        *_apart([locator for locator in on_page if locator.kind != "text"], pages, words),
    ]
    printed.sort(key=lambda each: (pages.pages[each.anchor], _KINDS.index(each.kind)))
    return (*printed, *_by_section(off_page, words))


def _by_page(locators: Sequence[Locator], pages: PageMap) -> Iterator[PrintedLocator]:
    """Places in running text: the principal ones, then the others; a page that has a principal one needs no
    second locator for a mere mention, but a range is never broken for it."""
    principal = _treated((locator for locator in locators if locator.principal), pages)
    others = (locator for locator in locators if not locator.principal)
    rest = [each for each in others if each.anchor_to or pages.pages[each.anchor] not in principal]
    for treated in (principal, _treated(rest, pages)):
        run: list[_OnPage] = []
        for on_page in (treated[page] for page in sorted(treated)):
            if run and not _follows(run[-1], on_page, pages):
                yield _printed(run, pages)
                run = []
            run.append(on_page)
        if run:
            yield _printed(run, pages)


def _treated(locators: Iterable[Locator], pages: PageMap) -> dict[int, _OnPage]:
    """Every page that the locators name or span, with where on it a link leads."""
    treated: dict[int, _OnPage] = {}
    for locator in locators:
        first = pages.pages[locator.anchor]
        last = max(first, pages.pages.get(locator.anchor_to, first))
        for page in range(first, last + 1):
            anchor = locator.anchor_to if page == last > first else locator.anchor
            known = treated.get(page)
            # a place on the page itself is a better target than the beginning of a range that spans it
            if known is None or (pages.pages[known.anchor] != page and pages.pages[anchor] == page):
                treated[page] = _OnPage(page, anchor, locator.principal)
    return treated


def _follows(before: _OnPage, after: _OnPage, pages: PageMap) -> bool:
    """Tell whether two pages may stand in one range: neighbours, counted in the same numerals."""
    numerals = [pages.folios[each.page].isdecimal() for each in (before, after)]
    return after.page == before.page + 1 and numerals[0] == numerals[1]


def _printed(run: Sequence[_OnPage], pages: PageMap) -> PrintedLocator:
    first, last = run[0], run[-1]
    folio = pages.folios[first.page]
    if first is last:
        return PrintedLocator(folio, folio, first.anchor, principal=first.principal)
    end = inclusive(folio, pages.folios[last.page])
    return PrintedLocator(f"{folio}{DASH}{end}", folio, first.anchor, end, last.anchor, first.principal)


def _apart(locators: Sequence[Locator], pages: PageMap, words: Wording) -> Iterator[PrintedLocator]:
    """Notes, figures and tables: each with the folio of its page and its sign, once."""
    labels = [pages.folios[pages.pages[locator.anchor]] for locator in locators]
    return _once(_single(locator, label, words) for locator, label in zip(locators, labels, strict=True))


def _by_section(locators: Sequence[Locator], words: Wording) -> Iterator[PrintedLocator]:
    """One locator a section or stretch of sections, however often it treats the heading; what lies within a
    stretch needs none of its own.
    """
    stretches = [locator for locator in locators if _is_stretch(locator)]
    ordered = sorted(locators, key=lambda each: (each.order[0], _KINDS.index(each.kind), each.order))
    return _once(
        _single(locator, locator.section, words)
        for locator in ordered
        if _is_stretch(locator) or not any(_lies_within(locator, stretch) for stretch in stretches)
    )


def _is_stretch(locator: Locator) -> bool:
    return locator.section_to not in ("", locator.section)


def _lies_within(locator: Locator, stretch: Locator) -> bool:
    is_plain = locator.kind == "text" and not locator.principal
    return is_plain and stretch.order <= locator.order <= stretch.order_to


def _single(locator: Locator, label: str, words: Wording) -> PrintedLocator:
    """A locator by itself, under the label of its page or section."""
    if _is_stretch(locator):
        text = f"{label}{DASH}{locator.section_to}"
        return PrintedLocator(
            text, label, locator.anchor, locator.section_to, locator.anchor_to, locator.principal
        )
    text = label + sign(locator.kind, words) + locator.note
    return PrintedLocator(text, text, locator.anchor, principal=locator.principal, kind=locator.kind)


def _once(printed: Iterable[PrintedLocator]) -> Iterator[PrintedLocator]:
    """Each locator that reads differently, once; principal where any of them is."""
    once: dict[str, PrintedLocator] = {}
    for each in printed:
        known = once.get(each.text)
        if known is None or (each.principal and not known.principal):
            once[each.text] = each
    yield from once.values()


def sign(kind: Kind, words: Wording) -> str:
    """What follows the folio of a note, a figure or a table."""
    return "" if kind == "text" else words.signs[SIGNED.index(kind)]
