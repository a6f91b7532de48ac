"""Small books for the tests of index and contents: galleys made by hand."""

from html import escape

from recto.index.automatic.candidates import Candidates
from recto.index.automatic.evidence import Evidence
from recto.index.automatic.forms import Forms
from recto.index.reading import prose
from recto.model import Chapter, Galley, Heading, IndexMark, Part, SetSection
from recto.notations import xhtml
from recto.problems import Place


def section(number, title, html="", *, anchor=""):
    """A section with its number, title and fragment; `p` around it where it has no tag."""
    html = html if html.startswith("<") or not html else f"<p>{html}</p>"
    anchor = anchor or "section-" + number.replace(".", "-")
    heading = Heading(anchor, number.count(".") + 1, number, title, escape(title))
    return SetSection(heading, html, xhtml.words(xhtml.parse(html)), Place("book.md", 1), number)


def galley(
    label, title, *sections, kind="chapter", part=None, opening="", marks=(), headings=(), part_text=None
):
    """A chapter of sections."""
    anchor = f"chapter-{label}" if label else title.lower()
    chapter = Chapter(kind, kind, label, title, anchor, Place("book.md", 1), part)
    own = SetSection(
        Heading(anchor, 1, label, title, escape(title)),
        opening,
        xhtml.words(xhtml.parse(opening)),
        chapter.place,
    )
    every = (own.heading, *(each.heading for each in sections), *headings)
    return Galley(chapter, own, tuple(sections), every, tuple(marks), (), (), part_text)


def mark(path, anchor, role="point", *, target="", principal=False, line=1, key=""):
    """An index mark; `path` as makeindex writes it, levels parted by `!`."""
    terms = tuple(path.split("!"))
    keys = (key, *("" for _ in terms[1:]))
    return IndexMark(terms, keys, role, target, principal, anchor, "", Place("book.md", line))


def span(anchor, text=""):
    """The span that typeset leaves where a mark stood."""
    return f'<span class="index-mark" id="{anchor}">{text}</span>'


def part(label, title):
    """A part and its opening text."""
    opens = Part(label, title, f"part-{label.lower()}")
    return opens, SetSection(Heading(opens.anchor, 0, label, title, title), "", "", Place("book.md", 1))


def evidence_of(*galleys, language="en"):
    """What speaks for the candidates of a book."""
    book = prose.read(galleys, language)
    candidates = Candidates(book, language)
    return Evidence(book, candidates, Forms(book, candidates, language), language)
