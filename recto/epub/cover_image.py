"""The cover: the author's image, looked at before it is taken, or a page drawn by the print engine.

1400 × 2240 pixels fit what every store asks of a cover inside the book (ratio 1.6, short side 1400 for
Apple, below the 3.2 megapixels of IngramSpark).
"""

from __future__ import annotations

import io
from pathlib import Path

from recto.door import LARGEST_IMAGE, Door
from recto.images.pictures import Picture, look
from recto.model import Document
from recto.problems import Place, Problem, error, warning
from recto.settings.config import Config
from recto.settings.metadata import cover_name

WIDTH = 1400
_HEIGHT = 2240  # where a page is a fraction of a pixel higher, rendering adds a row
_SHOP = 1600, 2560  # what KDP likes
_SMALLEST = 625  # KDP's least width; below 1400 Apple Books does not take a cover
_LARGEST = 10_000
_NOT_PLAIN = ("CMYK", "RGBA", "LA", "PA")  # as Pillow calls them


def given_cover(config: Config, root: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The cover that book.toml names, out of the folder `root`; None where it names none, or a wrong one.

    One that can be shown is taken, though shops will not like it.
    """
    if not config.book.cover:
        return None, ()
    place, named = config.place_of("book", "cover"), config.book.cover
    door = Door.of(root)
    try:
        if not (root / named).resolve().is_relative_to(door.folder):
            message = f"the cover {named} lies outside the book's folder"
            hint = "copy it into the folder and name it from there"
            return None, (error("cover-outside", message, place, hint=hint, subject=named),)
        content = door.read(root / named, LARGEST_IMAGE)
    except (OSError, RuntimeError, ValueError) as fault:
        message = f"the cover {named} can't be read: {getattr(fault, 'strerror', fault)}"
        hint = f"paths of book.toml start in {root}; leave `cover` out to have a cover made"
        return None, (error("cover-missing", message, place, hint=hint, subject=named),)
    try:
        picture = look(content)
    except ValueError:
        message = f"the cover {named} is damaged, not whole, or far too large"
        return None, (error("cover-format", message, place, hint="export it again", subject=named),)
    problems = tuple(_faults(picture, named, cover_name(config), place))
    if picture is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    return _document(cover_name(config), content, picture.media_type), problems


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
    return _document("cover.png", written.getvalue(), "image/png")


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


def _faults(picture: Picture | None, named: str, name: str, place: Place) -> list[Problem]:
    if picture is None or picture.media_type not in ("image/jpeg", "image/png"):
        message = f"the cover {named} is neither a JPEG nor a PNG image"
        hint = "save it as one of the two: stores take nothing else"
        return [error("cover-format", message, place, hint=hint, subject=named)]
    found = []
    if (picture.media_type == "image/jpeg") != name.endswith(".jpg"):
        message = f"the cover {named} is of another kind than its name says: {picture.media_type}"
        found.append(error("cover-format", message, place, hint="give it its true ending", subject=named))
    if picture.mode in _NOT_PLAIN:
        message = f"the cover {named} is in CMYK or transparent; e-readers want plain RGB"
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
