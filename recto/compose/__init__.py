"""Compose: galleys put into templates; out come the documents of both books.

    composer = Composer(book, galleys, contents, config, theme, manuscript)
    print_units(composer, index, pages)     -> (units of the print book, problems)
    awaits_pages(unit)                      -> whether it will be another one when the page map is known
    epub_documents(composer, index, pages, cover)  -> (XHTML documents of the e-book, problems)
    fill_ahead(composer, index)             begins with those, as far as they hang on no page

Both take the index as located (None: no index) and the page map of the print book (None: not known yet).
Templates are compiled once and may be filled many times. A fault in a template is a problem with the
template's file and line.

Each fills templates with `composer.fill("epub/chapter.xhtml", {…}, problems, medium=SCREEN)`, which adds the
shared context below.

Every template sees:

    book      the title matter: see `recto.compose.shared.TitleMatter`
    edition   this output: `edition.format` is "pdf" or "epub", `edition.isbn` its ISBN
    labels    the book's own words in its language: `labels.chapter`, `labels.contents`, …
    language  the BCP 47 tag
"""

from recto.compose.composer import Composer
from recto.compose.epub.documents import epub_documents, fill_ahead
from recto.compose.print.contents_depth import contents_depth
from recto.compose.print.pieces import awaits_pages
from recto.compose.print.units import print_units

__all__ = ["Composer", "awaits_pages", "contents_depth", "epub_documents", "fill_ahead", "print_units"]
