"""Collation: the order of headings, by the rules of Chicago and the alphabet of the book's language.

Chicago (CMOS 18, 15.66) prefers word-by-word: `New Deal` before `newborn`. Letter-by-letter, the older
preference, passes over spaces. In both a comma or a parenthesis ends the word it follows, so that
`New, Arthur` stands before `New Deal`.

Why own tables and no library: PyICU has no wheels (it would have to be compiled on a bare machine), icu4py
has no collator, and pyuca knows no language (it files å under a in Swedish). Unicode's decompositions are in
Python, and the alphabets of languages (recto.languages) are those of CLDR; with them an index has the same
order on every machine. Han characters stand in the order of Unicode, which is by radical and stroke.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from recto.index.index_model import Order, Wording
from recto.languages import table

# Letters that Unicode does not take apart, filed as these but where the language has a place for them.
_EXPANSIONS = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŀ": "l", "þ": "th",
    "ŋ": "n", "ß": "ss", "ẞ": "ss",
}  # fmt: skip

_STOPS = {"(": 1, "[": 1, ",": 2, ";": 2, ":": 2}
_SPACE, _SYMBOL, _NUMBER, _LETTER = 3, 4, 5, 6
_TOKEN = re.compile(r"\d{1,300}|\s+|.", re.DOTALL)
_LEADING = re.compile(r"[^\w\s]+(?=\w)|_+(?=[^\W_])")

Place = tuple[str, int]
Weight = tuple[int, str, int]
SortKey = tuple[tuple[Weight, ...], tuple[str, ...], str, str]


@lru_cache(maxsize=65536)  # an index is sorted anew for every state of the page map
def sort_key(text: str, *, language: str = "en", order: Order = "word-by-word", sub: bool = False) -> SortKey:
    """The key by which a heading sorts: letters first, then accents, then case and signs.

    Different texts always have different keys, so the order is total. Numbers sort by their value and before
    all letters; signs before a word (`.gitignore`, `$HOME`, `--jobs`) do not count; a heading of signs alone
    sorts before the numbers. In a subheading (`sub`) an initial article or preposition does not count.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    if sub:
        plain = _without_little_word(plain, language)
    body = plain[found.end() :] if (found := _LEADING.match(plain)) else plain
    signs_count = not body[:1].isalnum()
    weights: list[Weight] = []
    accents: list[str] = []
    for weight, accent in _weights(_lower(body, language), _alphabet(language)):
        kind = weight[0]
        if kind == _SPACE and (order == "letter-by-letter" or not weights or weights[-1][0] < _SYMBOL):
            continue  # the first can be a space: ¯ is one with an accent
        if kind == _SYMBOL and not signs_count:
            continue
        if kind in _STOPS.values() and weights and weights[-1][0] == _SPACE:
            weights.pop()  # "word (x" and "word(x" are filed alike
            accents.pop()
        weights.append(weight)
        accents.append(accent)
    return tuple(weights), tuple(accents), plain.swapcase(), text


def initial(text: str, wording: Wording, *, language: str = "en") -> str:
    """The label of the letter group a heading stands in: `A`, `Å`, or the word for numbers or for symbols."""
    weights = sort_key(text, language=language)[0]
    kind, letter, offset = weights[0] if weights else (_SYMBOL, "", 0)
    if kind == _NUMBER:
        return wording.numbers
    if kind != _LETTER:
        return wording.symbols
    if offset:  # a letter of its own in this language: its name is the one listed first
        letter = next(sign for sign, place in _alphabet(language).items() if place == (letter, offset))
    return "İ" if letter == "i" and language[:2] == "tr" else letter.upper()


@lru_cache(maxsize=8)
def _alphabet(language: str) -> dict[str, Place]:
    """The letters that a language files in places of their own.

    They stand after the letter they follow: "n ñ" says ñ comes right after n. Letters joined by "=" are filed
    as one (`w=v`). Two letters may be one (Czech ch).
    """
    places: dict[str, Place] = {}
    for group in table(language, "collation").get("alphabet", "").split(", "):
        base, *own = group.split() or [""]
        letter, *equals = base.split("=")
        places.update((sign, (letter, 0)) for sign in equals)
        for offset, signs in enumerate(own, 1):
            places.update((sign, (letter, offset)) for sign in signs.split("="))
    return places


def _lower(text: str, language: str) -> str:
    """Lower case; Turkish knows an i with and one without a dot."""
    if language[:2] == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", text.lower())


def _weights(text: str, alphabet: dict[str, Place]) -> Iterator[tuple[Weight, str]]:
    """The weight of each letter, number, space or sign in turn, with the accent it carries."""
    longest = max((len(sign) for sign in alphabet), default=1)
    position = 0
    while position < len(text):
        for length in range(longest, 1, -1):  # letters written with two or three signs
            if (place := alphabet.get(text[position : position + length])) is not None:
                yield (_LETTER, *place), ""
                position += length
                break
        else:
            token = _TOKEN.match(text, position)
            assert token is not None
            position = token.end()
            yield from _token_weights(token[0], alphabet)


def _token_weights(token: str, alphabet: dict[str, Place]) -> Iterator[tuple[Weight, str]]:
    if token.isspace():
        yield (_SPACE, "", 0), ""
    elif token in _STOPS:
        yield (_STOPS[token], "", 0), ""
    elif token.isdecimal():
        yield (_NUMBER, "", int(token)), ""
    elif token in alphabet:
        yield (_LETTER, *alphabet[token]), ""
    else:
        yield from _sign_weights(token, alphabet)


def _sign_weights(sign: str, alphabet: dict[str, Place]) -> Iterator[tuple[Weight, str]]:
    """A character without a place of its own: taken apart into a base and its accent, as far as it goes."""
    parts = unicodedata.decomposition(sign).split()
    spelled = _EXPANSIONS.get(sign) or "".join(chr(int(part, 16)) for part in parts if part[0] != "<")
    if spelled:
        base, accent = spelled, sign
        if not unicodedata.combining(spelled[0]):
            base = "".join(char for char in spelled if not unicodedata.combining(char))
        for char in base:
            for weight, _ in _token_weights(char, alphabet):
                yield weight, accent
    elif sign.isalpha():
        yield (_LETTER, sign, 0), ""
    else:
        yield (_SYMBOL, sign, 0), ""


def _without_little_word(text: str, language: str) -> str:
    """A subheading without the article or preposition it begins with; whole where nothing else is left.

    Little words do not count at its head (CMOS 18, 15.70: "and", "as", "of", "the" …).
    """
    little = table(language, "collation").get("passed_over", "").split()
    first, _, rest = text.partition(" ")
    while rest and first.lower() in little:
        text = rest.lstrip()
        first, _, rest = text.partition(" ")
    return text
