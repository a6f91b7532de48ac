"""Pictures of pixels, looked at with Pillow: what kind they are, how large, and whether they are whole."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from recto.images import gif

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
# What no e-reader need know (EPUB 3.3, 3.2): turned into PNG or JPEG as it is taken
_TURNED = {"image/avif": "AVIF", "image/tiff": "TIFF", "image/bmp": "BMP"}
_NOT_PACKED = {**_TURNED, "image/webp": "WebP"}  # what shops refuse
_DEEP = ("I", "I;16", "I;16B", "I;16L", "I;16N")  # 16 bits of grey, which Pillow clips as it converts them
_UNSHOWN = ("F", "LAB", "HSV")
_EMBEDDED = frozenset(f"data:{media_type};base64" for media_type in SUFFIXES)
LARGEST_PIXELS = 100_000_000
# above this only the header is read: decoding to see whether the file is whole would cost seconds
_DECODED_PIXELS = 40_000_000
# a progressive JPEG has some ten scans, each of which goes over the whole picture (ITU-T T.81, B.2.3)
_MOST_SCANS = 100
_SCAN = b"\xff\xda"
_SIGNATURE = 16  # bytes by which Pillow knows a kind
_LEAST = 4  # bytes without which some of its plugins stumble
_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4 A
_ON_ITS_SIDE = (5, 6, 7, 8)  # the orientations that do


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
        return (self.height, self.width) if self.orientation in _ON_ITS_SIDE else (self.width, self.height)

    @property
    def is_to_be_turned(self) -> bool:
        """Whether no book can hold it as it is."""
        return self.media_type in _TURNED or self.mode in _DEEP


def kind(content: bytes) -> str | None:
    """The media type of a picture by its first bytes; None for any that no book can make use of."""
    # the plugins enter themselves where Image looks for them
    from PIL import (  # noqa: F401
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    if len(content) < _LEAST:
        return None
    for name, (_, accepts) in Image.OPEN.items():
        media_type = Image.MIME.get(name)
        known = media_type in SUFFIXES or media_type in _TURNED
        # a sentence in the place of True tells that the machine can't decode it
        if known and accepts is not None and accepts(content[:_SIGNATURE]) is True:
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
            if media_type == "image/jpeg" and content.count(_SCAN) > _MOST_SCANS:
                raise ValueError(f"it has more than {_MOST_SCANS} scans")
            decoded = pixels <= _DECODED_PIXELS
            if decoded:
                image.load()
            if media_type == "image/gif" and not gif.leads_to_image(content):
                raise ValueError("something that is no image stands before its first")
            # to see whether Exif stands behind the picture, Pillow would decode a PNG all the same
            behind = media_type == "image/png" and not decoded and "exif" not in image.info
            orientation = 1 if behind else int(image.getexif().get(_ORIENTATION, 1) or 1)
            if image.mode in _UNSHOWN:
                return None
            return Picture(media_type, image.width, image.height, orientation, image.mode)
    except Image.DecompressionBombError:
        raise TooLargeError from None
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, TypeError, OverflowError) as fault:
        raise ValueError(str(fault)) from fault


def embedded(address: str) -> tuple[str, bytes]:
    """The media type and bytes of a picture that is written out in its address (RFC 2397), as SVGs hold them.

    Raises ValueError for any other address, and for what is no whole picture of a size that can be shown.
    """
    head, _, written = address.partition(",")
    content = base64.b64decode(unquote(written)) if head in _EMBEDDED else b""
    found = look(content)
    if found is None or f"data:{found.media_type};base64" != head:
        raise ValueError("only pictures can be written out in an address")
    return found.media_type, content


@contextmanager
def _unwarned() -> Iterator[None]:
    """Let Pillow warn of nothing: what matters of a picture is a problem, told with its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture made to fit: its bytes and kind, what was `done` to it in words, and whether it `moves`.

    Where nothing had to be done the bytes are empty; what was made anew stands still.
    """

    content: bytes = b""
    media_type: str = ""
    done: tuple[str, ...] = ()
    moves: bool = False

    @property
    def suffix(self) -> str:
        """The suffix of its kind."""
        return f".{SUFFIXES[self.media_type]}"


def fitted(content: bytes, most_pixels: int, *, still: bool = False) -> Fitted | None:
    """A picture as JPEG or PNG of at most so many pixels, upright, in RGB or grey, without transparency.

    A GIF stays as it is where it moves, unless it is to be `still`. None for a file that is no picture, or
    can't be read.
    """
    from PIL import Image, ImageOps

    media_type = kind(content)
    if media_type is None:
        return None
    try:
        with _unwarned(), Image.open(io.BytesIO(content)) as image:
            moves = getattr(image, "n_frames", 1) > 1 and media_type != "image/tiff"
            if moves and media_type == "image/gif" and not still:
                return Fitted(moves=True)
            done, made = [], ImageOps.exif_transpose(image)
            if made.size != image.size or image.getexif().get(_ORIENTATION, 1) != 1:
                done.append("turned upright")
            if name := "GIF" if still and media_type == "image/gif" else _NOT_PACKED.get(media_type, ""):
                done.append("its first frame, as PNG" if moves else f"as PNG or JPEG, not {name}")
            made, more = _plain_colours(made)
            done += more
            if made.width * made.height > most_pixels:
                share = (most_pixels / (made.width * made.height)) ** 0.5
                size = max(1, int(made.width * share)), max(1, int(made.height * share))
                done.append(f"{size[0]} × {size[1]} pixels, not {made.width} × {made.height}")
                made = made.resize(size, Image.Resampling.LANCZOS)
            if not done:
                return Fitted(moves=moves)
            lossy = media_type in ("image/jpeg", "image/avif")
            lossy = lossy or (media_type == "image/webp" and b"VP8 " in content[:64])
            if moves and "its first frame, as PNG" not in done:
                done.append("its first frame alone")
            return Fitted(*_written(made, lossy=lossy), tuple(done))
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        TypeError,
        OverflowError,
        Image.DecompressionBombError,
    ):
        return None


def _plain_colours(image: Any) -> tuple[Any, list[str]]:
    """A picture in grey or RGB on white paper, its colours as sRGB has them; and what was done for it."""
    from PIL import Image, ImageCms

    done = []
    if image.mode in _DEEP:
        image = image.point(lambda grey: grey / 256).convert("L")
        done.append("in 256 greys, not 65,536")
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        if image.convert("RGBA").getchannel("A").getextrema()[0] < 255:
            done.append("laid on white, for it was transparent")
        whole = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in str(ImageCms.getProfileDescription(given)).lower():
                screen = ImageCms.createProfile("sRGB")
                image = ImageCms.profileToProfile(image, given, screen, outputMode="RGB") or image
                done.append("its colors turned into sRGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that can't be read says nothing
    if image.mode == "CMYK":
        image = image.convert("RGB")
        done.append("in RGB, not CMYK")
    return image, done


def _written(image: Any, *, lossy: bool) -> tuple[bytes, str]:
    made = io.BytesIO()
    if lossy:
        image.convert("L" if image.mode == "L" else "RGB").save(made, "JPEG", quality=90, optimize=True)
        return made.getvalue(), "image/jpeg"
    image.save(made, "PNG", optimize=True)
    return made.getvalue(), "image/png"
