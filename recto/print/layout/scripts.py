"""What script a character is of, as far as it matters to fonts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SIGNS = "signs"  # what belongs to no script
HAN = "Chinese or Japanese"
OF_TEXT_FONTS = frozenset(
    {"Latin", "Greek", "Cyrillic", SIGNS, ""}
)  # the first fonts of the sheets have them
# the packages of Debian and Ubuntu that have fonts of a script, and of all others
_PACKAGE = "fonts-noto-core"
_PACKAGES = {HAN: "fonts-noto-cjk", "Hangul": "fonts-noto-cjk", SIGNS: "fonts-symbola"}
_HAN = frozenset({"Cjk", "Hiragana", "Katakana", "Ideographic", "Bopomofo", "Katakana-hiragana"})
_HAN_SIGNS = (range(0x3000, 0x3040), range(0xFF00, 0xFF66))  # their punctuation and their wide forms
# of whose letters and marks no name begins otherwise, so that their punctuation can be told by name as well
_NAMED = frozenset(
    """Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hangul Hebrew Kannada Khmer Lao
    Malayalam Mongolian Myanmar Oriya Sinhala Syriac Tamil Telugu Thai Thaana Tibetan""".split()
)


def package_of(script: str) -> str:
    """The package of Debian and Ubuntu with fonts for a script."""
    return _PACKAGES.get(script, _PACKAGE)


@lru_cache(maxsize=20_000)
def script_of(character: str) -> str:
    """The script of a character, by its name: `Hebrew`; "" for a mark of any."""
    if any(ord(character) in signs for signs in _HAN_SIGNS):
        return HAN
    name = unicodedata.name(character, "")
    if name.startswith("COMBINING"):
        return ""
    first = re.split(r"[ -]", name)[0].capitalize()
    if first in _HAN:
        return HAN
    kind = unicodedata.category(character)
    written = kind[0] in "LM" or kind == "Nd" or first in _NAMED
    return first if name and written else SIGNS
