"""What else has colours in a PDF: pictures, shadings, groups, graphics states."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, PdfImage
from PIL import Image

from recto.press.inks import Colour, Inks, from_cmyk

_DEEPEST = 20  # functions that hold functions: a file of our own has two
_MODES = {"L": "/DeviceGray", "CMYK": "/DeviceCMYK", "RGB": "/DeviceRGB"}


class LeftError(ValueError):
    """Something has a colour that could not be turned into the inks of the press."""


def turn_picture(pdf: pikepdf.Pdf, stream: Any, inks: Inks | None, *, flattens: bool) -> None:
    """Turn a picture into the inks of the press, in place; where nothing may shine through, laid on white.

    Raises LeftError where Pillow can't read it.
    """
    if stream.get("/ImageMask", False):
        return
    mask = stream.get("/SMask") if flattens else None
    if mask is None and (inks is None or stream.get("/ColorSpace") in (Name.DeviceGray, Name(inks.space))):
        return
    try:
        image = PdfImage(stream).as_pil_image()
        if mask is not None:
            alpha = PdfImage(mask).as_pil_image().convert("L").resize(image.size)
            image = Image.composite(image.convert("RGB"), Image.new("RGB", image.size, "white"), alpha)
    except (pikepdf.PdfError, NotImplementedError, OSError, ValueError) as fault:
        raise LeftError(f"a picture ({fault})") from fault
    made = inks.picture(image) if inks is not None else image.convert("RGB")
    stream.write(made.tobytes())
    stream.ColorSpace, stream.BitsPerComponent = Name(_MODES[made.mode]), 8
    for key in ("/Decode", "/DecodeParms", "/Intent", "/Mask", *(("/SMask",) if flattens else ())):
        if key in stream:
            del stream[key]


def turn_shading(shading: Any, inks: Inks) -> None:
    """Turn a shading into the inks of the press, in place. Raises LeftError where that can't be done."""
    count = _count(shading.get("/ColorSpace"))
    if count == 1 or Name(inks.space) == shading.get("/ColorSpace"):
        return
    if "/Background" in shading:
        shading.Background = Array(_turned(shading.Background, inks))
    functions = shading.get("/Function")
    for function in functions if isinstance(functions, Array) else [functions]:
        if function is None or isinstance(functions, Array):
            raise LeftError("a gradient")
        _turn_function(function, inks, 0)
    shading.ColorSpace = Name(inks.space)


def _turn_function(function: Any, inks: Inks, depth: int) -> None:
    """Between two colours (type 2), and such functions one after the other (type 3)."""
    if depth > _DEEPEST or function.FunctionType not in (2, 3):
        raise LeftError("a gradient")
    if "/Range" in function:
        function.Range = Array([0, 1] * inks.components)
    if function.FunctionType == 3:
        for each in function.Functions:
            _turn_function(each, inks, depth + 1)
        return
    for key in ("/C0", "/C1"):
        if len(function.get(key, ())) > inks.components or len(function.get(key, ())) == 3:
            function[key] = Array(_turned(function[key], inks))


def shines_through(pdf: pikepdf.Pdf) -> bool:
    """Tell whether any graphics state of a file lets through what is below."""
    return any(
        float(state.get("/ca", 1)) < 1
        or float(state.get("/CA", 1)) < 1
        or state.get("/SMask", Name.None_) != Name.None_
        or state.get("/BM", Name.Normal) != Name.Normal
        for item in pdf.objects
        if isinstance(item, Dictionary | pikepdf.Stream)
        for state in states(item)
    )


def states(item: Any) -> list[Any]:
    """The graphics states that an object names: a page or a form its own, or a dictionary of resources."""
    resources = item.get("/Resources", item)
    has = isinstance(resources, Dictionary | pikepdf.Stream) and "/ExtGState" in resources
    return [each for each in resources.ExtGState.values() if isinstance(each, Dictionary)] if has else []


def opaque(state: Any) -> None:
    """Take transparency out of a graphics state: the streams have it in their colours."""
    for key in ("/ca", "/CA", "/SMask", "/BM", "/AIS"):
        if key in state:
            del state[key]


def _turned(values: Any, inks: Inks) -> Colour:
    colour = tuple(float(value) for value in values)
    return inks.mix(from_cmyk(colour) if len(colour) == 4 else colour)


def _count(space: Any) -> int:
    if isinstance(space, Array) and len(space) > 1 and space[0] == Name.ICCBased:
        return int(space[1].N)
    return {"/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}.get(str(space), 1)
