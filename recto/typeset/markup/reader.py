"""Python-Markdown as the frame of reading: its registries, filled by ours, and its way from text to tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element, ElementTree

from markdown.blockparser import BlockParser
from markdown.util import Registry
from markdown_it.token import Token

from recto.model import Section
from recto.notations import xhtml
from recto.typeset import sanitise
from recto.typeset.markup.grammar import Grammar
from recto.typeset.markup.rules import register
from recto.typeset.markup.rules.abbreviations import Abbreviations
from recto.typeset.markup.rules.pattern import MarkdownPage
from recto.typeset.markup.tree_builder import Builder
from recto.typeset.markup.writer import write
from recto.typeset.section_source import Source
from recto.typeset.work import FileDefinitions, Work


class MarkdownFrame(MarkdownPage):
    """Reads one text after another.

    work   the section that is set: what its text defines goes there, and what is wrong with it
    base   the line of the file on which the text begins
    """

    base: int

    def build_parser(self) -> MarkdownFrame:
        """Leave out all that Python-Markdown would register; see rules/ for what there is."""
        super().build_parser()
        self.preprocessors, self.postprocessors = Registry(), Registry()
        self.treeprocessors, self.inlinePatterns = Registry(), Registry()
        self.treeprocessors.register(Abbreviations(self), "abbr", 7)
        register(self.inlinePatterns, self)
        self.grammar = Grammar(self.inlinePatterns)
        self.parser: _Blocks = _Blocks(self)
        return self

    def line(self, offset: int) -> int:
        """See MarkdownPage."""
        return self.grammar.inline.scan.line(offset)

    def read(self, text: str, work: Work, line: int, *, one_line: bool) -> str:
        """A text that begins on a line of the file as XHTML."""
        self.work, self.base = work, line
        self.parser.one_line = one_line
        self.serializer = write
        return self.convert(text)


class _Blocks(BlockParser):
    """The block level of Python-Markdown: what markdown-it-py finds, as Python-Markdown's tree."""

    md: MarkdownFrame
    one_line = False

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - named by Python-Markdown
        """Read the blocks first, then what stands in them: a definition holds for the text before it, too."""
        text = "\n".join(lines)
        root = Element(self.md.doc_tag)
        builder = self._builder(self.md.base)
        if self.one_line:
            builder.inline(text, self.md.base, root)
            self._add_notes(root)
            return ElementTree(root)
        tokens = self._tokens(text, self.md.base)
        for name, address, title in self.md.work.file.references:
            self.md.work.references.setdefault(name, {"href": address, "title": title})
        builder.blocks(tokens, root)
        root.extend(builder.notes)
        self._add_notes(root)
        return ElementTree(root)

    def _tokens(self, text: str, base: int) -> list[Token]:
        """The blocks of a text that begins on a line of the file; what it defines goes to the section."""
        work, found = self.md.work, self.md.grammar.blocks(text)
        for name, reference in found.references.items():
            work.references.setdefault(name, reference)
        for name, (meaning, line) in found.abbreviations.items():
            if name not in work.abbreviation_lines:  # its own go before those of its file, and of the book
                work.abbreviations[name], work.abbreviation_lines[name] = meaning, base + line
        for code, message, line, hint in found.told:
            work.warning(code, message, base + line, hint)
        return found.tokens

    def _builder(self, base: int) -> Builder:
        work = self.md.work
        return Builder(self.md.grammar, {"work": work, "base": base, "references": work.references})

    def _add_notes(self, root: Element) -> None:
        """Add those notes of the file's other sections that are called here, or in such a note."""
        others = dict(self.md.work.file_notes)
        own = dict(self.md.work.notes)
        while wanted := _called(root) & others.keys() - own.keys():
            for name in sorted(wanted):
                text, line = others.pop(name)
                builder = self._builder(line)
                builder.blocks(self._tokens(text, line), Element(self.md.doc_tag))
                root.extend(builder.notes)
        self.md.work.notes = own


def _called(root: Element) -> set[str]:
    return {call.get("data-label") or "" for call in root.iter("a")}


@lru_cache(maxsize=1)
def _frame() -> MarkdownFrame:
    return MarkdownFrame(output_format="xhtml")


def read(text: str, work: Work) -> None:
    """Read the text of a section into `work`: its blocks below the root, its definitions, its problems."""
    _fill(_frame().read(text, work, work.source.section.text_line, one_line=False), work)


def read_line(text: str, work: Work, line: int) -> None:
    """Read a line that stands by itself (a heading), without any block, into `work`.

    The notes that it calls, and that the section itself doesn't have, come after it.
    """
    _fill(_frame().read(" ".join(text.split()), work, line, one_line=True), work)


def read_definitions(sections: Iterable[Section]) -> FileDefinitions:
    """What the sections of a file define for each other; the first definition of a name counts."""
    references: dict[str, tuple[str, str, str]] = {}
    abbreviations: dict[str, str] = {}
    notes: dict[str, tuple[str, str, int]] = {}
    for section in sections:
        text = Source(section).text
        found = _frame().grammar.blocks(text)
        for token in found.tokens:
            if token.type == "footnote_reference_open" and token.map:
                begin, end = token.map
                name, note = token.meta["label"], "\n".join(text.split("\n")[begin:end])
                notes.setdefault(name, (name, note, section.text_line + begin))
        for name, value in found.references.items():
            references.setdefault(name, (name, value["href"], value["title"]))
        for name, (meaning, _) in found.abbreviations.items():
            abbreviations.setdefault(name, meaning)
    return FileDefinitions(tuple(references.values()), tuple(abbreviations.items()), tuple(notes.values()))


def _fill(fragment: str, work: Work) -> None:
    made = xhtml.parse(xhtml.clean(sanitise.clean(fragment) if work.raw_html else fragment))
    work.root.text = made.text
    work.root.extend(list(made))
