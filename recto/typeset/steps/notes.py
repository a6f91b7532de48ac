"""Footnotes: each call and each note gets its number, by the order of the first calls."""

from __future__ import annotations

from recto.galley import FOOTNOTE, NOTE_ROLE
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset.work import Work, line_of

_DEEPEST = 20  # notes that call one another
_TOO_DEEP = f"a note called here is left out: notes may call one another {_DEEPEST} deep"


def gather_notes(work: Work) -> None:
    """Move notes to the end of the text, where they part no two blocks that belong together."""
    for name, aside in {**_bodies(work.title), **_bodies(work.root)}.items():
        aside.set("data-label", name)
        work.root.append(aside)


def notes(work: Work) -> None:
    """Turn calls and notes into what the galley has; here their numbers count through the section only.

    The heading of the section comes before its text.
    """
    bodies = _bodies(work.root)
    order: dict[str, int] = {}
    pending = [(call, 1) for call in [*reversed(_calls(work.root)), *reversed(_calls(work.title))]]
    while pending:
        call, depth = pending.pop()
        name = call.attrib.pop("data-label")
        if call.attrib.pop("data-inline", None) is not None:
            name = f"\0{len(order)}"  # as no author can name one
            bodies[name] = _held(call)
        is_new = name not in order
        if name in bodies and is_new and depth > _DEEPEST:
            work.warning("note-depth", _TOO_DEEP, _line(call), "call it in the text")
        if name not in bodies or (is_new and depth > _DEEPEST):
            xhtml.remove(call)
            continue
        if is_new:
            order[name] = len(order) + 1
            # those that a note calls are read after it
            pending += ((deeper, depth + 1) for deeper in reversed(_calls(bodies[name])))
        call.set("data-note", str(order[name]))
    for name, number in order.items():
        work.root.append(_aside(bodies[name], number))
    work.called.update(order)


def _bodies(root: Element) -> dict[str, Element]:
    """The notes by name, taken out of a text; where a name is given twice the first counts."""
    bodies: dict[str, Element] = {}
    for aside in list(root.iter("aside")):
        name = aside.attrib.pop("data-label", None)
        if name is not None:
            bodies.setdefault(name, aside)
            xhtml.remove(aside)
    return bodies


def _calls(root: Element) -> list[Element]:
    return [link for link in root.iter("a") if link.get("data-label") is not None]


def _line(call: Element) -> int | None:
    return next(filter(None, map(line_of, call.iterancestors())), None)


def _held(call: Element) -> Element:
    """The note that stands where it is called."""
    aside = xhtml.element("aside")
    paragraph = xhtml.element("p", {"data-line": call.get("data-line") or ""}, call.text)
    paragraph.extend(list(call))
    aside.append(paragraph)
    call.text = None
    return aside


def _aside(body: Element, number: int) -> Element:
    body.attrib.update({"class": FOOTNOTE, "role": NOTE_ROLE, "data-note": str(number)})
    body.attrib.pop("data-line", None)
    return body
