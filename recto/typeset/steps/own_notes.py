"""Notes that an author made of HTML: `<a role="doc-noteref" href="#x">`, and `role="doc-footnote" id="x"`.

They become notes as all others are: numbered with those, at the foot of the page that calls them, and with a
way back. The number that the author typed before the note goes. What has no other half is no note, and loses
its role (DPUB-ARIA 1.1, doc-footnote: a note is called from somewhere).
"""

from __future__ import annotations

import re

from recto.galley import BACKLINK_ROLE, CALL_ROLE, NOTE_ROLE, NOTEREF
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset.work import Work, is_block

_TYPED = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡§¶]+)[\])]?[.:)]?\s+")


def own_notes(work: Work) -> None:
    """Let calls and notes of the author's own making be read as those of Markdown."""
    bodies: dict[str, Element] = {}
    for each in _with_role(work.root, NOTE_ROLE):
        del each.attrib["role"]
        if name := each.get("id"):
            bodies.setdefault(name, each)
    called: set[str] = set()
    for call in _with_role(work.root, CALL_ROLE):
        del call.attrib["role"]
        name = (call.get("href") or "").removeprefix("#")
        if call.tag == "a" and name in bodies and call not in set(bodies[name].iter()):
            called.add(name)
            _read_call(call, name)
    for name in called:
        _read_body(bodies[name], name)


def _with_role(root: Element, role: str) -> list[Element]:
    return [each for each in root.iter() if each.get("role") == role]


def _label(name: str) -> str:
    return f" #{name}"  # no name in Markdown begins with a space


def _read_call(call: Element, name: str) -> None:
    for child in list(call):
        call.remove(child)
    call.text = None
    call.attrib.pop("href")
    call.attrib.update({"class": NOTEREF, "data-label": _label(name)})
    around = call.getparent()
    if around is not None and around.tag == "sup" and len(around) == 1 and not xhtml.words(around):
        xhtml.unwrap(around)


def _read_body(body: Element, name: str) -> None:
    for back in _with_role(body, BACKLINK_ROLE):
        xhtml.remove(back)
    inside = xhtml.element("aside", {"data-label": _label(name)})
    around = body.getparent()
    assert around is not None
    around.insert(around.index(body), inside)
    if body.tag == "p" or not any(map(is_block, body)):
        inside.append(xhtml.element("p", text=body.text))
        inside[0].extend(list(body))
    else:
        inside.extend(list(body))
    inside.tail = body.tail
    around.remove(body)
    _untype(next((each for each in inside.iter("p")), inside))
    if around.tag in ("ol", "ul") and all(each.get("data-label") for each in around):
        xhtml.unwrap(around)  # a list of nothing but notes


def _untype(paragraph: Element) -> None:
    """Take away the number that an author typed before a note."""
    first = paragraph[0] if len(paragraph) else None
    if not (paragraph.text or "").strip() and first is not None and first.tag == "sup":
        if _TYPED.fullmatch(f"{xhtml.words(first)} "):
            paragraph.text = (first.tail or "").lstrip()
            first.tail = None
            paragraph.remove(first)
        return
    if typed := _TYPED.match(paragraph.text or ""):
        paragraph.text = (paragraph.text or "")[typed.end() :]
