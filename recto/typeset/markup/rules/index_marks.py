r"""Index marks in all their ways: `{^…}`, `[words]{^…}`, `\index{…}`, Asciidoctor's. See mark_grammar.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from recto.typeset import mark_grammar as grammar
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern, kept
from recto.typeset.work import Work

# Every alternative is bounded, so that a text full of openings takes time in proportion to its length. What
# may not stand before a match is looked at after its first characters: those can be searched for quickly.
_INSIDE = r"(?:[^{}`\n]|`[^{}`\n]{1,200}`|\{(?:[^{}`\n]|\{[^{}`\n]{0,200}\}){0,200}\}|\n(?![ \t]*\n)){0,400}"
# the common form alone, as an expression without white space: for what stands in raw HTML
MARK = re.compile(rf"\{{\^({_INSIDE})\}}")
# words in brackets, but not the call of a note
_WORDS = r"(?:[^\[\]\n]|\n(?![ \t]*\n)){1,300}"


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The patterns of index marks."""
    ascii_ = grammar.read_asciidoctor
    words = r"[^\W_] (?: [^()`\n\\^*]{0,200} [^()`\s\\^*] )?"
    return (
        _Escaped("{^", r"\\ (\{\^)", page),
        _SilentMark("{^", rf"\{{\^ ({_INSIDE}) \}}", page, grammar.read),
        _SilentMark("\\index", rf"\\index\{{ ({_INSIDE}) \}}", page, grammar.read_latex),
        _SilentMark("(((", r"\(\(\( (?<!\(\(\(\() ([^()`\n]{1,300}) \)\)\) (?!\))", page, ascii_),
        _SilentMark("indexterm:", r"indexterm:\[ (?<!\windexterm:\[) ([^\[\]`\n]{1,300}) \]", page, ascii_),
        _MarkedWords("]{^", rf"\[ (?!\^[^\]\s`]{{1,80}}\]) ({_WORDS}) \]\{{\^ ({_INSIDE}) \}}", page),
        _MarkInFlow("((", rf"\(\( (?<![\w(\]^*/+=\\-]\(\() ({words}) \)\) (?!\))", page),
        _MarkInFlow("indexterm2", r"indexterm2:\[ (?<!\windexterm2:\[) ([^\[\]`\n]{1,300}) \]", page),
    )


class _Escaped(Pattern):
    r"""`\{^` stands for the characters themselves."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        return kept(found[1]), found.end()


class _SilentMark(Pattern):
    """A mark that prints nothing."""

    def __init__(
        self, sign: str, pattern: str, md: MarkdownPage, read: Callable[[str], grammar.Mark]
    ) -> None:
        super().__init__(sign, pattern, md)
        self._read = read

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        line = self.md.line(found.start())
        return _entered(self._read(found[1]), self.md.work, line), found.end()


class _MarkedWords(Pattern):
    """Words that are marked: they print, and are the heading where the mark gives none.

    What that is can be told only when the words are set: see marked.py.
    """

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        made = Element("span", {"data-under": found[2]})
        made.text = found[1]
        return made, found.end()


class _MarkInFlow(Pattern):
    """Asciidoctor's mark around words: they print, and are the heading."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        mark = grammar.read_asciidoctor(found[1])
        if mark.fault:
            return None
        made = _entered(mark, self.md.work, self.md.line(found.start()))
        made.text = re.split(r"\s(?:>>|&>)\s|,\s*see(?:-also)?=", found[1])[0]
        return made, found.end()


def _entered(mark: grammar.Mark, work: Work, line: int) -> Element:
    """The element of a mark; one that can't be read is reported, and prints nothing either."""
    return Element("span", work.enter(mark, line) or {"data-kept": ""})
