"""Titles too long to be read when a cover is small: what of one is set large, and what follows it smaller.

Title pages have always done so (MOBY-DICK; or, The Whale), and shops show a cover a hundred pixels wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# a sentence, or what a colon, semicolon or dash parts from the rest; commas, also those of other scripts
_PARTS = re.compile(r"(?<=\w{4})\.(?=\s)|[:;!?…](?=\s)|[：；。！？…؛؟](?=.)|(?=\s[—–]\s)")
_COMMAS = re.compile(r",(?=\s)|[，、،](?=.)")
_WORDS = re.compile(r"(?<=\w{4})(?=\s)|(?<=[\u2e80-\u9fff\uac00-\ud7af])(?=[\u2e80-\u9fff\uac00-\ud7af])")
_LEAST, _MOST = 4, 60  # letters of what is set large


def heads(title: str) -> Iterator[tuple[str, str]]:
    """The ways to part a title into what is set large and the rest, the best first.

    At a sign, then at a comma, then behind any word that is none of the little ones, the longest first.
    """
    ends = [found.end() for signs in (_PARTS, _COMMAS) for found in signs.finditer(title)]
    ends += reversed([found.end() for found in _WORDS.finditer(title)])
    for end in ends:
        if _LEAST <= end <= _MOST:
            yield title[:end].strip(), title[end:].strip()
