"""book.toml: what an author may set, and how it is read.

Each table of the file is a dataclass below, each key a field with its default; the reader works from their
types, so that a new setting is one line here and a line in the Handbook. Every fault of the file is
reported at once, with its line and, for an unknown key, the nearest known one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_type_hints

from recto.notations.toml import KeyPath
from recto.problems import Place, Problem, shown
from recto.settings.people import BookSeries, Person, Subject
from recto.settings.settings_reader import LINE_OF, Places, SettingsReader, parsed

FILE_NAME = "book.toml"
OTHER_NAME = "recto.toml"  # where book.toml is another tool's; it goes before it in any case
INDEX_NAME = "index.toml"
_UNSET: dict[str, object] = {"setting": False}  # a field that no key of the file sets


@dataclass(frozen=True, slots=True)
class BookSettings:
    """`[book]`: mdBook's keys, and what a book needs beyond them."""

    title: str = ""
    subtitle: str = ""
    short_title: str = ""
    authors: tuple[str | Person, ...] = ()
    language: str = "en"
    languages: tuple[str, ...] = ()
    chapter_word: str = ""
    description: str = ""
    publisher: str = ""
    place: str = ""
    isbn: str = ""
    isbn_epub: str = ""
    identifier: str = ""
    doi: str = ""
    date: str = ""
    first_published: str = ""
    edition: str = ""
    series: str | BookSeries = ""
    rights: str = ""
    license: str = ""
    source: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str | Subject, ...] = ()
    audience: str = ""
    contributors: tuple[str | Person, ...] = ()
    credits: tuple[str, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    theme: str = "manual"


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """`[theme]`: `replace` lets the style sheets of the book stand in for those below them.

    All else in the table changes a key of the theme's own theme.toml (recto.theme.look) for this book.
    """

    replace: bool = False


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """`[source]`: how the folder is read; `form` is the name of a source form, or `numbers`.

    `encoding` is that of files which are no UTF-8.
    """

    form: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """`[print]`: the PDF. What is "" is as the theme has it."""

    trim: str = ""
    bleed: str = "0mm"
    openings: Literal["", "recto", "any"] = ""
    gutter: str = ""
    font_size: str = ""
    page_references: bool = True
    outline_depth: int = 3
    hyphenate: bool = True
    paragraphs: Literal["fine", "quick"] = "fine"
    tolerance: int = 200
    expansion: float = 2.0
    letterspacing: float = 1.0
    protrusion: bool = True


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """`[epub]`: the e-book."""

    page_list: bool = True
    fonts: bool = False
    shops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PressSettings:
    """`[press]`: the file for a printer. `profile` names the printer, `icc` a file of the book's folder."""

    profile: str = ""
    paper: str = "white"
    color: bool = False
    icc: str = ""
    spine: str = ""
    price: str = ""
    marks: bool = False


@dataclass(frozen=True, slots=True)
class ContentsSettings:
    """`[contents]`: how deep the contents of both books go (1 chapters, 2 sections, 3 subsections).

    Unset it is 2, and in print 1 where that would take too many pages. `lists` are those of captions that
    follow them.
    """

    depth: int | None = None
    lists: tuple[Literal["figures", "tables", "listings"], ...] = ()

    @property
    def on_screen(self) -> int:
        """The depth in the e-book, where lines cost no pages."""
        return 2 if self.depth is None else self.depth


@dataclass(frozen=True, slots=True)
class TypesetSettings:
    """`[typeset]`: how Markdown is set."""

    smart_punctuation: bool = True
    number_figures: bool = True
    highlight: bool = True
    abbreviations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """`[[index.terms]]`, or `[[terms]]` of index.toml: a heading of the index, and what finds it in the text.

    `find` are words, `patterns` expressions; `sections` are the only ones to look in, each for one place;
    `divide` parts the places by subheadings; `takes` are headings of marks or of the machine that this one
    takes in. Of the places found, those that `omit` names are left out, and those in `principal` are the main
    treatment: sections, or a section and words of the paragraph. `place` is the line that the term begins on,
    `shown` how its levels are set where that is more than their words.
    """

    term: str
    sub: str = ""
    find: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    exact: bool = False
    sections: tuple[str, ...] = ()
    divide: Literal["", "chapter", "neighbor"] = ""
    takes: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    principal: tuple[str, ...] = ()
    sort: str = ""
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    place: Place | None = field(default=None, metadata={**_UNSET, LINE_OF: "term"})
    shown: tuple[str, ...] = field(default=(), metadata=_UNSET)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """`[index]`, and the whole of index.toml: the back-of-book index.

    `automatic` unset means: only where there are no marks and no terms. `accept` are automatic headings that
    enter whatever `automatic` says, `never` those that never do, whatever makes them.
    """

    include: bool = True
    automatic: Literal[True, False, "suggest"] | None = None
    order: Literal["word-by-word", "letter-by-letter"] = "word-by-word"
    style: Literal["indented", "run-in"] = "indented"
    headnote: str = ""
    accept: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class PartSetting:
    """`[[parts]]`: a part and the chapters in it, by number: `chapters = "1-9"` or `"1, 3, 5-7"`."""

    title: str
    chapters: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """`[[place]]`: puts something elsewhere.

    What: `chapter`, `section` (by the number typed in the manuscript) or `lines` ("1317-1347", with `file`
    where the manuscript has more than one). A chapter or section that stands twice is told apart by `lines`.
    Where (`as`): "appendix", "appendix B", "chapter 44", "section 5.9", "omit", or the name of a piece of
    front or back matter ("preface").
    """

    as_: str
    chapter: str = ""
    section: str = ""
    file: str = ""
    lines: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """`[[silence]]`: one problem that the author has looked at and accepts, with the reason."""

    code: str
    reason: str
    subject: str = ""
    file: str = ""
    line: int | None = None

    def covers(self, problem: Problem) -> bool:
        """Tell whether this silence is meant for a problem; errors can't be silenced."""
        return (
            problem.severity == "warning"
            and problem.code == self.code
            and self.subject in ("", problem.subject)
            and (not self.file or Path(problem.place.file).match(self.file))
            and self.line in (None, problem.place.line)
        )


@dataclass(frozen=True, slots=True)
class AccessibilitySettings:
    """`[accessibility]`: what only a person can state (EPUB Accessibility 1.1, 2.4 and 4)."""

    summary: str = ""
    hazards: tuple[str, ...] = ("none",)
    conforms_to: str = ""
    certified_by: str = ""
    certifier_credential: str = ""
    certifier_report: str = ""


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """`[limits]`: what a build of this book may spend, in seconds and megabytes; never more than the command
    line allows. 0 sets none.
    """

    seconds: int = 0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of book.toml, with defaults where it is silent. `path` is None where there is no file.

    `places` are the lines of the file, and of the index.toml beside it, by the way to what each of them sets.
    `look` is what `[theme]` changes of the theme, as it was read. `name` is what the file is called, or would
    be.
    """

    path: Path | None = field(default=None, metadata=_UNSET)
    name: str = field(default=FILE_NAME, metadata=_UNSET)
    book: BookSettings = field(default_factory=BookSettings)
    theme: ThemeSettings = field(default_factory=ThemeSettings)
    source: SourceSettings = field(default_factory=SourceSettings)
    print: PrintSettings = field(default_factory=PrintSettings)
    epub: EpubSettings = field(default_factory=EpubSettings)
    press: PressSettings = field(default_factory=PressSettings)
    contents: ContentsSettings = field(default_factory=ContentsSettings)
    typeset: TypesetSettings = field(default_factory=TypesetSettings)
    index: IndexSettings = field(default_factory=IndexSettings)
    accessibility: AccessibilitySettings = field(default_factory=AccessibilitySettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    chapters: dict[str, str] = field(default_factory=dict)
    infers_titles: bool = field(default=True, metadata=_UNSET)  # `infer` in [chapters]
    parts: tuple[PartSetting, ...] = ()
    place: tuple[Placement, ...] = ()
    silence: tuple[Silence, ...] = ()
    look: dict[str, Any] = field(default_factory=dict, metadata=_UNSET)
    places: Places = field(default_factory=dict, metadata=_UNSET)

    def place_of(self, *path: str | int) -> Place:
        """The line that sets something (`"parts", 0, "title"`), or else the table that it would stand in."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place(shown(self.path) if self.path else self.name)


def read(path: Path | None, index: Path | None = None) -> tuple[Config, tuple[Problem, ...]]:
    """Read book.toml, and the index.toml beside it; without them (None) all has its default.

    Each problem is an error with its line. A list of index.toml adds to that of `[index]` in book.toml; any
    other key goes before it.
    """
    settings = Config(path)
    problems: tuple[Problem, ...] = ()
    if path is not None:
        data, places, problems = parsed(path)
        reader, look, infers = SettingsReader(places), _taken_out(data), _infers(data)
        table = reader.table(Config, data, ())
        settings = Config(path, look=look, places=places, infers_titles=infers, **table)
        problems = (*problems, *reader.problems)
    if index is not None:
        data, places, more = parsed(index)
        reader = SettingsReader(places)
        read_here = reader.table(IndexSettings, data, ())
        joined = {**settings.places, **dict(_moved(places, settings.index))}
        settings = dataclasses.replace(settings, index=_merged(settings.index, read_here), places=joined)
        problems = (*problems, *more, *reader.problems)
    return settings, problems


def _infers(data: dict[str, Any]) -> bool:
    """The switch `infer` among the titles of `[chapters]`, taken out of them."""
    chapters = data.get("chapters")
    if isinstance(chapters, dict) and isinstance(chapters.get("infer"), bool):
        return bool(chapters.pop("infer"))
    return True


def informed(config: Config, said: Mapping[str, object]) -> Config:
    """The settings with what a list file of another tool says of the book, where the author's own are silent.

    `said` has keys of `[book]`; values of the wrong kind, and unknown keys, are passed over.
    """
    hints = get_type_hints(BookSettings)
    taken: dict[str, Any] = {}
    for key, value in said.items():
        if key in hints and ("book", key) not in config.places:
            kind = str if hints[key] is str else tuple
            fitting = (value,) if kind is tuple and isinstance(value, str) else value
            if isinstance(fitting, kind):
                taken[key] = fitting
    return dataclasses.replace(config, book=dataclasses.replace(config.book, **taken)) if taken else config


def _taken_out(data: dict[str, Any]) -> dict[str, Any]:
    """What `[theme]` says of the look, taken out of the settings: the theme knows what may be set there."""
    told = data.get("theme")
    own = {each.name for each in dataclasses.fields(ThemeSettings)}
    return {key: told.pop(key) for key in [*told] if key not in own} if isinstance(told, dict) else {}


def _moved(places: Places, first: IndexSettings) -> Iterator[tuple[KeyPath, Place]]:
    """The places of index.toml as those of `[index]`, whose lists begin with those of book.toml."""
    for path, place in places.items():
        listed = getattr(first, str(path[0]), None) if path[1:] else None
        before = len(listed) if isinstance(listed, tuple) else 0
        number = (path[1] + before,) if path[1:] and isinstance(path[1], int) else path[1:2]
        yield ("index", path[0], *number, *path[2:]), place


def _merged(first: IndexSettings, more: Mapping[str, Any]) -> IndexSettings:
    joined: dict[str, Any] = {
        key: (*getattr(first, key), *value) if isinstance(value, tuple) else value
        for key, value in more.items()
    }
    return dataclasses.replace(first, **joined)
