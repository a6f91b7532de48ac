"""Index entries of a document as marks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

# what would separate levels and roles, or end a mark: other characters of the same look
_MEANT = str.maketrans({"{": "(", "}": ")", "`": "’", "|": "∣", "^": "ˆ", "!": "ǃ"})


def heading_mark(levels: Sequence[str], role: str = "") -> str:
    """The mark of a heading and those below it; "" for none. `role` is what follows the bar."""
    plain = [re.sub(r"([\\*_])", r"\\\1", " ".join(level.translate(_MEANT).split())) for level in levels]
    plain = [level for level in plain if level]
    return f"{{^{'!'.join(plain)}{'|' + role.translate(_MEANT) if role else ''}}}" if plain else ""
