"""Numbers that an edition leaves out, because what has them is for the other one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recto.galley import ONLY
from recto.model import Book, Chapter
from recto.problems import Place, Problem, warning

_CALLED = {"paper": "printed book", "screen": "e-book"}


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A chapter or section: its number, and the one medium that it is for."""

    number: str
    medium: str
    place: Place


def gaps(book: Book) -> Iterator[Problem]:
    """Warnings for each number that one edition lacks amid others that it has."""
    chapters = [each for each in book.chapters if each.label]
    for kind in ("chapter", "appendix"):
        yield from _lacking([_whole(each) for each in chapters if each.kind == kind])
    for chapter in chapters:
        whole = _whole(chapter)
        if not whole.medium:
            yield from _within(chapter)


def _whole(chapter: Chapter) -> _Numbered:
    return _Numbered(chapter.label, next(chapter.media), chapter.place)


def _within(chapter: Chapter) -> Iterator[Problem]:
    """Those among the sections of one level below one heading."""
    level: dict[tuple[object, ...], list[_Numbered]] = {}
    media = list(chapter.media)[1:]
    for section, medium in zip(chapter.sections, media, strict=True):
        each = _Numbered(str(section.number), medium, section.source.place)
        level.setdefault(section.number.parts[:-1], []).append(each)
    for siblings in level.values():
        yield from _lacking(siblings)


def _lacking(siblings: Sequence[_Numbered]) -> Iterator[Problem]:
    for at, each in enumerate(siblings):
        for medium in ONLY.values():
            if each.medium not in ("", medium):
                after = next((one for one in siblings[at + 1 :] if one.medium in ("", medium)), None)
                if after is not None:
                    message = f"the {_CALLED[medium]} has no {each.number}, and goes on with {after.number}"
                    hint = "put what is for one book alone behind its neighbors, or give it no number"
                    yield warning("edition-gap", message, each.place, hint=hint, subject=each.number)
