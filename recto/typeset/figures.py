"""Figures, tables and listings: their captions, and what an image needs.

Numbers are given later (placing.py), since they count through the chapter; what gets one carries
`data-number`.
"""

from __future__ import annotations

import re

from recto import xhtml
from recto.typeset.blocks import take_attributes
from recto.typeset.work import Work, add_class, has_class, line_of
from recto.xhtml import Element

_CAPTION = re.compile(r"(Figure|Table|Listing):\s+")
_WIDTH = re.compile(r"(\d{1,4}(?:\.\d+)?)(%|px|pt|mm|cm|in|em)?")


def images(work: Work) -> None:
    """Report images without alternative text; an image alone in its paragraph becomes a figure."""
    for image in work.blocks("img"):
        _alternative(work, image)
        _width(image)
        paragraph = image.getparent()
        holder = image
        if paragraph is not None and paragraph.tag == "a" and _alone(image, paragraph):
            holder, paragraph = paragraph, paragraph.getparent()
        if paragraph is not None and paragraph.tag == "p" and _alone(holder, paragraph):
            _figure(paragraph, image)


def _alternative(work: Work, image: Element) -> None:
    if has_class(image, "decorative") or image.get("role") in ("presentation", "none"):
        image.set("alt", "")
        image.set("role", "presentation")
        return
    name = image.get("src") or "this image"
    hint = "say in a few words what it shows: ![a map of the harbour](…); {.decorative} if it says nothing"
    if image.get("alt") is None:
        image.set("alt", "")
        work.warning("alt-missing", f"{name} has no alternative text", line_of(image), hint)
    elif not (image.get("alt") or "").strip():
        work.warning("alt-missing", f"the alternative text of {name} is empty", line_of(image), hint)


def _width(image: Element) -> None:
    """A width that the author gave is a matter of style; the attributes will state the size of the file."""
    width = image.attrib.pop("width", "")
    image.attrib.pop("height", None)
    if found := _WIDTH.fullmatch(width):
        image.set("style", f"width: {found[1]}{found[2] or 'px'}")


def _alone(element: Element, parent: Element) -> bool:
    return (
        len([child for child in parent if not child.get("data-mark") or child.text]) == 1
        and not (parent.text or "").strip()
        and not any((child.tail or "").strip() for child in parent)
    )


def _figure(paragraph: Element, image: Element) -> None:
    paragraph.tag = "figure"
    add_class(paragraph, "figure")
    for name in ("id", "lang"):
        if name in image.attrib:
            paragraph.set(name, image.attrib.pop(name))
    if line := image.get("data-line"):
        paragraph.set("data-line", line)
    if title := image.attrib.pop("title", ""):
        caption = xhtml.element("figcaption", None, title)
        caption.extend([child for child in paragraph if child.get("data-mark") and not child.text])
        paragraph.append(caption)
        paragraph.set("data-number", "figure")


def captions(work: Work) -> None:
    """Give every caption paragraph to the block before it, or after it (tables and listings)."""
    for paragraph in work.blocks("p"):
        found = _CAPTION.match(paragraph.text or "")
        if not found:
            continue
        kind = found[1].lower()
        block = _block(paragraph, kind)
        if block is None:
            line = _line(work, paragraph)
            where = "directly below it" if kind == "figure" else "directly above or below it"
            hint = f"put it {where}, with a blank line between them"
            work.warning("caption-alone", f"this caption has no {kind}", line, hint)
            continue
        paragraph.text = (paragraph.text or "")[found.end() :]
        _attach(paragraph, block, kind)


def _block(paragraph: Element, kind: str) -> Element | None:
    candidates = [paragraph.getprevious()]
    if kind != "figure":
        candidates.append(paragraph.getnext())
    for block in candidates:
        if block is not None and not block.get("data-number") and _fits(block, kind):
            return block
    return None


def _fits(block: Element, kind: str) -> bool:
    if kind == "table":
        return block.tag == "table" and not any(child.tag == "caption" for child in block)
    if kind == "listing":
        return block.tag == "pre"
    return block.tag == "figure" and has_class(block, "figure")


def _attach(paragraph: Element, block: Element, kind: str) -> None:
    attributes = _caption_attributes(paragraph)
    xhtml.remove(paragraph)
    paragraph.tag, paragraph.tail = ("caption" if kind == "table" else "figcaption"), None
    paragraph.attrib.clear()
    if kind == "listing":
        figure = xhtml.element("figure", {"class": "listing"})
        block.addprevious(figure)
        figure.tail, block.tail = block.tail, None
        figure.extend([paragraph, block])
        code = block[0] if len(block) else block
        if "id" in code.attrib:
            attributes.setdefault("id", code.attrib.pop("id"))
        block = figure
    elif kind == "table":
        block.insert(0, paragraph)
    else:
        for old in [child for child in block if child.tag == "figcaption"]:
            block.remove(old)
        block.append(paragraph)
    if "id" in attributes:
        block.set("id", attributes["id"])
    if "class" in attributes:
        add_class(block, *attributes["class"].split())
    block.set("data-number", kind)


def _caption_attributes(paragraph: Element) -> dict[str, str]:
    attributes = {name: str(value) for name, value in paragraph.attrib.items() if name in ("id", "class")}
    last = paragraph[-1] if len(paragraph) else None
    text = (paragraph.text if last is None else last.tail) or ""
    rest, written = take_attributes(text)
    if last is None:
        paragraph.text = rest
    else:
        last.tail = rest
    return {**attributes, **written}


def _line(work: Work, paragraph: Element) -> int | None:
    words = (paragraph.text or "").strip()[:40]
    offset = work.source.text.find(words)
    return work.source.line(offset) if offset >= 0 else None
