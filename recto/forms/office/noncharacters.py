"""Signs that stand in the text of a document for what is no text, while it is on its way to Markdown.

They are noncharacters (Unicode 23.7), which XML may hold and no text does; any of a document's own are taken
out before.
"""

from __future__ import annotations

import re

MARK, MARK_END = "\ufdd0", "\ufdd1"  # around the number of an index mark
EM, EM_END, STRONG, STRONG_END = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
NOTE, NOTE_END = "\ufdd6", "\ufdd7"  # around the name of a note
ALL = re.compile("[\ufdd0-\ufdef]")


def without(text: str) -> str:
    """Text without any of these."""
    return ALL.sub("", text)


def mark(number: int) -> str:
    """The sign of an index mark, by its number."""
    return f"{MARK}{number}{MARK_END}"
