"""What of Markdown prints nothing where it stands: comments, definitions, index marks, empty anchors, [TOC].

Such text makes no chapter of its own where it stands before the first heading, and ends no sentence.
"""

from __future__ import annotations

import re

from recto.forms.fences import with_code

# Definitions of links (CommonMark 4.7), of abbreviations, of notes
_DEFINITION = re.compile(r" {0,3}(?:\[(?!\^)[^\]]{1,500}\]:[ \t]*\S.*|\*\[[^\]]{1,200}\]:.*)")
_NOTE = re.compile(r" {0,3}\[\^[^\]]{1,80}\]:.*")
_ANCHOR = re.compile(r"<(a|span)(?:\s[^<>]{0,300})?>\s{0,9}</\1\s{0,9}>|\[\]\{[^{}]{0,300}\}", re.I)
_MARK = re.compile(r"\{\^[^{}]{0,400}\}|\\index\{[^{}]{0,400}\}")
# asks for a list of contents, alone on a line: Python-Markdown, GitLab, MultiMarkdown
CONTENTS_MARK = re.compile(r"(?:\[\[?_?toc_?(?:[ \t][^\[\]\n]{0,60})?\]\]?|\{\{ ?toc ?\}\})[ \t]*", re.I)
_OPEN, _SHUT = "<!--", "-->"


def printed(text: str) -> str:
    """A text of Markdown with all that prints nothing made blank; every line stays on its line."""
    made: list[str] = []
    in_note = False
    lines = _without_comments(text).split("\n")
    for line, _, code in with_code((line, number) for number, line in enumerate(lines)):
        in_note = not code and (
            bool(_NOTE.fullmatch(line)) or (in_note and (not line.strip() or line.startswith(("  ", "\t"))))
        )
        if in_note or (not code and (_DEFINITION.fullmatch(line) or CONTENTS_MARK.fullmatch(line))):
            line = ""
        made.append(line if code else _MARK.sub("", _ANCHOR.sub("", line)))
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
