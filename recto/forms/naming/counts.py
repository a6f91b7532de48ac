"""How names of files count: `ch04`, `part-ii`, `Chapter Twenty One`; and how they are sorted by it."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, normalize

from recto.forms.naming.heading_text import numeral
from recto.languages import everywhere
from recto.numbering import unroman

BETWEEN = r"[ ._–—-]"
_COUNT = re.compile(r"(?:\d{1,4}|[A-Za-z](?![^\W_]))(?:[._-]\d{1,4})*|[^\W\d_]+(?:[ -][^\W\d_]+)?")
_DIGITS = re.compile(r"(\d+)")
_ALONE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)?(?=\.|$|\s+[–—-])")  # `Three.md`, `Three - Nets.md`
_SHORT = {"app": "appendix", "s": "section", "c": "chapter"}


@cache
def counting_words() -> dict[str, str]:
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
def counting_word() -> re.Pattern[str]:
    """Such a word in front of its number: `ch04`, `part_ii`, `s1`."""
    longest_first = sorted(counting_words(), key=len, reverse=True)
    named = "|".join(re.escape(word) for word in longest_first if len(word) > 1)
    glued = rf"s(?=\d)|c(?=\d+{BETWEEN}?s\d)"
    return re.compile(rf"{BETWEEN}*(?P<word>(?:{named})(?={BETWEEN}|\d)|{glued}){BETWEEN}*", re.I)


def count_at(stem: str, start: int) -> tuple[str, int] | None:
    """The number that stands there, as headings have it, and where it ends: `04-02` is `4.2`."""
    found = _COUNT.match(stem, start)
    if found is None:
        return None
    if found[0][0].isdecimal() or re.fullmatch(r"[A-Za-z](?:[._-]\d+)*", found[0]):
        return dotted(found[0]), found.end()
    for words in (found[0], re.split("[ -]", found[0])[0]):  # `twenty one`, or `one` and a title
        if numeral(words.replace(" ", "-")) is not None:
            return words.replace(" ", "-"), start + len(words)
    return None


def dotted(digits: str) -> str:
    """`04-02` is `4.2`, and `04-00`, which opens chapter 4, is `4`."""
    parts = [part.lstrip("0") or "0" for part in re.split("[._-]", digits)]
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "0" else parts)


def _unaccented(word: str) -> str:
    return "".join(sign for sign in normalize("NFD", word) if not combining(sign))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people do: `ch2` before `ch10`, `Part Two` before `Part Three`."""
    in_digits = "/".join(map(_in_digits, name.casefold().split("/")))
    pieces = _DIGITS.split(in_digits)
    keys = tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)
    return (*keys, (2, 0, name))


def _in_digits(name: str) -> str:
    """The name of a file or folder with its counts in digits: of what it says that it counts, and alone."""
    alone = _ALONE.match(name)
    if alone and unroman(alone[0]) is None and (value := numeral(alone[0].replace(" ", "-"))) is not None:
        return f"{value}{name[alone.end() :]}"
    pieces, end = [], 0
    for found in _sorted_by().finditer(name):
        if found.start() >= end and (count := count_at(name, found.end())) and not count[0][0].isdecimal():
            value = numeral(count[0])
            pieces += [name[end : found.end()], count[0] if value is None else str(value)]
            end = count[1]
    return "".join((*pieces, name[end:]))


@cache
def _sorted_by() -> re.Pattern[str]:
    kinds = ("part", "volume", "chapter", "section", "scene", "kinds")
    words = {form.lower() for kind in kinds for form in everywhere("headings", kind) if form.isalpha()}
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(words)))}){BETWEEN}+(?=[^\W\d_])")
