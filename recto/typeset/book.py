"""The whole book: both passes over all its sections, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from recto import galley
from recto.account import in_hand
from recto.forms import syntax_of
from recto.forms.markdown import MARKDOWN
from recto.images.assets import Images
from recto.languages import words
from recto.model import (
    Book,
    Chapter,
    Definition,
    DefinitionKind,
    Galley,
    Heading,
    Manuscript,
    Part,
    Section,
    SetSection,
)
from recto.notations import xhtml
from recto.problems import Problem, warning
from recto.settings.config import Config
from recto.store.cache import Cache, Memo
from recto.typeset.draft import Draft
from recto.typeset.drafting import draft
from recto.typeset.edition_gaps import gaps
from recto.typeset.file_definitions import definitions, unused
from recto.typeset.placing.described import bind_descriptions
from recto.typeset.placing.entries import enter
from recto.typeset.placing.file_links import SourceFiles
from recto.typeset.placing.link_targets import Targets
from recto.typeset.placing.placer import PlacedDraft, Placer, PlacingDesk, finish
from recto.typeset.placing.references import References
from recto.typeset.placing.series import Series
from recto.typeset.placing.slugs import Slugs
from recto.typeset.work import FileDefinitions, Style


@dataclass(slots=True)
class _HeadedDraft:
    """A heading with the draft below it, waiting for its place."""

    placer: Placer
    placed: PlacedDraft
    source_number: str

    @property
    def heading(self) -> Heading:
        """The heading, as far as it is known."""
        return self.placed.headings[0]


@dataclass(slots=True)
class _ChapterInHand:
    chapter: Chapter
    part: _HeadedDraft | None
    settings: list[_HeadedDraft]


def set_book(
    book: Book, manuscript: Manuscript, config: Config, cache: Cache
) -> tuple[tuple[Galley, ...], tuple[Problem, ...]]:
    """Set every section, then resolve what needs the whole book."""
    style = style_of(config)
    shop = PlacingDesk(
        Targets(), Images(manuscript.root), config.book.language, config.typeset.number_figures
    )
    files = definitions((*_sections(book), *manuscript.sections))
    chapters = _DraftSetter(shop, style, cache.memo("drafts"), files).chapters(book)
    settings = [each for chapter in chapters for each in _all(chapter)]
    for setting in settings:
        setting.placer.claim_ids()
    for setting in settings:
        setting.placer.place()
    for chapter in chapters:
        for setting in chapter.settings:
            enter(chapter.chapter.role, setting.placed, shop.anchors)
    said = words(config.book.language, config.book.chapter_word)
    slugs = Slugs((setting.placed for setting in settings), said)
    sources = SourceFiles(_first(settings), manuscript.root)
    references = References(shop.anchors, book.numbers, slugs, sources, said)
    for setting in settings:
        references.resolve(setting.placed)
    bind_descriptions((setting.placer for setting in settings), shop.anchors, config.book.language)
    for setting in settings:
        finish(setting.placed.root)
    for setting in settings:
        setting.placed.retitle()
    drafts = [setting.placed.draft for setting in settings]
    problems = [problem for draft in drafts for problem in draft.problems]
    problems += (*gaps(book), *unused(drafts), *shop.anchors.problems, *shop.problems, *references.problems)
    return tuple(_galley(chapter, shop.anchors) for chapter in chapters), tuple(problems)


def style_of(config: Config) -> Style:
    """How the text of a book is set."""
    abbreviations = tuple(sorted(config.typeset.abbreviations.items()))
    return Style(
        config.book.language, config.typeset.smart_punctuation, config.typeset.highlight, abbreviations
    )


def _sections(book: Book) -> Iterator[Section]:
    for chapter in book.chapters:
        opening = (chapter.part.opening if chapter.part else None, chapter.opening)
        yield from (section for section in opening if section)
        yield from (each.source for each in chapter.sections)


def _all(chapter: _ChapterInHand) -> list[_HeadedDraft]:
    return [*([chapter.part] if chapter.part else []), *chapter.settings]


def _first(settings: list[_HeadedDraft]) -> dict[str, str]:
    """The anchor of what stands first in each file: by its lines, not by the order of the book."""
    first: dict[str, str] = {}
    for setting in sorted(settings, key=lambda each: each.placed.draft.section.place.line or 0):
        first.setdefault(setting.placed.draft.section.place.file, setting.heading.anchor)
    return first


class _DraftSetter:
    """Sets the drafts of a book, and registers the anchors of its chapters and sections."""

    def __init__(
        self, shop: PlacingDesk, style: Style, memo: Memo, files: Mapping[str, FileDefinitions]
    ) -> None:
        self.shop, self.style, self.memo, self.files = shop, style, memo, files

    def chapters(self, book: Book) -> list[_ChapterInHand]:
        """Every chapter with its drafts; the text of a part goes with the first chapter of the part."""
        made, part = [], None
        for chapter in book.chapters:
            opening = None
            if chapter.part is not None and chapter.part != part:
                opening = self._part(chapter.part, chapter)
            part = chapter.part or part
            made.append(_ChapterInHand(chapter, opening, self._settings(chapter)))
        return made

    def _part(self, part: Part, chapter: Chapter) -> _HeadedDraft:
        section = part.opening or _empty(part.title, chapter)
        series = Series(part.anchor, part.anchor, part.label)
        if section.medium:
            self.shop.problems.append(_in_every_edition(section))
        own = part.opening is not None and part.title == part.opening.title
        return self._setting(
            section, Heading(part.anchor, 0, part.label, part.title, ""), "part", series, own
        )

    def _settings(self, chapter: Chapter) -> list[_HeadedDraft]:
        prefix = (chapter.counted or chapter.label).lower() or chapter.anchor
        series = Series(chapter.anchor, prefix, chapter.label)
        section = chapter.opening or _empty(chapter.title, chapter)
        heading = Heading(chapter.anchor, 1, chapter.label, chapter.title, "")
        kind = chapter.kind if chapter.label and chapter.kind in ("chapter", "appendix") else "matter"
        own = chapter.opening is not None and chapter.title == chapter.opening.title
        first, *media = chapter.media
        settings = [self._setting(section, heading, kind, series, own, first)]
        for each, medium in zip(chapter.sections, media, strict=True):
            heading = Heading(each.anchor, each.level, str(each.number), each.source.title, "")
            settings.append(self._setting(each.source, heading, "section", series, True, medium))
        return settings

    def _setting(
        self,
        section: Section,
        heading: Heading,
        kind: DefinitionKind,
        series: Series,
        own: bool,
        medium: str = "",
    ) -> _HeadedDraft:
        """`own` tells whether the heading is the section's own, to be set as the section is."""
        in_hand.take(str(section.place))
        made = self._draft(section, None if own else heading.title, max(heading.level, 1))
        heading = Heading(heading.anchor, heading.level, heading.number, made.title, made.title_html)
        self.shop.anchors.heading(heading.anchor, section.anchor, section.place)
        definition = Definition(heading.anchor, kind, heading.number, heading.title)
        self.shop.anchors.define(definition)
        title, root = xhtml.parse(made.title_html), xhtml.parse(made.html)
        placed = PlacedDraft(made, title, root, [heading], definitions=[definition], medium=medium)
        if medium:
            self.shop.anchors.only[heading.anchor] = medium
        number = str(section.number) if section.number else ""
        return _HeadedDraft(Placer(self.shop, series, placed, heading.anchor), placed, number)

    def _draft(self, section: Section, title: str | None, level: int) -> Draft:
        """A section under its own title, or under one of book.toml, which is Markdown as all of them are."""
        file = self.files[section.place.file]
        titled = section if title is None else replace(section, title=title)
        if title is None or syntax_of(section.syntax).is_markdown:
            return draft(titled, level, self.style, self.memo, file)
        text = draft(replace(section, title=""), level, self.style, self.memo, file)
        heading = replace(titled, text="", syntax=MARKDOWN.name)
        above = draft(heading, level, self.style, self.memo, file)
        return replace(
            text,
            html=above.html + text.html,  # plain text has neither marks nor notes that could count with these
            title_html=above.title_html,
            title=above.title,
            marks=above.marks,
            problems=(*text.problems, *above.problems),
            uses=above.uses,
        )


def _in_every_edition(part: Section) -> Problem:
    return warning(
        "edition-part",
        "a part stands in every book that has one of its chapters",
        part.place,
        hint="say of its chapters, one by one, which book they are for",
        subject=part.title,
    )


def _empty(title: str, chapter: Chapter) -> Section:
    line = chapter.place.line or 1
    return Section("chapter", None, title, "text", "", chapter.place, line, line)


def _galley(chapter: _ChapterInHand, anchors: Targets) -> Galley:
    placed = [setting.placed for setting in _all(chapter)]
    own = [setting.placed for setting in chapter.settings]
    assets = {asset.name: asset for each in placed for asset in each.assets}
    return Galley(
        chapter=chapter.chapter,
        opening=_set(chapter.settings[0]),
        sections=tuple(_set(setting) for setting in chapter.settings[1:]),
        headings=tuple(heading for each in own for heading in each.headings),
        marks=tuple(mark for each in placed for mark in each.marks),
        definitions=tuple(definition for each in placed for definition in each.definitions),
        assets=tuple(assets.values()),
        part=_set(chapter.part) if chapter.part else None,
    )


def _set(setting: _HeadedDraft) -> SetSection:
    root = setting.placed.root
    place = setting.placed.draft.section.place
    return SetSection(
        setting.heading, xhtml.serialize(root).strip(), galley.text_of(root), place, setting.source_number
    )
