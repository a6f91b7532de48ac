"""The grammar of a galley: what stands in its XHTML beside plain elements, and how its text is read.

Stages don't import one another; what they say to each other stands in the markup of galleys. Here is every
word of it, once, and the one walk that tells what of an element is text.

Classes

    a.noteref            calls a note: `href` names the note, the text is its number
    aside.footnote       a note; it stands after the block that calls it first
    a.backlink           leads from a note back to its call (e-book)
    div.note-at-end      a note at the end of its chapter or book (print); a.endnote-call calls it, and
    .note-number         stands before it (before all notes of the e-book)
    span.index-mark      the place of an index mark, by its `id`; without text
    div.index-marks      marks beside code or a table, which can hold none
    span.math            a formula, empty: data-tex is what was typed; data-mathml is for the e-book,
                         data-svg, data-measure and (of a long one) data-pieces are for print
    div.formula          a formula on lines of its own, with its span.number where it has one
    span.label           `Figure 4.1` before a caption
    span.page-reference  `, page 57` after a reference (print)
    .described           leads from a picture to what describes it at length, or from there back to it
    a.xref               a reference; `data-kind` is the kind of its target
    .missing             stands in for a picture, a note or a target that is not there
    .typed               markup of another program, or a formula that can't be read, as it was typed
    span.line            a line of a listing
    .only-epub .only-pdf what is for one medium alone, screen or paper, with all that it holds

Attributes

    data-b               the block of text that an element is: a name unique in the book
    data-aside           `note` on an endnote, `inserted` on its call and on the number before it
    role                 doc-noteref, doc-footnote, doc-backlink on the three above (DPUB-ARIA 1.1)

Schemes

    recto:ANCHOR         a link to another unit of the print book; binding makes a jump of it
    book:///NAME         a file of the book, as the print engine is given it

What counts as a character of the text is everything but white space. Of the numbers that call notes those of
first calls don't count: print puts the note itself there, and numbers it at layout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from recto.notations.xhtml import Element

BLOCK = "data-b"
INDEX_MARK, INDEX_MARKS = "index-mark", "index-marks"
FOOTNOTE, NOTEREF, BACKLINK = "footnote", "noteref", "backlink"
ENDNOTE, ENDNOTE_CALL, NOTE_NUMBER = "note-at-end", "endnote-call", "note-number"
# An attribute: what an element of one of these three is. Authors may give the classes, and can't give this.
ASIDE = "data-aside"
LABEL, XREF, MISSING, TYPED = "label", "xref", "missing", "typed"
NUMBER_ALONE = "number-alone"  # of a reference whose author writes the word before it
MATH = "math"
# Stands before the description of a drawing that is a formula; the print engine's tag for it is then Formula.
# FUNCTION APPLICATION prints nothing, and nobody writes it at the head of a description.
FORMULA = "\u2061"
PAGE_REFERENCE = "page-reference"
DESCRIBED = "described"
NOTE_ROLE, CALL_ROLE, BACKLINK_ROLE = "doc-footnote", "doc-noteref", "doc-backlink"
LINK_SCHEME, FILE_SCHEME = "recto", "book"

# elements that stand in a line of text; every other element is a block
INLINE = frozenset(
    """a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong
    sub sup time u var wbr""".split()
)
ONLY = {"only-epub": "screen", "only-pdf": "paper"}  # classes, and the medium that each is for

Kind = Literal["text", "call", "repeated call", "note", "backlink", "label", "inserted", "mark"]

# What one block has of its own, as print draws it and as the e-book counts it
NOT_DRAWN_IN_PLACE: frozenset[Kind] = frozenset({"call", "inserted", "backlink"})
# What is not the author's running text: notes are read apart, and no call is a word
BESIDE_THE_TEXT: frozenset[Kind] = frozenset({"call", "repeated call", "note", "backlink", "inserted"})

_COUNTED = re.compile("[^\\s\u200b]")
_ROLES: dict[str, Kind] = {NOTE_ROLE: "note", CALL_ROLE: "call", BACKLINK_ROLE: "backlink"}
_CLASSES: dict[str, Kind] = {
    FOOTNOTE: "note",
    NOTEREF: "call",
    LABEL: "label",
    DESCRIBED: "label",
    PAGE_REFERENCE: "inserted",
    INDEX_MARK: "mark",
}


class _Marked(Protocol):
    """An element of whatever tree: of lxml, or of the print engine's own."""

    def get(self, key: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that a walk comes to: the `text` at the start of an element, or at its end its `tail`.

    `block` is the name of the block that the text here belongs to, None where it is in none.
    """

    element: Element
    is_end: bool
    block: str | None

    @property
    def text(self) -> str:
        """The text that is met here."""
        return (self.element.tail if self.is_end else self.element.text) or ""


def kind(element: _Marked) -> Kind:
    """What an element is to a reader of the text, by its role or class; every call of a note is a `call`."""
    if aside := element.get(ASIDE):
        return "note" if aside == "note" else "inserted"
    if of_role := _ROLES.get(element.get("role") or ""):
        return of_role
    for name in (element.get("class") or "").split():
        if of_class := _CLASSES.get(name):
            return of_class
    return "text"


def medium_of(element: _Marked) -> str:
    """The one medium that an element is for, "" for both."""
    named = {ONLY[name] for name in (element.get("class") or "").split() if name in ONLY}
    return named.pop() if len(named) == 1 else ""


def walk(
    root: Element, leave: Collection[Kind] = (), firsts: Collection[Element] | None = None
) -> Iterator[Passage]:
    """Every text inside of an element, in the order of reading.

    Elements of the kinds to `leave` are passed over with all they hold; the text after them is not. `firsts`
    are the first calls of notes where that hangs on more than `root` holds; all other calls are of the kind
    `repeated call`. No element may be moved before the walk has passed it.
    """
    if firsts is None:
        firsts = calls(root) if ("call" in leave) != ("repeated call" in leave) else ()
    stack: list[Passage] = [Passage(root, False, root.get(BLOCK))]
    while stack:
        passage = stack.pop()
        yield passage
        if not passage.is_end:
            for child in reversed(passage.element):
                stack.append(Passage(child, True, passage.block))
                if _in_walk(kind(child), child, firsts) not in leave:
                    stack.append(Passage(child, False, child.get(BLOCK) or passage.block))


def _in_walk(found: Kind, element: Element, firsts: Collection[Element]) -> Kind:
    return "repeated call" if found == "call" and firsts and element not in firsts else found


def text_of(root: Element) -> str:
    """The plain text of a fragment, white space folded, without notes, their calls and images."""
    pieces: list[str] = []
    for passage in walk(root, BESIDE_THE_TEXT):
        passed = passage.is_end and kind(passage.element) in BESIDE_THE_TEXT
        apart = not passed and (passage.element.tag not in INLINE or passage.element.tag == "br")
        pieces += (" " if apart else "", passage.text)
    return " ".join("".join(pieces).split())


def length(text: str) -> int:
    """How many characters of a text count: all but white space, and what only tells where a line may end."""
    return sum(map(len, text.replace("\u200b", "").split()))


def counted(text: str) -> list[int]:
    """Where in a text the characters stand that `length` counts."""
    return [each.start() for each in _COUNTED.finditer(text)]


def lengths(root: Element) -> Counter[str]:
    """How many characters each block has of its own, as they are drawn and counted in both books."""
    found: Counter[str] = Counter()
    for passage in walk(root, NOT_DRAWN_IN_PLACE):
        if passage.block is not None and (count := length(passage.text)):
            found[passage.block] += count
    return found


def notes(root: Element) -> list[Element]:
    """The notes inside of an element, in order."""
    return [element for element in root.iter() if element.get("role") == NOTE_ROLE]


def calls(root: Element) -> list[Element]:
    """The first call of each note, in order."""
    found: dict[str, Element] = {}
    for element in root.iter():
        if element.get("role") == CALL_ROLE:
            found.setdefault(element.get("href", ""), element)
    return list(found.values())
