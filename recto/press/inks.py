"""The inks of a press, and what becomes of a colour of the screen in them.

Black alone is DeviceGray. Colours become four inks by the printer's own ICC profile (littlecms, by Pillow),
grey by black alone, so that text and rules never stand in four colours that a press may set beside each
other. No more ink is laid than the paper bears: what is over it is taken from the coloured inks.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from PIL import Image, ImageCms, ImageMath

_LUMA = (0.299, 0.587, 0.114)  # as Pillow weighs them (ITU-R BT.601)
_NEUTRAL = 0.004  # channels that differ by less than a step of eight bits are grey
Colour = tuple[float, ...]


class Inks(Protocol):
    """What colours are turned into."""

    space: str
    components: int

    def mix(self, rgb: Colour) -> Colour:
        """A colour, red, green and blue from 0 to 1, in these inks."""

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in these inks."""


class BlackInk:
    """Black alone."""

    space, components = "/DeviceGray", 1

    def mix(self, rgb: Colour) -> Colour:
        """The lightness of a colour."""
        return (round(sum(weight * value for weight, value in zip(_LUMA, rgb, strict=True)), 4),)

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in grey."""
        return image.convert("L")


class FourInks:
    """Cyan, magenta, yellow and black, by an ICC profile; `limit` is the most of all together (4 is full)."""

    space, components = "/DeviceCMYK", 4

    def __init__(self, icc: bytes, limit: float) -> None:
        """Raises ValueError where the profile is none of four inks."""
        try:
            press = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            screen = ImageCms.createProfile("sRGB")
            self._transform: Any = ImageCms.buildTransform(
                screen, press, "RGB", "CMYK", ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )  # fmt: skip
        except (ImageCms.PyCMSError, OSError) as fault:
            raise ValueError(str(fault)) from fault
        self._limit = limit
        self._mixed = lru_cache(maxsize=4096)(self._mix)

    def mix(self, rgb: Colour) -> Colour:
        """A colour in four inks; grey in black alone."""
        return self._mixed(tuple(rgb))

    def _mix(self, rgb: Colour) -> Colour:
        if max(rgb) - min(rgb) < _NEUTRAL:
            return 0, 0, 0, round(1 - sum(rgb) / 3, 4)
        dot = Image.new("RGB", (1, 1), tuple(round(255 * value) for value in rgb))
        inks: Any = self.picture(dot).getpixel((0, 0))
        return tuple(round(ink / 255, 4) for ink in inks)

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in four inks, none of its dots over the limit."""
        if image.mode in ("L", "1", "LA"):
            return image.convert("L")
        made: Any = ImageCms.applyTransform(image.convert("RGB"), self._transform)
        return _held(made, self._limit)


def _held(image: Image.Image, limit: float) -> Image.Image:
    """A picture of four inks with less of the coloured ones where all together are over the limit."""
    *coloured, black = (band.convert("I") for band in image.split())
    cyan, magenta, yellow = coloured
    most = round(limit * 255)

    def cut(args: Any) -> Any:
        total = args["cyan"] + args["magenta"] + args["yellow"]
        room = args["most"] - args["black"]
        over = total > room
        return args["ink"] * (1 - over) + (args["ink"] * room / (total + (total == 0))) * over

    bands: Sequence[Image.Image] = [
        ImageMath.lambda_eval(
            cut,
            ink=ink,
            cyan=cyan,
            magenta=magenta,
            yellow=yellow,
            black=black,
            most=Image.new("I", ink.size, most),
        ).convert("L")
        for ink in coloured
    ]
    return Image.merge("CMYK", (*bands, black.convert("L")))


def from_cmyk(inks: Colour) -> Colour:
    """What four inks look like on a screen, as PDF has it where no profile is named (ISO 32000-1, 10.3.5)."""
    black = inks[3]
    return tuple(1 - min(1.0, ink + black) for ink in inks[:3])
