"""The words of the index in the languages of books."""

from __future__ import annotations

from recto.index.model import Wording

_WORDINGS = {
    "en": Wording(),
    "de": Wording(
        "Register", "siehe", "siehe auch", "Zeichen", "Zahlen",
        "Eine fette Zahl verweist auf die Hauptstelle.",
        "Dieses Register wurde automatisch erstellt und nicht durchgesehen.",
    ),
    "fr": Wording(
        "Index", "voir", "voir aussi", "Symboles", "Nombres",
        "Un nombre en gras renvoie au passage principal.",
        "Cet index a été établi automatiquement et n’a pas été relu.",
    ),
    "es": Wording(
        "Índice alfabético", "véase", "véase también", "Símbolos", "Números",
        "Un número en negrita remite al pasaje principal.",
        "Este índice se ha elaborado automáticamente y no ha sido revisado.",
    ),
    "it": Wording(
        "Indice analitico", "vedi", "vedi anche", "Simboli", "Numeri",
        "Un numero in grassetto rinvia al passo principale.",
        "Questo indice è stato compilato automaticamente e non è stato rivisto.",
    ),
    "nl": Wording(
        "Register", "zie", "zie ook", "Tekens", "Getallen",
        "Een vet getal verwijst naar de belangrijkste plaats.",
        "Dit register is automatisch gemaakt en niet nagezien.",
    ),
    "pt": Wording(
        "Índice remissivo", "ver", "ver também", "Símbolos", "Números",
        "Um número em negrito remete para a passagem principal.",
        "Este índice foi feito automaticamente e não foi revisto.",
    ),
    "sv": Wording(
        "Register", "se", "se även", "Tecken", "Siffror",
        "En fet siffra hänvisar till huvudstället.",
        "Registret är gjort automatiskt och har inte granskats.",
    ),
}  # fmt: skip


def wording(language: str) -> Wording:
    """The words for a language tag (`de-AT`); English where none are known."""
    return _WORDINGS.get(language[:2].lower(), _WORDINGS["en"])
