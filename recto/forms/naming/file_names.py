"""Numbers and titles in file names: `ch04-02-title.md`, `04-02 title.md`, `appendix-b.md`, `preface.md`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.counts import BETWEEN, count_at, counting_word, counting_words, dotted
from recto.forms.naming.heading_text import HeadingText, is_year, read_heading
from recto.forms.naming.matter import role_of
from recto.model import SectionKind
from recto.numbering import Number

_NUMBER = re.compile(r"\d{1,4}(?:[._-]\d{1,4})*(?![^\W_])")
_SORTING = re.compile(rf"\d{{1,4}}{BETWEEN}+(?=\D)")  # in front of what the name says itself
_IN_FRONT = re.compile(r"\s[–—-]+\s+|_+")  # behind the name of the whole: `My Novel - Chapter 1`
_DATE = re.compile(r"(?:19|20)\d\d(?P<mark>[ ._-]?)[01]\d(?P=mark)[0-3]\d(?!\d)")
# Common words, of which the file's heading may make others: `01-notes.md` with `# Notes from the Quay`
_WORDS_TOO = ("notes", "credits")
# Matter that is as often a numbered chapter: `01-introduction.md`
_CHAPTERS_TOO = ("introduction", "conclusion")


def read_name(name: str, heading: str = "") -> HeadingText | None:
    """What a file's name says of its text; None where it says nothing.

    `name` is the path below the source folder, `heading` what the file's own says. A name is a heading with
    other signs between its words: `ch01s02_oars` is `Chapter 1 Section 2: Oars`. A number in front of what
    calls itself a chapter, or of matter, sorts its file (`02 Chapter One.md`, `01-preface.md`), but that of
    an introduction or a conclusion is a chapter's. A folder counts only where it calls itself a chapter:
    `ch04/02-mesh.md` is section 4.2, `ch04/README.md` opens the chapter. Dates (`2024-05-01 notes.md`) are
    no numbers.
    """
    path = PurePosixPath(name)
    if _DATE.match(path.stem):
        return None
    chapter = chapter_of_folder(name)
    if opens_folder(name):
        return chapter
    said = _read(path.stem)
    if said is None or said.worded or said.number is None or said.number.depth > 1:
        return said and replace(said, worded=said.kind == "part")
    role = _role(said.title, heading)
    if role and (role not in _CHAPTERS_TOO or said.number.last == 0):
        return HeadingText("matter", None, said.title, role)
    if chapter is None or chapter.number is None:
        return said
    if said.number.last == 0:  # `ch04/00-title.md` opens the chapter
        return replace(chapter, title=said.title)
    return HeadingText("section", Number((*chapter.number.parts, *said.number.parts)), said.title)


def _role(title: str, heading: str) -> str | None:
    """The role that the words of a name say, where the heading of the file makes nothing else of them."""
    role = role_of(title)
    return None if role in _WORDS_TOO and heading and role_of(heading) is None else role


def chapter_of_folder(name: str) -> HeadingText | None:
    """The chapter that the folder of a file calls itself: `Chapter 4 The Mesh/02.md` is in chapter 4."""
    said = numbered_folder(name)
    return replace(said, worded=False) if said and said.worded else None


def numbered_folder(name: str) -> HeadingText | None:
    """What the folder of a file says where it has the number of a chapter: `4. The Mesh/4.2 Nets.md`.

    It is `worded` where it calls itself a chapter; else its number may be that of a part as well.
    """
    said = _read(PurePosixPath(name).parent.name)
    return said if said and said.kind == "chapter" and said.number else None


def part_of_folder(name: str) -> HeadingText | None:
    """The part that a folder above a file calls itself: `Part II - Land/Chapter 3.md` is in part 2, Land."""
    said = map(_read, PurePosixPath(name).parent.parts)
    return next((each for each in said if each and each.kind == "part" and each.number), None)


def _read(stem: str) -> HeadingText | None:
    """What a stem says: behind a number that sorts it, as it stands, or behind the name of the whole book."""
    said = _counting(_unsorted(stem)) or _bare(stem)
    if said or counting_word().match(stem):
        return said
    behind = (stem[found.end() :] for found in _IN_FRONT.finditer(stem))
    return next(filter(None, map(_counting, behind)), None)


def _unsorted(stem: str) -> str:
    sorting = _SORTING.match(stem)
    return stem[sorting.end() :] if sorting else stem


def _counting(stem: str) -> HeadingText | None:
    """What a stem says that names what it counts; a chapter may be followed by a section."""
    words: list[str] = []
    end = 0
    while (
        len(words) < 2
        and (word := counting_word().match(stem, end))
        and (count := count_at(stem, word.end()))
    ):
        words.append(f"{counting_words()[word['word'].lower()]} {count[0]}")
        end = count[1]
    if not words or re.match(r"[^\W_]", stem[end:]):
        return None
    said = read_heading(": ".join(filter(None, (" ".join(words), _title(stem[end:])))))
    if said is None or (said.kind == "part" and len(words) > 1):
        return None  # the chapters of a part may be counted anew in the next one
    return said if said.number else None


def _bare(stem: str) -> HeadingText | None:
    """What a stem says that begins with its number, or names matter."""
    if number := _NUMBER.match(stem):
        parsed = Number.parse(dotted(number[0]))
        parsed = None if parsed and is_year(parsed) else parsed
        kind: SectionKind = "section" if parsed and parsed.depth > 1 else "chapter"
        return HeadingText(kind, parsed, _title(stem[number.end() :])) if parsed else None
    said = read_heading(_title(stem))
    if said is None or (said.worded and _counting(said.title)):
        return None
    return said if said.worded or said.kind == "matter" else None


def called(name: str) -> str:
    """A title out of the name of a file or folder: `Oars` of `02_oars.md`, `Part 2: Sea` of `part2-sea`."""
    stem = _unsorted(PurePosixPath(name).stem)
    word = counting_word().match(stem)
    count = count_at(stem, word.end()) if word and word.end("word") > 1 else None
    if word is None or count is None or re.match(r"[^\W_]", stem[count[1] :]):
        return _title(stem) or stem
    return ": ".join(filter(None, (_title(f"{word['word']} {count[0]}"), _title(stem[count[1] :]))))


def _title(rest: str) -> str:
    words = " ".join(re.sub(r"[_–—-]+", " ", rest).split()).strip(" .:,")
    return words[:1].upper() + words[1:]
