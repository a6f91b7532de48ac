"""Plain text: paragraphs, and every character out as it went in."""

from __future__ import annotations

import re
from html import escape

from recto.east_asian import joined

_BLANK = re.compile(r"\n(?:[ \t]*\n)+")


def paragraphs(text: str) -> str:
    """Text as XHTML paragraphs: a blank line ends one, nothing else means anything."""
    pieces = (piece.strip("\n") for piece in _BLANK.split(text))
    return "\n".join(f"<p>{escape(joined(piece), quote=False)}</p>" for piece in pieces if piece.strip())
