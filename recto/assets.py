"""Images: found below the book's folder, recognised by content, checked, named.

A manuscript is untrusted input: nothing outside the book's folder is read (links are followed
before the check), nothing is decoded before its header says how large it is, and an SVG keeps only what
draws.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from recto import svg
from recto.config import shown
from recto.door import LARGEST_IMAGE, Door
from recto.model import Asset

LARGEST_PIXELS = 100_000_000
# above this only the header is read: decoding to see whether the file is whole would cost seconds
DECODED_PIXELS = 40_000_000
SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_MOST_LOOKED_AT = 5_000  # names, for one that was perhaps meant
_PILLOW = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4 A
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")
_SCHEME = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class ImageFault:
    """What is wrong with an image: a code for a problem, a sentence, a hint."""

    code: str
    message: str
    hint: str | None = None


class Images:
    """The images of a book: each file once, each name once, in the order in which they are asked for."""

    def __init__(self, root: Path) -> None:
        self._door = Door.of(root)
        self._root = self._door.folder
        self._by_path: dict[Path, Asset | ImageFault] = {}
        self._by_digest: dict[str, Asset] = {}
        self._names: set[str] = set()

    def take(self, reference: str, file: Path) -> tuple[Asset | None, ImageFault | None]:
        """The asset that a path written in `file` means; a fault is fatal where there is no asset."""
        path = self._find(reference, file)
        if isinstance(path, ImageFault):
            return None, path
        known = self._by_path.get(path)
        if known is None:
            known, fault = self._open(path)
            self._by_path[path] = known
            return (None, known) if isinstance(known, ImageFault) else (known, fault)
        return (None, known) if isinstance(known, ImageFault) else (known, None)

    @property
    def all(self) -> tuple[Asset, ...]:
        """Every image taken so far."""
        return tuple(self._by_digest.values())

    def _find(self, reference: str, file: Path) -> Path | ImageFault:
        if _SCHEME.match(reference) and not re.match(r"[A-Za-z]:[/\\]", reference):
            hint = "a book holds its images itself: download it into images/"
            return ImageFault("image-remote", f"{reference[:80]} is not in the book's folder", hint)
        if not reference or "\0" in reference or _ABSOLUTE.match(reference):
            hint = "give its path relative to the text, as images/net.png"
            return ImageFault("image-absolute", f"the path {reference!r} of this image is not relative", hint)
        folders = list(dict.fromkeys((file.resolve().parent, self._root, self._root / "images")))
        outside = False
        for folder in folders:
            for name in dict.fromkeys((reference, unquote(reference))):
                path = _resolved(folder / name)
                if path is None or not _is_file(path):
                    continue
                if path.is_relative_to(self._root):
                    return path
                outside = True
        if outside:
            hint = "copy it into images/ beside the text"
            return ImageFault("image-outside", f"{reference} lies outside the book's folder", hint)
        return self._missing(unquote(reference), folders)

    def _missing(self, reference: str, folders: Iterable[Path]) -> ImageFault:
        looked = [folder for folder in folders if folder.is_relative_to(self._root)]
        where = ", ".join(shown(folder) + "/" for folder in looked)
        hint = f"looked in {where}"
        if near := _near(Path(reference), looked, self._root):
            hint = f"did you mean {near}? {hint}"
        return ImageFault("image-missing", f"there is no image {reference}", hint)

    def _open(self, path: Path) -> tuple[Asset | ImageFault, ImageFault | None]:
        content = self._read(path)
        if isinstance(content, ImageFault):
            return content, None
        media_type = sniff(content)
        if media_type == "image/svg+xml":
            return self._open_svg(path, content)
        if media_type is None:
            hint = "images may be PNG, JPEG, GIF, WebP or SVG"
            return ImageFault("image-format", f"{path.name} is no image that a book can hold", hint), None
        size = _measure(path.name, content, media_type)
        if isinstance(size, ImageFault):
            return size, None
        return self._asset(path, content, media_type, *size), None

    def _read(self, path: Path) -> bytes | ImageFault:
        try:
            if path.stat().st_size > LARGEST_IMAGE:
                hint = f"images may have {LARGEST_IMAGE // 1_000_000} MB"
                return ImageFault("image-too-large", f"{path.name} is too large a file", hint)
            return self._door.read(path, LARGEST_IMAGE)
        except OSError as fault:
            return ImageFault("image-unreadable", f"{path.name} can't be read: {fault.strerror}")

    def _open_svg(self, path: Path, content: bytes) -> tuple[Asset | ImageFault, ImageFault | None]:
        try:
            drawing = svg.sanitise(content)
        except ValueError as fault:
            return ImageFault("image-broken", f"{path.name} is not a whole SVG: {fault}"), None
        if not drawing.removed:
            return self._asset(path, content, "image/svg+xml", drawing.width, drawing.height, 1), None
        what = ", ".join(drawing.removed[:5])
        hint = "an image in a book may not run scripts nor fetch anything; save it as plain SVG"
        fault_seen = ImageFault("svg-unsafe", f"{what} was taken out of {path.name}", hint)
        safe = svg.keep(drawing.content, path.stem)
        asset = self._asset(
            safe, drawing.content, "image/svg+xml", drawing.width, drawing.height, 1, path.stem
        )
        return asset, fault_seen

    def _asset(
        self,
        path: Path,
        content: bytes,
        media_type: str,
        width: int,
        height: int,
        orientation: int,
        stem: str = "",
    ) -> Asset:
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._by_digest:
            name = self._name(stem or path.stem, SUFFIXES[media_type])
            self._by_digest[digest] = Asset(name, path, digest, media_type, width, height, orientation)
        return self._by_digest[digest]

    def _name(self, stem: str, suffix: str) -> str:
        plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "image"
        name, count = f"images/{slug}.{suffix}", 1
        while name in self._names:
            count += 1
            name = f"images/{slug}-{count}.{suffix}"
        self._names.add(name)
        return name


def sniff(content: bytes) -> str | None:
    """The media type of an image by its first bytes; None for anything a book can't hold."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if svg.looks_like(content) else None


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # a name too long, a loop of links
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _measure(name: str, content: bytes, media_type: str) -> tuple[int, int, int] | ImageFault:
    """Width and height in pixels as shown (turned where Exif says so), and the Exif orientation."""
    from PIL import Image, UnidentifiedImageError  # only where a book has images

    too_large = ImageFault(
        "image-too-large",
        f"{name} has more than {LARGEST_PIXELS // 1_000_000} megapixels",
        "a full page at 300 dpi needs 5 megapixels; scale it down",
    )
    try:
        with _unwarned(), Image.open(io.BytesIO(content), formats=(_PILLOW[media_type],)) as image:
            width, height = image.size
            if width * height > LARGEST_PIXELS:
                return too_large
            decoded = width * height <= DECODED_PIXELS
            if decoded:
                image.load()
            # to see whether Exif stands behind the picture, Pillow would decode a PNG all the same
            behind = media_type == "image/png" and not decoded and "exif" not in image.info
            orientation = 1 if behind else int(image.getexif().get(_ORIENTATION, 1) or 1)
    except Image.DecompressionBombError:
        return too_large
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, OverflowError):
        return ImageFault("image-broken", f"{name} is damaged or not whole", "export it again")
    turned = orientation in (5, 6, 7, 8)
    return (height, width, orientation) if turned else (width, height, orientation)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Let Pillow warn of nothing: what matters of a picture is a problem, told with its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _near(wanted: Path, folders: Iterable[Path], root: Path) -> str:
    """The name of a file that was perhaps meant."""
    for folder in folders:
        place = _resolved(folder / wanted.parent)
        if place is None or not place.is_dir() or not place.is_relative_to(root):
            continue
        names = sorted(islice((each.name for each in place.iterdir()), _MOST_LOOKED_AT))
        lower = {name.lower(): name for name in names}
        if found := difflib.get_close_matches(wanted.name.lower(), lower, n=1, cutoff=0.7):
            return str(wanted.parent / lower[found[0]])
    return ""
