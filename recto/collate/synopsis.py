"""The collated book as text: what `--check` prints."""

from __future__ import annotations

from recto.model import Book, Chapter
from recto.problems import Place


def outline(book: Book) -> str:
    """The book as an indented outline, a line a part, chapter and section, each with its place.

    Parts stand at the margin, chapters below them (or at the margin, without parts), sections below
    chapters by their depth. A number that differs from the manuscript's is followed by that one.
    """
    rows: list[tuple[str, str]] = [(book.title, "")]
    part = None
    for chapter in book.chapters:
        if chapter.part is not None and chapter.part != part:
            rows.append((f"Part {chapter.part.label}  {chapter.part.title}".rstrip(), ""))
        part = chapter.part
        rows += _chapter_rows(chapter, "  " if chapter.part else "")
    width = min(max((len(words) for words, _ in rows), default=0), 76)
    return "\n".join(f"{words:<{width}}  {place}".rstrip() for words, place in rows)


def _chapter_rows(chapter: Chapter, indent: str) -> list[tuple[str, str]]:
    names = {"chapter": "Chapter ", "appendix": "Appendix "}
    label = names.get(chapter.kind, "") + chapter.label if chapter.label else ""
    words = "  ".join(part for part in (label, chapter.title) if part)
    rows = [(_short(indent + words), _shown(chapter.place))]
    for section in chapter.sections:
        source = section.source.number
        was = f" (was {source})" if source is not None and source != section.number else ""
        words = f"{section.number}{was}  {section.source.title}".rstrip()
        rows.append((_short(indent + "  " * (section.level - 1) + words), _shown(section.source.place)))
    return rows


def _short(words: str) -> str:
    return words if len(words) <= 76 else words[:75].rstrip() + "…"


def _shown(place: Place) -> str:
    return str(place)
