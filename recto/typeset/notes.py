"""Footnotes: the library's list at the end becomes asides, each numbered by its first call."""

from __future__ import annotations

from urllib.parse import unquote

from recto import xhtml
from recto.typeset.tokens import without
from recto.typeset.work import Work, has_class
from recto.xhtml import Element


def notes(work: Work) -> None:
    """Turn calls and notes into what the galley has; here their numbers count through the section only."""
    bodies = _bodies(work)
    order: dict[str, int] = {}
    pending: list[Element] = [work.root]
    while pending:
        for holder in _calls(pending.pop(0)):
            name = _name(holder)
            if name not in bodies:
                continue
            if name not in order:
                order[name] = len(order) + 1
                pending.append(bodies[name])  # a note may call another note
            call = xhtml.element("a", {"class": "noteref", "data-note": str(order[name])})
            holder.addprevious(call)
            call.tail, holder.tail = holder.tail, None
            xhtml.remove(holder)
    for name in order:
        work.root.append(_aside(bodies[name], order[name]))
    _unused(work, {without(name) for name in order})


def _bodies(work: Work) -> dict[str, Element]:
    """The notes by name, taken out of the text."""
    bodies = {}
    for division in work.blocks("div"):
        if not has_class(division, "footnote"):
            continue
        for item in division.iter("li"):
            identifier = item.get("id") or ""
            if identifier.startswith("fn:"):
                bodies[unquote(identifier.removeprefix("fn:"))] = item
        xhtml.remove(division)
    return bodies


def _calls(root: Element) -> list[Element]:
    return [e for e in root.iter("sup") if (e.get("id") or "").startswith(("fnref:", "fnref"))]


def _name(call: Element) -> str:
    link = next(iter(call), None)
    href = link.get("href") or "" if link is not None else ""
    return unquote(href.removeprefix("#fn:"))


def _aside(body: Element, number: int) -> Element:
    aside = xhtml.element("aside", {"class": "footnote", "role": "doc-footnote", "data-note": str(number)})
    for link in list(body.iter("a")):
        if has_class(link, "footnote-backref"):
            xhtml.remove(link)
    aside.text = body.text
    aside.extend(list(body))
    for paragraph in list(aside):
        if paragraph.tag == "p" and not len(paragraph) and not (paragraph.text or "").strip():
            xhtml.remove(paragraph)
        else:
            _trim(paragraph)
    return aside


def _trim(paragraph: Element) -> None:
    """The space that stood before the link back."""
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").rstrip("\u00a0") or None
    else:
        paragraph.text = (paragraph.text or "").rstrip("\u00a0")


def _unused(work: Work, called: set[str]) -> None:
    for name, line in work.carried.notes.items():
        if without(name) not in called:
            hint = f"call it with [^{name}] where it belongs, or take it out"
            work.warning("note-unused", f"footnote [^{name}] is never called, and was left out", line, hint)
