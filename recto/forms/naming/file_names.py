"""Numbers and titles in file names: `ch04-02-title.md`, `04-02 title.md`, `appendix-b.md`, `preface.md`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.matter import role_of
from recto.model import SectionKind
from recto.numbering import Number

_CHAPTER = r"(?:chapter|kapitel|chapitre|chap|ch|kap)"
_NUMBERS = re.compile(
    rf"(?:{_CHAPTER}[ ._-]*|section[ _-]*|s(?=\d))?(?P<digits>\d{{1,4}}(?:[._-]\d{{1,4}})*)", re.I
)
_APPENDIX = re.compile(
    r"(?:appendix|app|anhang|annexe)[ ._-]*(?P<letter>[a-z])(?P<rest>(?:[._-]\d{1,4})*)", re.I
)
_PART = re.compile(r"(?:part|teil|partie)[ ._-]*(?P<numeral>[ivxl]+|\d{1,2})", re.I)
_DATE = re.compile(r"(?:19|20)\d\d[._-]?[01]\d[._-]?[0-3]\d")
# Common words, of which the file's heading may make others: `01-notes.md` with `# Notes from the Quay`
_WORDS_TOO = ("notes", "credits")
# Matter that is as often a numbered chapter: `01-introduction.md`
_CHAPTERS_TOO = ("introduction", "conclusion")
_FOLDER = re.compile(rf"{_CHAPTER}[ ._-]*(?P<number>\d{{1,4}})", re.I)


def read_name(name: str, heading: str = "") -> HeadingText | None:
    """What a file's name says of its text; None where it says nothing.

    `name` is the path below the source folder, `heading` what the file's own says. A
    folder counts only where it calls itself a chapter:
    `ch04/02-mesh.md` is section 4.2, `ch04/README.md` opens the chapter. A number in front of matter sorts
    its file (`01-preface.md`), but that of an introduction or a conclusion is a chapter's. Dates
    (`2024-05-01 notes.md`) are no numbers.
    """
    path = PurePosixPath(name)
    stem = path.stem
    if _DATE.match(stem):
        return None
    chapter = chapter_of_folder(name)
    if opens_folder(name):
        return chapter
    if found := _match(_APPENDIX, stem):
        number = ".".join([found["letter"].upper(), *_digits(found["rest"])])
        return _heading(Number.parse(number), stem[found.end() :])
    if found := _match(_PART, stem):
        return read_heading(f"Part {found['numeral']}: {_title(stem[found.end() :])}")
    if found := _match(_NUMBERS, stem):
        rest = stem[found.end() :]
        digits = [str(int(part)) for part in _digits(found["digits"])]
        called = re.match(_CHAPTER, stem, re.I)
        if chapter and len(digits) == 1 and not called:
            digits.insert(0, str(chapter.number))
        role = _role(_title(rest), heading)
        if role and not called and len(digits) == 1 and (role not in _CHAPTERS_TOO or digits == ["0"]):
            return HeadingText("matter", None, _title(rest), role)
        if len(digits) > 1 and digits[-1] == "0":  # `ch04-00-title.md` opens chapter 4
            digits.pop()
        return _heading(Number.parse(".".join(digits)), rest)
    role = role_of(_title(stem))
    return HeadingText("matter", None, _title(stem), role) if role else None


def _role(title: str, heading: str) -> str | None:
    """The role that the words of a name say, where the heading of the file makes nothing else of them."""
    role = role_of(title)
    return None if role in _WORDS_TOO and heading and role_of(heading) is None else role


def chapter_of_folder(name: str) -> HeadingText | None:
    """The chapter that the folder of a file calls itself: `Chapter 4 The Mesh/02.md` is in chapter 4."""
    folder = PurePosixPath(name).parent.name
    found = _match(_FOLDER, folder)
    return _heading(Number((int(found["number"]),)), folder[found.end() :]) if found else None


def _match(pattern: re.Pattern[str], stem: str) -> re.Match[str] | None:
    """A match that ends where a word ends: `ch04-02-title` has one, `42nd-street` and `parting` have none."""
    found = pattern.match(stem)
    return found if found and not re.match(r"[^\W_]", stem[found.end() :]) else None


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _heading(number: Number | None, rest: str) -> HeadingText | None:
    if number is None:
        return None
    kind: SectionKind = "chapter" if number.depth == 1 else "section"
    return HeadingText(kind, number, _title(rest))


def called(name: str) -> str:
    """A title out of the name of a file or folder: `02_the-oar.md` is `The oar`."""
    stem = PurePosixPath(name).stem
    return _title(re.sub(r"^\d{1,4}[ ._-]+(?=\D)", "", stem)) or stem


def _title(rest: str) -> str:
    words = " ".join(re.sub(r"[_–—-]+", " ", rest).split()).strip(" .:,")
    return words[:1].upper() + words[1:]
