"""Typeset: Book -> Galleys, the text of every section as XHTML.

    typeset(book, manuscript, config, cache) -> (galleys, problems)
    read_terms(config) -> config, whose index terms are set as well

Two passes. The first sets every section by itself (draft.py): Markdown through Python-Markdown and our own
steps, kept in the cache; plain text as it stands. The second (placing/) knows the whole
book: it numbers notes, figures, tables and listings through their chapters, makes ids unique, finds images,
and resolves references.

What stands in a galley besides plain XHTML has its grammar in recto.galley; `p.attribution` in
`blockquote.epigraph` is for the style sheets alone.
"""

from __future__ import annotations

from dataclasses import replace

from recto.model import Book, Galley, Manuscript
from recto.problems import Problem
from recto.settings.config import Config
from recto.store.cache import Cache


def typeset(
    book: Book, manuscript: Manuscript, config: Config, cache: Cache | None = None
) -> tuple[tuple[Galley, ...], tuple[Problem, ...]]:
    """Set the whole book; images lie beside their section, in the manuscript's root or in its images/."""
    from recto.typeset.book import set_book

    return set_book(book, manuscript, config, cache or Cache(None))


def read_terms(config: Config) -> Config:
    """The settings with the headings of the author's list of terms read as Markdown, as titles are."""
    terms = config.index.terms
    if not terms:
        return config
    from recto.typeset.book import style_of
    from recto.typeset.steps.index_headings import read_terms as read  # loads Markdown

    return replace(config, index=replace(config.index, terms=read(terms, style_of(config))))


__all__ = ["read_terms", "typeset"]
