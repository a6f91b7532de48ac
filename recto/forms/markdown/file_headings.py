"""The headings of a Markdown file: those that are blocks of the file itself, and inside nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from recto.forms.markdown.attribute_syntax import attribute_items
from recto.forms.markdown.unprinted import prints
from recto.forms.naming.heading_text import read_heading
from recto.forms.naming.likeness import likeness
from recto.forms.source_file import SourceFile, SourceHeading
from recto.forms.stops import CLAUSE_END
from recto.galley import medium_of
from recto.notations.xhtml import printable
from recto.problems import Problem, warning

if TYPE_CHECKING:
    from markdown_it.token import Token

    from recto.forms.markdown.blocks import BlockGrammar

_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{:?[ \t]*(?P<list>(?:[#.]|-(?=[ \t#.]))[^{}]*)\}\s*$")
# what ids that a program made of a title hold beside the letters of a name: `{#don't-(ever)-stop}`
_ID = re.compile(r"(?:(?<=\s)|^)#[^\s{}]{1,300}")
_NO_NAME = re.compile(r"[^\w#.:-]")
# typed as HTML, of words and what may stand among them (HTML, 4.5)
_HTML = re.compile(
    r"<h(?P<level>[1-6])(?P<attributes>\s[^<>]{0,500})?>"
    r"(?P<words>(?:[^<>]|</?(?:a|b|i|em|strong|code|span|sub|sup|small)\b[^<>]{0,300}>){1,500})</h(?P=level)\s*>",
    re.I,
)
_HTML_ID = re.compile(r"\sid\s*=\s*(?P<mark>[\"']?)(?P<id>[\w.:-]{1,300})(?P=mark)(?=\s|$)", re.I)
_UNNUMBERED = re.compile(r"\s*\{-\}\s*$")
_FILES_KEPT = 1_000  # a file may be asked for its numbers, and then for its headings whatever they say

_BOLD = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1")
_EMPHASISED = re.compile(r"(?P<marks>\*{1,3}|_{1,3})(?P<words>[^*_]+)(?P=marks)")
_DRESS = "{<![>%"  # what a line begins with that is no sentence: a tag of a template, a picture …
_LONGEST_BARE = 80  # characters of a paragraph that is the heading of a chapter

# headings, those of them without a sign, fences without an end
_Found = tuple[tuple[SourceHeading, ...], tuple[SourceHeading, ...], tuple[tuple[int, str], ...]]
_made: dict[tuple[bytes, int], _Found] = {}


def titles(file: SourceFile, first: int) -> tuple[list[SourceHeading], tuple[Problem, ...]]:
    """The headings of a file from line `first` on, in order; a fence that never closes is told.

    So are chapters and sections whose headings are lines of text, `**Chapter 3: Tides**`, `3.1 Nets`, where a
    file has no others.
    """
    signed, bare, unclosed = _read("\n".join(file.lines[first - 1 :]), first)
    said = [words for heading in signed if (words := read_heading(heading.words)) and words.number]
    if any(words.worded for words in said):
        bare = ()
    elif said:
        bare = tuple(heading for heading in bare if _is_worded(heading.words))
    headings = sorted((*signed, *bare), key=lambda heading: heading.line)
    endless = (_unclosed(file, marks, line) for line, marks in unclosed)
    return headings, (*endless, *(_bare(file, heading) for heading in bare))


def opening_of(file: SourceFile, first: int, headings: Sequence[SourceHeading]) -> SourceHeading | None:
    """The heading that a file begins with; None where text of the author's stands above it from line `first`.

    Comments may stand there, and above a file's only title pictures, quotations, lines for other programs.
    """
    above = file.lines[first - 1 : headings[0].line - 1] if headings else []
    titles = [heading for heading in headings if heading.level == 1]
    lone = list(headings[:1]) == titles
    is_dressed = lone and all(not line.strip() or line.lstrip()[0] in _DRESS for line in above)
    return headings[0] if headings and (is_dressed or not prints("\n".join(above))) else None


def _read(text: str, first: int) -> _Found:
    """What is read of a text once, and found again by its digest: no former text is kept."""
    key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), first
    if (found := _made.get(key)) is None:
        if len(_made) >= _FILES_KEPT:
            _made.clear()
        found = _made[key] = _read_anew(text, first)
    return found


def _read_anew(text: str, first: int) -> _Found:
    tokens = _grammar().blocks(printable(text)).tokens
    headings = (
        _heading(int(token.tag[1:]), inline.content, first + token.map[0], first + token.map[1])
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    )
    bare = (
        _bare_heading(inline.content, first + token.map[0])
        for token, inline in pairwise(tokens)
        if token.type == "paragraph_open" and token.level == 0 and token.map
    )
    typed = (
        _html_heading(token.content, first + token.map[0])
        for token in tokens
        if token.type == "html_block" and token.level == 0 and token.map
    )
    unclosed = tuple(_unclosed_fences(tokens, first))
    return tuple(filter(None, chain(headings, typed))), tuple(filter(None, bare)), unclosed


def _html_heading(text: str, line: int) -> SourceHeading | None:
    """A heading typed as HTML, `<h2 id="nets">3.1 Nets</h2>`, alone on its line."""
    found = _HTML.fullmatch(text.split("\n", 1)[0].strip())
    if found is None:
        return None
    anchor = _HTML_ID.search(found["attributes"] or "")
    words = " ".join(found["words"].split())
    return SourceHeading(int(found["level"]), words, anchor["id"] if anchor else "", line, line + 1)


def _bare_heading(text: str, line: int) -> SourceHeading | None:
    """A paragraph of one line, perhaps a bold one, that is the heading of a chapter or a section."""
    if "\n" in text or len(text) > _LONGEST_BARE:
        return None
    found = _BOLD.fullmatch(text.strip())
    words = (found["words"] if found else text).strip()
    said = read_heading(words) if not CLAUSE_END.search(words) else None
    if said is None or said.number is None:
        return None
    is_chapter = said.worded and said.kind == "chapter"
    is_section = said.kind == "section" and said.title and likeness(said) == "certain"
    if not (is_chapter or is_section):
        return None
    return SourceHeading(said.number.depth, words, "", line, line + 1)


def _is_worded(words: str) -> bool:
    heading = read_heading(words)
    return heading is not None and heading.worded and heading.kind == "chapter"


def _bare(file: SourceFile, heading: SourceHeading) -> Problem:
    message = f"“{heading.words}” was taken as a heading, though no # stands before it"
    hint = "write it with a # and a space before it; to make it text, join it to a paragraph"
    return warning("unclear-heading", message, file.at(heading.line), hint=hint, subject=heading.words)


@lru_cache(maxsize=1)
def _grammar() -> BlockGrammar:
    from recto.forms.markdown.blocks import BlockGrammar  # loads markdown-it-py

    return BlockGrammar()


def _unclosed_fences(tokens: list[Token], first: int) -> list[tuple[int, str]]:
    """Where a fence opens whose lines hold nothing but its first and its code."""
    return [
        (first + token.map[0], token.markup)
        for token in tokens
        if token.type == "fence" and token.map and token.map[1] - token.map[0] < token.content.count("\n") + 2
    ]


def _unclosed(file: SourceFile, fence: str, line: int) -> Problem:
    message = f"the code block that begins here with {fence} is never closed"
    return warning("unclosed-fence", message, file.at(line), hint=f"put a line {fence} where the code ends")


def _items(listed: str) -> list[str]:
    """The items of a heading's attributes; Pandoc needs no space after its `-`."""
    apart = re.sub(r"^-(?=[#.])", "- ", listed)
    return attribute_items(_ID.sub(lambda found: _NO_NAME.sub("", found[0]), apart))


def _without_emphasis(words: str) -> str:
    """The words of a heading that is bold as a whole, as word processors export them: to them it is its look.

    Italics may say that a title is cited, but say nothing of `*Chapter 3*`.
    """
    found = _EMPHASISED.fullmatch(words)
    if found is None or (len(found["marks"]) == 1 and read_heading(found["words"]) is None):
        return words
    return found["words"].strip() or words


def _heading(level: int, words: str, line: int, text_line: int) -> SourceHeading | None:
    words, anchor, numbered, medium = " ".join(words.split("\n")), "", True, ""
    if found := _UNNUMBERED.search(words):  # Pandoc's `{-}`
        words, numbered = words[: found.start()], False
    if found := _ATTRIBUTES.search(words):
        items = _items(found["list"])
        classes = [item[1:] for item in items if item[0] == "."]
        medium = medium_of({"class": " ".join(classes)})
        numbered = numbered and "unnumbered" not in classes and "-" not in items
        anchor = next((item[1:] for item in items if item[0] == "#"), "")
        read = {f".{name}" for name in classes if name == "unnumbered" or medium_of({"class": name})}
        # the rest is for the setting of the title
        left = [item for item in items if item[0] != "#" and item not in (*read, "-")]
        words = words[: found.start()] + (f" {{{' '.join(left)}}}" if left else "")
    words = _without_emphasis(words.strip())
    if not words:
        return None
    return SourceHeading(level, words, anchor, line, text_line, numbered, medium=medium)
