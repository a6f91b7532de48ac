"""Pictures that cover their page, over the trim into the bleed: figures of the class `bleed`.

Such a figure is laid out as high as the type area and moves as any other does, so that it has a page to
itself and the text goes on around it. Where the page lies on the paper is known when it is made; its picture
then gets the whole sheet, and the style sheet tells how it fills that (`object-fit`).
"""

from __future__ import annotations

from typing import Any

_CLASS = "bleed"
_PICTURES = ("BlockReplacedBox", "InlineReplacedBox")


def covers(box: Any) -> bool:
    """Tell whether a box is a figure that is to cover its page."""
    if box.element is None or box.element_tag != "figure":
        return False
    return _CLASS in box.element.get("class", "").split()


def spread(page: Any) -> bool:
    """Let the picture of a figure that covers its page fill the sheet; tells whether there is one.

    `page` is the box of a page that is laid out for good.
    """
    found = [
        picture
        for box in page.descendants()
        if covers(box)
        for picture in box.descendants()
        if type(picture).__name__ in _PICTURES
    ]
    for picture in found:
        _fill(picture, page)
    return bool(found)


def _fill(picture: Any, page: Any) -> None:
    beyond = {side: page.style[f"bleed_{side}"].value for side in ("top", "right", "bottom", "left")}
    for side in beyond:
        for edge in ("margin", "border", "padding"):
            setattr(picture, f"{edge}_{side}" + ("_width" if edge == "border" else ""), 0)
    picture.position_x, picture.position_y = page.position_x - beyond["left"], page.position_y - beyond["top"]
    picture.width = page.margin_width() + beyond["left"] + beyond["right"]
    picture.height = page.margin_height() + beyond["top"] + beyond["bottom"]
    picture.recto_spread = True
