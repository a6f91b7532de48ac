"""The words of the index in the languages of books."""

from __future__ import annotations

from recto.index.model import Wording

_WORDINGS = {
    "en": Wording(),
    "de": Wording(
        "Register", "siehe", "siehe auch", "Zeichen", "Zahlen",
        "Eine fette Zahl verweist auf die Hauptstelle.",
        "Dieses Register wurde automatisch erstellt und nicht durchgesehen.",
        ("\u00a0Anm.\u00a0", "\u00a0Abb.", "\u00a0Tab."), "Hinter einer Zahl steht {}.",
        ("Anm. für eine Anmerkung", "Abb. für eine Abbildung", "Tab. für eine Tabelle"),
        "und", "(Forts.)",
    ),
    "fr": Wording(
        "Index", "voir", "voir aussi", "Symboles", "Nombres",
        "Un nombre en gras renvoie au passage principal.",
        "Cet index a été établi automatiquement et n’a pas été relu.",
        ("\u00a0n.\u00a0", "\u00a0fig.", "\u00a0tab."), "Un nombre est suivi de {}.",
        ("n. pour une note", "fig. pour une figure", "tab. pour un tableau"),
        "et", "(suite)",
    ),
    "es": Wording(
        "Índice alfabético", "véase", "véase también", "Símbolos", "Números",
        "Un número en negrita remite al pasaje principal.",
        "Este índice se ha elaborado automáticamente y no ha sido revisado.",
        ("\u00a0n.\u00a0", "\u00a0fig.", "\u00a0tab."), "A un número le sigue {}.",
        ("n. si es una nota", "fig. si es una figura", "tab. si es una tabla"),
        "y", "(continuación)",
    ),
    "it": Wording(
        "Indice analitico", "vedi", "vedi anche", "Simboli", "Numeri",
        "Un numero in grassetto rinvia al passo principale.",
        "Questo indice è stato compilato automaticamente e non è stato rivisto.",
        ("\u00a0n.\u00a0", "\u00a0fig.", "\u00a0tab."), "Un numero è seguito da {}.",
        ("n. per una nota", "fig. per una figura", "tab. per una tabella"),
        "e", "(segue)",
    ),
    "nl": Wording(
        "Register", "zie", "zie ook", "Tekens", "Getallen",
        "Een vet getal verwijst naar de belangrijkste plaats.",
        "Dit register is automatisch gemaakt en niet nagezien.",
        ("\u00a0n\u00a0", "\u00a0afb.", "\u00a0tab."), "Na een getal staat {}.",
        ("n voor een noot", "afb. voor een afbeelding", "tab. voor een tabel"),
        "en", "(vervolg)",
    ),
    "pt": Wording(
        "Índice remissivo", "ver", "ver também", "Símbolos", "Números",
        "Um número em negrito remete para a passagem principal.",
        "Este índice foi feito automaticamente e não foi revisto.",
        ("\u00a0n.\u00a0", "\u00a0fig.", "\u00a0tab."), "Um número é seguido de {}.",
        ("n. para uma nota", "fig. para uma figura", "tab. para uma tabela"),
        "e", "(continuação)",
    ),
    "sv": Wording(
        "Register", "se", "se även", "Tecken", "Siffror",
        "En fet siffra hänvisar till huvudstället.",
        "Registret är gjort automatiskt och har inte granskats.",
        ("\u00a0not\u00a0", "\u00a0fig.", "\u00a0tab."), "Efter en siffra står {}.",
        ("not för en fotnot", "fig. för en figur", "tab. för en tabell"),
        "och", "(forts.)",
    ),
}  # fmt: skip


def wording(language: str) -> Wording:
    """The words for a language tag (`de-AT`); English where none are known."""
    return _WORDINGS.get(language[:2].lower(), _WORDINGS["en"])
