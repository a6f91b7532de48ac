"""What the steps on a section's tree share: the tree, what it defines, where to report, and small moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recto.galley import INDEX_MARK, INLINE
from recto.notations.xhtml import Element, element
from recto.problems import Problem, warning

if TYPE_CHECKING:
    from recto.typeset.mark_grammar import Mark
    from recto.typeset.section_source import Source

# elements whose content is set as typed: no punctuation, no marks, no notes
VERBATIM = frozenset({"pre", "code", "kbd", "samp", "var", "tt"})


@dataclass(frozen=True, slots=True)
class Style:
    """How Markdown is set: `[book] language` and `[typeset]` of book.toml."""

    language: str = "en"
    smart_punctuation: bool = True
    highlight: bool = True
    abbreviations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftMark:
    """An index mark found, and the line it stands on."""

    mark: Mark
    line: int | None


@dataclass(frozen=True, slots=True)
class FileDefinitions:
    """What the sections of a file define for each other.

    references     of links and pictures: name (as CommonMark compares it), address, title
    abbreviations  each with what it stands for
    notes          name, source text, and the line of the file on which that begins
    """

    references: tuple[tuple[str, str, str], ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str, int], ...] = ()


NO_DEFINITIONS = FileDefinitions()


@dataclass(slots=True)
class Work:
    """A section on its way through the steps; each step edits `root` and adds to `problems`.

    title          the heading of the section, whose notes count with those of the text
    file           what the other sections of its file define
    notes          the notes of this text, by name, each with its line
    references     the links that are defined, as markdown-it-py has them
    file_notes     those of the file's other sections, by name: source text, line
    called         the names of the notes that are called
    raw_html       whether there is any HTML in the text: then only its sanitiser knows what nests how
    open_html      how many elements of raw HTML are open, of which `deep_html` lie too deep and were left out
    drawn          the element, `svg` or `math`, that is being left out of raw HTML
    abbreviations  what each stands for; `abbreviation_lines` tells where this very text explains one
    """

    root: Element
    source: Source
    style: Style
    level: int
    problems: list[Problem] = field(default_factory=list)
    marks: list[DraftMark] = field(default_factory=list)
    title: Element = field(default_factory=lambda: element("div"))
    file: FileDefinitions = NO_DEFINITIONS
    notes: dict[str, int] = field(default_factory=dict)
    references: dict[str, dict[str, Any]] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    abbreviation_lines: dict[str, int] = field(default_factory=dict)
    file_notes: dict[str, tuple[str, int]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    raw_html: bool = False
    drawn: str = ""
    open_html: int = 0
    deep_html: int = 0

    def has_note(self, name: str) -> bool:
        """Tell whether a note of this name is written in the file."""
        return name in self.notes or name in self.file_notes

    def enter(self, mark: Mark, line: int | None) -> dict[str, str] | None:
        """Enter an index mark; returns the attributes of its element, None for one that can't be read."""
        if mark.fault:
            hint = "as in {^networks!mesh}; write \\{^ for the characters themselves"
            self.warning("index-mark", mark.fault, line, hint)
            return None
        self.marks.append(DraftMark(mark, line))
        return {"class": INDEX_MARK, "data-mark": str(len(self.marks) - 1)}

    def warning(self, code: str, message: str, line: int | None, hint: str | None = None) -> None:
        """Report something to know of at a line of the section's file."""
        self.problems.append(
            warning(code, message, self.source.place(line), hint=hint, subject=self.source.subject)
        )

    def blocks(self, *tags: str) -> list[Element]:
        """All elements of these tags, in order; a list, so that the tree may be changed meanwhile."""
        return list(self.root.iter(*tags))


def line_of(element: Element) -> int | None:
    """The line that the first pass noted on an element."""
    return int(element.get("data-line") or 0) or None


def is_block(element: Element) -> bool:
    """Tell whether an element is a block."""
    return isinstance(element.tag, str) and element.tag not in INLINE


def has_text(element: Element) -> bool:
    """Tell whether text (or anything inline) stands directly in an element."""
    if (element.text or "").strip():
        return True
    return any(not is_block(child) or (child.tail or "").strip() for child in element)


def runs(element: Element) -> Iterator[tuple[Element, bool]]:
    """Every run of text in reading order: (element, False) is its text, (element, True) its tail."""
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, tail = stack.pop()
        yield node, tail
        if not tail:
            for child in reversed(node):
                stack.append((child, True))
                stack.append((child, False))


def get_run(node: Element, tail: bool) -> str:
    """The text of a run."""
    return (node.tail if tail else node.text) or ""


def set_run(node: Element, tail: bool, text: str) -> None:
    """Write the text of a run."""
    if tail:
        node.tail = text
    else:
        node.text = text


def verbatim(node: Element, tail: bool) -> bool:
    """Tell whether a run stands in code."""
    holder = node.getparent() if tail else node
    while holder is not None:
        if holder.tag in VERBATIM:
            return True
        holder = holder.getparent()
    return False
