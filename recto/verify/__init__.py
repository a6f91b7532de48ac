"""The checker of finished books: whether each has every word of the manuscript, in order, once, on the sheet.

It shares nothing with the stages that made the books: the manuscript is read once more, by a simple reading
of its own (source_words.py), the e-book as any reader of EPUB would (epub_reader.py), the print book by
pdfium and its tags (pdf_reader.py), and letters alone are compared (comparing.py). So a fault of a stage, of
a template or of a style sheet can't hide itself.
"""

from collections.abc import Collection, Sequence

from recto.model import Book, Manuscript, Product
from recto.problems import Problem


def verify(
    book: Book, manuscript: Manuscript, products: Sequence[Product], told: Collection[Problem] = ()
) -> tuple[Problem, ...]:
    """Errors for every word of the manuscript that is not in a finished book, in order, once, on the sheet.

    `told` are the problems that the author hears of anyway: what they say to be left out is not asked for.
    """
    from recto.verify.books import compared  # only now: what reads PDFs takes long to load

    return compared(book, manuscript, products, told)
