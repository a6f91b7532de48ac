"""Figures, tables and listings: their captions, and what an image needs.

Numbers are given later (placer.py), since they count through the chapter; what gets one carries
`data-number`.
"""

from __future__ import annotations

import re

from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, has_class
from recto.typeset.language import caption_signs
from recto.typeset.work import Work, line_of

_MEASURE = re.compile(r"(\d{1,4}(?:\.\d+)?)(%|px|pt|mm|cm|in|em)?")


def formulas(work: Work) -> None:
    """A formula on a line of its own that has an id is one to be referred to: it gets a number."""
    for holder in work.blocks("div"):
        if has_class(holder, "formula") and holder.get("id"):
            holder.set("data-number", "equation")


def images(work: Work) -> None:
    """Report images without alternative text; an image alone in its paragraph becomes a figure."""
    for image in work.blocks("img"):
        _alternative(work, image)
        _size(work, image)
        paragraph = image.getparent()
        holder = image
        if paragraph is not None and paragraph.tag == "a" and _alone(image, paragraph):
            holder, paragraph = paragraph, paragraph.getparent()
        if paragraph is not None and paragraph.tag == "p" and _alone(holder, paragraph):
            _figure(paragraph, image)
        else:
            _as_attribute(image)


def _alternative(work: Work, image: Element) -> None:
    if has_class(image, "decorative") or image.get("role") in ("presentation", "none"):
        image.set("alt", "")
        image.set("role", "presentation")
        return
    address = image.get("src") or ""
    name = "this image" if not address or address.startswith("data:") else address
    hint = "say in a few words what it shows: ![a map of the harbour](…); {.decorative} if it says nothing"
    if image.get("alt") is None:
        image.set("alt", "")
        work.warning("alt-missing", f"{name} has no alternative text", line_of(image), hint)
    elif not (image.get("alt") or "").strip():
        work.warning("alt-missing", f"the alternative text of {name} is empty", line_of(image), hint)


def _size(work: Work, image: Element) -> None:
    """What the author gave is a matter of style; the attributes will state the size of the file.

    A height counts where no width is given: pictures keep their proportions.
    """
    given = {name: image.attrib.pop(name) for name in ("width", "height") if name in image.attrib}
    for name, value in given.items():
        found = _MEASURE.fullmatch(value.strip())
        if found and (name, found[2]) != ("height", "%"):
            style = f"{name}: {found[1]}{found[2] or 'px'}"
            image.set("style", style if name == "width" else f"{style}; object-fit: contain")
            return
    if given:
        written = ", ".join(f"{name}={value}"[:60] for name, value in given.items())
        hint = "a measure is a number with %, px, pt, mm, cm, in or em behind it; a height can have no %"
        work.warning("attribute-unused", f"{written} is no size of a picture", line_of(image), hint)


def _alone(element: Element, parent: Element) -> bool:
    beside = (
        child
        for child in parent
        if (child.tail or "").strip()
        or not (child is element or _prints_nothing(child) or child.get("data-caption") is not None)
    )
    return not (parent.text or "").strip() and next(beside, None) is None


def _prints_nothing(element: Element) -> bool:
    return bool(element.get("data-mark")) and not element.text and not len(element)


def _figure(paragraph: Element, image: Element) -> None:
    paragraph.tag = "figure"
    add_class(paragraph, "figure", *(["bleed"] if has_class(image, "bleed") else []))
    for name in ("id", "lang"):
        if name in image.attrib:
            paragraph.set(name, image.attrib.pop(name))
    if line := image.get("data-line"):
        paragraph.set("data-line", line)
    caption = _title(image)
    if caption is None and (title := image.attrib.pop("title", "")):
        caption = xhtml.element("span", None, title)
    if caption is not None:
        caption.tag, caption.tail = "figcaption", None
        caption.attrib.clear()
        paragraph.append(caption)
        paragraph.set("data-number", "figure")


def _title(image: Element) -> Element | None:
    """The title that stands beside an image, set."""
    title = image.getnext()
    return title if title is not None and title.get("data-caption") is not None else None


def _as_attribute(image: Element) -> None:
    """An image among words has no caption: its title is one that shows under the pointer."""
    title = _title(image)
    if title is not None:
        image.set("title", xhtml.words(title))
        xhtml.remove(title)


def captions(work: Work) -> None:
    """Give every caption paragraph to the block before it, or after it (tables and listings).

    What begins as one only in the language of the book is a text where it stands beside no such block.
    """
    signs = caption_signs(work.style.language)
    for paragraph in work.blocks("p"):
        found = signs.match(paragraph.text or "")
        if not found:
            continue
        kind = "table" if found["colon"] else str(found.lastgroup)
        block = _block(paragraph, kind)
        if block is None and found[0].rstrip() != f"{kind.capitalize()}:":
            continue
        if block is None:
            line = line_of(paragraph)
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
    attributes = {name: str(value) for name, value in paragraph.attrib.items() if name in ("id", "class")}
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
