"""A small book set by hand, with every element that a galley can hold: what typesetting would hand on."""

from __future__ import annotations

from pathlib import Path

from recto.compose import Composer
from recto.model import (
    Book,
    Chapter,
    Contents,
    ContentsEntry,
    Galley,
    Heading,
    Manuscript,
    Part,
    Section,
    SetSection,
)
from recto.numbering import Number
from recto.problems import Place
from recto.settings.config import BookSettings, Config
from recto.store.cache import Memo
from recto.theme import Theme, find

PLACE = Place("sample.md", 1)

PROSE = (
    "A press is a patient machine. It takes the page as it is given, the good line and the bad one alike, "
    "and prints both ten thousand times without a complaint. Whoever sets the page must therefore be the one "
    "who complains: about the gap between two words, the heading that stands alone at the foot, the figure "
    "that drifts away from the sentence that needs it.",
    "The printers of 1496 knew this, and so did those of 1787. They measured their work in ems and points, "
    "counted the lines of facing pages, and moved a word here and a comma there until the paragraph sat "
    "still. What they did by hand we ask of a program; the eye that judges it has not changed at all.",
    "Typographers speak of the colour of a page, although there is only black ink on it. They mean the even "
    "grey that a well-set paragraph makes when one looks at it through half-closed eyes.",
)


def paragraphs(count: int, anchor: str, start: int = 0) -> str:
    return "\n".join(
        f'<p data-b="{anchor}:{start + i}">{PROSE[(start + i) % len(PROSE)]}</p>' for i in range(count)
    )


ELEMENTS = (
    Path(__file__).with_name("sample_elements.html").read_text(encoding="utf-8").replace("PROSE", PROSE[0])
)


def set_section(anchor: str, level: int, number: str, title: str, html: str = "") -> SetSection:
    return SetSection(Heading(anchor, level, number, title, title), html, "", PLACE)


def galley(
    chapter: Chapter, opening: str, sections: tuple[SetSection, ...] = (), part: SetSection | None = None
) -> Galley:
    heading = Heading(chapter.anchor, 1, chapter.label, chapter.title, chapter.title)
    headings = (heading, *(section.heading for section in sections))
    return Galley(chapter, SetSection(heading, opening, "", PLACE), sections, headings, (), (), (), part)


def sample_galleys() -> tuple[Galley, ...]:
    one = Part("I", "The Workshop", "part-i")
    epigraph = (
        '<blockquote class="epigraph"><p data-b="chapter-2:0">Whoever hurries a page has to read it '
        'twice.</p><p class="attribution" data-b="chapter-2:1">— a foreman’s saying</p></blockquote>'
    )
    return (
        galley(
            Chapter("front", "dedication", "", "Dedication", "dedication", PLACE),
            '<p data-b="dedication:0">For everyone who reads the colophon</p>',
        ),
        galley(
            Chapter("front", "preface", "", "Preface", "preface", PLACE),
            paragraphs(6, "preface"),
        ),
        galley(
            Chapter("chapter", "chapter", "1", "A Chapter with Every Element in It", "chapter-1", PLACE, one),
            paragraphs(4, "chapter-1", 40),
            (
                set_section("section-1-1", 2, "1.1", "What Stands in a Section", ELEMENTS),
                set_section("section-1-2", 2, "1.2", "Plain Prose", paragraphs(9, "chapter-1", 60)),
            ),
            part=set_section("part-i", 0, "I", "The Workshop"),
        ),
        galley(
            Chapter("chapter", "chapter", "2", "Proofs", "chapter-2", PLACE, one),
            epigraph + paragraphs(2, "chapter-2", 2),
            (
                set_section(
                    "section-2-1",
                    2,
                    "2.1",
                    "Reading a Proof against the Copy, with a Title That Is Longer than the Line",
                    paragraphs(5, "chapter-2", 9)
                    + '<p data-b="chapter-2:30">See <a class="xref" href="#figure-1-1" data-kind="figure">'
                    "figure 1.1</a>.</p>",
                ),
                set_section("section-2-1-1", 3, "2.1.1", "By Two Readers", paragraphs(3, "chapter-2", 20)),
            ),
        ),
        galley(
            Chapter("appendix", "appendix", "A", "Sizes", "appendix-a", PLACE),
            paragraphs(2, "appendix-a"),
        ),
    )


def contents_of(galleys: tuple[Galley, ...]) -> Contents:
    entries = []
    for each in galleys:
        if each.chapter.role == "dedication":
            continue
        below = tuple(ContentsEntry(s.heading, "section") for s in each.sections)
        entry = ContentsEntry(each.headings[0], each.chapter.kind, below)
        if each.part:
            entry = ContentsEntry(each.part.heading, "part", (entry,))
        entries.append(entry)
    return Contents(tuple(entries))


def composer(
    config: Config | None = None,
    theme: Theme | None = None,
    galleys: tuple[Galley, ...] = (),
    memo: Memo | None = None,
) -> Composer:
    config = config or Config(
        book=BookSettings(
            title="The Patient Press",
            subtitle="Pages for People Who Look Twice",
            authors=("Ada Example", "Bert Sample"),
            publisher="Sink & Leading",
            place="Antwerp",
            isbn="978-3-16-148410-0",
            date="2026-11-01",
            edition="First edition",
        )
    )
    galleys = galleys or sample_galleys()
    book = Book(config.book.title or "Sample", tuple(g.chapter for g in galleys))
    source = Section("section", Number((1, 1)), "t", "markdown", "", PLACE, 1, 1)
    manuscript = Manuscript("sample", Path(), (source,), ())
    return Composer(book, galleys, contents_of(galleys), config, theme or find(), manuscript, memo)
