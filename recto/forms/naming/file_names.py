"""Numbers and titles in file names: `ch04-02-title.md`, `04-02 title.md`, `appendix-b.md`, `preface.md`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from unicodedata import combining, normalize

from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.heading_text import HeadingText, numeral, read_heading
from recto.forms.naming.matter import role_of
from recto.languages import everywhere
from recto.model import SectionKind
from recto.numbering import Number

_BETWEEN = r"[ ._–—-]"
_COUNT = re.compile(r"(?:\d{1,4}|[A-Za-z](?![^\W_]))(?:[._-]\d{1,4})*|[^\W\d_]+(?:[ -][^\W\d_]+)?")
_NUMBER = re.compile(r"\d{1,4}(?:[._-]\d{1,4})*(?![^\W_])")
_SORTING = re.compile(rf"\d{{1,4}}{_BETWEEN}+(?=\D)")  # in front of what the name says itself
_IN_FRONT = re.compile(r"\s[–—-]+\s+|_+")  # behind the name of the whole: `My Novel - Chapter 1`
_DATE = re.compile(r"(?:19|20)\d\d[._-]?[01]\d[._-]?[0-3]\d")
# Common words, of which the file's heading may make others: `01-notes.md` with `# Notes from the Quay`
_WORDS_TOO = ("notes", "credits")
# Matter that is as often a numbered chapter: `01-introduction.md`
_CHAPTERS_TOO = ("introduction", "conclusion")
_SHORT = {"app": "appendix", "s": "section", "c": "chapter"}


@cache
def _words() -> dict[str, str]:
    """The words for what is counted, in any language, by how names have them: no full stop, no accents."""
    kinds = ("part", "volume", "chapter", "appendix", "section")
    forms = [(kind, form.lower()) for kind in kinds for form in everywhere("headings", kind)]
    plain = {
        form.rstrip("."): form
        for kind, form in sorted(forms, key=lambda each: each[1], reverse=True)
        if "{}" not in form and not (kind == "appendix" and form.endswith("."))  # `ann.` is a person as well
    }
    plain |= {form.lower(): "section" for form in everywhere("headings", "scene")}
    return _SHORT | {_unaccented(word): form for word, form in plain.items()} | plain


@cache
def _counted() -> re.Pattern[str]:
    """Such a word in front of its number: `ch04`, `part_ii`, `s1`."""
    longest_first = sorted(_words(), key=len, reverse=True)
    named = "|".join(re.escape(word) for word in longest_first if len(word) > 1)
    glued = rf"s(?=\d)|c(?=\d+{_BETWEEN}?s\d)"
    return re.compile(rf"{_BETWEEN}*(?P<word>(?:{named})(?={_BETWEEN}|\d)|{glued}){_BETWEEN}*", re.I)


def read_name(name: str, heading: str = "") -> HeadingText | None:
    """What a file's name says of its text; None where it says nothing.

    `name` is the path below the source folder, `heading` what the file's own says. A name is a heading with
    other signs between its words: `ch01s02_oars` is `Chapter 1 Section 2: Oars`. A number in front of what calls itself a chapter, or of
    matter, sorts its file (`02 Chapter One.md`, `01-preface.md`), but that of an introduction or a conclusion
    is a chapter's. A folder counts only where it calls itself a chapter: `ch04/02-mesh.md` is section 4.2,
    `ch04/README.md` opens the chapter. Dates (`2024-05-01 notes.md`) are no numbers.
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
    said = _read(PurePosixPath(name).parent.name)
    if said and said.worded and said.kind == "chapter" and said.number:
        return replace(said, worded=False)
    return None


def _read(stem: str) -> HeadingText | None:
    """What a stem says: behind a number that sorts it, as it stands, or behind the name of the whole book."""
    sorting = _SORTING.match(stem)
    said = _counting(stem[sorting.end() :] if sorting else stem) or _bare(stem)
    if said or _counted().match(stem):
        return said
    behind = (stem[found.end() :] for found in _IN_FRONT.finditer(stem))
    return next(filter(None, map(_counting, behind)), None)


def _counting(stem: str) -> HeadingText | None:
    """What a stem says that names what it counts; a chapter may be followed by a section."""
    words: list[str] = []
    end = 0
    while len(words) < 2 and (word := _counted().match(stem, end)) and (count := _count(stem, word.end())):
        words.append(f"{_words()[word['word'].lower()]} {count[0]}")
        end = count[1]
    if not words or re.match(r"[^\W_]", stem[end:]):
        return None
    said = read_heading(": ".join(filter(None, (" ".join(words), _title(stem[end:])))))
    if said is None or (said.kind == "part" and len(words) > 1):
        return None  # the chapters of a part may be counted anew in the next one
    return said if said.number else None


def _count(stem: str, start: int) -> tuple[str, int] | None:
    """The number that stands there, as headings have it, and where it ends: `04-02` is `4.2`."""
    found = _COUNT.match(stem, start)
    if found is None:
        return None
    if found[0][0].isdecimal() or re.fullmatch(r"[A-Za-z](?:[._-]\d+)*", found[0]):
        return _joined(found[0]), found.end()
    for words in (found[0], re.split("[ -]", found[0])[0]):  # `twenty one`, or `one` and a title
        if numeral(words.replace(" ", "-")) is not None:
            return words.replace(" ", "-"), start + len(words)
    return None


def _bare(stem: str) -> HeadingText | None:
    """What a stem says that begins with its number, or names matter."""
    if number := _NUMBER.match(stem):
        parsed = Number.parse(_joined(number[0]))
        kind: SectionKind = "section" if parsed and parsed.depth > 1 else "chapter"
        return HeadingText(kind, parsed, _title(stem[number.end() :])) if parsed else None
    said = read_heading(_title(stem))
    if said is None or (said.worded and _counting(said.title)):
        return None
    return said if said.worded or said.kind == "matter" else None


def _joined(digits: str) -> str:
    """`04-02` is `4.2`, and `04-00`, which opens chapter 4, is `4`."""
    parts = [part.lstrip("0") or "0" for part in re.split("[._-]", digits)]
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "0" else parts)


def _unaccented(word: str) -> str:
    return "".join(sign for sign in normalize("NFD", word) if not combining(sign))


def called(name: str) -> str:
    """A title out of the name of a file or folder: `02_the-oar.md` is `The oar`."""
    stem = PurePosixPath(name).stem
    return _title(re.sub(r"^\d{1,4}[ ._-]+(?=\D)", "", stem)) or stem


def _title(rest: str) -> str:
    words = " ".join(re.sub(r"[_–—-]+", " ", rest).split()).strip(" .:,")
    return words[:1].upper() + words[1:]
