"""What stands in for a picture that can't be shown."""

from __future__ import annotations

from urllib.parse import unquote

from recto.galley import MISSING
from recto.notations import xhtml
from recto.notations.xhtml import Element


def stand_in(image: Element, reference: str) -> None:
    """Show the place of a picture that can't be shown: what it was to show, and the name of its file."""
    inline = reference[:5].lower() == "data:"
    name = "" if inline else unquote(reference).replace("\\", "/").rpartition("/")[2]
    said = " – ".join(words for words in ((image.get("alt") or "").strip(), name[:80]) if words)
    tail, anchor, line = image.tail, image.get("id"), image.get("data-line")
    image.clear()
    parent = image.getparent()
    alone = parent is not None and parent.tag == "figure"
    image.tag, image.text, image.tail = "p" if alone else "span", f"[{xhtml.clean(said) or '?'}]", tail
    image.set("class", MISSING)
    for key, value in (("id", anchor), ("data-line", line)):
        if value:
            image.set(key, value)
