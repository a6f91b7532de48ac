"""The text of a book for pandoc: Markdown that has a heading where Recto has one, and no marks for an index.

`write` gathers and collates a manuscript as Recto does, so that both programs set the same words in the same
order, and notes the page that Recto would set them on: trim, margins, size and leading. `command` sets them
with XeLaTeX, with contents, PDF only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from recto import collate, gather
from recto.model import Book
from recto.settings import config
from recto.settings.trim import Geometry, geometry

_MARK = re.compile(r"\{\^[^{}]*\}")  # an index mark: pandoc would print it
_READ = "commonmark"  # in which a dollar or a backslash is just that
_LEADING = 1.2  # of LaTeX, without `linestretch`
_TEXT, _LOOK, PDF = "book.md", "look.txt", "pandoc.pdf"


def write(source: Path, folder: Path, pages: int) -> None:
    """Write the text of a manuscript, and the page for a book of so many `pages`, to a folder."""
    toml = (source if source.is_dir() else source.parent) / config.FILE_NAME
    settings, _ = config.read(toml if toml.is_file() else None)
    manuscript, _ = gather.gather(source, settings)
    book, _ = collate.collate(manuscript, settings)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TEXT).write_text(_MARK.sub("", "\n\n".join(_blocks(book))), encoding="utf-8")
    (folder / _LOOK).write_text("\n".join(_look(geometry(settings, pages)[0])), encoding="utf-8")


def _blocks(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        yield f"# {chapter.title or chapter.label}"
        if chapter.opening is not None:
            yield chapter.opening.text
        for section in chapter.sections:
            yield f"{'#' * section.level} {section.number} {section.source.title}"
            yield section.source.text


def _look(page: Geometry) -> Iterator[str]:
    """A page in the terms of pandoc's template."""
    yield "documentclass:book"
    yield f"fontsize:{page.font_size:g}pt"
    yield f"linestretch:{page.leading / (_LEADING * page.font_size):.3f}"
    yield f"geometry:paperwidth={page.width}bp,paperheight={page.height}bp"
    for side in ("inner", "outer", "top", "bottom"):
        yield f"geometry:{side}={getattr(page, side):.1f}bp"


def command(source: Path, folder: Path) -> list[str]:
    """The command that sets what was written; pictures are found beside the manuscript."""
    pictures = source if source.is_dir() else source.parent
    look = [word for value in (folder / _LOOK).read_text("utf-8").split("\n") for word in ("-V", value)]
    return [
        *("pandoc", "-f", _READ, str(folder / _TEXT), "--resource-path", str(pictures)),
        *("--pdf-engine=xelatex", "--toc", "--toc-depth=2", *look, "-o", str(folder / PDF)),
    ]
