"""What a heading says in plain text: in contents, outline, running heads, references, names of files."""

from __future__ import annotations

import re

from recto import galley
from recto.notations.xhtml import Element

# soft hyphens, and spaces and joiners without a width: they say how words break, not what they say
_BREAKS = re.compile("[\u00ad\u200b\u2060\ufeff]")


def plain_title(heading: Element) -> str:
    """The words of a heading: without notes, a space for a break, what describes a picture or formula."""
    pieces: list[str] = []
    for passage in galley.walk(heading, galley.BESIDE_THE_TEXT | {"label"}):
        if passage.element.tag == "br" and not passage.is_end:
            pieces.append(" ")
        elif not passage.is_end:
            pieces.append(passage.element.get("alt") or passage.element.get("data-tex") or "")
        pieces.append(passage.text)
    return " ".join(_BREAKS.sub("", "".join(pieces)).split())
