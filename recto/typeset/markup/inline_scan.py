"""The text of a block, gone through once from left to right.

At each place the inline patterns of Python-Markdown are tried in order of priority, then the rules of
CommonMark. Each pattern is searched for once, and again only when its match is passed, so that the time is in
proportion to the text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.util import Registry
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from recto.east_asian import is_wide
from recto.forms.markdown.blocks.depth import DEEPEST

if TYPE_CHECKING:
    from markdown_it.utils import EnvType

_REFERENCE = re.compile(r"&#(?:0{0,3}1(?:2[89]|[345]\d)|[xX]0{0,3}[89][\da-fA-F]);")
# what a pattern made of its match, and where that ends
_Made = tuple["Element | str", int]


class _PatternSearch:
    """The matches of one expression in a text, looked up from any place."""

    def __init__(self, expression: re.Pattern[str], text: str) -> None:
        self._expression, self._text = expression, text
        self._froms: list[int] = [0]
        self._found: list[re.Match[str] | None] = [expression.search(text)]

    def after(self, place: int) -> re.Match[str] | None:
        """The first match that begins at a place or after it."""
        index = bisect_right(self._froms, place) - 1
        found = self._found[index]
        if found is None or found.start() >= place:
            return found
        found = self._expression.search(self._text, place)
        self._froms.insert(index + 1, place)
        self._found.insert(index + 1, found)
        return found


class InlineScan(StateInline):
    """The state of going through one text, which begins on a line of the file."""

    def __init__(self, text: str, md: MarkdownIt, env: EnvType, tokens: list[Token], line: int) -> None:
        super().__init__(text, md, env, tokens)
        self.level = DEEPEST  # markdown-it-py has one limit for blocks and for what stands in them
        self._line = line
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._special = _PatternSearch(md.inline.terminator_re, text)
        self._searches: list[tuple[InlineProcessor, _PatternSearch]] = []
        self._made: dict[tuple[int, bool], _Made | None] = {}

    def look_for(self, patterns: Registry[Pattern]) -> None:
        """Take the patterns that occur at all; until then there are none."""
        for pattern in patterns:
            assert isinstance(pattern, InlineProcessor)  # Python-Markdown's own older kind is no search
            if getattr(pattern, "sign", "") not in self.src:
                continue
            search = _PatternSearch(pattern.compiled_re, self.src)
            if search.after(0):
                self._searches.append((pattern, search))

    def line(self, offset: int) -> int:
        """The line of the file at an offset of the text."""
        return self._line + bisect_right(self._breaks, offset - 1)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A new token, which knows its line."""
        token = super().push(ttype, tag, nesting)
        line = self.line(self.pos)
        token.map = [line, line]
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it-py's
        """Tell what a run of asterisks or tildes may do.

        CommonMark (6.2) asks for a space between a mark of punctuation and the letters beyond the run. Where
        words are not parted by spaces there is none: beside a wide character a run is as free as in a word.
        """
        found = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1 : start] or " "
        after = self.src[start + found.length : start + found.length + 1] or " "
        if not canSplitWord or not (is_wide(before) or is_wide(after)):
            return found
        opens = not isWhiteSpace(ord(after)) and (_is_free(after) or _parts(before))
        closes = not isWhiteSpace(ord(before)) and (_is_free(before) or _parts(after))
        return Scanned(opens, closes, found.length)

    def end_of_text(self) -> int:
        """Where, from here on, a rule or a pattern may first have something to say."""
        found = [search.after(self.pos) for _, search in self._searches]
        found.append(self._special.after(self.pos))
        return min((each.start() for each in found if each), default=self.posMax)

    def made_here(self) -> _Made | None:
        """What the first pattern that matches here makes; asked once, whoever looks ahead."""
        key = (self.pos, self.linkLevel > 0)
        if key not in self._made:
            self._made[key] = self._make()
        return self._made[key]

    def _make(self) -> _Made | None:
        for pattern, search in self._searches:
            found = search.after(self.pos)
            if not found or found.start() != self.pos:
                continue
            if self.linkLevel and "a" in pattern.ANCESTOR_EXCLUDES:
                continue
            node, start, end = pattern.handleMatch(found, self.src)
            if node is not None and start is not None and end is not None:
                return node, end
        return None


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_free(character: str) -> bool:
    """True for what emphasis may begin or end with, whatever stands beyond."""
    return is_wide(character) or not _is_mark(character)


def _parts(character: str) -> bool:
    """True for what parts words, and so may stand before a mark of punctuation that emphasis begins with."""
    return is_wide(character) or isWhiteSpace(ord(character)) or _is_mark(character)


class InlineScanner(ParserInline):
    """CommonMark's inline rules, with the patterns before them."""

    scan: InlineScan

    def __init__(self, patterns: Registry[Pattern]) -> None:
        super().__init__()
        self._patterns = patterns
        self.ruler.at("text", _text)
        self.ruler.before("entity", "control", _control)
        self.ruler.after("text", "patterns", _pattern)

    def scanned(self, text: str, md: MarkdownIt, env: EnvType, line: int) -> list[Token]:
        """The tokens of a text that begins on a line of the file."""
        self.scan = InlineScan(text, md, env, [], line)
        self.scan.look_for(self._patterns)
        return self._run(self.scan)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """What a description of an image says: read without any patterns."""
        return self._run(InlineScan(src, md, env, tokens, 0))

    def _run(self, scan: InlineScan) -> list[Token]:
        self.tokenize(scan)
        for rule in self.ruler2.getRules(""):
            rule(scan)
        return scan.tokens


def _text(state: StateInline, silent: bool) -> bool:
    """Plain text, up to where it may be none."""
    assert isinstance(state, InlineScan)
    end = min(state.end_of_text(), state.posMax)
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _pattern(state: StateInline, silent: bool) -> bool:
    """A pattern of Python-Markdown's; what it makes stands in the token until the tree is built."""
    assert isinstance(state, InlineScan)
    made = state.made_here()
    if made is None or made[1] > state.posMax:
        return False
    node, end = made
    if not silent and isinstance(node, str):
        state.append_pending(node)
    elif not silent:
        state.push("element", "", 0).meta["element"] = node
    state.pos = end
    return True


def _control(state: StateInline, silent: bool) -> bool:
    """A reference to a control character is one to a letter of Windows-1252: `&#146;` (HTML 13.2.5.80)."""
    found = _REFERENCE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.append_pending(html.unescape(found[0]))
    state.pos = found.end()
    return True
