"""Galleys made ready for the e-reader, after the templates are filled: one document at a time, as a tree.

Notes are gathered at the end of the file that calls them, with a way back; `epub:type` is added from the
roles; headings get levels without a gap; what only Recto reads (`data-…`) goes.
"""

from __future__ import annotations

from recto import galley
from recto.compose.chapter_lead import mark_lead
from recto.compose.epub.small import NAME, frame_tables, mark_formulas
from recto.compose.formula_choice import for_screen
from recto.compose.list_room import give_room
from recto.notations import xhtml
from recto.notations.xhtml import EPUB, MATHML, SVG, XHTML, Element, class_names
from recto.theme.look import TextLook

TYPE = f"{{{EPUB}}}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# DPUB-ARIA roles whose name, without `doc-`, is also a word of EPUB's vocabulary of structure
_TYPES = frozenset(
    """abstract acknowledgments afterword appendix backlink biblioref bibliography chapter colophon
    conclusion cover dedication endnotes epigraph epilogue errata footnote foreword glossary glossref index
    introduction noteref notice pagebreak part preface prologue pullquote qna subtitle tip toc""".split()
)
_HEADINGS = tuple(f"{{{XHTML}}}h{level}" for level in range(1, 7))
_BACK = "\u21a9\ufe0e"  # the arrow as text: without the selector Apple shows it as a picture


def tag(name: str) -> str:
    """The tag of an XHTML element in a tree."""
    return f"{{{XHTML}}}{name}"


def finish(root: Element, *, back: str, look: TextLook | None = None) -> None:
    """Make a filled template a document of the e-book, in place, but for page breaks and links.

    `back` is what a note's link back to the text is called for those who hear it; `look` tells how the first
    words of a chapter are set.
    """
    for_screen(root)
    if look is not None:
        _lead(root, look)
    _gather_notes(root, back)
    _level_headings(root)
    for image in root.iter(tag("img")):
        _settle_image(image)
    for terms in list(root.iter(tag("dl"))):
        _group(terms)
    if next(root.iter(tag("nav")), None) is None:  # whose lists show no numbers
        for numbered in root.iter(tag("ol")):
            give_room(numbered, numbered.findall(tag("li")))
    frame_tables(root)
    mark_formulas(root)
    for element in root.iter(f"{{{XHTML}}}*"):
        role = element.get("role", "")
        if lang := element.get("lang"):
            element.set(_LANG, lang)
        kind = role.removeprefix("doc-")
        if kind != role and kind in _TYPES and element.get(TYPE) is None:
            element.set(TYPE, kind)


def _lead(root: Element, look: TextLook) -> None:
    """Mark the first words of a chapter: those after its title, or after its first heading."""
    for title in root.iter(tag("h1")):
        section = title.getparent()
        if section is None or class_names(section)[:1] != ["chapter"]:
            continue
        blocks = list(title.itersiblings())
        if blocks and blocks[0].tag == tag("section"):
            blocks = list(blocks[0])[1:]
        mark_lead(blocks, look)


def strip_data(root: Element) -> None:
    """Take out every `data-` attribute, but for what the style sheets show."""
    for element in root.iter(f"{{{XHTML}}}*"):
        for name in [name for name in element.attrib if str(name).startswith("data-") and name != NAME]:
            del element.attrib[name]


def properties(root: Element) -> tuple[str, ...]:
    """The properties that the manifest must declare for a document (EPUB 3.3, 5.6.2, appendix D.3)."""
    found = []
    if next(root.iter(f"{{{MATHML}}}math"), None) is not None:
        found.append("mathml")
    if next(root.iter(f"{{{SVG}}}svg"), None) is not None:
        found.append("svg")
    if any(section.get("role") == "doc-index" for section in root.iter(tag("section"))):
        found.append("index")  # EPUB Indexes 1.0: promises its vocabulary, which EPUBCheck then tests
    return tuple(found)


def _gather_notes(root: Element, back: str) -> None:
    """Move the notes into the element of class `notes` that the template has for them, or take that out."""
    shelf = next((e for e in root.iter(tag("section")) if e.get("class") == "notes"), None)
    notes = {note.get("id"): note for note in galley.notes(root)}
    if not notes:
        if shelf is not None:
            xhtml.remove(shelf)
        return
    if shelf is None:
        shelf = xhtml.element(tag("section"), {"class": "notes", TYPE: "footnotes"})
        root[-1].append(shelf)
    for call in sorted(galley.calls(root), key=_number):
        note = notes.pop(call.get("href", "").removeprefix("#"), None)
        if note is not None:
            _bind_note(note, call, back)
            _move(note, shelf)
    for note in notes.values():  # called from nowhere in this file
        _move(note, shelf)


def _number(call: Element) -> int:
    """The number that a call shows: a note that another calls stands after it."""
    shown = xhtml.words(call)
    return int(shown) if shown.isdecimal() else 0


def _move(note: Element, shelf: Element) -> None:
    xhtml.remove(note)
    note.tail = "\n"
    shelf.append(note)


def _bind_note(note: Element, call: Element, back: str) -> None:
    """Put the number before a note and a link back behind it: in its paragraphs, or in some of their own."""
    first = _paragraph(note, 0)
    number = xhtml.element(tag("span"), {"class": galley.NOTE_NUMBER}, f"{xhtml.words(call)}.")
    number.tail = f" {first.text}" if first.text else None
    first.text = None
    first.insert(0, number)
    if call.get("id"):
        link = {
            "class": galley.BACKLINK,
            "role": galley.BACKLINK_ROLE,
            "href": f"#{call.get('id')}",
            "aria-label": back,
        }
        last = _paragraph(note, -1)
        if len(last):
            last[-1].tail = (last[-1].tail or "").rstrip() + " "
        else:
            last.text = (last.text or "").rstrip() + " "
        last.append(xhtml.element(tag("a"), link, _BACK))


def _paragraph(note: Element, index: int) -> Element:
    """The paragraph that a note begins or ends with (index 0 or -1); a new one where it is something else."""
    if len(note) and note[index].tag == tag("p"):
        return note[index]
    made = xhtml.element(tag("p"))
    note.insert(0 if index == 0 else len(note), made)
    return made


def _level_headings(root: Element) -> None:
    """Headings one level below the last at most, as WCAG technique G141 has it; never below h6."""
    level = 0
    for heading in root.iter(*_HEADINGS):
        wanted = int(str(heading.tag)[-1])
        level = wanted if level == 0 else min(wanted, level + 1)
        heading.tag = tag(f"h{level}")


def _group(terms: Element) -> None:
    """A term that is linked to, and what it means, in one element: both are to be seen (HTML 4.4.9)."""
    if not any(term.get("id") for term in terms if term.tag == tag("dt")):
        return
    group: Element | None = None
    for each in list(terms):
        if each.tag == tag("dt") and (group is None or group[-1].tag == tag("dd")):
            group = xhtml.element(tag("div"))
            terms.insert(terms.index(each), group)
        if group is not None:
            group.append(each)
            if (anchor := each.get("id")) and each.tag == tag("dt") and group.get("id") is None:
                group.set("id", anchor)
                del each.attrib["id"]


def _settle_image(image: Element) -> None:
    """A width in per cent is a style, not an attribute (HTML 4.8.17); no image goes without `alt`."""
    width = image.get("width", "")
    if width.endswith("%"):
        image.set("style", f"width: {width}")
    if "width" in image.get("style", ""):  # the height follows, even where no style sheet says so
        for name in ("width", "height"):
            image.attrib.pop(name, None)
    if image.get("alt") is None:
        image.set("alt", "")
