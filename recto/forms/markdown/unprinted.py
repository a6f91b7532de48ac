"""What of Markdown prints nothing where it stands: comments, definitions, index marks, empty anchors.

Such text makes no chapter of its own where it stands before the first heading, and ends no sentence.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})[^`]*")
# Definitions of links (CommonMark 4.7), of abbreviations, of notes
_DEFINITION = re.compile(r" {0,3}(?:\[(?!\^)[^\]]{1,500}\]:[ \t]*\S.*|\*\[[^\]]{1,200}\]:.*)")
_NOTE = re.compile(r" {0,3}\[\^[^\]]{1,80}\]:.*")
_ANCHOR = re.compile(r"<(a|span)(?:\s[^<>]{0,300})?>\s{0,9}</\1\s{0,9}>|\[\]\{[^{}]{0,300}\}", re.I)
_MARK = re.compile(r"\{\^[^{}]{0,400}\}|\\index\{[^{}]{0,400}\}")
_OPEN, _SHUT = "<!--", "-->"


def printed(text: str) -> str:
    """A text of Markdown with all that prints nothing made blank; every line stays on its line."""
    made: list[str] = []
    fence, in_note = "", False
    for line in _without_comments(text).split("\n"):
        if fence:
            shut = line.strip(" \t>")
            fence = "" if set(shut) == {fence[0]} and len(shut) >= len(fence) else fence
        elif found := _FENCE.fullmatch(line):
            fence, in_note = found["marks"], False
        else:
            in_note = bool(_NOTE.fullmatch(line)) or (
                in_note and (not line.strip() or line.startswith(("  ", "\t")))
            )
            line = "" if in_note or _DEFINITION.fullmatch(line) else _MARK.sub("", _ANCHOR.sub("", line))
        made.append(line)
    return "\n".join(made)


def prints(text: str) -> bool:
    """Tell whether anything of a text of Markdown is printed where it stands."""
    return bool(printed(text).strip())


def _without_comments(text: str) -> str:
    """A text without HTML comments, their line breaks kept; one that never ends is text."""
    if _OPEN not in text:
        return text
    pieces: list[str] = []
    at = 0
    while (begin := text.find(_OPEN, at)) >= 0 and (end := text.find(_SHUT, begin + len(_OPEN))) >= 0:
        pieces += (text[at:begin], "\n" * text.count("\n", begin, end))
        at = end + len(_SHUT)
    return "".join((*pieces, text[at:]))
