"""Words: how running text is cut into them, and which forms of a word are taken as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from recto.languages import table

# a word may have hyphens, apostrophes, dots, slashes … inside it, and signs of programming at its ends
_WORD = re.compile(r"[.@$#_-]{0,2}[^\W_](?:\w|[-’'‑./+&:@](?=\w))*(?:\(\)|\+\+|#)?")
_LEADING_SIGNS = re.compile(r"^(?:-(?!-?[a-z]{2})|\$(?=\d)|\.(?=\d))+")
_SHORT_FORMS = re.compile(r"[A-Z0-9]{2,}s")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")


class Word(NamedTuple):
    """A word of a text: as it stands, folded, and where it begins and ends."""

    text: str
    fold: str
    start: int
    end: int


def words(text: str, language: str = "en") -> list[Word]:
    """The words of a text in order; units of temperature are none."""
    found = []
    for match in _WORD.finditer(text):
        plain, (start, end) = match[0], match.span()
        if text[start - 1 : start] == "°":
            continue  # °C is a unit
        if not plain[0].isalnum() and (sign := _LEADING_SIGNS.match(plain)):
            start += sign.end()
            plain = text[start:end]
        found.append(Word(plain, fold(plain, language), start, end))
    return found


@lru_cache(maxsize=65536)
def fold(word: str, language: str = "en") -> str:
    """A word without case, possessive and plural: the form under which all its forms are one.

    English nouns are brought to the singular; in other languages the commonest endings of nouns are cut.
    What mixes letters with digits or signs (`io2`, `setup.cfg`) is only lower-cased.
    """
    lower = _POSSESSIVE.sub("", word).lower().replace("’", "'").replace("‑", "-")
    if language[:2] == "en":
        if word.isupper() and len(word) < 5:
            return lower  # AWS and DNS are no plurals
        return lower[:-1] if _SHORT_FORMS.fullmatch(word) else _singular(lower)
    before, hyphen, last = lower.rpartition("-")
    if not last.isalpha():
        return lower
    # of inflected nouns, longest first; cut only where four letters are left
    endings = table(language, "forms").get("endings", ())
    cut: str | None = last
    while cut is not None:  # Registers, Register: endings come in rows
        last = cut
        fitting = (each for each in endings if last.endswith(each) and len(last) > len(each) + 3)
        cut = next((last.removesuffix(each) for each in fitting), None)
    return before + hyphen + last


def _singular(word: str) -> str:
    irregular: Mapping[str, str] = table("en", "forms")["irregular"]
    if word in irregular:
        return irregular[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")) and len(word) > 5:
        return word[:-2]
    return word[:-1]


def fold_all(text: str, language: str = "en") -> tuple[str, ...]:
    """The folded words of a phrase; a hyphen parts words like a space, so `e-mail` and `e mail` are one."""
    return tuple(word.fold for word in words(text.replace("-", " "), language))


def unhyphened(key: tuple[str, ...]) -> str:
    """What is the same for `time lock`, `time-lock` and `timelock`."""
    return "".join(key).replace("-", "")


def alike(text: str, language: str = "en") -> str:
    """What is the same for headings that a reader would take for one: without case, plural, hyphens and
    spaces, and set upright where they are inverted (`bees, wild`). A heading of signs alone stays as it is.
    """
    head, comma, tail = text.partition(", ")
    upright = f"{tail} {head}" if comma and "," not in tail else text
    return "".join(fold_all(upright, language)) or text


@dataclass(frozen=True, slots=True)
class Stopwords:
    """Words that make no term: none at all, none alone, none at its end; of the first, those that may open
    one where the book itself says that it is one (`mere proposition`). All folded.
    """

    never: frozenset[str] = frozenset()
    not_alone: frozenset[str] = frozenset()
    not_last: frozenset[str] = frozenset()
    only_first: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def stopwords(language: str = "en") -> Stopwords:
    """The stopwords shipped for a language; none for a language without a list."""
    known = table(language, "stop_words")

    def listed(key: str) -> frozenset[str]:
        spelled = known.get(key, "").split()
        return frozenset(form for word in spelled for form in (word, fold(word, language)))

    not_last = listed("not_last")
    return Stopwords(listed("never"), listed("not_alone") | not_last, not_last, listed("only_first"))
