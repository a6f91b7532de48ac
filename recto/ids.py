"""Ids of what Recto makes by itself: its contents, its index, the beginnings of pages.

They begin with `recto.`, and no other id of the book does (`typeset.placing` and `collate` see to
it), so that neither an id of the author's nor a heading of the index can stand in their way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

OWN = "recto."
CONTENTS, NOTES, INDEX, COLOPHON = (f"{OWN}{name}" for name in ("contents", "notes", "index", "colophon"))
LISTS = {name: f"{OWN}{name}" for name in ("figures", "tables", "listings")}  # of captions
# what an id can't hold: white space (HTML 3.2.6), and what is no name character of XML (1.0, 2.3)
_UNFIT = re.compile(r"[^\w.:·-]+")


def index_id(name: str) -> str:
    """The id of a heading of the index, or of one of its letters."""
    return f"{OWN}index.{name}"


def is_of_index(name: str) -> bool:
    """Tell whether an id is one of the index's own."""
    return name == INDEX or name.startswith(index_id(""))


def page_id(folio: str) -> str:
    """The id of the place where a page of the print book begins in the e-book."""
    return f"{OWN}page.{folio}"


def composed(name: str) -> str:
    """A name as authors may write it in two ways, in one: `é` is one character or two (UAX 15)."""
    return unicodedata.normalize("NFC", name)


def fit(wanted: str) -> str:
    """What an author calls a place, as an id of the book: fit for both books, and none of Recto's own."""
    name = _UNFIT.sub("-", composed(wanted)) or "-"
    name = name if name[0].isalpha() or name[0] == "_" else f"_{name}"
    return f"_{name}" if name.startswith(OWN) else name


@lru_cache(maxsize=4096)  # a book's headings are named again at each build
def github_slug(title: str) -> str:
    """A heading as GitHub names it: lower case, its letters, digits, `_` and `-`, and `-` for each space."""
    kept = (
        character
        for character in composed(title).strip().lower()
        if character in " -" or unicodedata.category(character)[0] in "LMN" or _joins(character)
    )
    return "".join(kept).replace(" ", "-")


def _joins(character: str) -> bool:
    return unicodedata.category(character) == "Pc"  # `_` and its kin
