"""Long descriptions: a picture that is described elsewhere gets a link to there, which anybody can follow.

HTML 4 had `longdesc` for the address, which no e-reader opens; ARIA 1.2 has `aria-details`, which names an
element beside the picture. An author may write either, and the element is the link.
"""

from __future__ import annotations

from recto.galley import DESCRIBED
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset.language import description
from recto.typeset.work import Work, line_of


def descriptions(work: Work) -> None:
    """Put the link to its description at the end of a picture's caption, or behind the picture."""
    for count, image in enumerate(work.blocks("img"), 1):
        if address := _address(image):
            link = xhtml.element("a", {"href": address, "data-described": str(count)})
            link.text = description(work.style.language)
            if line := image.get("data-line"):
                link.set("data-line", line)
            image.set("data-described", str(count))
            _put(link, image)


def no_descriptions(work: Work) -> None:
    """Tell of a description that a picture in a heading is to have: contents would repeat the link to it."""
    for image in work.blocks("img"):
        if address := _address(image):
            hint = "put the picture below the heading"
            message = f"a picture in a heading has no link to its description, {address[:80]}"
            work.warning("attribute-unused", message, line_of(image), hint)


def _address(image: Element) -> str:
    named = (image.attrib.pop("aria-details", "") or "").split()
    address = (image.attrib.pop("longdesc", "") or "").strip()
    return address or (f"#{named[0]}" if named else "")


def _put(link: Element, image: Element) -> None:
    figure = next(image.iterancestors("figure"), None)
    if figure is None:
        beside = next((above for above in image.iterancestors("a")), image)
        holder = xhtml.element("span", {"class": DESCRIBED}, " (")
        link.tail, holder.tail, beside.tail = ")", beside.tail, None
        beside.addnext(holder)
    elif (caption := next(figure.iter("figcaption"), None)) is not None:
        holder = xhtml.element("span", {"class": DESCRIBED})
        last = caption[-1] if len(caption) else None
        if last is None:
            caption.text = f"{caption.text or ''} "
        else:
            last.tail = f"{last.tail or ''} "
        caption.append(holder)
    else:
        holder = xhtml.element("p", {"class": DESCRIBED})
        figure.append(holder)
    holder.append(link)
