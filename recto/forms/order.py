"""The order of a book that is written down elsewhere, or can be seen: a thing of its own.

A form gives it (the list file of another tool read, or the names of a folder's files); `arrange` then numbers
what is to be numbered and cuts the files into sections, as if their authors had typed those numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from recto.forms.naming.file_names import called
from recto.forms.naming.heading_text import read_heading
from recto.forms.naming.matter import role_of
from recto.forms.order_numbers import OrderNumbers
from recto.forms.source_file import Outline, SourceFile, SourceHeading, body
from recto.model import UNNUMBERED, Section
from recto.numbering import Number
from recto.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order.

    file      the path below the folder; "" for a heading without a file
    title     what the list calls it; it is taken where the file has no heading of its own
    place     where the list says so
    kind      `appendix` is lettered at depth 1; a `part` holds the chapters after it, up to the next one, and
              one without title and file only ends the one before
    depth     1 for a chapter, 2 for a section of the chapter above it …; 0 for a file that is the whole book
    numbered  False for a chapter without a number, wherever it stands
    divided   how many levels of headings, from that of the file's own on, begin sections; 0 leaves all but
              its own as text
    top       the level of headings that `depth` means, where the files are read as one text; None: that of
              the file's own
    """

    file: str
    title: str
    place: Place
    kind: Literal["part", "chapter", "appendix"] = "chapter"
    depth: int = 1
    numbered: bool = True
    divided: int = 0
    top: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a form says of a folder.

    told      in one line, for the author: what the folder is, and where its order comes from
    book      what it says of the book, by the keys of `[book]`: `title`, `authors`, `language` …
    lists     the files that the order was read from
    top       the folder that the text lies in, "" for the book's own
    by_name   whether Preface, Glossary and their kin stand where such matter does in books, not in their line
    """

    entries: tuple[OrderLine, ...]
    told: str
    book: Mapping[str, object] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    top: str = ""
    by_name: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlinedFile:
    """A file that an order names, with its headings.

    `syntax` is the name of how its text is marked up, `printed` what of a text prints something (see Syntax).
    """

    source: SourceFile
    outline: Outline
    syntax: str
    printed: Callable[[str], str] = str

    @property
    def opening(self) -> SourceHeading | None:
        """The heading that the file begins with; None where text stands before any.

        So it is where front matter has a title, and headings of a lower level stand below that.
        """
        headings, lines = self.outline.headings, self.source.lines
        if self.title and all(heading.level > 1 for heading in headings):
            return None
        above = "\n".join(lines[self.outline.first - 1 : headings[0].line - 1]) if headings else ""
        return headings[0] if headings and not self.printed(above).strip() else None

    @property
    def title(self) -> str:
        """The title that front matter gives the file, "" for none."""
        given = self.outline.settings.get("title")
        return given.strip() if isinstance(given, str) else ""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of a file under one heading: None for text that stands before any."""

    depth: int
    heading: SourceHeading | None
    first: int
    last: int
    numbered: bool


def counted(lines: Sequence[OrderLine], what: str = "chapter") -> str:
    """How many files an order names: `21 chapters`, or `one chapter`."""
    count = sum(bool(line.file) for line in lines)
    return f"one {what}" if count == 1 else f"{count} {what}s"


def arrange(order: Order, files: Mapping[str, OutlinedFile], syntax: str) -> tuple[Section, ...]:
    """The sections of a book in the order given, with their numbers and ranks.

    `files` are those that could be read, by name; lines without theirs, and those of a file that was there
    before, are left out. `syntax` is how titles in the order itself are marked up.
    """
    numbers, taken = OrderNumbers(), set[str]()
    sections: list[Section] = []
    for entry in order.entries:
        if not entry.file:
            sections.append(replace(_headed(entry, numbers), syntax=syntax))
        elif entry.file in files and entry.file not in taken:
            taken.add(entry.file)
            sections += _sections(entry, files[entry.file], numbers)
    return tuple(_named(_housed(sections), order.by_name))


def _headed(entry: OrderLine, numbers: OrderNumbers) -> Section:
    """An entry without a file: a heading, and nothing below it."""
    if entry.kind == "part":
        part = _section("part", None, entry.title, entry.place)
        return _as_part(part, numbers) if entry.title else part
    if not entry.numbered:
        numbers.skip()
    number = numbers.next(entry.depth, lettered=entry.kind == "appendix") if entry.numbered else None
    kind: Literal["chapter", "section", "matter"] = "matter"
    if number:
        kind = "chapter" if number.depth == 1 else "section"
    return _section(kind, number, entry.title, entry.place)


def _section(
    kind: Literal["part", "chapter", "section", "matter"], number: Number | None, title: str, place: Place
) -> Section:
    line = place.line or 1
    return Section(kind, number, title, "text", "", place, line, line)


def _sections(entry: OrderLine, file: OutlinedFile, numbers: OrderNumbers) -> Iterator[Section]:
    """The sections of a file: one, or as many as the entry divides it into."""
    lines = file.source.lines
    for index, piece in enumerate(_cut(entry, file)):
        heading = piece.heading
        if heading and piece.first < heading.line:
            lines[heading.line - 1 : heading.text_line - 1] = [""] * (heading.text_line - heading.line)
        text, text_line, last = body(lines, piece.first, piece.last)
        title = heading.words if heading else _title(entry, file)
        section = Section(
            "matter",
            None,
            title,
            file.syntax,
            text,
            file.source.at(heading.line if heading else None),
            text_line,
            max(last, heading.text_line - 1 if heading else 1),
            anchor=heading.anchor if heading else "",
            settings={} if index else file.outline.settings,
            medium=heading.medium if heading else "",
        )
        if heading and heading.begins:
            yield from _division(section, heading.begins, numbers)
        elif piece.depth == 0:
            if title or text:
                yield replace(section, kind="stray", role="title")
        elif entry.kind == "part" and index == 0:
            yield _as_part(section, numbers)
        elif not piece.numbered:
            numbers.skip()
            yield section
        else:
            yield _numbered(
                section,
                numbers.next(piece.depth, lettered=entry.kind == "appendix"),
                heading.label if heading else "",
            )


def _as_part(section: Section, numbers: OrderNumbers) -> Section:
    """The section as the next part; a title that only says which is none: `Part One`, or `1`."""
    number, typed = numbers.part(), read_heading(section.title)
    says_which = typed is not None and typed.number == number and typed.kind in ("part", "chapter")
    title = typed.title if typed and says_which else section.title
    return replace(section, kind="part", number=number, title=title)


def _division(section: Section, begins: str, numbers: OrderNumbers) -> Iterator[Section]:
    """What a heading of a part, or of all appendices, is: the latter is none, but for the text below it."""
    if begins == "part":
        yield _as_part(section, numbers)
        return
    numbers.letter_from_here()
    yield replace(section, kind="part", title="")
    if section.text:
        yield section


def _housed(sections: Sequence[Section]) -> list[Section]:
    """The sections with every part that has text and no chapter as matter: nothing would print its text."""
    housed: list[Section] = []
    holds = False
    for section in reversed(sections):
        if section.kind == "part":
            homeless = bool(section.text) and not holds
            section = replace(section, kind="matter", number=None) if homeless else section
            holds = False
        holds = holds or section.kind == "chapter"
        housed.append(section)
    return housed[::-1]


def _title(entry: OrderLine, file: OutlinedFile) -> str:
    title = file.title or entry.title
    # where files are read as one text, what has no heading is still called something
    return title if title or entry.top is None else called(entry.file)


def _numbered(section: Section, number: Number | None, label: str) -> Section:
    """A section with its number, which is taken out of its title where the author typed it there too."""
    if number is None:
        return section
    typed = read_heading(section.title)
    kind: Literal["chapter", "section"] = "chapter" if number.depth == 1 else "section"
    is_own = typed is not None and typed.number == number and typed.kind == kind
    said = str(typed.number) if typed and typed.worded and typed.kind == kind and typed.number else ""
    if not is_own and said and label in ("", said):
        # the author's own number: the count of the list would be a second one
        is_own, label = True, said
    title = typed.title if typed and is_own else section.title
    return replace(section, kind=kind, number=number, title=title, label=label)


def _cut(entry: OrderLine, file: OutlinedFile) -> Iterator[_Cut]:
    """The stretches of a file that become sections, in order."""
    headings, first, lines = file.outline.headings, file.outline.first, file.source.lines
    end = len(lines)
    own = file.opening
    # text before the first heading stands under the file's own, one level above all others
    top = own.level if own else min((heading.level for heading in headings), default=1) - 1
    top = top if entry.top is None else entry.top
    divides = entry.numbered and entry.divided > 0
    levels = top + entry.divided + (own is None and entry.top is None)

    heads: list[SourceHeading] = []
    in_numbered = True
    for each in headings:
        # a chapter without a number begins where it stands; a section without one, or in such a one, is text
        is_chapter = entry.depth + each.level - top <= 1
        fits = divides and each.level < levels and (is_chapter or (each.numbered and in_numbered))
        if each is own or each.begins or fits:
            heads.append(each)
            in_numbered = each.numbered if is_chapter else in_numbered
    before = "\n".join(lines[first - 1 : heads[0].line - 1 if heads else end])
    if own is None and (not heads or file.title or file.printed(before).strip()):
        numbered = entry.numbered and entry.top is None
        yield _Cut(entry.depth, None, first, heads[0].line - 1 if heads else end, numbered)
    for heading, after in zip(heads, [*heads, None][1:], strict=True):
        depth = entry.depth + max(0, heading.level - top)
        numbered = entry.numbered and heading.numbered
        # comments and definitions above the first heading go with the text below it
        above = heading is own and any(line.strip() for line in lines[first - 1 : heading.line - 1])
        begin = first if above else heading.text_line
        yield _Cut(depth, heading, begin, after.line - 1 if after else end, numbered)


def _named(sections: Sequence[Section], by_name: bool) -> Iterator[Section]:
    """The sections with their ranks; of those without a number, each that has a name known to books by it."""
    taken: set[str] = set()
    for rank, section in enumerate(sections):
        role = section.role
        if section.kind == "matter":
            given = section.settings.get("role")
            role = role_of(given.replace("-", " ") if isinstance(given, str) and given else section.title)
            role = UNNUMBERED if role is None or (role in taken and not by_name) else role
            taken.add(role)
        placed = by_name and section.kind == "matter" and role != UNNUMBERED
        yield replace(section, rank=None if placed else rank, role=role)
