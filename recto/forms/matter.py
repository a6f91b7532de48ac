"""The named matter of books: which heading is a preface, and in how many spellings."""

from __future__ import annotations

import re

# role -> the names under which authors write it, case and punctuation aside (English, German, French)
_NAMES = {
    "dedication": ("dedication", "widmung", "dédicace"),
    "epigraph": ("epigraph", "motto", "épigraphe"),
    "foreword": ("foreword", "geleitwort", "avant-propos"),
    "preface": ("preface", "vorwort", "préface", "note to the reader", "to the reader"),
    "acknowledgments": (
        *("acknowledgments", "acknowledgements", "acknowledgment", "acknowledgement"),
        *("danksagung", "danksagungen", "remerciements"),
    ),
    "introduction": ("introduction", "einleitung", "einführung"),
    "prologue": ("prologue", "prolog"),
    "epilogue": ("epilogue", "epilog", "épilogue"),
    "afterword": ("afterword", "postscript", "nachwort", "postface"),
    "conclusion": ("conclusion", "conclusions", "schluss", "schlusswort"),
    "chronology": ("chronology", "timeline", "zeittafel", "chronologie"),
    "abbreviations": ("abbreviations", "list of abbreviations", "abkürzungen", "abréviations"),
    "notes": ("notes", "endnotes", "anmerkungen"),
    "glossary": ("glossary", "glossary of terms", "glossar", "glossaire"),
    "bibliography": (
        *("bibliography", "references", "works cited", "further reading"),
        *("literatur", "literaturverzeichnis", "bibliographie"),
    ),
    "contributors": ("contributors", "list of contributors", "mitwirkende", "contributeurs"),
    "credits": ("credits", "illustration credits", "bildnachweis", "crédits"),
    "about-the-author": (
        *("about the author", "about the authors", "about the editor", "about the editors"),
        *("über den autor", "über die autorin", "über die autoren", "à propos de l'auteur"),
    ),
    "colophon": ("colophon", "kolophon", "impressum"),
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names}

# Made by Recto from the text itself; an author's own copy would print the pages of another book.
_RESERVED = {
    "index": ("index", "register", "sachregister", "stichwortverzeichnis"),
    "contents": ("contents", "table of contents", "inhalt", "inhaltsverzeichnis", "table des matières"),
}
_MADE = {name: made for made, names in _RESERVED.items() for name in names}


def role_of(title: str) -> str | None:
    """The role a heading names (`Acknowledgements` -> `acknowledgments`), None where it names none.

    A name may go on after a colon or a dash, or say who or what for: `Preface: Why Bees`, `Foreword by
    Ann Lee`, `Preface to the Second Edition`.
    """
    name = _plain(title)
    if name in _ROLES:
        return _ROLES[name]
    found = re.match(r"(.+?)(?:\s*[:—–]\s+|\s+(?:by|to the|von|zur|de)\s+)", name)
    role = _ROLES.get(found[1]) if found else None
    if found and role and (":" in found[0] or role in ("foreword", "preface", "introduction", "afterword")):
        return role
    return None


def reserved(title: str) -> str | None:
    """`index` or `contents` where a heading is one of these, which Recto makes itself; else None."""
    return _MADE.get(_plain(title))


def known_roles() -> tuple[str, ...]:
    """Every role, for messages."""
    return tuple(_NAMES)


def _plain(title: str) -> str:
    words = " ".join(title.replace("’", "'").replace("&", "and").split())
    return words.strip(" *_.:").casefold()
