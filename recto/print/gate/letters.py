"""Text as the gate compares and quotes it."""

from __future__ import annotations

import textwrap
import unicodedata

_QUOTED = 60


def letters(text: str) -> str:
    """The letters and digits of a text, case and compatibility forms folded (`ﬁ` is `fi`)."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def shortened(text: str) -> str:
    """The first words of a text, as a problem quotes them."""
    shown = textwrap.shorten(text, _QUOTED, placeholder="…")
    return f"{text.strip()[:_QUOTED]}…" if shown == "…" else shown
