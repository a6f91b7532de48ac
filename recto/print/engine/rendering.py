"""Laying out one unit with WeasyPrint, which comes in by `weasy` and `inner`.

`lay_out` is a pure function of its job. What is expensive to set up is kept in the process, as a press
(presses.py), for the next job with the same style sheets; nothing of one document is left behind in it.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any
from xml.etree import ElementTree

from recto.galley import FILE_SCHEME
from recto.model import FontUse, LaidOut, Page, Quire
from recto.print.engine import proof
from recto.print.engine.book_files import BookFetcher
from recto.print.engine.makeup.bleeding import spread
from recto.print.engine.messages import messages
from recto.print.engine.page_reading import PageReader
from recto.print.engine.presses import parse_ahead, press_of
from recto.print.engine.quire.finishing import finish
from recto.print.engine.quire.folding import fold
from recto.print.engine.weasy import (
    HTML,
    IS_READ,
    READ,
    ImageFile,
    __version__,
)
from recto.print.layout.job import GRID, Forme, LayoutJob

_BASE = f"{FILE_SCHEME}:///"
_VARIANT = "pdf/ua-1"
_UNREAD = (
    f"Recto was made for version {READ}x and does not know this one, {__version__}: it lays out without being"
    " mended or spared any work, long notes may run off the page, and a book takes longer"
)
_PATIENCE = 10_000  # objects made between two looks of the collector
_HTML_ALONE = ("<svg", "<math", "<base", "<!ENTITY")
if IS_READ:
    # of another version nobody knows what of it would be mended, and what is done in vain
    importlib.import_module("recto.print.engine.mending").mend()
    importlib.import_module("recto.print.engine.sparing").spare()
    importlib.import_module("recto.print.engine.fine").refine()
ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
gc.freeze()  # what is imported by now stays: the collector need not go through it with every document


def lay_out(job: LayoutJob) -> LaidOut:
    """Lay out a unit: its PDF (tagged, PDF/UA-1) or quire, its pages, its fonts, what went wrong.

    Raises UnreadableEngineError where the version of WeasyPrint is another, and pages can't be read.
    """
    return forme(job).printed()


def forme(job: LayoutJob) -> Forme:
    """Set a unit in pages, to be printed or not. Raises what `lay_out` raises."""
    if IS_READ:
        return _forme(job)
    _prove()
    made = _forme(job)

    def printed() -> LaidOut:
        laid = made.printed()
        return replace(laid, messages=(_UNREAD, *laid.messages))

    return replace(made, printed=printed)


def make_ready(sheets: Iterable[str], language: str) -> None:
    """Do what a first job with these style sheets, in a language (a BCP 47 tag), would have to wait for."""
    parse_ahead(sheets)
    if IS_READ:
        importlib.import_module("recto.print.engine.sparing.ahead").read_ahead(language)


@lru_cache(maxsize=1)
def _prove() -> None:
    proof.check(_forme(proof.JOB).printed(), __version__)


def _forme(job: LayoutJob) -> Forme:
    fetcher = BookFetcher(job.files)
    press = press_of(job, fetcher)
    with messages() as caught, _patient_collector():
        html = _read(job.unit.html, fetcher)
        if not (job.unit.display or job.unit.from_pages):
            html.etree_element.set(GRID, "")
        if job.style:
            own = html.etree_element.get("style", "")
            html.etree_element.set("style", f"{own}; {job.style}".lstrip("; "))
        document = html.render(
            press.fonts, press.counters.copy(), stylesheets=press.sheets, pdf_variant=_VARIANT
        )
        _whole_links(document)
        reader = PageReader()
        boxes = [page._page_box for page in document.pages]
        covered = [spread(box) for box in boxes]
        read = map(reader.read, boxes)
        pages = tuple(replace(page, covered=is_so) for page, is_so in zip(read, covered, strict=True))
    said = (*press.messages, *caught)
    return Forme(pages, partial(_printed, job, document, pages, fetcher, said))


def _printed(
    job: LayoutJob, document: Any, pages: tuple[Page, ...], fetcher: BookFetcher, said: tuple[str, ...]
) -> LaidOut:
    """The PDF of a document, or its quire; `said` is what the print engine had to say by now."""
    document.fonts = fonts = _BookFonts(job)
    quires: list[Quire] = []
    finishing = partial(_finish, job, fonts, quires)
    with messages() as caught, _patient_collector():
        content = document.write_pdf(pdf_variant=_VARIANT, finisher=finishing)
    fetcher.check()
    complaints = tuple(dict.fromkeys((*said, *caught)))
    return LaidOut(job.unit, content, pages, fonts.uses(), complaints, *quires)


def _finish(job: LayoutJob, fonts: _BookFonts, quires: list[Quire], document: Any, pdf: Any) -> None:
    """The last touch; what is made for binding is folded, and not written by itself."""
    finish(job.unit.name, document, pdf)
    if not job.alone:
        quires.append(fold(pdf, fonts.uses()))
        pdf.write = lambda *_: None


def _read(html: str, fetcher: BookFetcher) -> HTML:
    """The document of a unit. What is well-formed is read as XML, in a hundredth of the time.

    The two differ where HTML adds namespaces of its own, or knows entities; then it is read as HTML.
    """
    if not any(name in html for name in _HTML_ALONE):
        try:
            root = ElementTree.fromstring(html)
        except ElementTree.ParseError:
            pass
        else:
            read = HTML(string="", base_url=_BASE, url_fetcher=fetcher)
            read.wrapper_element = type(read.wrapper_element).from_html_root(root, content_language=None)
            read.etree_element = read.wrapper_element.etree_element
            return read
    return HTML(string=html, base_url=_BASE, url_fetcher=fetcher)


def _whole_links(document: Any) -> None:
    """One annotation a link: WeasyPrint makes one more for each element inside it, outside its Link tag."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].element_tag == "a"]


class _BookFonts(dict[Any, Any]):
    """The fonts of a document while it is drawn; those of the book are told from those of the machine.

    Drawing looks fonts up and adds them here, then each is subset and embedded. For binding, fonts of the
    book are embedded once for all units: here their subsetting is switched off and nothing is embedded.
    """

    def __init__(self, job: LayoutJob) -> None:
        super().__init__()
        self._known = {asset.digest for asset in job.files.values()}
        self._alone = job.alone
        self._book: dict[str, list[Any]] = {}  # resource name -> fonts: one file may be met several times
        self._digests: dict[str, str] = {}

    def __setitem__(self, key: Any, font: Any) -> None:
        super().__setitem__(key, font)
        # bitmaps, collections and variable fonts stay as WeasyPrint embeds them
        if font.bitmap or font.index or "fvar" in font.tables or "glyf" not in font.tables:
            return
        digest = hashlib.sha256(font.file_content).hexdigest()
        if digest in self._known:
            self._book.setdefault(font.hash, []).append(font)
            self._digests[font.hash] = digest
            if not self._alone:
                font.file_content = b""
                font.clean = lambda to_unicode, hinting: None

    def uses(self) -> tuple[FontUse, ...]:
        """What was drawn with each font of the book."""
        return tuple(
            FontUse(
                name,
                self._digests[name],
                {
                    glyph: text.replace("\u00a0", " ")  # fonts draw both spaces with one glyph
                    for font in fonts
                    for glyph, text in font.to_unicode.items()
                    if glyph < font.glyph_count
                },
            )
            for name, fonts in self._book.items()
        )


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Let the collector look less often for rings of objects: boxes come by the hundred thousand."""
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], _PATIENCE), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
