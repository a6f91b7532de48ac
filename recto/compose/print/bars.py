"""The ISBN as a barcode: EAN-13, and beside it the price as EAN-5 (GS1 General Specifications, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import barcode
from barcode.charsets.ean import CODES

from recto.settings.people import is_isbn, isbn_digits

_MODULE = 0.33 / 25.4 * 72  # the narrowest bar at its nominal size; it may be from 0.8 to 2 times as wide
_LEAST = 0.8
_QUIET_LEFT, _GAP, _QUIET_RIGHT = 11, 9, 5  # modules: before the code, before the price, after it
_TOP, _FOOT = 7.0, 19.0  # points above the bars, and below them, where the digits stand
_PARITIES = ("BBAAA", "BABAA", "BAABA", "BAAAB", "ABBAA", "AABBA", "AAABB", "ABABA", "ABAAB", "AABAB")
# What a price begins with (Book Industry Study Group), and the most that its four digits say
_CURRENCIES = {"GBP": "0", "AUD": "3", "NZD": "4", "USD": "5", "CAD": "6"}


@dataclass(frozen=True, slots=True)
class Barcode:
    """A barcode: its bars as a path, and the digits beside them, each with its place; in points."""

    path: str = ""
    digits: tuple[tuple[float, float, str], ...] = ()


def price_code(price: str) -> str:
    """The five digits of a price such as `14.99 USD`; five digits as they are, "" for what can't be said."""
    words = price.replace("$", " ").split()
    if len(words) == 1 and len(words[0]) == 5 and words[0].isdecimal():
        return words[0]
    currency = next((word.upper() for word in words if word.upper() in _CURRENCIES), "")
    amounts = [word for word in words if word.upper() not in _CURRENCIES]
    whole, _, cents = (amounts[0] if len(amounts) == 1 else "").partition(".")
    is_amount = (
        whole.isdecimal() and len(whole) < 3 and (cents == "" or (cents.isdecimal() and len(cents) == 2))
    )
    return f"{_CURRENCIES[currency]}{int(whole):02}{cents or '00'}" if currency and is_amount else ""


def bars_of(isbn: str, price: str, space: tuple[float, float]) -> Barcode:
    """The bars of an ISBN and of the five digits of a price, within a space; none for what is no ISBN."""
    digits = isbn_digits(isbn)
    if not is_isbn(isbn) or len(digits) != 13:
        return Barcode()
    (modules,) = barcode.EAN13(digits[:12]).build()
    added = _GAP * "0" + addon(price) if price else ""
    wide = len(modules) + len(added) + (_QUIET_LEFT + _QUIET_RIGHT if added else 0)
    module = max(_LEAST * _MODULE, min(_MODULE, space[0] / wide))
    left = (space[0] - wide * module) / 2 + (_QUIET_LEFT * module if added else 0)
    height = space[1] - _TOP - _FOOT
    path = "".join(_path(modules, left, _TOP, height, module))
    middle = left + len(modules) * module / 2
    shown = [(round(middle, 3), round(space[1] - 8, 3), f"{digits[0]} {digits[1:7]} {digits[7:]}")]
    if added:
        begin = left + len(modules) * module
        path += "".join(_path(added, begin, _TOP + 10, height - 10, module))
        shown.append((round(begin + (len(added) + _GAP) * module / 2, 3), _TOP + 7, price))
    return Barcode(path, tuple(shown))


def addon(price: str) -> str:
    """The modules of five digits as EAN-5, 1 for a bar (GS1 General Specifications, 5.2.2.2)."""
    weights = (3, 9, 3, 9, 3)
    check = sum(int(digit) * weight for digit, weight in zip(price, weights, strict=True)) % 10
    pairs = zip(price, _PARITIES[check], strict=True)
    return "01011" + "01".join(CODES[parity][int(digit)] for digit, parity in pairs)


def _path(modules: str, left: float, top: float, height: float, module: float) -> Iterator[str]:
    for at, each in enumerate(modules):
        if each == "1":
            yield f"M{left + at * module:.3f} {top:g}h{module:.3f}v{height:.3f}h-{module:.3f}z"
