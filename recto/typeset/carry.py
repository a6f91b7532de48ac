"""Before Markdown: our own constructs become tokens, each with its line.

One pass of one expression over the text between code fences. Every alternative is bounded, so that a hostile
text costs time in proportion to its length. Indented code is not told apart here: a token found in code
later is turned back into what the author wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recto.problems import Problem, warning
from recto.typeset import density, sanitise
from recto.typeset.source import Source
from recto.typeset.tokens import GRAMMAR, Kind, Token, Tokens

_MARK = r"(?:[^{}`\n]|`[^{}`\n]{1,200}`|\{(?:[^{}`\n]|\{[^{}`\n]{0,200}\}){0,200}\}|\n(?![ \t]*\n)){0,400}"
_CONSTRUCT = re.compile(
    rf"""
      (?P<literal> \\ \{{ \^ )
    | \\index\{{ (?P<latex> {_MARK} ) \}}
    | \\ (?P<escaped> ["'$%&,/:;<=?@^~.-] )
    | (?P<skipped> \\ . )
    | (?P<code> (?<!`) (?P<ticks> `+ ) (?!`) (?s: . ){{1,2000}}? (?<!`) (?P=ticks) (?!`) )
    | \[ (?P<words> (?:[^\[\]\n]|\n(?![ \t]*\n)){{1,300}} ) \]\{{\^ (?P<under> {_MARK} ) \}}
    | \{{\^ (?P<mark> {_MARK} ) \}}
    | (?<!\() \(\(\( (?P<ascii> [^()`\n]{{1,300}} ) \)\)\) (?!\))
    | (?<![\w(\]^*/+=\\-]) \(\( (?P<flow> [^\W_] (?: [^()`\n\\^*]{{0,200}} [^()`\s\\^*] )? ) \)\) (?!\))
    | (?<!\w) indexterm:\[ (?P<macro> [^\[\]`\n]{{1,300}} ) \]
    | (?<!\w) indexterm2:\[ (?P<flow_macro> [^\[\]`\n]{{1,300}} ) \]
    | (?P<image> !\[ )
    | \[\^ (?P<note> [^\]\s`]{{1,80}} ) \]
    | (?P<link> \]\( \s* <? (?P<href> [^()\s<>]{{0,2000}} ) >? (?:\s+"(?P<title>[^"\n]{{0,500}})")? \s* \)
        (?: \{{ (?!\^) [^{{}}\n]{{0,300}} \}} )? )
    | (?P<tag> (?<!<) < (?P<slash> /? ) (?P<name> [A-Za-z][A-Za-z0-9-]{{0,40}} )
        (?P<attributes> (?:\s[^<>]{{0,2000}})? ) /? > )
    | (?P<declaration> <[?!] (?!--) )
    | (?P<double> << (?=[A-Za-z/]) )
    """,
    re.VERBOSE,
)
_NOTE = re.compile(r"^[ >]*\[\^([^\]\n]{1,80})\]:", re.MULTILINE)
_ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[([^\]\n]{1,200})\]:", re.MULTILINE)


@dataclass(slots=True)
class Carried:
    """A text ready for Markdown: its tokens, and the lines of its notes and abbreviations."""

    text: str
    tokens: Tokens
    notes: dict[str, int] = field(default_factory=dict)
    abbreviations: dict[str, int] = field(default_factory=dict)


def carry(source: Source) -> Carried:
    """Replace what Markdown must not touch by tokens; `source` is cleaned already."""
    carried = Carried("", Tokens())
    stretches = list(source.stretches())
    for stretch in stretches:
        if not stretch.code:
            _definitions(source, stretch.text, stretch.offset, carried)
    carrier = _Carrier(source, carried)
    pieces = [each.text if each.code else carrier.run(each.text, each.offset) for each in stretches]
    carried.text = "".join(pieces)
    return carried


def _definitions(source: Source, text: str, offset: int, carried: Carried) -> None:
    for pattern, lines in ((_NOTE, carried.notes), (_ABBREVIATION, carried.abbreviations)):
        for found in pattern.finditer(text):
            lines.setdefault(found[1], source.line(offset + found.start(1)))


class _Carrier:
    """Turns the constructs of one stretch into tokens."""

    def __init__(self, source: Source, carried: Carried) -> None:
        self.source, self.tokens, self.notes = source, carried.tokens, carried.notes

    def run(self, text: str, offset: int) -> str:
        """A text with its constructs as tokens; `offset` is where it begins in the source."""
        return "".join(self._block(block, offset + start) for block, start in density.blocks(text))

    def _block(self, text: str, offset: int) -> str:
        if density.too_dense(text):
            return self._flat(text, offset)
        return self._inline(text, offset)

    def _flat(self, text: str, offset: int) -> str:
        """A block as plain text: each line a literal."""
        line = self.source.line(offset + len(text) - len(text.lstrip("\n")))
        self.source.problems.append(
            warning(
                "too-dense",
                f"a paragraph with more than {density.MOST_MARKUP} pieces of markup was set as plain text",
                self.source.place(line),
                hint="divide it into paragraphs, or set it as code",
                subject=self.source.subject,
            )
        )
        lines = text.split("\n")
        return "\n".join(self._add("literal", each, line, each) if each.strip() else each for each in lines)

    def _inline(self, text: str, offset: int) -> str:
        return _CONSTRUCT.sub(lambda found: self._construct(found, text, offset), text)

    def _construct(self, found: re.Match[str], text: str, offset: int) -> str:
        kind, raw = found.lastgroup, found[0]
        line = self.source.line(offset + found.start())
        if kind == "skipped" or found["code"] is not None:
            return raw
        if (mark := self._mark(found, raw, line, offset)) is not None:
            return mark
        if found["note"] is not None:
            return raw if self._is_definition(found, text) else self._note(found["note"], raw, line)
        if found["image"]:
            return self._add("line", "", line) + raw
        if found["link"]:
            if found["title"]:  # a caption, if this is an image
                start, end = found.start("title") - found.start(), found.end("title") - found.start()
                raw = raw[:start] + self._inline(found["title"], offset + found.start("title")) + raw[end:]
            return raw + self._link(found["href"], line)
        if found["tag"]:
            return self._tag(found, line)
        return self._add("literal", raw, line, raw.removeprefix("\\"))

    def _mark(self, found: re.Match[str], raw: str, line: int, offset: int) -> str | None:
        """An index mark in any of its forms; None for what is none."""
        if found["words"] is not None:
            words = self._inline(found["words"], offset + found.start("words"))
            return (
                self._add("open", "[", line, found["under"])
                + words
                + self._add("close", raw[len(found["words"]) + 1 :], line)
            )
        for name in ("flow", "flow_macro"):
            if found[name] is not None:
                return self._flow(found[name], raw.partition(found[name] + raw[-1])[0], raw, line)
        for name in ("mark", "latex", "ascii", "macro"):
            if found[name] is not None:
                return self._add("mark", raw, line, GRAMMAR[name] + found[name])
        return None

    def _flow(self, text: str, before: str, raw: str, line: int) -> str:
        """Asciidoctor's mark around words: they print, and are the heading."""
        words = re.split(r"\s(?:>>|&>)\s|,\s*see(?:-also)?=", text)[0]
        after = raw[len(before + words) :]
        mark = self._add("mark", "", line, GRAMMAR["ascii"] + text)
        return mark + self._add("literal", before, line) + words + self._add("literal", after, line)

    def _add(self, kind: Kind, raw: str, line: int, text: str = "", problem: Problem | None = None) -> str:
        return self.tokens.add(Token(kind, raw, line, text, problem))

    @staticmethod
    def _is_definition(found: re.Match[str], text: str) -> bool:
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        return not before.strip(" >") and text[found.end() : found.end() + 1] == ":"

    def _note(self, name: str, raw: str, line: int) -> str:
        if name in self.notes:
            return self._add("line", "", line) + raw
        problem = warning(
            "note-missing",
            f"there is no footnote [^{name}]",
            self.source.place(line),
            hint=f"write the note in the same section: [^{name}]: …",
            subject=self.source.subject,
        )
        return self._add("literal", raw, line, raw, problem)

    def _link(self, href: str, line: int) -> str:
        scheme = sanitise.bad_scheme(href)
        if not scheme:
            return self._add("line", "", line)
        problem = warning(
            "html-removed",
            f"a link to {scheme}: was taken out",
            self.source.place(line),
            hint=f"links may begin with {', '.join(sorted(sanitise.SCHEMES))}",
            subject=self.source.subject,
        )
        return self._add("line", "", line) + self._add("problem", "", line, problem=problem)

    def _tag(self, found: re.Match[str], line: int) -> str:
        """Leave a tag to the sanitiser, with a token that reports what it will drop."""
        raw, name = found[0], found["name"].lower()
        if not sanitise.is_html(name):
            problem = warning(
                "html-as-text",
                f"{raw[:60]} is no HTML element and was set as text",
                self.source.place(line),
                hint="write &lt; for the character <, or set code in backticks",
                subject=self.source.subject,
            )
            return self._add("literal", raw, line, raw, problem)
        dropped = "" if found["slash"] else sanitise.dropped(name, found["attributes"])
        if not dropped:
            return raw + (self._add("line", "", line) if name in ("img", "a") and not found["slash"] else "")
        problem = warning(
            "html-removed",
            f"{dropped} was taken out of the HTML",
            self.source.place(line),
            hint="no scripts, forms, frames, events, inline styles; use a class and your own style sheet",
            subject=self.source.subject,
        )
        token = self._add("problem", "", line, problem=problem)
        # the content of a script goes with it, and a token inside it would go too
        return token + raw if name in sanitise.WITH_CONTENT else raw + token
