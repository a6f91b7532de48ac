"""A collated book as a tidy folder: a file a section or chapter, each with the heading that the book has.

A book whose order is in its numbers gets them typed; one whose order was given, by a list or by names, gets a
list of Recto's own (book.list).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join
from typing import Literal
from urllib.parse import unquote

from recto.desk.beginning.tidy_text import (
    TidyHeading,
    definitions_in,
    file_name,
    front_matter,
    grouped,
    is_used,
    plain_heading,
    stem_of,
    typed_heading,
)
from recto.forms import syntax_of
from recto.forms.listed.ordering import LIST
from recto.model import Book, Chapter, Part, Section

_FILE_LINK = re.compile(
    r"(?P<open>\]\(|\]:[ \t]*)"
    r"(?:<(?P<path>[^<>\n#?]+)(?P<id>#[^<>\n]*)?>|(?P<bare>[^\s()#?<>]+)(?P<at>#[^\s()]+)?(?=[\s)]))"
)
_LIST_HEAD = "# The order of the book. The Handbook (16.1) tells what a line may be.\n"
_CHAINED = 5  # definitions that call one another


@dataclass(slots=True)
class TidyFolder:
    """The files of a tidy folder by name, and what books.toml has to say of them."""

    files: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[str, list[str]]] = field(default_factory=list)
    placed: list[tuple[str, str]] = field(default_factory=list)  # files without a heading, and their titles
    form: Literal["numbers", "list"] = "numbers"


def tidied(book: Book, root: Path) -> TidyFolder:
    """The files of a collated book; `root` is the folder that it was read from."""
    made = TidyFolder()
    writer = _Writer(book, root.resolve(), made)
    ranked = any(heading.section.rank is not None for each in book.chapters for heading in _headings(each))
    if ranked:
        made.form = "list"
        made.files[LIST] = _LIST_HEAD + "".join(f"{line}\n" for line in writer.listed())
    else:
        writer.numbered()
    return made


def _headings(chapter: Chapter) -> list[TidyHeading]:
    """Every heading of a chapter that has a text of its own, and the text."""
    found = []
    if chapter.opening:
        role = "" if chapter.label else chapter.role
        found.append(TidyHeading(1, chapter.counted, chapter.title, chapter.opening, role))
    return found + [TidyHeading(s.level, str(s.number), s.source.title, s.source) for s in chapter.sections]


class _Writer:
    """Writes the files of one book."""

    def __init__(self, book: Book, root: Path, made: TidyFolder) -> None:
        self._book, self._root, self._made = book, root, made
        self._by_file: dict[str, list[Section]] = {}
        self._first: dict[Path, str] = {}
        for chapter in book.chapters:
            if chapter.part and chapter.part.opening:
                self._note(chapter.part.opening, chapter.part.anchor)
            if chapter.opening:
                self._note(chapter.opening, chapter.anchor)
            for each in chapter.sections:
                self._note(each.source, each.anchor)

    def _note(self, section: Section, anchor: str) -> None:
        self._by_file.setdefault(section.place.file, []).append(section)
        self._first.setdefault(Path(section.place.file).resolve(), anchor)

    # --- by numbers -------------------------------------------------------------------------------------

    def numbered(self) -> None:
        """A file for what stood together of each chapter."""
        part: Part | None = None
        count: dict[str, int] = {}
        for chapter in self._book.chapters:
            if chapter.part and chapter.part != part:
                self._made.parts.append((chapter.part.title, []))
                self._part_file(chapter.part)
            part = chapter.part
            if part and chapter.label:
                self._made.parts[-1][1].append(chapter.counted)
            if (
                chapter.title
                and chapter.role != "opening"
                and not (chapter.opening and chapter.title == chapter.opening.title)
            ):
                self._made.titles[chapter.counted or chapter.role] = chapter.title
            for group in grouped(_headings(chapter)):
                head = group[0]
                stem, title = stem_of(head.number), head.title
                if head == _headings(chapter)[0]:  # the file is the chapter's, whatever it begins with
                    stem, title = stem_of(chapter.counted), chapter.title
                if not chapter.label:
                    count[chapter.kind] = count.get(chapter.kind, 0) + 1
                    stem = f"{chapter.kind}-{count[chapter.kind]}"
                name = self._write(stem, group, title, typed=True)
                if head.role == "opening":
                    self._made.placed.append((name, head.title))

    def _part_file(self, part: Part) -> None:
        if part.opening and part.opening.text.strip():
            text = f"# Part {part.label}: {part.title}\n\n{part.opening.text}\n"
            self._made.files[f"part-{part.label.lower()}.md"] = text

    # --- by a list --------------------------------------------------------------------------------------

    def listed(self) -> Iterator[str]:
        """A line for each file, in the order of the book, and the files themselves."""
        part: Part | None = None
        for chapter in self._book.chapters:
            if chapter.part != part:
                yield self._part_line(chapter.part)
            part = chapter.part
            kind = "appendix: " if chapter.kind == "appendix" else "" if chapter.label else "unnumbered: "
            if not chapter.opening:
                yield f"{kind}| {chapter.title}"
            for heading in _headings(chapter):
                name = self._write(stem_of(heading.number), [heading], heading.title, typed=False)
                untitled = not syntax_of(heading.section.syntax).is_markdown or not heading.title
                title = f" | {heading.title}" if untitled and heading.title else ""
                yield f"{'  ' * (heading.level - 1)}{kind if heading.level == 1 else ''}{name}{title}"

    def _part_line(self, part: Part | None) -> str:
        if part is None:
            return "part:"
        if not part.opening or not part.opening.text.strip():
            return f"part: | {part.title}"
        heading = TidyHeading(1, "", part.title, part.opening)
        name = self._write(f"part-{part.label.lower()}", [heading], part.title, typed=False)
        return f"part: {name}"

    # --- a file -----------------------------------------------------------------------------------------

    def _write(self, stem: str, group: Sequence[TidyHeading], title: str, *, typed: bool) -> str:
        """Write a file of headings that stood in one file, named after a number and a title."""
        first = group[0]
        syntax = syntax_of(first.section.syntax)
        blocks = [self._block(each, first.level - 1, typed=typed) for each in group]
        text = "\n\n".join(filter(None, blocks)) + "\n"
        if syntax.is_markdown:
            text += "".join(self._carried(text, group))
            text = front_matter(first, typed=typed) + text
        name = join(self._folder(first.section), f"{file_name(stem, title)}{syntax.ending}")
        while name in self._made.files:
            base, dot, ending = name.rpartition(".")
            name = f"{base}-{dot}{ending}"
        self._made.files[name] = text
        return name

    def _folder(self, section: Section) -> str:
        """The folder that a section stood in: what it names lies beside it."""
        path = Path(section.place.file).resolve()
        inside = path.is_relative_to(self._root)
        folder = path.parent.relative_to(self._root).as_posix() if inside else "."
        return "" if folder == "." else folder

    def _block(self, heading: TidyHeading, above: int, *, typed: bool) -> str:
        """A heading and its text; so many levels are `above` the first heading of the file."""
        if not syntax_of(heading.section.syntax).is_markdown:
            return "\n\n".join(filter(None, (plain_heading(heading, typed=typed), heading.section.text)))
        line = typed_heading(heading, heading.level - above, typed=typed)
        return "\n\n".join(filter(None, (line, self._links(heading.section))))

    def _links(self, section: Section) -> str:
        """The text of a section; its links to files, and to numbers that moved, lead where these are now."""

        def led(found: re.Match[str]) -> str:
            path = Path(section.place.file).parent / unquote(found["path"] or found["bare"])
            anchor = self._first.get(path.resolve())
            return f"{found['open']}{found['id'] or found['at'] or f'#{anchor}'}" if anchor else found[0]

        text = _FILE_LINK.sub(led, section.text)
        for old, new in self._moved.items():
            text = text.replace(f"](#{old})", f"](#{new})")
        return text

    @property
    def _moved(self) -> Mapping[str, str]:
        """The numbers that are others in this book than in the manuscript."""
        sections = (each for chapter in self._book.chapters for each in chapter.sections)
        return {
            str(each.source.number): str(each.number)
            for each in sections
            if each.source.number and each.source.number != each.number
            if self._book.numbers.get(str(each.source.number)) == each.anchor
        }

    def _carried(self, text: str, group: Sequence[TidyHeading]) -> Iterator[str]:
        """The definitions of links, notes and abbreviations that stood elsewhere in the file of a group."""
        here = {id(each.section) for each in group}
        others = [each for each in self._by_file[group[0].section.place.file] if id(each) not in here]
        defined = {name: block for each in reversed(others) for name, block in definitions_in(each.text)}
        known = {name for name, _ in definitions_in(text)}
        for _ in range(_CHAINED):
            wanted = [name for name in defined if name not in known and is_used(text, name)]
            known.update(wanted)
            text = "\n".join(defined[name] for name in wanted)
            yield from (f"\n{defined[name]}\n" for name in wanted)


def differences(before: Book, after: Book) -> list[str]:
    """What is otherwise in a book than in another, in words, a few at most."""
    told = []
    if before.title != after.title:
        told.append(f"the title is “{after.title}”, not “{before.title}”")
    pairs = zip(_facts(before), _facts(after), strict=False)
    told += [f"“{was[1]}” has become “{now[1]}”" for was, now in pairs if was != now]
    if (count := len(list(_facts(after))) - len(list(_facts(before)))) != 0:
        told.append(f"there are {abs(count)} {'more' if count > 0 else 'fewer'} headings")
    return told


def _facts(book: Book) -> Iterator[tuple[object, ...]]:
    for chapter in book.chapters:
        part = (chapter.part.label, chapter.part.title) if chapter.part else None
        yield chapter.kind, f"{chapter.label} {chapter.title}".strip(), part
        for each in chapter.sections:
            yield "section", f"{each.number} {each.source.title}".strip(), None
