"""A small hand-made book of several units, for the tests of the print stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from typing import Any

from recto.model import Contents, ContentsEntry, Heading, LaidOut, Numbering, PageMap, TextPosition, Unit
from recto.print.binding.bind import bind
from recto.print.layout.job import AssetFile
from recto.print.layout.paginate import Compose, Paginated, Pressroom
from recto.print.workers.workshop import Workshop
from recto.problems import Problem
from recto.settings import trim
from recto.settings.config import Config
from recto.settings.metadata import Metadata
from tests.checkout import ROOT

STYLES = ROOT / "styles"
_FACES = (
    ("Serif", "SourceSerif4-Regular", "normal", 400),
    ("Serif", "SourceSerif4-Italic", "italic", 400),
    ("Serif", "SourceSerif4-SemiBold", "normal", 600),
    ("Code", "SourceCodePro-Regular", "normal", 400),
    ("Kana", "MPLUS1p-Regular", "normal", 400),
)
CSS = (
    "".join(
        f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight};'
        f' src: url("book:///styles/fonts/{file}.ttf") }}'
        for family, file, style, weight in _FACES
    )
    + """
html { font-family: "Serif", "Kana" }
body { margin: 0; hyphens: auto; text-align: justify; bookmark-level: none }
h1, h2, th { font-weight: 600; bookmark-level: none; text-align: left }
pre, code { font-family: "Code" }
figure { margin: 0 }
.footnote { float: footnote }
"""
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
)
WORDS = (
    "Considerable internationalization of characteristic representations; fundamental responsibilities"
    " throughout an extraordinary communication, with an office full of waffles."
)
METADATA = Metadata(
    title="A Small Book",
    subtitle="For Tests",
    authors=("Ann Author", "Ben Binder"),
    language="en",
    description="What tests are made of",
    publisher="Recto",
    isbn="",
    identifier="urn:uuid:0",
    date="2026-01-02",
    rights="",
    keywords=("paper", "ink"),
    modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
    slug="a-small-book",
)


def unit(name: str, body: str, numbering: Numbering = "arabic") -> Unit:
    html = (
        f'<!DOCTYPE html><html lang="en"><head><title>A Small Book</title></head><body>{body}</body></html>'
    )
    return Unit(name, html, numbering, verso_head="A Small Book", recto_head=f"On {name} ツ")


def chapter(number: int, paragraphs: int, refers_to: str) -> Unit:
    """A chapter with links, notes, a list, a table, a figure and code; ends with `the last words of it`."""
    text = "".join(
        f'<p data-b="chapter-{number}:{at}">{WORDS} Noted<span class="footnote" id="note-{number}-{at}">'
        f"Said below, {at}.</span> <em>here</em>.</p>"
        for at in range(2, paragraphs + 2)
    )
    body = f"""<section id="chapter-{number}"><h1 data-b="chapter-{number}:0">Chapter {number}</h1>
<p data-b="chapter-{number}:1">See <a href="recto:{refers_to}">the other chapter</a>
<span class="page-reference">(page 0)</span>, and <a href="#section-{number}-1">below</a>.</p>
<section id="section-{number}-1"><h2>Section {number}.1</h2>{text}
<table id="table-{number}"><caption>Sizes</caption>
<thead><tr><th scope="col">Size</th><th scope="col">Cost</th></tr>
</thead><tbody><tr><td>small</td><td>little</td></tr><tr><td>large</td><td>much</td></tr></tbody></table>
<ul><li>one thing</li><li>another</li></ul>
<figure><img src="images/bar.svg" alt="A black bar"><figcaption>A bar</figcaption></figure>
<pre><code>print("done")</code></pre></section>
<section id="section-{number}-2"><h2>Section {number}.2</h2><p>{WORDS} These are the last words of {number}
ツ</p></section></section>"""
    return replace(unit(f"chapter-{number}", body), openings=(f"chapter-{number}",))


def compose(pages: PageMap | None) -> tuple[Unit, ...]:
    """Title page, contents, three chapters; the contents name the folios."""

    def line(number: int) -> str:
        folio = pages.folio(f"chapter-{number}") if pages else "000"
        return f'<p><a href="recto:chapter-{number}">Chapter {number}, {folio}</a></p>'

    lines = "".join(line(number) for number in (1, 2, 3))
    contents = unit("contents", f'<h1 id="contents">Contents</h1>{lines}', "roman")
    return (
        replace(unit("front", '<h1 id="title">A Small Book</h1>', "roman"), display=True),
        replace(contents, title="Contents", from_pages=True, openings=("contents",)),
        chapter(1, 3, "chapter-3"),
        chapter(2, 12, "section-1-1"),
        chapter(3, 30, "chapter-1"),
    )


def contents() -> Contents:
    """The contents of the book."""

    def entry(anchor: str, level: int, number: str, *children: ContentsEntry) -> ContentsEntry:
        return ContentsEntry(Heading(anchor, level, number, "Title", "Title"), "chapter", children)

    return Contents(
        tuple(
            entry(f"chapter-{n}", 1, str(n), *(entry(f"section-{n}-{k}", 2, f"{n}.{k}") for k in (1, 2)))
            for n in (1, 2, 3)
        )
    )


@cache
def assets() -> dict[str, AssetFile]:
    """The shipped fonts; tests add pictures."""
    files = sorted((STYLES / "fonts").glob("*.ttf"))
    return {f"styles/fonts/{path.name}": AssetFile.of(path) for path in files}


def with_picture(folder: Path) -> dict[str, AssetFile]:
    """The shipped fonts and the picture that the chapters show."""
    path = folder / "bar.svg"
    path.write_text(PICTURE, encoding="utf-8")
    return {**assets(), "images/bar.svg": AssetFile.of(path)}


def geometry(pages: int, config: Config | None = None) -> trim.Geometry:
    return trim.geometry(config or Config(), pages)[0]


def page_css(pages: int) -> str:
    return trim.page_css(geometry(pages))


@contextmanager
def pool(jobs: int) -> Iterator[Executor | None]:
    """The workers of a workshop that is closed at the end."""
    with Workshop(jobs) as workshop:
        yield workshop.workers()


def paginate(
    compose: Compose,
    *,
    sheets: Sequence[str],
    page_css: Callable[[int], str],
    assets: Mapping[str, AssetFile],
    jobs: int = 1,
    executor: Executor | None = None,
    marks: Mapping[str, TextPosition] | None = None,
    **settings: Any,
) -> Paginated:
    """Lay out a print book until its page map has settled: `Pressroom` in one call.

    executor  where to run jobs; without one, `jobs` worker processes are opened for the time of the call
    """
    workers = pool(jobs) if executor is None else nullcontext(executor)
    with workers as running, Pressroom(sheets, page_css, assets, running, **settings) as press:
        return press.settle(compose, marks)


def made(folder: Path, jobs: int = 1) -> tuple[tuple[LaidOut, ...], PageMap, bytes, tuple[Problem, ...]]:
    """The book, laid out and bound."""
    table = with_picture(folder)
    laid, pages, problems = paginate(compose, sheets=[CSS], page_css=page_css, assets=table, jobs=jobs)
    pdf, faults = bind(laid, pages, contents(), METADATA, page=geometry(len(pages.folios)), assets=table)
    return laid, pages, pdf, (*problems, *faults)
