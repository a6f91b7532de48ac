"""`<Listing number="1-1" file-name="src/main.rs" caption="…">` around code: a listing with its caption.

The Rust Programming Language has these from a preprocessor of its own, and other books have taken it over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code

_QUOTED = r"(?P<before>(?:[ \t]*>)*)[ \t]*"  # the marks of a quotation around it
_OPEN = re.compile(rf"{_QUOTED}<Listing(?P<attributes>(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'))*)\s*>[ \t]*")
_SHUT = re.compile(rf"{_QUOTED}</Listing>[ \t]*")
_ATTRIBUTE = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')")


def captioned(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with such tags as captions below the code: the file's name, and what is said of it.

    The number is left to the book, which counts its listings itself.
    """
    caption = ""
    for line, origin, code in with_code(lines):
        if not code and (found := _OPEN.fullmatch(line)):
            said = {name: one or other for name, one, other in _ATTRIBUTE.findall(found["attributes"])}
            name, words = said.get("file-name", ""), html.unescape(said.get("caption", ""))
            caption = ": ".join(part for part in (f"`{name}`" if name else "", words) if part)
            yield found["before"], origin
        elif not code and (found := _SHUT.fullmatch(line)):
            before = found["before"]
            words = f"{before} Listing: {caption}" if before else f"Listing: {caption}"
            yield from (
                ((each, origin) for each in (before, words, before)) if caption else [(before, origin)]
            )
            caption = ""
        else:
            yield line, origin
