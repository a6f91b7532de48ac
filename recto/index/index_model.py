"""The nouns of the index.

    Entry         a heading or subheading with the places in the text that treat it      (build)
    Index         all of them, checked, in no particular order                           (build)
    LocatedEntry  the same as it is printed: locators as folios, subentries below it     (locate)
    LocatedIndex  letter groups of located entries: what templates print                 (locate)

A *locator* is what stands after a heading: a folio, a range of folios, or (where no pages were made) the
number of a section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from recto.model import PageMap
from recto.problems import Place

Origin = Literal["mark", "list", "auto"]
Order = Literal["word-by-word", "letter-by-letter"]
Style = Literal["indented", "run-in"]
Kind = Literal["text", "note", "figure", "table"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Locator:
    """One place, or one stretch, of the text.

    anchor      id of the place, or of the beginning of a range
    anchor_to   id of the end of a range; "" for a place
    section     label of the section it stands in: its number, or for matter without one its title
    section_to  the same for the end of a range
    order       position in the book, for sorting: any two locators compare as their places do
    order_to    the same of the end of a range; that of the place itself where it is none
    opens       whether it stands in the opening of a numbered chapter, before its first section
    principal   the main treatment of the heading; printed bold
    kind        what the place stands in: running text, a note, or a figure or table with a caption
    note        the number of the note
    title       the title of the section, for messages
    """

    anchor: str
    anchor_to: str = ""
    section: str = ""
    section_to: str = ""
    order: tuple[int, int] = (0, 0)
    principal: bool = False
    kind: Kind = "text"
    note: str = ""
    title: str = ""
    order_to: tuple[int, int] = (0, 0)
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading (`path` of one), subheading (two) or sub-subheading (three) of the index.

    `sort_keys` tell, level by level, what to sort by where it is not the heading itself (""), `shown` how it
    is set, as XHTML, where that is not plain. `see` and
    `see_also` hold paths of other entries. `place` is where the author asked for it; None for an automatic
    entry; `see_place` is where the see or see also was asked for.
    """

    path: Path
    sort_keys: tuple[str, ...] = ()
    locators: tuple[Locator, ...] = ()
    see: tuple[Path, ...] = ()
    see_also: tuple[Path, ...] = ()
    origin: Origin = "mark"
    place: Place | None = None
    see_place: Place | None = None
    shown: tuple[str, ...] = ()

    @property
    def term(self) -> str:
        """The main heading it stands under."""
        return self.path[0]

    @property
    def sub(self) -> Path:
        """The subheadings below the main heading; empty for a main heading."""
        return self.path[1:]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A heading that the machine would make, for the author to judge.

    heading     as it would be printed
    words       as it is written in the text, short and long; none where that is the heading itself
    parts       its subheadings ("" for none), each with the scope and title of its sections
    score       what it is worth; the higher the better
    reasons     what speaks for it, in plain words, the weightiest first
    see         the heading that it would only send the reader to; "" for one with places of its own
    """

    heading: str
    words: tuple[str, ...] = ()
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    see: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """Every entry of the book, one for each path, with how the index is to be set.

    `automatic` is True where any entry was found by the machine and not asked for by the author;
    `suggestions` are the machine's headings where they are only to be suggested.
    """

    entries: tuple[Entry, ...] = ()
    language: str = "en"
    order: Order = "word-by-word"
    style: Style = "indented"
    headnote: str = ""
    automatic: bool = False
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLocator:
    """A locator as it is printed, with the places it links to.

    text        all of it: `12`, `12–13`, `101–8`, `iv`, `57n2`; where there are no pages, the section's `4.2`
    first       the part before the dash (`101`), to be linked to `anchor`
    last        the part after the dash (`8`), to be linked to `anchor_to`; "" where it is no range
    """

    text: str
    first: str
    anchor: str
    last: str = ""
    anchor_to: str = ""
    principal: bool = False
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A see or see also: the words to print, and the id of the entry that they send the reader to.

    `html` is how they are set, "" where they are plain.
    """

    text: str
    anchor: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class LocatedEntry:
    """An entry as it is printed.

    `anchor` is its own id in the index (the target of see and see also); `level` is 1 for a main heading,
    2 and 3 below it; `entries` are its subentries in order. An entry has `see` or locators, never both
    (an author who asks for both is told, and gets a see also). `continued` is the heading to repeat above a
    subentry with which a new spread begins; `html` is how the term is set, "" where it is plain.
    """

    term: str
    anchor: str
    level: int = 1
    locators: tuple[PrintedLocator, ...] = ()
    see: tuple[CrossReference, ...] = ()
    see_also: tuple[CrossReference, ...] = ()
    entries: tuple[LocatedEntry, ...] = ()
    origin: Origin = "mark"
    continued: str = ""
    html: str = ""

    def walk(self) -> Iterator[LocatedEntry]:
        """This entry, then all below it, in printed order."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The entries under one letter. `label` is what is printed over them (`A`, `Å`, `Symbols`)."""

    label: str
    anchor: str
    entries: tuple[LocatedEntry, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the index in the language of the book.

    `signs` is what follows the folio where a note, a figure or a table is meant (`57n2`, `57f`, `57t`);
    `signs_note` tells of them in the headnote, `signs_words` being what stands in it for each that is used.
    `joined` is the word before a neighbor made a subheading (`and wax`).
    """

    title: str = "Index"
    see: str = "see"
    see_also: str = "see also"
    symbols: str = "Symbols"
    numbers: str = "Numbers"
    principal: str = "A bold number marks the principal treatment of a subject."
    automatic: str = "This index was made automatically and has not been edited."
    signs: tuple[str, str, str] = ("n", "f", "t")
    signs_note: str = "A number is followed by {}."
    signs_words: tuple[str, str, str] = ("n for a note", "f for a figure", "t for a table")
    joined: str = "and"
    continued: str = "(continued)"
    comma: str = ", "


@dataclass(frozen=True, slots=True)
class LocatedIndex:
    """The index ready to print: letter groups in order.

    headnote    plain text to set above it: the author's own, then what must be said (bold locators, notes,
                figures and tables, automatic origin); "" where there is nothing to say
    automatic   True where the machine chose any of the entries
    style       `indented`: each subentry on a line of its own; `run-in`: they follow one another
    wording     `see`, `see also`, the title, in the language of the book
    pages       the page map it was made with, for the report
    """

    groups: tuple[LetterGroup, ...] = ()
    headnote: str = ""
    automatic: bool = False
    style: Style = "indented"
    wording: Wording = field(default_factory=Wording)
    pages: PageMap | None = None

    @property
    def entries(self) -> tuple[LocatedEntry, ...]:
        """All main entries in order."""
        return tuple(entry for group in self.groups for entry in group.entries)

    def by_path(self) -> Iterator[tuple[Path, LocatedEntry]]:
        """Every entry with its path, in printed order."""
        for entry in self.entries:
            path: Path = ()
            for each in entry.walk():
                path = (*path[: each.level - 1], each.term)
                yield path, each
