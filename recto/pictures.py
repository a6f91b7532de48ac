"""Pictures of pixels, looked at with Pillow: what kind they are, how large, and whether they are whole."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
LARGEST_PIXELS = 100_000_000
# above this only the header is read: decoding to see whether the file is whole would cost seconds
_DECODED_PIXELS = 40_000_000
_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4 A
_TURNED = (5, 6, 7, 8)  # the orientations that lay a picture on its side


class TooLargeError(ValueError):
    """A picture has more pixels than can be asked of a reader."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is: its media type, its size in pixels as its file has it, its Exif orientation.

    `mode` is that of Pillow: `RGB`, `L` (grey), `RGBA`, `CMYK` and so on.
    """

    media_type: str
    width: int
    height: int
    orientation: int = 1
    mode: str = ""

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height as it is shown: turned where its orientation says so."""
        return (self.height, self.width) if self.orientation in _TURNED else (self.width, self.height)


def kind(content: bytes) -> str | None:
    """The media type of a picture by its first bytes; None for any but the four kinds a book can hold."""
    # the plugins enter themselves where Image looks for them
    from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    for name, (_, accepts) in Image.OPEN.items():
        if (media_type := Image.MIME.get(name)) in SUFFIXES and accepts is not None and accepts(content[:16]):
            return media_type
    return None


def look(content: bytes) -> Picture | None:
    """A picture, and whether all of it is there, where that is soon told; None for any other file.

    Raises TooLargeError, and ValueError where it is damaged or not whole.
    """
    from PIL import Image, UnidentifiedImageError

    media_type = kind(content)
    if media_type is None:
        return None
    try:
        with _unwarned(), Image.open(io.BytesIO(content)) as image:
            pixels = image.width * image.height
            if pixels > LARGEST_PIXELS:
                raise TooLargeError
            decoded = pixels <= _DECODED_PIXELS
            if decoded:
                image.load()
            # to see whether Exif stands behind the picture, Pillow would decode a PNG all the same
            behind = media_type == "image/png" and not decoded and "exif" not in image.info
            orientation = 1 if behind else int(image.getexif().get(_ORIENTATION, 1) or 1)
            return Picture(media_type, image.width, image.height, orientation, image.mode)
    except Image.DecompressionBombError:
        raise TooLargeError from None
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, TypeError, OverflowError) as fault:
        raise ValueError(str(fault)) from fault


@contextmanager
def _unwarned() -> Iterator[None]:
    """Let Pillow warn of nothing: what matters of a picture is a problem, told with its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
