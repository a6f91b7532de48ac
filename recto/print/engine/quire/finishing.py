"""The last touch on a unit's PDF, before it is written: what belongs to one unit is done in its own job.

    black and grey in one ink     text set in CSS `black` would else be three inks on a colour press
    links that say where they go  the alternate description of a link is its text, not its address
    table headers unique          their ids carry the unit's name, so that units can be joined
    boxes at the origin           MediaBox from 0 0; TrimBox and BleedBox inside it (sheets)
    items of lists with a body    WeasyPrint tags the paragraphs of a loose list as children of its items
    no tag without content        index marks are empty, and generated content is tagged as what it hangs on
    figure boxes in page space    WeasyPrint gives them in CSS pixels from the top (sheets)
    formulas                      drawn like pictures, they have a tag of their own
    leaders                       drawn as one stroke a line
    ornaments                     pictures that say nothing are artifacts

The objects are pydyf's, as WeasyPrint's `finisher` hook hands them over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pydyf

from recto.galley import FORMULA
from recto.print.engine.quire.leaders import leaders
from recto.print.engine.quire.list_items import body_items
from recto.print.engine.quire.ornaments import release_ornaments
from recto.print.engine.quire.sheets import place_boxes

_GREY = re.compile(rb"(\S+) \1 \1 (rg|RG)")
# Elements that mean nothing without content; an empty table cell keeps its column
_MEANINGLESS = frozenset(("/Div", "/Link", "/NonStruct", "/P", "/Span"))
_PRINT = 4  # the annotation flag: shown on paper as on the screen (ISO 32000-1, 12.5.3)
_INK = {b"rg": b"g", b"RG": b"G"}


def finish(unit: str, document: Any, pdf: Any) -> None:
    """Touch up a unit's PDF in place. `unit` is its name, unique in the book."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.stream[:] = [_in_one_ink(each) for each in item.stream]
    _describe_links(document)
    release_ornaments(pdf)
    body_items(pdf)
    _prune_tags(pdf)
    _name_headers(unit, pdf)
    _draw_leaders(document, pdf)
    place_boxes(document, pdf)
    _tag_formulas(pdf)


def _in_one_ink(operator: Any) -> Any:
    """An operator with grey as DeviceGray; and text without the zeros that WeasyPrint sets between glyphs."""
    if not isinstance(operator, bytes):
        return operator
    if operator.endswith(b" TJ"):
        return operator.replace(b">0<", b"")
    if operator[-2:] in _INK and (grey := _GREY.fullmatch(operator)):
        return grey[1] + b" " + _INK[grey[2]]
    return operator


def _describe_links(document: Any) -> None:
    for page in document.pages:
        for _, target, _, box in page.links:
            annotation = box.link_annotation
            if annotation:
                words = " ".join("".join(box.element.itertext()).split())
                images = (image.get("alt", "") for image in box.element.iter("img"))
                said = words or " ".join(images).strip() or target
                annotation["Contents"] = pydyf.String(said)
                annotation["F"] = _PRINT


def _prune_tags(pdf: Any) -> None:
    """Take empty elements out of the tag tree, and call a Link without its annotation a Span.

    ISO 14289-1, 7.18.5: a Link element holds the annotation it stands for. What leaves the tree stays in the
    unit's file, but is not copied into the book.
    """
    elements = {element.reference: element for element in _elements(pdf)}
    annotated = {item.reference for item in pdf.objects if _is(item, "/OBJR")}
    gone: set[bytes] = set()
    # children are added after their parents: from the end on, each is judged before what holds it
    for reference, element in reversed(elements.items()):
        kids = element["K"]
        kids[:] = [kid for kid in kids if kid not in gone]
        if not kids and element["S"] in _MEANINGLESS:
            gone.add(reference)
        elif element["S"] == "/Link" and annotated.isdisjoint(kids):
            element["S"] = "/Span"


def _tag_formulas(pdf: Any) -> None:
    """Tag drawings as formulas whose description says that they are (ISO 32000-1, 14.8.4.5)."""
    for element in _elements(pdf):
        if element["S"] == "/Figure" and "Alt" in element and element["Alt"].string.startswith(FORMULA):
            element["S"] = "/Formula"
            element["Alt"] = pydyf.String(element["Alt"].string[len(FORMULA) :])


def _name_headers(unit: str, pdf: Any) -> None:
    """Make ids of table headers unique in the book, and list them as ISO 32000-1, 14.7.2 wants."""
    names: list[tuple[str, Any]] = []
    for element in _elements(pdf):
        if "ID" in element:
            # the cells' /Headers hold this very object
            element["ID"].string = f"{unit}-{element['ID'].string}"
            names.append((element["ID"].string, element))
    if names:
        names.sort(key=lambda pair: pair[0])
        root = next(each for each in pdf.objects if _is(each, "/StructTreeRoot"))
        pairs = (part for _, element in names for part in (element["ID"], element.reference))
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})


def _draw_leaders(document: Any, pdf: Any) -> None:
    by_number = {item.number: item for item in pdf.objects}
    for page, laid in zip(_pages(pdf), document.pages, strict=True):
        if drawn := leaders(laid._page_box):
            by_number[int(page["Contents"].split()[0])].stream.append(drawn)


def _elements(pdf: Any) -> Iterator[Any]:
    return (item for item in pdf.objects if _is(item, "/StructElem"))


def _pages(pdf: Any) -> Iterator[Any]:
    return (item for item in pdf.objects if _is(item, "/Page"))


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == kind
