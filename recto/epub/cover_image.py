"""The cover: the author's image, taken as figures are, or a page drawn by the print engine.

1400 × 2240 pixels fit what every store asks of a cover inside the book (ratio 1.6, short side 1400 for
Apple, below the 3.2 megapixels of IngramSpark).
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from recto.door import LARGEST_IMAGE, read
from recto.images.assets import ImageFault, Images
from recto.images.pictures import LARGEST_PIXELS, Fitted, Picture, fitted, look
from recto.model import Document
from recto.problems import Place, Problem, warning
from recto.settings.config import Config

DRAWN = "cover.png"  # the name of a cover made by us
WIDTH = 1400
_HEIGHT = 2240  # where a page is a fraction of a pixel higher, rendering adds a row
_SHOP = 1600, 2560  # what KDP likes
_SMALLEST = 625  # KDP's least width; below 1400 Apple Books does not take a cover
_LARGEST = 10_000
_NOT_PLAIN = ("CMYK", "RGBA", "LA", "PA")  # as Pillow calls them
_NOWHERE = ("image-missing", "image-unreadable")
_ELSEWHERE = ("image-remote", "image-absolute", "image-outside")


def given_cover(config: Config, root: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The cover that book.toml names, from the folder `root`; None where it names none, or none to be had.

    It is a JPEG or a PNG, made of any other picture; one that shops will not like is taken and told.
    """
    if not config.book.cover:
        return None, ()
    place, named = config.place_of("book", "cover"), config.book.cover
    asset, fault = Images(root).take(named, root / config.name)
    if asset is None or asset.media_type == "image/svg+xml":
        fault = fault or ImageFault("image-format", f"{named} is a drawing", "save it as JPEG or PNG")
        return None, (_told_of(fault, named, place),)
    told = [warning("cover-format", fault.message, place, hint=fault.hint, subject=named)] if fault else []
    content = asset.content or read(asset.path, LARGEST_IMAGE)
    if asset.media_type not in ("image/jpeg", "image/png"):
        copy = fitted(content, LARGEST_PIXELS, still=True) or Fitted(content)
        content = copy.content
        message = f"the cover {named} is in the books as a copy: {', '.join(copy.done)}"
        told.append(warning("cover-format", message, place, hint="save it as JPEG or PNG", subject=named))
    if (picture := look(content)) is None:
        return None, tuple(told)
    name = "cover.jpg" if picture.media_type == "image/jpeg" else DRAWN
    told += _faults(picture, named, place)
    return _document(name, content, picture.media_type), tuple(told)


def _told_of(fault: ImageFault, named: str, place: Place) -> Problem:
    return warning(
        "cover-missing"
        if fault.code in _NOWHERE
        else "cover-outside"
        if fault.code in _ELSEWHERE
        else "cover-format",
        f"{fault.message}; a cover is drawn in its place",
        place,
        hint=fault.hint,
        subject=named,
    )


def for_screens(
    cover: Document, keep: Callable[[str, Callable[[], Fitted | None]], Fitted | None]
) -> Document:
    """A cover upright and in plain RGB or grey, as e-readers want it; `keep` recalls what was made before."""
    key = f"{hashlib.sha256(cover.content).hexdigest()} cover"
    copy = keep(key, lambda: fitted(cover.content, LARGEST_PIXELS))
    if copy is None or not copy.done:
        return cover
    return dataclasses.replace(cover, content=copy.content)


def drawn_cover(pdf: bytes) -> Document:
    """The first page of a PDF as a cover, `WIDTH` pixels wide. Raises ValueError where there is no page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not len(document):
            raise ValueError("the cover has no page")
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        written = io.BytesIO()
        image.crop((0, 0, WIDTH, min(image.height, _HEIGHT))).save(written, "PNG")
    finally:
        document.close()
    return _document(DRAWN, written.getvalue(), "image/png")


def shop_cover(pdf: bytes) -> bytes:
    """The first page of a PDF as the picture for a shop's window: a JPEG of 1600 × 2560 pixels (KDP)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=_SHOP[0] / page.get_width()).to_pil().convert("RGB")
        written = io.BytesIO()
        image.crop((0, 0, *_SHOP)).save(written, "JPEG", quality=90, optimize=True)
    finally:
        document.close()
    return written.getvalue()


def _document(name: str, content: bytes, media_type: str) -> Document:
    return Document(name, "", content, media_type, ("cover-image",), spine=False)


def _faults(picture: Picture, named: str, place: Place) -> list[Problem]:
    found = []
    if picture.mode in _NOT_PLAIN:
        message = f"the cover {named} is in CMYK or transparent; the e-book has a copy in RGB, on white"
        found.append(warning("cover-color", message, place, hint="save it as RGB, flattened", subject=named))
    short, long = sorted((picture.width, picture.height))
    measures = f"{picture.width} × {picture.height} pixels"
    if short < _SMALLEST or long > _LARGEST:
        message = f"the cover {named} has {measures}; stores take {_SMALLEST} to {_LARGEST} a side"
        found.append(warning("cover-size", message, place, hint="1400 × 2240 fits all", subject=named))
    elif short < WIDTH:
        message = f"the cover {named} has {measures}; Apple Books wants {WIDTH} on the short side"
        found.append(warning("cover-small", message, place, hint="1400 × 2240 fits all", subject=named))
    return found
