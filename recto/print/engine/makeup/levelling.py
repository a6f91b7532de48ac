"""Facing pages that end level: where a page ends early, white of whole lines between its pieces.

A page ends early where the next lines must stay together: the last of a paragraph, a heading and its text.
What it is short of is put above headings, and around figures, tables and listings, a line at each, so that
the text stays on its grid. Where a left-hand page has no such place, the right-hand page that faces it ends
as early; where a right-hand page has none, both are laid out once more, to end as early, or both a line
later. That is not done where notes or moved figures stand on them: those go from page to page on their own
ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.print.engine.inner import LineBox, make_all_pages, remake_page

_MOST = 6  # lines that a page may be short of, where it has the places for them
_EARLY = 4  # lines that both pages of a spread may end early
_TRIED = (1, 2, 3, 4, -1)  # lines earlier that both may end, in the order in which that is tried
_CONTAINERS = frozenset(("html", "body", "section", "article", "main"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_APART = frozenset(("figure", "table", "pre", "blockquote", "hr", "aside"))  # what has white around it
_ROUNDING = 0.1  # of a leading

Place = tuple[tuple[Any, int], ...]
"""Where white may be: boxes, each in the one before it, with the first child of each that stands below."""


def level_pages(context: Any, *given: Any) -> Iterator[Any]:
    """In place of `make_all_pages`: fill pages that end early, or let those that face them end as early.

    The left-hand page was given away when the right-hand one is laid out, and gets its new content then.
    """
    if not context.recto_leading:
        yield from make_all_pages(context, *given)
        return
    first = "left" if given[0].style["direction"] == "ltr" else "right"
    left, notes, context.recto_earlier = None, len(context.footnotes), 0
    for number, page in enumerate(make_all_pages(context, *given), 1):
        is_left, is_alone = page.page_type.side == first, _is_alone(context, number, notes)
        short = _filled(context, page) if _goes_on(context, number) else 0
        if short and left is not None and is_alone and context.recto_ended + short <= _EARLY:
            page = _together(context, number, left, short, given)
        context.recto_earlier = short if is_left else 0
        left, notes = page if is_left and is_alone else None, len(context.footnotes)
        yield page


def _together(context: Any, number: int, left: Any, short: int, given: tuple[Any, ...]) -> Any:
    """The right-hand page of a spread of which both end some lines early; the left-hand one is changed.

    Each depth is tried from the first; where the pages are level at none, they get the one that they are
    the nearest to it at, which may be that at which they are by now.
    """
    found = {0: (short, context.recto_ended)}
    # what comes to the right-hand page from the next one must call no note
    for early in (each for each in _TRIED if each > 0 or not context.footnotes):
        right, missing, ended = _tried(context, number, left, early, given)
        if ended + missing <= _EARLY:
            found[early] = (missing, abs(ended))
            if not missing:
                return right
    return _tried(context, number, left, min(found, key=found.__getitem__), given)[0]


def _tried(context: Any, number: int, left: Any, early: int, given: tuple[Any, ...]) -> tuple[Any, int, int]:
    """A spread laid out once more, some lines less deep or more: its right-hand page, how much earlier that
    ends than the left-hand one, and how early that one does.
    """
    context.recto_earlier = early
    made = again(context, number - 1, given)
    context.recto_earlier += _filled(context, made)
    left.children, left.height, left.margin_bottom = made.children, made.height, made.margin_bottom
    right = again(context, number, given)
    # the text is not to end here, for pages to come are made from what was found of them
    return right, _filled(context, right) if _goes_on(context, number) else _MOST, context.recto_ended


def again(context: Any, number: int, given: tuple[Any, ...]) -> Any:
    """A page laid out once more; it is not to be laid out a third time because this one is another."""
    root, html, _ = given
    context.page_maker[number - 1][-1].update(
        content_changed=False, pages_wanted=False, anchors=[], content_lookups=[]
    )
    return remake_page(number - 1, context, root, html)[0]


def _is_alone(context: Any, number: int, notes: int) -> bool:
    """Tell whether nothing came to a page from the one before, and it calls no notes and moves no figures."""
    moves = context.__dict__.get("recto_moving") == number
    return not (context.recto_came or moves or context.reported_footnotes or len(context.footnotes) != notes)


def _filled(context: Any, page: Any) -> int:
    """Put white where a page has places for it; tells how many lines it ends early all the same."""
    short = _lines_short(context, page)
    places = sorted(_places(page.children[0], ()), key=lambda found: found[0]) if short else []
    headings = [place for is_other, place in places if not is_other]
    chosen = [*(place for _, place in places), *headings][:short]
    if short - len(chosen) > _EARLY:
        return 0
    for place in chosen:
        _put_white(place, context.recto_leading)
    return short - len(chosen)


def begin_page(context: Any) -> None:
    """Let the page that is about to be laid out end where the one that faces it does; where that is below
    the type area, this one reaches as far.
    """
    context.recto_came = bool(context.current_page_footnotes or context.__dict__.get("recto_carried"))
    context.recto_ended = context.__dict__.get("recto_earlier", 0)
    earlier = context.recto_ended * context.recto_leading
    context.page_bottom -= earlier
    if earlier < 0:
        page = context.current_footnote_area.page
        page.height, page.margin_bottom = page.height - earlier, page.margin_bottom + earlier


def _goes_on(context: Any, number: int) -> bool:
    """Tell whether the text goes on at once on the page after this one."""
    resume_at, next_page, *_ = context.page_maker[number]
    return resume_at is not None and next_page["break"] == "any"


def _lines_short(context: Any, page: Any) -> int:
    """How many lines a page ends early; 0 where it ends in notes or in a hole."""
    ends_in_notes = context.current_page_footnotes and context.recto_beside is None
    if ends_in_notes or page.page_type.blank:
        return 0
    short = int((context.page_bottom - foot(page.children[0])) / context.recto_leading + _ROUNDING)
    return short if 0 < short <= _MOST else 0


def foot(box: Any) -> float:
    """Where the last thing in the flow of a box ends."""
    while not isinstance(box, LineBox) and not hasattr(box, "column_widths"):
        inside = [each for each in getattr(box, "children", ()) if each.is_in_normal_flow()]
        if not inside:
            break
        box = inside[-1]
    return float(box.position_y + box.margin_height())


def _put_white(place: Place, leading: float) -> None:
    for depth, (box, first) in enumerate(reversed(place)):
        for child in box.children[first + bool(depth) :]:
            child.translate(dy=leading)


def _places(box: Any, around: Place) -> Iterator[tuple[bool, Place]]:
    """Where a page may have more white, above headings (False) and elsewhere (True)."""
    before = ""
    for at, child in enumerate(box.children):
        tag, place = child.element_tag, (*around, (box, at))
        if before and before not in _HEADINGS and child.is_in_normal_flow():
            if tag in _HEADINGS:
                yield False, place
            elif tag in _APART or before in _APART:
                yield True, place
        before = tag or "p"
        if tag in _CONTAINERS:
            yield from _places(child, place)
