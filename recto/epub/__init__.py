"""EPUB: finished documents and images bound into one EPUB 3.3 file.

    package(documents, assets, metadata, accessibility)  -> the bytes of the .epub
    given_cover(config, root)                            -> the cover that book.toml names, problems
    for_screens(cover, keep)                             -> the same in the colours of e-readers
    drawn_cover(pdf)                                     -> a cover out of a page laid out by the print engine
    with_fonts(documents, styles, subset, identifier)  -> what style sheets name packed with them, problems
    unknown_shops(config)            -> names of shops that there are not, as problems
    shop_findings(book, config)      -> what shops would refuse of the finished book, as problems
    copies(documents, assets, keep)                      -> pictures as every shop takes them, problems

Everything that goes in is finished: this stage adds the package document and the archive around it, and
changes no byte of a document but the name of a picture that had to be copied. The
same input gives the same bytes.
"""

from recto.epub.copies import copies, hazards
from recto.epub.cover_image import drawn_cover, for_screens, given_cover
from recto.epub.gate import gate
from recto.epub.package import package
from recto.epub.packed_fonts import with_fonts
from recto.epub.shop_gate import FinishedBook, shop_findings, unknown_shops

__all__ = [
    "FinishedBook",
    "copies",
    "drawn_cover",
    "for_screens",
    "gate",
    "given_cover",
    "hazards",
    "package",
    "shop_findings",
    "unknown_shops",
    "with_fonts",
]
