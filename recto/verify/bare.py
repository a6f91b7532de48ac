"""Text as the checker compares it: its letters and digits alone, however they are set, wherever lines end."""

from __future__ import annotations

import re
import unicodedata

# Arabic lam-alif is one glyph (Unicode, 9.2), of whose two letters a PDF may give either first
_ALIF = str.maketrans({"\u0627": None})
_OTHER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text; case, accents and compatibility forms folded (`ﬁ` is `fi`).

    Accents are left out since a PDF may give them before or after their letter, or joined with it.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        return _OTHER.sub("", text.translate(_ALIF))
    return _OTHER.sub("", text).lower()
