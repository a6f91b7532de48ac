"""The named matter of books: which heading is a preface, and in how many spellings."""

from __future__ import annotations

import re
from functools import cache

from recto.languages import everywhere

# Made by Recto from the text itself; an author's own copy would print the pages of another book.
_RESERVED = ("index", "contents")
_ROLES = (
    *("praise", "also-by", "copyright", "dedication", "epigraph"),
    *("foreword", "preface", "acknowledgments", "introduction", "prologue"),
    *("epilogue", "afterword", "conclusion", "chronology", "abbreviations", "notes", "glossary"),
    *("bibliography", "contributors", "credits", "about-the-author", "colophon"),
)
_OPEN = " …"  # ends a name that goes on: `Also by …`
_NAMED_FOR = ("foreword", "preface", "introduction", "afterword")  # `Preface to the Second Edition`


@cache
def _names() -> dict[str, str]:
    """Role by name, in every language: a manuscript need not say which it is in."""
    return {_plain(name): role for role in (*_ROLES, *_RESERVED) for name in everywhere("matter", role)}


@cache
def _going_on() -> re.Pattern[str]:
    """A name that goes on after a colon or a dash, or says who or what for."""
    joins = "|".join(map(re.escape, everywhere("headings", "joins")))
    return re.compile(rf"(.+?)(?:\s*[:—–]\s+|\s+(?:{joins})\s+)")


@cache
def _open_names() -> tuple[str, ...]:
    """The names that go on with that of a person or of the book, up to there."""
    return tuple(name[: -len(_OPEN.strip())] for name in _names() if name.endswith(_OPEN))


def role_of(title: str) -> str | None:
    """The role a heading names (`Acknowledgements` -> `acknowledgments`), None where it names none.

    A name may go on after a colon or a dash, or say who or what for: `Preface: Why Bees`, `Foreword by
    Ann Lee`, `Preface to the Second Edition`, `Also by Ann Lee`.
    """
    name, names = _plain(title), _names()
    if begun := next((each for each in _open_names() if name.startswith(each)), ""):
        return names[begun + _OPEN.strip()]
    found = None if name in names else _going_on().match(name)
    role = names.get(found[1] if found else name)
    if role in _RESERVED or (found and ":" not in found[0] and role not in _NAMED_FOR):
        return None
    return role


def reserved(title: str) -> str | None:
    """`index` or `contents` where a heading is one of these, which Recto makes itself; else None."""
    role = _names().get(_plain(title))
    return role if role in _RESERVED else None


def is_dedication(line: str) -> bool:
    """True for a line that begins as dedications do in some language: `For Ada`."""
    return line.strip(" *_").startswith(tuple(f"{each} " for each in everywhere("dedications", "begins")))


def known_roles() -> tuple[str, ...]:
    """Every role, for messages."""
    return _ROLES


def _plain(title: str) -> str:
    words = " ".join(title.replace("’", "'").replace("&", "and").split())
    return words.strip(" *_.:").replace("İ", "i").casefold()  # of which Unicode makes two characters
