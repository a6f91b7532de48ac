"""Word's fields, before its library drops them: index entries, lists that Word made, formulas.

ECMA-376, part 1, 17.16: a field is its instruction between two `fldChar`, or the attribute of a `fldSimple`,
then what it came to. `XE` prints nothing and enters the index (17.16.5.72); `TOC` and `INDEX` are made by
Word, and would print the pages of another book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recto.forms.office import noncharacters as signs
from recto.forms.office.document_parts import attribute, local
from recto.forms.office.index_entries import heading_mark
from recto.notations.xhtml import Element

_ENTRY = re.compile(
    r"\s*XE\s+(?:[\"“”](?P<quoted>[^\"“”]*)[\"“”]|(?P<plain>\S+))(?P<switches>.*)", re.S | re.I
)
_SEE = re.compile(r"\\t\s+[\"“](?P<words>[^\"”]*)[\"”]")
_MADE = re.compile(r"\s*(?P<name>TOC|INDEX|TOA|BIBLIOGRAPHY)\b", re.I)
_MADE_BY_WORD = {"TOC": "the list of contents", "INDEX": "the index", "TOA": "the list of authorities"}
_PAGE = re.compile(r"\s*PAGEREF\b", re.I)


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    shows: bool = False  # what it came to is being read

    @property
    def made(self) -> str:
        """What Word made by it, of which a book has its own; "" for any other."""
        found = _MADE.match("".join(self.instruction))
        return _MADE_BY_WORD.get(found["name"].upper(), "") if found else ""


@dataclass(slots=True)
class FieldsFound:
    """What was found: index marks as Markdown has them, and what the author is to be told, with its count."""

    marks: list[str] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)

    def tell(self, what: str) -> None:
        """Count one more of something."""
        self.told[what] = self.told.get(what, 0) + 1


def prepare(root: Element, found: FieldsFound) -> None:
    """Change a part's tree so that nothing is lost when Word's library reads it."""
    opened: list[_Field] = []
    for element in list(root.iter()):
        name = local(element) if isinstance(element.tag, str) else ""
        if name == "fldChar":
            _step(element, opened, found)
        elif name == "instrText" and opened and not opened[-1].shows:
            opened[-1].instruction.append(element.text or "")
        elif name == "fldSimple":
            _simple(element, found)
        elif name in ("t", "tab", "br", "drawing") and any(each.shows and each.made for each in opened):
            _blank(element)
        else:
            _other(name, element, found)


def _other(name: str, element: Element, found: FieldsFound) -> None:
    if name == "t":
        element.text = _cleared(element)
    elif name == "oMath":
        _formula(element, found)
    elif name == "vanish" and attribute(element, "val") not in ("0", "false"):
        _hidden(element, found)
    elif name == "rect" and attribute(element, "hr") in ("t", "true", "1"):
        _rule(element)
    elif name == "commentReference":
        found.tell("comments")
    elif name in ("del", "moveFrom") and local(_parent(element)) in ("p", "rPr"):
        found.tell("deleted words that are still tracked")


def _cleared(element: Element) -> str:
    """Its text; what an earlier step put there keeps its signs."""
    text = element.text or ""
    return text if element.get("recto") else signs.without(text)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _step(element: Element, opened: list[_Field], found: FieldsFound) -> None:
    step = attribute(element, "fldCharType")
    if step == "begin":
        opened.append(_Field())
    elif step == "separate" and opened:
        opened[-1].shows = True
    elif step == "end" and opened:
        _shut(opened.pop(), element, found)


def _shut(ended: _Field, element: Element, found: FieldsFound) -> None:
    instruction = "".join(ended.instruction)
    if ended.made:
        found.tell(ended.made)
    elif _PAGE.match(instruction):
        found.tell("numbers of Word’s own pages")
    elif mark := entry(instruction):
        found.marks.append(mark)
        _parent(element).append(_text(element, signs.mark(len(found.marks) - 1)))


def _simple(element: Element, found: FieldsFound) -> None:
    """A field whose instruction is an attribute: what it came to stays, in its place."""
    instruction = attribute(element, "instr")
    mark, made = entry(instruction), _Field([instruction]).made
    if made:
        found.tell(made)
        for each in [each for each in element.iter() if local(each) == "t"]:
            _blank(each)
    if mark:
        found.marks.append(mark)
        run = element.makeelement(str(element.tag).replace("fldSimple", "r"))
        run.append(_text(element, signs.mark(len(found.marks) - 1)))
        element.append(run)
    element.tag = str(element.tag).replace("fldSimple", "smartTag")  # which the library reads through


def _text(beside: Element, words: str) -> Element:
    """A piece of text in the namespace of an element."""
    made = beside.makeelement(f"{str(beside.tag).rpartition('}')[0]}}}t", {"recto": "1"})
    made.text = words
    return made


def _blank(element: Element) -> None:
    if local(element) == "t":
        element.text = ""
    else:
        _parent(element).remove(element)


def _formula(element: Element, found: FieldsFound) -> None:
    """A formula as its letters in a row: Word's way of writing one has no other home here."""
    words = "".join(each.text or "" for each in element.iter() if local(each) == "t")
    found.tell("formulas, of which the letters alone are left")
    paragraph = next((each for each in element.iterancestors() if local(each) == "p"), None)
    if paragraph is None or not words.strip():
        return
    space = str(paragraph.tag).rpartition("}")[0]
    run = element.makeelement(f"{space}}}r")
    made = element.makeelement(f"{space}}}t", {"recto": "1"})
    made.text = signs.without(words)
    run.append(made)
    holder = element if local(_parent(element)) == "p" else _parent(element)
    holder.addprevious(run)
    _parent(element).remove(element)


def _rule(element: Element) -> None:
    """A line across the page, as Google's documents have it (VML's `o:hr`): the break of a scene."""
    run = next((each for each in element.iterancestors() if local(each) == "r"), None)
    if run is not None:
        _parent(element).remove(element)
        run.append(_text(run, "***"))


def _hidden(element: Element, found: FieldsFound) -> None:
    """Words that Word hides are not of the book."""
    run = next((each for each in element.iterancestors() if local(each) == "r"), None)
    texts = [each for each in run if local(each) == "t" and each.text] if run is not None else []
    for each in texts:
        each.text = ""
    if texts:
        found.tell("hidden words")


def entry(instruction: str) -> str:
    """The index mark of an `XE` field, "" for any other: levels by colons, `\\b` the principal place."""
    found = _ENTRY.match(instruction)
    if not found:
        return ""
    words = (found["quoted"] if found["quoted"] is not None else found["plain"]) or ""
    levels = [each.replace("\\:", ":").partition(";")[0] for each in re.split(r"(?<!\\):", words)]
    see = _SEE.search(found["switches"])
    role = "main" if re.search(r"\\b(?![a-z])", found["switches"]) else ""
    if see:
        also = re.match(r"(?:see also|siehe auch|voir aussi)\s+", see["words"].strip(), re.I)
        target = re.sub(
            r"^(?:(?:see|siehe|voir)(?: also| auch| aussi)?)\s+", "", see["words"].strip(), flags=re.I
        )
        role = f"{'seealso' if also else 'see'} {target}"
    return heading_mark(levels, role)
