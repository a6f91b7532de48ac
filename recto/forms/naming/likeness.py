"""How like a heading a line with a number is: `3.5 Oars`, `3.5 million users did this.`"""

from __future__ import annotations

import re
from typing import Literal

from recto.forms.naming.heading_text import HeadingText
from recto.forms.stops import FULL_STOPS

_SENTENCE_END = re.compile(rf"[{FULL_STOPS};,][\"'”’»)\]]*$")
_INNER_SENTENCE = re.compile(r"[a-z\d)][.!?] +[A-ZÄÖÜ]")

# What follows a number that is a measure
_UNIT = re.compile(
    r"(?:[kMGT]?(?:Hz|Wh|bit|bps)|[kMGT][BWV]|mm|km|cm|kg|mg|in|ft|mph|rpm|°[CF]?|%|[€$£]"
    r"|thousand|million|billion|percent|inch(?:es)?|feet|miles?|met(?:re|er)s?|hours?|minutes?|years?)(?!\w)"
)

Likeness = Literal["certain", "perhaps", "no"]


def likeness(heading: HeadingText) -> Likeness:
    """How sure the form of a heading is, by itself."""
    title = heading.title
    if heading.kind in ("matter", "stray") or not title:
        return "certain"
    small = title[0].islower() and not _is_name(title.split()[0])
    ends = bool(_SENTENCE_END.search(title)) and not title.endswith(("?", "!"))
    if (small and ends) or _INNER_SENTENCE.search(title) or title.endswith((",", ";")):
        return "no"
    if _UNIT.match(title):
        return "perhaps"  # `2.4 GHz is the band`
    return "perhaps" if small or (ends and not title.endswith("...")) else "certain"


def _is_name(word: str) -> bool:
    """A first word that is written small on purpose: `eBay`, `boto3:`, `k8s`."""
    return word.endswith(":") or any(not letter.islower() for letter in word.strip("-"))
