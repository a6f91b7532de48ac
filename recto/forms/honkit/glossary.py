"""GLOSSARY.md: a term a heading, and what it means below, as a list of definitions of ours.

https://honkit.netlify.app/lexicon.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code

NAME = "GLOSSARY.md"
_TERM = re.compile(r" {0,3}##[ \t]+(?P<term>.*?)(?:[ \t]+#+)?[ \t]*")


def defined(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with each heading as a term, and the paragraphs below it as its definition."""
    within, begins, titled = False, False, False
    for line, origin, code in with_code(lines):
        term = None if code else _TERM.fullmatch(line)
        if term:
            yield from () if titled else (("# Glossary", origin), ("", origin))
            within = begins = titled = True
            yield from (("", origin), (term["term"], origin))
        elif not within or not line.strip():
            titled = titled or line.startswith("# ")
            if not begins:
                yield line, origin
        else:
            yield (f":   {line}" if begins else f"    {line}"), origin
            begins = False
