"""WeasyPrint as any version has it: its documented interface, and the few things beside it that pages need.

Only this module and `inner` import WeasyPrint. What is taken from it here:

    CSS, HTML                   documented: documents and style sheets
    FontConfiguration           documented
    URLFetcher, …Response       documented: who gives it files
    CounterStyle                shared between sheets and document: sheets are parsed once for all units
    ImageFile                   Pillow's, of which WeasyPrint sets a switch of the whole process

and of its objects, by name alone, so that a change would not be noticed by an import:

    document.pages[i]._page_box  the boxes that pages are read from (page_reading, overruns)
    page.links                   (kind, target, rectangle, box) of each link
    document.fonts               a mapping that drawing adds fonts to
    write_pdf(finisher=…)        a last look at the objects of the PDF (finishing, folding)

Pages, notes and tags read wrongly would be text lost in silence. `proof` asks for all of it of a version that
nobody has read.
"""

from __future__ import annotations

from recto.print.engine import postponing  # noqa: F401 - before WeasyPrint
from recto.print.engine.system import named_as_on_linux

with named_as_on_linux():
    from weasyprint import CSS, HTML, __version__
    from weasyprint.css.counters import CounterStyle
    from weasyprint.images import ImageFile
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

READ = "70."
"""The versions whose inner functions were read, and are spared work and mended."""

IS_READ = __version__.startswith(READ)

__all__ = [
    "CSS",
    "HTML",
    "IS_READ",
    "READ",
    "CounterStyle",
    "FontConfiguration",
    "ImageFile",
    "URLFetcher",
    "URLFetcherResponse",
    "__version__",
]
