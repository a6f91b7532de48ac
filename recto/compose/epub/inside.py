"""What the rest of the book must know of a document before it can be finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recto import galley
from recto.notations.xhtml import XHTML, Element

# What a link of these roles leads to is to pop up: the note, the work cited, the term
WELCOME = frozenset((galley.CALL_ROLE, "doc-biblioref", "doc-glossref"))
_POPS_UP = range(9, 5001)  # characters; Kobo's guide
_LINK, _HEADER = f"{{{XHTML}}}a", f"{{{XHTML}}}th"


@dataclass(frozen=True, slots=True)
class Inside:
    """What is inside of a document, each in order.

    ids      all ids; `heads` are those of what it begins with, `short` of what a reader might pop up,
             `noted` of notes and what is in them
    blocks   its blocks (`data-b`)
    links    the ids that its links lead to; `plain` are those that are to be gone to
    """

    ids: tuple[str, ...]
    heads: tuple[str, ...]
    short: tuple[str, ...]
    noted: tuple[str, ...]
    blocks: tuple[str, ...]
    links: tuple[str, ...]
    plain: tuple[str, ...]


def inside(root: Element) -> Inside:
    """What is inside of a document."""
    elements = list(root.iter())
    links = [each for each in elements if each.tag == _LINK and each.get("href", "").startswith("#")]
    return Inside(
        ids=tuple(anchor for element in elements if (anchor := element.get("id"))),
        heads=tuple(anchor for element in _beginnings(root) if (anchor := element.get("id"))),
        short=tuple(_short(elements)),
        noted=tuple(anchor for note in galley.notes(root) for e in note.iter() if (anchor := e.get("id"))),
        blocks=tuple(block for element in elements if (block := element.get(galley.BLOCK))),
        links=_targets(links),
        plain=_targets([link for link in links if link.get("role") not in WELCOME]),
    )


def _targets(links: list[Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.get("href", "")[1:] for link in links))


def _beginnings(root: Element) -> Iterator[Element]:
    """The body's first element, the first in it, and so on, until words begin."""
    element = root[-1] if len(root) else root
    while len(element) and not (element.text or "").strip():
        element = element[0]
        yield element


def _short(elements: list[Element]) -> Iterator[str]:
    """The ids of passages that would pop up; not what needs its id where it is: notes, calls, heads."""
    referred = {word for each in elements for word in each.get("aria-describedby", "").split()}
    for element in elements:
        anchor = element.get("id")
        if not anchor or element.tag in (_LINK, _HEADER) or element.get("role") == galley.NOTE_ROLE:
            continue
        if anchor not in referred and sum(map(len, element.itertext())) in _POPS_UP:
            yield anchor
