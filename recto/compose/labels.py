"""The words a book says in its own voice, by language: Chapter, Contents, Index, see also …"""

from __future__ import annotations

from collections.abc import Mapping

_KEYS = (
    "part", "chapter", "appendix", "section", "contents", "index", "notes", "page", "pages", "figure",
    "table", "listing", "see", "see_also", "continued", "cover", "title_page", "copyright_page",
    "half_title", "dedication", "epigraph", "colophon", "by", "automatic_index", "made_with",
    "landmarks", "page_list", "start", "note_back",
)  # fmt: skip

# One row a language, in the order of _KEYS.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Part", "Chapter", "Appendix", "Section", "Contents", "Index", "Notes", "page", "pages", "Figure",
        "Table", "Listing", "see", "see also", "continued", "Cover", "Title page", "Copyright",
        "Half title", "Dedication", "Epigraph", "Colophon", "by",
        "This index was made automatically from the text.", "Set in {fonts}, and made into pages by Recto.",
        "Landmarks", "Pages", "Start of the text", "Back to the text",
    ),
    "de": (
        "Teil", "Kapitel", "Anhang", "Abschnitt", "Inhalt", "Register", "Anmerkungen", "Seite", "Seiten",
        "Abbildung", "Tabelle", "Listing", "siehe", "siehe auch", "Fortsetzung", "Umschlag", "Titelseite",
        "Impressum", "Schmutztitel", "Widmung", "Motto", "Kolophon", "von",
        "Dieses Register wurde automatisch aus dem Text erstellt.",
        "Gesetzt aus {fonts}, umbrochen mit Recto.", "Orientierungspunkte", "Seiten", "Textbeginn",
        "Zurück zum Text",
    ),
    "fr": (
        "Partie", "Chapitre", "Annexe", "Section", "Table des matières", "Index", "Notes", "page", "pages",
        "Figure", "Tableau", "Listage", "voir", "voir aussi", "suite", "Couverture", "Page de titre",
        "Mentions légales", "Faux-titre", "Dédicace", "Épigraphe", "Colophon", "par",
        "Cet index a été établi automatiquement à partir du texte.",
        "Composé en {fonts}, mis en pages par Recto.", "Repères", "Pages", "Début du texte",
        "Retour au texte",
    ),
    "es": (
        "Parte", "Capítulo", "Apéndice", "Sección", "Índice", "Índice analítico", "Notas", "página",
        "páginas", "Figura", "Tabla", "Listado", "véase", "véase también", "continuación", "Cubierta",
        "Portada", "Créditos", "Portadilla", "Dedicatoria", "Epígrafe", "Colofón", "por",
        "Este índice se ha elaborado automáticamente a partir del texto.",
        "Compuesto en {fonts} y maquetado con Recto.", "Puntos de referencia", "Páginas",
        "Comienzo del texto", "Volver al texto",
    ),
    "it": (
        "Parte", "Capitolo", "Appendice", "Sezione", "Indice", "Indice analitico", "Note", "pagina",
        "pagine", "Figura", "Tabella", "Listato", "vedi", "vedi anche", "continua", "Copertina",
        "Frontespizio", "Colophon", "Occhiello", "Dedica", "Epigrafe", "Colophon", "di",
        "Questo indice è stato ricavato automaticamente dal testo.",
        "Composto in {fonts} e impaginato con Recto.", "Punti di riferimento", "Pagine", "Inizio del testo",
        "Torna al testo",
    ),
    "nl": (
        "Deel", "Hoofdstuk", "Bijlage", "Paragraaf", "Inhoud", "Register", "Noten", "pagina", "pagina’s",
        "Figuur", "Tabel", "Listing", "zie", "zie ook", "vervolg", "Omslag", "Titelpagina", "Colofon",
        "Franse titel", "Opdracht", "Motto", "Colofon", "door",
        "Dit register is automatisch uit de tekst gemaakt.", "Gezet uit {fonts} en opgemaakt met Recto.",
        "Oriëntatiepunten", "Pagina’s", "Begin van de tekst", "Terug naar de tekst",
    ),
    "sv": (
        "Del", "Kapitel", "Bilaga", "Avsnitt", "Innehåll", "Register", "Noter", "sida", "sidor", "Figur",
        "Tabell", "Listning", "se", "se även", "forts.", "Omslag", "Titelsida", "Kolofonsida", "Smutstitel",
        "Dedikation", "Motto", "Kolofon", "av", "Detta register har gjorts automatiskt ur texten.",
        "Satt med {fonts} och ombruten med Recto.", "Landmärken", "Sidor", "Textens början",
        "Tillbaka till texten",
    ),
}  # fmt: skip


def labels(language: str) -> dict[str, str]:
    """The labels for a BCP 47 language tag (`de-AT` reads `de`); English where there are none."""
    row = _ROWS.get(language.split("-")[0].lower(), _ROWS["en"])
    return dict(zip(_KEYS, row, strict=True))


def known(language: str) -> bool:
    """Tell whether there are labels for a language."""
    return language.split("-")[0].lower() in _ROWS
