"""The things that flow through the stages: nouns, frozen, each made by exactly one stage.

    Section   gather    a piece of manuscript, as found
    Book      collate   chapters in order, each with its sections
    Galley    typeset   a chapter set in type as XHTML, not yet in pages
    Contents  contents  the headings of the book as a tree
    Index     index     headings and subheadings with locators (index/ has its model)
    Unit      compose   what is laid out at once
    Document  compose   a finished file of the e-book
    PageMap   print     which folio carries which anchor

Nothing here imports a stage or a library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from recto.numbering import Number
from recto.problems import Place
from recto.settings.dating import Dating

SectionKind = Literal["part", "chapter", "section", "matter", "stray"]
ChapterKind = Literal["front", "chapter", "appendix", "back"]

# The named matter of books, in the order in which Chicago (CMOS 1.4) places it.
FRONT_MATTER = (
    "praise",
    "also-by",
    "copyright",
    "dedication",
    "epigraph",
    "foreword",
    "preface",
    "acknowledgments",
    "introduction",
    "prologue",
)
# Matter on pages of its own before the contents, in the order of FRONT_MATTER; of these the first two have
# a heading on them, and the third takes the place of the copyright page that Recto makes
DISPLAYED = ("praise", "also-by", "copyright", "dedication", "epigraph")
BACK_MATTER = (
    "epilogue",
    "afterword",
    "conclusion",
    "chronology",
    "abbreviations",
    "notes",
    "glossary",
    "bibliography",
    "contributors",
    "credits",
    "about-the-author",
    "colophon",
)
# The role of matter that a list places and that has no name known to books.
UNNUMBERED = "unnumbered"


# --- gather ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of manuscript under one heading, as it was found.

    kind        `part`, `chapter` (a heading with a chapter's number, or a whole file of one), `section`
                (number of depth 2 or more), `matter` (a part of the book known by name: Preface …) or
                `stray` (text under no heading, or under one without a number that names no matter)
    number      the number typed in the manuscript; None for matter
    title       the heading without its number, marked up as `text` is; may be ""
    syntax      how `text` is marked up: the name of a Syntax in recto.forms
    text        what stands below the heading up to the next one, lines joined by "\\n"
    place       the line of the heading (of the file as a whole where front matter or its name is the heading)
    text_line   line of the file on which `text` begins
    end_line    last line of the file that belongs to this section
    role        for matter: its name out of FRONT_MATTER or BACK_MATTER, or UNNUMBERED where an order
                places it; for an appendix without a letter `appendix`; for a stray: `title` (the book's),
                `index`, `contents` (made by Recto) or None
    anchor      an id that the author gave (`{#id}`, or `id` in front matter); "" without one
    settings    front matter of the file, for a section that has one: part, short_title, …
    rank        its place in an order that was given (forms/order.py); None where numbers give it
    medium      the one that it is for, `screen` or `paper`, "" for both
    label       the number that is printed, where it is another than that of its place: chapters that begin
                anew in each part
    """

    kind: SectionKind
    number: Number | None
    title: str
    syntax: str
    text: str
    place: Place
    text_line: int
    end_line: int
    role: str | None = None
    anchor: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    rank: int | None = None
    medium: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that was gathered.

    `sections` stand in the order found (files by name, then by line); `root` is the folder that relative
    image paths of single-file manuscripts, `templates/`, `styles/` and book.toml are looked up in; `name`
    is the file or folder name without suffix, the title of last resort. Where an order was given, the
    sections stand in it, `said` is what it says of the book by the keys of `[book]`, and `told` what it is.
    `origins` are, by the file as places name it, the lines that those of its text came from, where the text
    was made of more than the file.
    """

    name: str
    root: Path
    sections: tuple[Section, ...]
    files: tuple[Path, ...]
    dating: Dating = field(default_factory=Dating)
    said: Mapping[str, object] = field(default_factory=dict)
    told: str = ""
    origins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


# --- collate --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its label (`II`), title, anchor, and the text below its heading, if any."""

    label: str
    title: str
    anchor: str
    opening: Section | None = None


@dataclass(frozen=True, slots=True)
class BookSection:
    """A section in its place in the book.

    `number` is the number printed in this book; `source` keeps the one typed in the manuscript. `level` is
    its heading level: 2 for 4.1, 3 for 4.1.1.
    """

    number: Number
    anchor: str
    level: int
    source: Section


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, appendix, or named piece of front or back matter.

    kind      front, chapter, appendix or back
    role      `chapter`, `appendix`, or the name of the matter (`preface`)
    label     as printed: "3", "A", "" for matter; chapters of two parts may have the same
    counted   its number in the whole book, by which settings know it; "" for matter
    title     "" where it has none of its own (it then prints as `Chapter 3` alone)
    anchor    id of its heading in both books; unique in the book
    part      the part it stands in
    opening   the text between its heading and its first section; for matter, all its text
    """

    kind: ChapterKind
    role: str
    label: str
    title: str
    anchor: str
    place: Place
    part: Part | None = None
    opening: Section | None = None
    sections: tuple[BookSection, ...] = ()
    counted: str = ""

    @property
    def media(self) -> Iterator[str]:
        """Of its opening, then of each section, the one medium that it is for, "" for both.

        What is said of a section holds for those below it.
        """
        above = [(1, self.opening.medium if self.opening else "")]
        yield above[0][1]
        for section in self.sections:
            while above[-1][0] >= section.level > 1:
                above.pop()
            above.append((section.level, section.source.medium or above[-1][1]))
            yield above[-1][1]


@dataclass(frozen=True, slots=True)
class Book:
    """The collated book: front matter, body (chapters, then appendices), back matter; all in order.

    `numbers` maps every number typed in the manuscript to the anchor it now has, for cross-references; a
    number that collided points to the section that kept it.
    """

    title: str
    chapters: tuple[Chapter, ...]
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def front(self) -> tuple[Chapter, ...]:
        """Front matter in order."""
        return tuple(c for c in self.chapters if c.kind == "front")

    @property
    def body(self) -> tuple[Chapter, ...]:
        """Numbered chapters, then appendices."""
        return tuple(c for c in self.chapters if c.kind in ("chapter", "appendix"))

    @property
    def back(self) -> tuple[Chapter, ...]:
        """Back matter in order (without the index, which is made)."""
        return tuple(c for c in self.chapters if c.kind == "back")


# --- typeset --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asset:
    """An image of the book. `name` is its path inside the books (`images/net.png`), unique and URL-safe.

    `path` is the file to read; an SVG that had to be made safe is no longer what its file holds, and what
    lies in a document is in no file of its own: these have their bytes in `content`. `digest` is the SHA-256
    of its bytes in hex; `width` and `height` are those shown, in pixels, turned by the Exif `orientation`.
    """

    name: str
    path: Path
    digest: str
    media_type: str
    width: int
    height: int
    orientation: int = 1
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the contents list it.

    `level` 0 for a part, 1 for a chapter, 2 for a section, 3 … below. `number` is the label printed before
    the title, "" where there is none. `html` is the title as inline XHTML, `title` as plain text.
    """

    anchor: str
    level: int
    number: str
    title: str
    html: str


MarkRole = Literal["point", "open", "close", "see", "see-also"]


@dataclass(frozen=True, slots=True)
class IndexMark:
    """An index mark found in the text.

    `terms` is the path of headings (`("networks", "mesh")`); `sort_keys` the path to sort it by, level by
    level, "" where the heading sorts as it is written; `shown` are the headings as XHTML, "" for a plain one.
    `target` is set for see and see-also. `anchor` is
    the id at the very place, in both books.
    """

    terms: tuple[str, ...]
    sort_keys: tuple[str, ...]
    role: MarkRole
    target: str
    principal: bool
    anchor: str
    section: str
    place: Place
    shown: tuple[str, ...] = ()


DefinitionKind = Literal[
    "section", "chapter", "appendix", "part", "matter", "figure", "table", "listing", "equation",
    "term", "work", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """A target for cross-references: its anchor, and how a reference to it reads (`figure 4.2`).

    `screen_number` is its number in the e-book, where that differs from `number`, its number in print.
    """

    anchor: str
    kind: DefinitionKind
    number: str
    title: str
    screen_number: str = ""


@dataclass(frozen=True, slots=True)
class SetSection:
    """A section (or the opening of a chapter) set as XHTML.

    `html` is the fragment below the heading; `heading` is the heading itself. `text` is its plain text,
    white space folded, heading and notes left out: what the completeness gate and the automatic index read.
    """

    heading: Heading
    html: str
    text: str
    place: Place
    source_number: str = ""


@dataclass(frozen=True, slots=True)
class Galley:
    """A chapter set in type.

    `opening` is the text between the chapter's heading and its first section (a SetSection whose heading is
    the chapter's own). `headings` lists every heading in it, in order, the chapter's own first. `part` is
    set on the first chapter of a part: its heading and text open that part.
    """

    chapter: Chapter
    opening: SetSection
    sections: tuple[SetSection, ...]
    headings: tuple[Heading, ...]
    marks: tuple[IndexMark, ...]
    definitions: tuple[Definition, ...]
    assets: tuple[Asset, ...]
    part: SetSection | None = None

    @property
    def all_sections(self) -> tuple[SetSection, ...]:
        """The part opening (if any), the chapter's opening, then its sections."""
        first = (self.part,) if self.part else ()
        return (*first, self.opening, *self.sections)

    @property
    def sources(self) -> Iterator[tuple[str, Section]]:
        """What each of them was set from, with its anchor."""
        chapter = self.chapter
        if self.part and chapter.part and chapter.part.opening:
            yield self.part.heading.anchor, chapter.part.opening
        if chapter.opening:
            yield chapter.anchor, chapter.opening
        yield from ((each.anchor, each.source) for each in chapter.sections)


# --- contents -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents with the lines below it."""

    heading: Heading
    kind: str
    children: tuple[ContentsEntry, ...] = ()

    def walk(self) -> Iterator[ContentsEntry]:
        """This entry, then all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents as a tree: parts hold chapters, chapters hold sections, to full depth."""

    entries: tuple[ContentsEntry, ...]


# --- print ----------------------------------------------------------------------------------------------

Numbering = Literal["roman", "arabic"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is laid out at once: a complete HTML document for the print engine.

    name        `front`, `contents`, `chapter-3`, `index` …: unique, for messages and the cache
    html        the document; links to another unit are `recto:ANCHOR`
    numbering   roman for front matter, arabic for the body and all that follows
    recto       True where it must begin on a right-hand page
    verso_head, recto_head   running heads, plain text; "" prints none
    openings    anchors whose pages carry no running head and no folio on top (chapter and part openings)
    display     True for half title, title page …: no folio and no head on any page
    title       how the outline names a unit that no line of the contents leads to (`Index`); "" leaves it out
    from_pages  True where it is made out of the page map (contents, index): laid out only when there is one
    """

    name: str
    html: str
    numbering: Numbering
    recto: bool = True
    verso_head: str = ""
    recto_head: str = ""
    display: bool = False
    openings: tuple[str, ...] = ()
    title: str = ""
    from_pages: bool = False


@dataclass(frozen=True, slots=True)
class TextPosition:
    """A place in the text of the book, before one of its characters.

    `block` is the `data-b` number of a block element (`#ANCHOR` for a section's own heading), `offset` the
    count of characters of that block, white space and note numbers left out, that stand before the place.
    """

    block: str
    offset: int


# A line of a page: block and offset of the place in the text that it begins with (TextPosition), and its top
# in points above the foot of the page. A book has thousands: plain tuples are kept and sent at half the cost.
Line = tuple[str, int, float]


OverrunKind = Literal["off-sheet", "in-margin", "overprinted"]
Printed = Literal["line", "note", "picture", "table"]


@dataclass(frozen=True, slots=True)
class Overrun:
    """What a page carries where it does not belong: off the sheet, out of the type area, over something else.

    what    `note` for lines of notes, `line` for all other text
    text    its first words (of a picture, what it shows)
    by      how far it stands out of its bounds, or covers what it stands over, in points
    block   the `data-b` of the block it stands in, "" where it has none
    """

    kind: OverrunKind
    what: Printed
    text: str
    by: float
    block: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page laid out: anchors in order, its text (white space folded), where in the text it begins.

    `text` is the author's: generated content, hyphens of line ends, inserted page references and notes are
    left out. `offsets` tells for each anchor how many characters of `text` stand before it; an anchor in a
    note stands after them all. `notes` is the text of the notes. `lines` are those of text and notes,
    `overruns` what stands where it does not belong. `moved` is the text of figures and tables that came here
    from the page before: it is left out of `text`, as notes are. `rows` counts the lines of the flow, of any
    text; 0 where notes stand below it. `covered` tells that a picture covers the whole page.
    """

    anchors: tuple[str, ...]
    text: str
    start: TextPosition | None
    blank: bool = False
    offsets: tuple[int, ...] = ()
    notes: str = ""
    lines: tuple[Line, ...] = ()
    overruns: tuple[Overrun, ...] = ()
    moved: str = ""
    rows: int = 0
    covered: bool = False


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font of the book as one unit uses it.

    `resource` is its name in the unit's PDF, `digest` the SHA-256 of the font file, `glyphs` maps each
    glyph id drawn to the text it stands for.
    """

    resource: str
    digest: str
    glyphs: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Template:
    """PDF syntax with `%d` for each number that only the bound book can tell.

    `slots` are 32-bit integers: which of a quire's numbers stands at each `%d`, in turn.
    """

    text: bytes
    slots: bytes

    def filled(self, numbers: Sequence[int]) -> bytes:
        """The syntax with its numbers."""
        return self.text % tuple([numbers[slot] for slot in memoryview(self.slots).cast("I")])


@dataclass(frozen=True, slots=True)
class QuireStream:
    """A stream object of a quire: its dictionary without `Length`, and its bytes as they go into the file.

    `shared` is a digest of it, and of what it hangs on, where one copy will do for all units: a picture.
    """

    head: Template
    content: bytes
    shared: str = ""


@dataclass(frozen=True, slots=True)
class Quire:
    """A unit's PDF folded for binding: its objects in the syntax of the file, all but their numbers.

    The numbers that its templates ask for are those of `lines` (one object a line) and of `streams`, then
    those of the book's page tree, of its Document tag, and of the unit's font dictionary; then `keys`
    numbers of the parent tree, and the content stream that is stamped on each page.

    pages     which of `lines` is each page; the first line of all is the node of the page tree over them
    tags      which of `lines` is the unit's Part tag, and which its leaf of the parent tree
    fonts     entries of the font dictionary for fonts that are not the book's
    places    anchors with the page (0 = the unit's first) and the point on it, from its lower left corner
    links     the anchors that the unit's links lead to
    headers   ids of table headers, each with which of `lines` it is
    """

    lines: Template
    streams: tuple[QuireStream, ...]
    pages: tuple[int, ...]
    tags: tuple[int, int]
    keys: int
    fonts: Template
    places: tuple[tuple[str, int, float, float], ...]
    links: tuple[str, ...]
    headers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A unit laid out, and its pages: a whole PDF of it alone, or a quire where it was made for binding.

    `fonts` are the fonts out of the book's assets that it draws with (others stay embedded as they are);
    `messages` is what the print engine had to complain about, in its own words.
    """

    unit: Unit
    pdf: bytes
    pages: tuple[Page, ...]
    fonts: tuple[FontUse, ...] = ()
    messages: tuple[str, ...] = ()
    quire: Quire | None = None


@dataclass(frozen=True, slots=True)
class PageMap:
    """Which page carries what.

    `folios[i]` is the folio of the i-th page of the bound book (`iv`, `23`); blank pages count and have
    one too, printed or not. `pages` maps an anchor to its page index (0 = first page of the book).
    `starts` maps a page index to where that page begins in the text. `tops` tells of an index mark, which
    is no element of the page, how many points above the foot of its page the line has its top.
    """

    folios: tuple[str, ...]
    pages: Mapping[str, int]
    starts: Mapping[int, TextPosition] = field(default_factory=dict)
    tops: Mapping[str, float] = field(default_factory=dict)

    def folio(self, anchor: str) -> str | None:
        """The folio of the page that carries an anchor; None where it is not in the print book."""
        page = self.pages.get(anchor)
        return None if page is None else self.folios[page]


# --- e-book ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file of the e-book: an XHTML document, the NCX, a style sheet, a made cover image.

    name         its path inside the EPUB, beside the package document: `chapter-4.xhtml`, `styles/book.css`
    title        plain text; "" for what is not read
    content      the bytes as they go into the archive
    media_type   as the manifest gives it
    properties   of its manifest item, computed from the content: `nav`, `mathml`, `svg`, `cover-image` …
    spine        True for what is read in turn, in the order of the documents
    linear       False for what the reader comes to by a link alone
    landmark     the `epub:type` under which the landmarks list it (`bodymatter`, `index` …), "" for none
    pages        folios of the page breaks in it, in order
    """

    name: str
    title: str
    content: bytes
    media_type: str = "application/xhtml+xml"
    properties: tuple[str, ...] = ()
    spine: bool = True
    linear: bool = True
    landmark: str = ""
    pages: tuple[str, ...] = ()


# --- editions -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Product:
    """A finished file. `edition` is the name of the edition that made it, `role` what it is there."""

    edition: str
    name: str
    role: str
    content: bytes
