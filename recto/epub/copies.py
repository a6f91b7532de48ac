"""Copies of pictures for the e-book: of a size and a kind that every shop and every reader takes.

The limits are the strictest of those told: 3.2 million pixels (IngramSpark; Standard Ebooks
allows 4, Apple 5.6), JPEG, PNG, GIF and SVG (Kobo, Kindle), RGB and no transparency (Kobo). Nothing is
enlarged, and what needs no copy is packed as it is.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TypeVar

from recto.door import LARGEST_IMAGE, read
from recto.images.pictures import Fitted, fitted
from recto.model import Asset, Document
from recto.problems import Place, Problem, how_to_silence, shown, warning
from recto.settings.config import Config

MOST_PIXELS = 3_200_000
_PIXELS = ("image/png", "image/jpeg", "image/gif", "image/webp")
_KEYFRAMES = re.compile(rb"@(?:-webkit-)?keyframes\b", re.IGNORECASE)
T = TypeVar("T")
Keep = Callable[[str, Callable[[], T]], T]
"""What an earlier build made under a key, or what is made now."""


@dataclasses.dataclass(frozen=True, slots=True)
class Copies:
    """Documents and pictures of the e-book, with copies in the place of what shops would refuse.

    `moving` are the pictures that move, by their names in the book.
    """

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    moving: tuple[str, ...]


def copies(
    documents: Iterable[Document], assets: Iterable[Asset], keep: Keep[Fitted | None]
) -> tuple[Copies, tuple[Problem, ...]]:
    """Make copies where they are needed; each is told, with what was done. Raises OSError for a lost file."""
    made: list[Asset] = []
    renamed: dict[str, str] = {}
    moving: list[str] = []
    problems: list[Problem] = []
    taken = list({asset.name: asset for asset in assets}.values())
    names = {asset.name for asset in taken}
    for asset in taken:
        copy = _copy(asset, keep)
        if asset.media_type == "image/svg+xml" and _moves(asset.content or read(asset.path, LARGEST_IMAGE)):
            moving.append(asset.name)
        if copy is None:
            made.append(asset)
            continue
        if copy.moves:
            moving.append(asset.name)
        if not copy.done:
            made.append(asset)
            continue
        name = _free(str(PurePosixPath(asset.name).with_suffix(copy.suffix)), asset.name, names)
        renamed[asset.name] = name
        made.append(_replaced(asset, name, copy))
        problems.append(_told(asset, copy))
    pointing = tuple(_pointing(each, renamed) for each in documents)
    return Copies(pointing, tuple(made), tuple(moving)), tuple(problems)


def _replaced(asset: Asset, name: str, copy: Fitted) -> Asset:
    return dataclasses.replace(
        asset,
        name=name,
        digest=hashlib.sha256(copy.content).hexdigest(),
        media_type=copy.media_type,
        content=copy.content,
        orientation=1,
    )


def _told(asset: Asset, copy: Fitted) -> Problem:
    file = shown(asset.path)
    return warning(
        "image-fitted",
        f"{file} is in the e-book as a copy: {', '.join(copy.done)}",
        Place(file),
        hint=f"nothing need be done; {how_to_silence('image-fitted', asset.path.name)}",
        subject=asset.path.name,
    )


def hazards(config: Config, made: Copies) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The hazards to claim: where something moves and the author has vouched for nothing, none are known."""
    said = config.accessibility.hazards
    sheets = [each.name for each in made.documents if each.media_type == "text/css" and _moves(each.content)]
    moving = (*made.moving, *sheets)
    if not moving or ("accessibility", "hazards") in config.places:
        return said, ()
    paths = {asset.name: shown(asset.path) for asset in made.assets}
    named = ", ".join(paths.get(name, name) for name in moving)
    hint = (
        "if nothing flashes more than three times a second, write in book.toml: "
        '[accessibility] hazards = ["noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"]'
    )
    told = warning(
        "hazard-unknown",
        f"{named} moves, so that the e-book can't say that it is without hazard",
        config.place_of("accessibility", "hazards"),
        hint=hint,
        subject=named,
    )
    return ("unknown",), (told,)


def _moves(content: bytes) -> bool:
    """Tell whether a style sheet, or one in a drawing, moves anything (CSS Animations 1, 3)."""
    return _KEYFRAMES.search(content) is not None


def _copy(asset: Asset, keep: Keep[Fitted | None]) -> Fitted | None:
    if asset.media_type not in _PIXELS:
        return None
    content = asset.content
    return keep(
        f"{asset.digest} {MOST_PIXELS}",
        lambda: fitted(content or read(asset.path, LARGEST_IMAGE), MOST_PIXELS),
    )


def _free(name: str, own: str, names: set[str]) -> str:
    """A name that no other picture has."""
    path, number = PurePosixPath(name), 2
    while name != own and name in names:
        name, number = str(path.with_stem(f"{path.stem}-{number}")), number + 1
    names.add(name)
    return name


def _pointing(document: Document, renamed: dict[str, str]) -> Document:
    """A document that shows the copies."""
    content = document.content
    for old, new in renamed.items():
        if old != new:
            content = content.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return document if content is document.content else dataclasses.replace(document, content=content)
