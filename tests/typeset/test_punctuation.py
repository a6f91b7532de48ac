"""Quotation marks, apostrophes and spaces are those of the book's language."""

from __future__ import annotations

import re

import pytest

from tests.typeset_books import set_text


@pytest.mark.parametrize(
    ("language", "typed", "made"),
    [
        ("en", "'Tis so, 'twas 'em: 'n' in the '90s.", "’Tis so, ’twas ’em: ’n’ in the ’90s."),
        ("en", "She said 'tissue' and 'emery'.", "She said ‘tissue’ and ‘emery’."),
        ("en", "'Bout ten we went 'round to 'is house.", "’Bout ten we went ’round to ’is house."),
        ("en", "'im and 'er said 'yes *indeed*'.", "’im and ’er said ‘yes indeed’."),
        ("en", "He sang 'one\\\ntwo *three*' 'round noon.", "He sang ‘one\ntwo three’ ’round noon."),
        ("en", "'Well,' he said, 'I went 'round.", "‘Well,’ he said, ‘I went ’round."),
        ("en", "'This goes on in the next paragraph.", "‘This goes on in the next paragraph."),
        ("en", "A board 5'10\" long.", "A board 5'10\" long."),
        ("en", "the oars' blades", "the oars’ blades"),
        ("de", "'s ist so: \"Hans' Boot\".", "’s ist so: „Hans’ Boot“."),
        ("de", "Er las 'Faust's Anfang, 'Effi's Ende'.", "Er las ‚Faust’s Anfang, ‚Effi’s Ende‘."),
        (
            "de",
            "Das \"'Spiegel's Bild\" und das 'Zeit's Blatt.",
            "Das „‚Spiegel‘s Bild“ und das ‚Zeit‘s Blatt.",
        ),
        ("de-CH", "\"Das ist 'gut'.\"", "«Das ist ‹gut›.»"),
        ("nl", "\"'s Avonds\" is 't 'laat'.", "“’s Avonds” is ’t ‘laat’."),
        ("fr", 'Il dit : "Oui !" 10 %', "Il dit\u00a0: «\u202fOui\u202f!\u202f» 10\u00a0%"),
        ("fr-CA", 'Il dit : "Oui !"', "Il dit\u00a0: «\u00a0Oui!\u00a0»"),
        ("fr", "« Oui »", "«\u202fOui\u202f»"),
        ("ja", '彼は"はい"と言う。', "彼は「はい」と言う。"),
        ("zh-TW", '他說"好"。', "他說「好」。"),
        ("he", '"שלום"', "”שלום”"),
        ("he", 'צה"ל, כ"ג, ב"נמל" ומנכ"לית; 6"', 'צה״ל, כ״ג, ב”נמל” ומנכ”לית; 6"'),
        ("he", "עמ' 3 (ג'ירפה), 'נמל' don't", "עמ׳ 3 (ג׳ירפה), ’נמל’ don’t"),
        ("hu", "\"Ez 'jó'.\"", "„Ez »jó«.”"),
        ("xx", "\"As 'typed'\"", "\"As 'typed'\""),
    ],
)
def test_marks_are_those_of_the_language(language: str, typed: str, made: str) -> None:
    html, _ = set_text(typed, language)
    assert re.sub(r"<[^>]*>", "", html).replace("&quot;", '"').strip() == made
