"""Images: found below the book's folder, recognised by content, checked, named.

A manuscript is untrusted input: nothing outside the book's folder is read (links are followed
before the check), nothing is decoded before its header says how large it is, and an SVG keeps only what
draws.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from recto.door import LARGEST_IMAGE, Door
from recto.ids import composed
from recto.images import svg
from recto.images.pictures import LARGEST_PIXELS, SUFFIXES, Picture, TooLargeError, embedded, fitted, look
from recto.model import Asset
from recto.notations.document_archive import LARGEST_DOCUMENT, Archive, divided
from recto.problems import shown

_MOST_LOOKED_AT = 5_000  # names, for one that was perhaps meant
_SVG = "image/svg+xml"
_SUFFIXES = {**SUFFIXES, _SVG: "svg"}
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
        self._archive: Archive | None = None  # the one that was looked into last

    def take(self, reference: str, file: Path) -> tuple[Asset | None, ImageFault | None]:
        """The asset that a path written in `file` means; a fault is fatal where there is no asset."""
        if reference.startswith("data:"):
            return self._written_out(reference, file)
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

    def _written_out(self, address: str, file: Path) -> tuple[Asset | None, ImageFault | None]:
        """A picture that is written out in its address, as Google Docs exports them; it lies in no file."""
        try:
            _, content = embedded(address if len(address) <= 2 * LARGEST_IMAGE else "")
        except ValueError:
            hint = "save the picture as a file beside the text, and name that"
            message = f"the picture that is written out in {address[:30]}… can't be read"
            return None, ImageFault("image-broken", message, hint)
        picture = _look("the picture in this address", content)
        if isinstance(picture, ImageFault):
            return None, picture
        if picture.is_to_be_turned:
            made, fault = self._turned(file, content)
            return (None, made) if isinstance(made, ImageFault) else (made, fault)
        return self._taken(file, content, picture, kept=True), None

    def _find(self, reference: str, file: Path) -> Path | ImageFault:
        if _SCHEME.match(reference) and not re.match(r"[A-Za-z]:[/\\]", reference):
            hint = "a book holds its images itself: download it into images/"
            return ImageFault("image-remote", f"{reference[:80]} is not in the book's folder", hint)
        if not reference or "\0" in reference or _ABSOLUTE.match(reference):
            if (path := self._below_root(reference)) is not None:
                return path
            hint = "give its path relative to the text, as images/net.png"
            not_relative = f"the path {reference!r} of this image is not relative"
            message = not_relative if reference else "this image has no path that a book can follow"
            return ImageFault("image-absolute", message, hint)
        folders = list(dict.fromkeys((file.resolve().parent, self._root, self._root / "images")))
        outside = False
        for folder in folders:
            for name in dict.fromkeys((reference, unquote(reference))):
                path = self._there(folder / name)
                if path is None:
                    continue
                if path.is_relative_to(self._root):
                    return path
                outside = True
        if outside:
            hint = "copy it into images/ beside the text"
            return ImageFault("image-outside", f"{reference} lies outside the book's folder", hint)
        return self._missing(unquote(reference), folders)

    def _below_root(self, reference: str) -> Path | None:
        """The file that a path with a slash before it means on a website whose root is the book's folder."""
        if not reference.startswith("/") or "\0" in reference:
            return None
        for name in dict.fromkeys((reference.lstrip("/"), unquote(reference).lstrip("/"))):
            path = self._there(self._root / name)
            if path is not None and _is_file(path) and path.is_relative_to(self._root):
                return path
        return None

    def _there(self, path: Path) -> Path | None:
        """The file that a path leads to, links followed; None where there is none."""
        real = _resolved(path)
        if real is None or _is_file(real) or divided(real):
            return real
        return self._composed(real)

    def _composed(self, path: Path) -> Path | None:
        """The file of the book whose name is the same but for how its letters are composed (UAX 15)."""
        if not path.is_relative_to(self._root) or str(path).isascii():
            return None
        found = self._root
        for name in path.relative_to(self._root).parts:
            same = [each for each in _names(found, self._root) if composed(each) == composed(name)]
            found /= name if name in same else next(iter(same), name)
        real = _resolved(found)
        return real if real is not None and _is_file(real) else None

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
        if svg.looks_like(content):
            return self._open_svg(path, content)
        picture = _look(path.name, content)
        if isinstance(picture, ImageFault):
            return picture, None
        if picture.is_to_be_turned:
            return self._turned(path, content)
        # what lies in a document is in no file of its own, and stays with the asset
        return self._taken(path, content, picture, kept=divided(path) is not None), _misnamed(path, picture)

    def _turned(self, path: Path, content: bytes) -> tuple[Asset | ImageFault, ImageFault | None]:
        """A picture of a kind that no book can hold, as one that both do."""
        copy = fitted(content, LARGEST_PIXELS)
        if copy is None or (picture := look(copy.content)) is None:
            return ImageFault("image-broken", f"{path.name} is damaged or not whole", "export it again"), None
        told = ImageFault("image-turned", f"{path.name} is in the book as a copy: {', '.join(copy.done)}")
        return self._taken(path, copy.content, picture, kept=True), told

    def _read(self, path: Path) -> bytes | ImageFault:
        try:
            if part := divided(path):
                return self._part(*part)
            if path.stat().st_size > LARGEST_IMAGE:
                hint = f"images may have {LARGEST_IMAGE // 1_000_000} MB"
                return ImageFault("image-too-large", f"{path.name} is too large a file", hint)
            return self._door.read(path, LARGEST_IMAGE)
        except OSError as fault:
            return ImageFault("image-unreadable", f"{path.name} can't be read: {fault.strerror}")

    def _part(self, document: Path, name: str) -> bytes:
        """A picture in a document. Raises OSError where there is none."""
        if self._archive is None or self._archive.path != document:
            self._archive = Archive(self._door.read(document, LARGEST_DOCUMENT), document)
        return self._archive.read(name, LARGEST_IMAGE)

    def _open_svg(self, path: Path, content: bytes) -> tuple[Asset | ImageFault, ImageFault | None]:
        try:
            drawing = svg.sanitise(content)
        except ValueError as fault:
            return ImageFault("image-broken", f"{path.name} is not a whole SVG: {fault}"), None
        picture = Picture(_SVG, drawing.width, drawing.height)
        if not drawing.removed:
            # what went without a word is not in the file that is packed either
            kept = drawing.content is not content or divided(path) is not None
            return self._taken(path, drawing.content, picture, kept=kept), None
        what = ", ".join(drawing.removed[:5])
        hint = "an image in a book may not run scripts nor fetch anything; save it as plain SVG"
        fault_seen = ImageFault("svg-unsafe", f"{what} was taken out of {path.name}", hint)
        return self._taken(path, drawing.content, picture, kept=True), fault_seen

    def _taken(self, path: Path, content: bytes, picture: Picture, *, kept: bool = False) -> Asset:
        """The one asset of a content, named when it is first met.

        What is not, or no longer, what a file holds is `kept` with the asset.
        """
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._by_digest:
            self._by_digest[digest] = Asset(
                self._name(path.stem, _SUFFIXES[picture.media_type]),
                part[0] if (part := divided(path)) else path,
                digest,
                picture.media_type,
                *picture.shown,
                picture.orientation,
                content if kept else None,
            )
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


def _misnamed(path: Path, picture: Picture) -> ImageFault | None:
    """A word on a file that is of another kind than its name says; a program that goes by names stumbles."""
    kind, said = _SUFFIXES[picture.media_type], path.suffix.lower().lstrip(".")
    said = "jpg" if said in ("jpeg", "jpe", "jfif") else said
    if said == kind or said not in _SUFFIXES.values():
        return None
    hint = f"call it {path.stem}.{kind}"
    return ImageFault("image-misnamed", f"{path.name} is a {kind.upper()} file, and is set as one", hint)


def _look(name: str, content: bytes) -> Picture | ImageFault:
    hint: str | None = "images may be PNG, JPEG, GIF, WebP, AVIF, TIFF, BMP or SVG"
    try:
        return look(content) or ImageFault("image-format", f"{name} is no image that a book can hold", hint)
    except TooLargeError:
        message = f"{name} has more than {LARGEST_PIXELS // 1_000_000} megapixels"
        hint = "a full page at 300 dpi needs 5 megapixels; scale it down"
        return ImageFault("image-too-large", message, hint)
    except ValueError:
        return ImageFault("image-broken", f"{name} is damaged or not whole", "export it again")


def _names(folder: Path, root: Path) -> list[str]:
    """What lies in a folder of the book, or the first of very much; nothing of a folder elsewhere."""
    place = _resolved(folder)
    if place is None or not place.is_relative_to(root) or not place.is_dir():
        return []
    return sorted(islice((each.name for each in place.iterdir()), _MOST_LOOKED_AT))


def _near(wanted: Path, folders: Iterable[Path], root: Path) -> str:
    """The name of a file that was perhaps meant."""
    for folder in folders:
        lower = {name.lower(): name for name in _names(folder / wanted.parent, root)}
        if found := difflib.get_close_matches(wanted.name.lower(), lower, n=1, cutoff=0.7):
            return str(wanted.parent / lower[found[0]])
    return ""
