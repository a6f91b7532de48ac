"""What depends on the language of the book: quotation marks, and the words of labels and references.

Quotation marks follow the Unicode CLDR (delimiters) and the usage of the trade where that differs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotes:
    """Outer and inner quotation marks, with the spaces that belong to them."""

    left: str
    right: str
    inner_left: str
    inner_right: str


_NARROW = "\u202f"
_ENGLISH = Quotes("“", "”", "‘", "’")
_GERMAN = Quotes("„", "“", "‚", "‘")
_GUILLEMETS = Quotes("«", "»", "“", "”")
_SWEDISH = Quotes("”", "”", "’", "’")
_POLISH = Quotes("„", "”", "«", "»")
_NORDIC = Quotes("«", "»", "‘", "’")

_QUOTES = {
    "en": _ENGLISH,
    "nl": _ENGLISH,
    "ga": _ENGLISH,
    "tr": _ENGLISH,
    "de": _GERMAN,
    "de-ch": Quotes("«", "»", "‹", "›"),
    "cs": _GERMAN,
    "sk": _GERMAN,
    "sl": _GERMAN,
    "is": _GERMAN,
    "lt": Quotes("„", "“", "‚", "‘"),
    "fr": Quotes(f"«{_NARROW}", f"{_NARROW}»", "“", "”"),
    "fr-ch": Quotes(f"«{_NARROW}", f"{_NARROW}»", "‹", "›"),
    "es": _GUILLEMETS,
    "it": _GUILLEMETS,
    "pt": _GUILLEMETS,
    "pt-br": _ENGLISH,
    "ca": _GUILLEMETS,
    "el": _GUILLEMETS,
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
    "sv": _SWEDISH,
    "fi": _SWEDISH,
    "da": Quotes("„", "“", "‚", "‘"),
    "pl": _POLISH,
    "ro": _POLISH,
    "hu": Quotes("„", "”", "»", "«"),
    "ru": Quotes("«", "»", "„", "“"),
    "uk": Quotes("«", "»", "„", "“"),
}

_WORDS = {
    "en": "figure table listing section chapter appendix part",
    "de": "Abbildung Tabelle Listing Abschnitt Kapitel Anhang Teil",
    "fr": "figure tableau listage section chapitre annexe partie",
    "es": "figura tabla listado sección capítulo apéndice parte",
    "it": "figura tabella listato sezione capitolo appendice parte",
    "pt": "figura tabela listagem secção capítulo apêndice parte",
    "nl": "figuur tabel listing paragraaf hoofdstuk bijlage deel",
    "sv": "figur tabell listning avsnitt kapitel bilaga del",
    "da": "figur tabel listing afsnit kapitel bilag del",
    "nb": "figur tabell listing avsnitt kapittel vedlegg del",
    "fi": "kuva taulukko listaus luku luku liite osa",
    "pl": "rysunek tabela listing sekcja rozdział dodatek część",
    "cs": "obrázek tabulka výpis oddíl kapitola příloha část",
}
_ADMONITIONS = {
    "en": "note tip warning caution danger important example",
    "de": "Hinweis Tipp Warnung Vorsicht Gefahr Wichtig Beispiel",
    "fr": "Note Conseil Avertissement Attention Danger Important Exemple",
    "es": "Nota Consejo Aviso Precaución Peligro Importante Ejemplo",
    "it": "Nota Suggerimento Avviso Attenzione Pericolo Importante Esempio",
    "nl": "Opmerking Tip Waarschuwing Voorzichtig Gevaar Belangrijk Voorbeeld",
    "sv": "Anmärkning Tips Varning Försiktighet Fara Viktigt Exempel",
}
_KINDS = _WORDS["en"].split()


def quotes(language: str) -> Quotes | None:
    """The quotation marks of a language tag (`de-CH`, then `de`); None for a language not known here."""
    tag = language.lower().replace("_", "-")
    return _QUOTES.get(tag) or _QUOTES.get(tag.partition("-")[0])


def word(kind: str, language: str) -> str:
    """What a figure, table, listing, section, chapter, appendix or part is called within a sentence."""
    known = _WORDS.get(language.lower().partition("-")[0], _WORDS["en"])
    return dict(zip(_KINDS, known.split(), strict=True))[kind]


def label(kind: str, language: str) -> str:
    """The same word at the head of a caption."""
    name = word(kind, language)
    return name[:1].upper() + name[1:]


def admonition(kind: str, language: str) -> str:
    """The title of an admonition that the author gave none."""
    known = _ADMONITIONS.get(language.lower().partition("-")[0], _ADMONITIONS["en"])
    names = dict(zip(_ADMONITIONS["en"].split(), known.split(), strict=True))
    return names.get(kind, kind).capitalize()
