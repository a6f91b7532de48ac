"""Markup of other programs, or what just misses being Markdown: it stays as typed, and is reported."""

from __future__ import annotations

import re
from functools import lru_cache

from recto.forms.markdown.attribute_syntax import LIST
from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern, as_typed

# What is said of a piece, and what to do
_OTHER = ("is markup of another program", "Recto does nothing with it; it was set as typed")
_CONTENTS = ("is markup of another program", "Recto makes the contents itself: take it out")
_LINK = ("is no link", "a path with spaces stands between < and >: ![…](<a b.png>)")
_ADDRESS = ("is no link", "in an address a space is written %20")
_FORMULA = (
    "begins or ends no formula",
    "a formula stands between two of them, in one block",
)
_TABLE = ("makes no table", "under the head of a table stands a row of dashes: |---|---|")
_HEADING = ("makes no heading", "a heading has a space after its #; a \\# is no heading at all")
_CITED = ("is a citation", "Recto knows of no list of books here; it was set as typed")
_MARK = ("makes no index mark", "it ends with a brace, as in {^networks!mesh}; \\{^ is none at all")
_COMMENT = ("makes no comment", "end it with -->")

# What stands in every match, the expression, what is said. A group `more` is shown, and read on as text.
_BEGIN = r"(?<! [^\n] )"
_END = r"[^\S\n]* (?! [^\n] )"
_UNBRACKETED = r"[^\[\]\n]{0,300}"
_WITH_SPACES = r"[^\s()<>\"']{1,300} [^\S\n]{1,9} [^\s()<>\"'] [^()<>\"'\n]{0,300}"
_TITLE = r"""(?: [^\S\n]{0,9} (?: "[^"\n]{0,300}" | '[^'\n]{0,300}' ) )?"""
_GIVEN = r"(?: \{ [^{}\n]{0,300} \} ){1,4}"
_MARKUP = (
    ("{%", r"\{% .{1,500}? %\}", _OTHER),
    ("{{", r"\{\{ .{1,500}? \}\}", _OTHER),
    ("<%", r"<% .{1,500}? %>", _OTHER),
    (":::", r"::: (?<![^\n]:::) :* (?: [^\S\n]* [\w{.][^\n]* | [^\S\n]* (?=\n|\Z) )", _OTHER),
    # an attribute list that is none of ours
    ("{", rf"(?! {LIST}) \{{ :? [ \t]* [.\#][^\W\d] [^{{}}\n]{{0,200}} \}}", _OTHER),
    ("}`", r"\{ [A-Za-z][\w:.+-]{0,80} \} (?=`)", _OTHER),
    ("$$", rf"{_BEGIN} \$\$ | \$\$ {_END}", _FORMULA),
    # a list of contents: kramdown's
    ("toc", r"\{:? \s* toc \b [^{}\n]{0,80} \}", _CONTENTS),
    # commands of TeX: alone on a line, or with what they are given
    ("\\", rf"{_BEGIN} \\ [A-Za-z]{{3,30}} \*? {_END}", _OTHER),
    ("{", rf"(?<![\w\\]) \\ [A-Za-z]{{3,30}} \*? (?: \[ {_UNBRACKETED} \] )? {_GIVEN}", _OTHER),
    # links and pictures by name, and by a path with spaces
    ("[[", r"!? \[ (?P<more> \[ (?=[^\W\d_]) [^\[\]\n]{1,200} \]\] (?! [(\[:] ) )", _OTHER),
    ("![", rf"!\[ {_UNBRACKETED} \] \( {_WITH_SPACES} {_TITLE} \)", _LINK),
    ("](", rf"\[ {_UNBRACKETED} \] \( {_WITH_SPACES} \.\w{{2,5}} (?:\#[\w-]*)? {_TITLE} \)", _LINK),
    ("](", rf"\[ {_UNBRACKETED} \] \( https?:// {_WITH_SPACES} \)", _ADDRESS),
    ("<", rf"< https?:// {_WITH_SPACES} >", _ADDRESS),
    # what other Markdowns have for words: marked, inserted, hidden, changes, small pictures
    ("==", r"(?<![\w=]) == (?P<more> (?![\s=]) [^=\n]{1,300} (?<!\s) == (?![\w=]) )", _OTHER),
    ("++", r"(?<![\w+]) \+\+ (?P<more> (?![\s+]) [^+\n]{1,300} (?<!\s) \+\+ (?![\w+]) )", _OTHER),
    ("^^", r"(?<![\w^]) \^\^ (?P<more> (?![\s^]) [^^\n]{1,300} (?<!\s) \^\^ (?![\w^]) )", _OTHER),
    ("%%", r"(?<!\d) %% (?! [^%\n]{0,500} \d%% ) [^%\n]{1,500} %%", _OTHER),
    ("{", r"\{ (?: \+\+ | -- | ~~ | == | >> ) [^{}\n]{1,500} (?: \+\+ | -- | ~~ | == | << ) \}", _OTHER),
    (":", r"(?<![\w:]) : (?: [a-z][a-z\d_+-]{1,30} | [+-]1 ) : (?![\w:])", _OTHER),
    # a mark of ours that never ends
    ("{^", r"\{\^ (?P<more> (?! [^{}]{0,1000} \} ) [^\n]{0,40} )", _MARK),
    # references to books
    ("[", r"\[ -? @ \w [^\[\]\n]{1,300} \] (?! [(\[] )", _CITED),
    # what other Markdowns have at the beginning of a line
    ("8<", rf"{_BEGIN} (?: -+8<-+ | ;-+8<-+ ) [^\n]{{0,300}}", _OTHER),
    (" ", rf"{_BEGIN} (?: \?\?\?\+? | !!!\+? | === | /// ) [^\S\n] (?=[\"\w])", _OTHER),
    ("|", r"\A \| (?P<more> [^\n|]{1,500} \| [^\n]{0,500} \n \| ) ", _TABLE),
    # `#Title` of one word may be a tag
    ("#", r"\A \#{1,6} (?P<more> (?: (?<=\#\#) | (?=\S{1,100}\s) ) [^\W_] [^\n]{0,100} \Z)", _HEADING),
)  # fmt: skip


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """Tags of template languages, fences of colons, roles, and what other Markdowns have."""
    made = [_Foreign(sign, expression, page, said) for sign, expression, said in _MARKUP]
    return (*made, _EndlessComment("<!--", r"<!-- (?P<more> [^\n]{0,60} )", page, _COMMENT))


class _Foreign(Pattern):
    """A piece of such markup."""

    def __init__(self, sign: str, pattern: str, md: MarkdownPage, said: tuple[str, str]) -> None:
        super().__init__(sign, pattern, md)
        self._what, self._hint = said

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        shown = " ".join(found[0].split())
        shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
        line = self.md.line(found.start())
        self.md.work.warning("markup-unknown", f"{shown} {self._what}", line, self._hint)
        end = found.start("more") if "more" in found.groupdict() else found.end()
        return as_typed(found[0][: end - found.start()]), end


class _EndlessComment(_Foreign):
    """A comment that never ends; any other is none of a foreign kind."""

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        return None if _last_end(found.string) > found.start() else super().make(found)


@lru_cache(maxsize=1)
def _last_end(text: str) -> int:
    return text.rfind("-->")
