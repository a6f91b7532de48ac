"""Manuscripts of chance, every word of which is known, and a look at finished books for each of these words.

A word is two letters that say where it belongs, and six that no other word has. Both books are read with
nothing of Recto's own: the e-book as an archive of XHTML in the order of its spine, the print book as pdfium
tells its text. Letters alone count, so that hyphens, quotation marks and page numbers are passed over.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pypdfium2
from lxml import etree

_LETTERS = "abcdeghkmnoprstuv"  # none that another letter could be set together with
_KINDS = _TEXT, _NOTE, _HEAD, _CAPTION, _INDEX, _HIDDEN = "qb", "qn", "qh", "qc", "qk", "qv"
_WORD = re.compile(f"(?:{'|'.join(_KINDS)})[{_LETTERS}]{{6}}")
_DEEPEST = 3
_XHTML = "{http://www.w3.org/1999/xhtml}"
SETTINGS = """[book]
title = "Chance"
language = "en"
[print]
hyphenate = false
[index]
automatic = false
"""


@dataclass
class Chance:
    """A manuscript of one chapter in the making: its lines, and its words in the order of reading."""

    random: Random
    number: int
    words: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    definitions: list[list[str]] = field(default_factory=list)
    in_note: bool = False
    moving: set[str] = field(default_factory=set)  # words of tables that may move past others on paper
    made: int = 0

    def word(self, kind: str = _TEXT) -> str:
        """A new word, entered where it belongs."""
        rest, self.made = self.number * 4096 + self.made, self.made + 1
        letters = ""
        for _ in range(6):
            rest, digit = divmod(rest, len(_LETTERS))
            letters = _LETTERS[digit] + letters
        kind = _NOTE if self.in_note and kind == _TEXT else kind
        (self.notes[-1] if kind == _NOTE else self.words).append(kind + letters)
        return kind + letters

    def some(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    # --- what stands in a line ------------------------------------------------------------------------

    def line(self, *, plain: bool = False, broken: bool = False) -> str:
        """Words of a paragraph; `broken` lets it run over several lines."""
        pieces = [self.piece(plain) for _ in range(self.some(2, 9))]
        spaces = [self.random.choice(("\n", " ", " ")) if broken else " " for _ in pieces[1:]] + [""]
        return "".join(piece + space for piece, space in zip(pieces, spaces, strict=True))

    def piece(self, plain: bool) -> str:
        forms: list[Callable[[], str]] = [
            *[self.word] * 6,
            lambda: f"*{self.word()}*",
            lambda: f"**{self.word()} *{self.word()}***",
            lambda: f"`{self.word()} {self.word()}`",
            lambda: f"\"{self.word()}, '{self.word()}'\"",
            lambda: f"~~{self.word()}~~",
            lambda: f"{self.word()}^{self.word()}^",
            lambda: f"{self.word()}~{self.word()}~",
            lambda: f"[{self.word()}]{{lang=de}}",
            lambda: f"<kbd>{self.word()}</kbd>",
            lambda: f"{self.word()}\\*{self.word()}",
            lambda: f"{self.word()} -- {self.word()}...",
            lambda: f"${self.random.choice('abc')}^2$ {self.word()}",
            lambda: f"[{self.word()} *{self.word()}*](https://example.org/a)",
        ]
        if not plain:
            forms += [self.call, self.call, self.note_here, self.mark, self.comment, self.reference]
        return self.random.choice(forms)()

    def call(self) -> str:
        """The call of a note, which is written at the end of the section."""
        if self.in_note:
            return self.word()
        word, name = self.word(), f"n{self.number}-{len(self.notes)}"
        self.notes.append([])
        self.in_note = True
        lines = (
            self.blocks(_DEEPEST - 1, self.some(1, 2)) if self.some(0, 3) == 0 else [self.line(broken=True)]
        )
        first, *rest = "\n".join(lines).split("\n")
        self.definitions.append(
            [f"[^{name}]: {first}", *(f"    {line}" if line else "" for line in rest), ""]
        )
        self.in_note = False
        return f"{word}[^{name}]"

    def note_here(self) -> str:
        if self.in_note:
            return self.word()
        word = self.word()
        self.notes.append([])
        self.in_note = True
        inside = self.line(plain=True)
        self.in_note = False
        return f"{word}^[{inside}]" if not set("[]^~`") & set(inside) else f"{word}^[{self._plainly(inside)}]"

    @staticmethod
    def _plainly(inside: str) -> str:
        return " ".join(_WORD.findall(inside))

    def mark(self) -> str:
        return f"{self.word()}{{^{self.word(_INDEX)}}}"

    def comment(self) -> str:
        return f"{self.word()} <!-- {self.word(_HIDDEN)} -->"

    def reference(self) -> str:
        return f"[{self.word()} {self.word()}][r{self.number}]"

    # --- blocks ---------------------------------------------------------------------------------------

    def blocks(self, depth: int, count: int) -> list[str]:
        """Blocks, each with an empty line after it."""
        simple = [
            self.paragraph, self.paragraph, self.paragraph, self.code, self.indented, self.table, self.verse,
            self.formula, self.hidden, self.html,
        ]  # fmt: skip
        nested = [self.bullets, self.numbers, self.quotation, self.definition, self.box, self.division]
        lines: list[str] = []
        for at in range(count):
            choices = simple if depth >= _DEEPEST else simple + nested * 2
            choices = [self.paragraph] if at == 0 and depth else choices
            made = self.random.choice(choices)(depth) if depth < _DEEPEST or at else self.paragraph(depth)
            lines += [*"\n".join(made).split("\n"), ""]
        return lines[:-1]

    def paragraph(self, depth: int) -> list[str]:
        end = self.random.choice(("", "", "", "  \n", "\\\n"))
        return [self.line(broken=True) + (end + self.line(plain=True) if end else "")]

    def code(self, depth: int) -> list[str]:
        fence = self.random.choice(("```", "~~~~", "````"))
        lines = [f"{self.word()}  *{self.word()}* [^x] {{^y}}" for _ in range(self.some(1, 4))]
        if self.some(0, 1):
            lines.insert(1, "")
        return [f"{fence}{self.random.choice(('', 'python', 'sh'))}", *lines, fence]

    def indented(self, depth: int) -> list[str]:
        return ["<!-- -->", "", f"    {self.word()} # {self.word()}"]

    def table(self, depth: int) -> list[str]:
        columns, before = self.some(2, 4 - depth if depth < 2 else 2), len(self.words)
        rows = [[self.word(_HEAD) for _ in range(columns)]]  # it comes again on the next page
        rows += [[self.line(plain=True) for _ in range(columns)] for _ in range(self.some(1, 3))]
        written = [f"| {' | '.join(row)} |" for row in rows]
        lines = [written[0], "|" + "---|" * columns, *written[1:]]
        if depth == 0 and self.some(0, 1):
            lines += ["", f"Table: {self.word(_CAPTION)} {self.word(_CAPTION)}"]
            self.moving.update(self.words[before:])
        return lines

    def verse(self, depth: int) -> list[str]:
        return [f"| {' ' * self.some(0, 4)}{self.line(plain=True)}" for _ in range(self.some(2, 4))]

    def formula(self, depth: int) -> list[str]:
        return ["$$", r"\frac{a}{b} + c", "$$"]

    def hidden(self, depth: int) -> list[str]:
        return [f"<!-- {self.word(_HIDDEN)}", "", f"# {self.word(_HIDDEN)} -->"]

    def html(self, depth: int) -> list[str]:
        return [f"<table><tr><td>{self.word()}</td>", f"<td><b>{self.word()}</b></td></tr></table>"]

    def bullets(self, depth: int) -> list[str]:
        sign = self.random.choice("-*+")
        task = self.random.choice(("", "", "[x] "))
        return self._items([f"{sign} "] * self.some(1, 3), depth, task)

    def numbers(self, depth: int) -> list[str]:
        start, sign = self.some(1, 12), self.random.choice(".)")
        return self._items([f"{start + at}{sign} " for at in range(self.some(1, 3))], depth)

    def _items(self, signs: Sequence[str], depth: int, task: str = "") -> list[str]:
        lines: list[str] = []
        loose = self.some(0, 1)
        for sign in signs:
            held = self.blocks(depth + 1, self.some(1, 3))
            if held and not held[0]:
                held[0] = self.word()
            indent = " " * len(sign)
            lines += [f"{sign}{task}{held[0]}", *(f"{indent}{line}" if line else "" for line in held[1:])]
            lines += [""] * loose
        return lines[: len(lines) - loose]

    def quotation(self, depth: int) -> list[str]:
        return [f"> {line}".rstrip() for line in self.blocks(depth + 1, self.some(1, 3))]

    def definition(self, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.some(1, 2)):
            term = self.line(plain=True)
            held = self.blocks(depth + 1, self.some(1, 2))
            lines += [term, f":   {held[0]}", *(f"    {line}" if line else "" for line in held[1:]), ""]
        return lines[:-1]

    def box(self, depth: int) -> list[str]:
        title = f' "{self.word()}"' if self.some(0, 1) else ""
        held = self.blocks(depth + 1, self.some(1, 3))
        return [
            f"!!! {self.random.choice(('note', 'tip'))}{title}",
            *(f"    {line}" if line else "" for line in held),
        ]

    def division(self, depth: int) -> list[str]:
        return [
            '<div class="aside" markdown="1">',
            "",
            *self.blocks(depth + 1, self.some(1, 3)),
            "",
            "</div>",
        ]

    # --- the manuscript -------------------------------------------------------------------------------

    def chapter(self) -> str:
        """The whole chapter."""
        lines = [f"# {self.number} {self.word(_HEAD)} {self.word(_HEAD)}", ""]
        for section in range(1, self.some(1, 3) + 1):
            title = f"{self.number}.{section} {self.word(_HEAD)} *{self.word(_HEAD)}*"
            lines += [f"## {title}", ""] if self.some(0, 3) else [title, "-" * 9, ""]
            lines += self.blocks(0, self.some(1, 4))
            if self.some(0, 2) == 0:
                lines += ["", f"### {self.word(_HEAD)}", "", *self.blocks(0, self.some(1, 2))]
            lines += ["", *(line for note in self.definitions for line in note), ""]
            self.definitions.clear()
        return "\n".join([*lines, f"[r{self.number}]: https://example.org/r", ""])


def manuscripts(first: int, count: int) -> tuple[str, list[Chance]]:
    """So many manuscripts as the chapters of one file; the number of each is its seed."""
    made = [Chance(Random(number), number) for number in range(first, first + count)]
    return "\n".join(each.chapter() for each in made), made


def faults(made: Sequence[Chance], folder: Path) -> list[str]:
    """What is wrong with the words in the two books of a folder, in words."""
    books = {".epub": _of_epub(next(folder.glob("*.epub"))), ".pdf": _of_pdf(next(folder.glob("*.pdf")))}
    moving = {word for each in made for word in each.moving}
    kept = {".epub": frozenset[str](), ".pdf": moving}
    return [
        f"{suffix}: {fault}"
        for suffix, found in books.items()
        for fault in _compared(made, found, kept[suffix])
    ]


def _of_epub(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        (opf,) = (name for name in archive.namelist() if name.endswith(".opf"))
        package = etree.fromstring(archive.read(opf))
        items = {each.get("id"): each.get("href") for each in package.iter("{*}item")}
        spine = [items[each.get("idref")] for each in package.iter("{*}itemref")]
        bodies = (
            etree.fromstring(archive.read(f"{Path(opf).parent}/{name}")).find(f"{_XHTML}body")
            for name in spine
        )
        return _words("".join("".join(body.itertext()) for body in bodies))


def _of_pdf(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return _words("".join(document[at].get_textpage().get_text_range() for at in range(len(document))))


def _words(text: str) -> list[str]:
    return _WORD.findall("".join(filter(str.isalpha, text.casefold())))


def _compared(made: Sequence[Chance], found: Sequence[str], moving: Set[str]) -> Iterator[str]:
    """What is wrong with the words of a book; those of `moving` stand in an order of their own."""
    counts = Counter(found)
    wanted = [word for each in made for word in each.words]
    notes = [word for each in made for note in each.notes for word in note]
    for word in [*wanted, *notes]:
        times, kind = counts.pop(word, 0), word[:2]
        right = times == 0 if kind == _HIDDEN else times > 0 if kind in (_HEAD, _INDEX) else times == 1
        if not right:
            yield f"{word} stands {times} times"
    yield from (f"{word} is not of the manuscript" for word in counts)
    for kind, order, moves in ((_TEXT, wanted, False), (_TEXT, wanted, True), (_NOTE, notes, False)):
        asked = [word for word in order if word.startswith(kind) and (word in moving) is moves]
        there = [word for word in found if word.startswith(kind) and (word in moving) is moves]
        at = next((at for at, pair in enumerate(zip(asked, there, strict=False)) if pair[0] != pair[1]), None)
        if at is not None:
            yield f"{there[at]} stands where {asked[at]} should"
