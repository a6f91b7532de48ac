"""SVG images: only what draws. Scripts, events, animation, foreign content and outside references go."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recto import xhtml
from recto.xhtml import Element

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_REMOVED = frozenset(
    "script foreignObject iframe embed object audio video canvas handler listener animate animateMotion"
    " animateTransform animateColor set discard".split()
)
_PROLOG = re.compile(r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*", re.DOTALL)
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg[\s>])", re.IGNORECASE)
_EMBEDDED = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$")
_OUTSIDE = re.compile(
    r"""url\(\s*(?!\s*["']?\s*(?:\#|data:image/(?:png|jpeg|gif|webp);base64,))[^)]*\)|@import[^;]*;?|image-set\([^)]*\)|expression\(|\\"""
)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em)?\s*$", re.IGNORECASE)
# CSS px (CSS Values 3, 6.2); em taken as 16 px
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 960 / 25.4, "in": 96.0, "em": 16.0}
_DEFAULT_SIZE = (300, 150)  # of a replaced element without a size (CSS 2.2, 10.3.2)


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG made safe: its bytes, its size in CSS pixels, and what was taken out, in words."""

    content: bytes
    width: int
    height: int
    removed: tuple[str, ...]


def looks_like(content: bytes) -> bool:
    """Tell whether bytes are SVG: XML that names the element early on."""
    return bool(_BEGINNING.match(content)) and b"<svg" in content[:20_000]


def sanitise(content: bytes) -> Drawing:
    """Take out of an SVG all that does not draw. Raises ValueError where it is not well-formed SVG."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ValueError("it is not UTF-8") from fault
    start = _PROLOG.match(text)
    body = text[start.end() if start else 0 :]
    if body.lstrip()[:2] == "<!":
        raise ValueError("its DOCTYPE declares entities")
    holder = xhtml.parse(body.rstrip())
    root = holder[0] if len(holder) == 1 else None
    if root is None or root.tag not in ("svg", f"{_NAMESPACE}svg"):
        raise ValueError("its root is no <svg>")
    removed: list[str] = []
    if root.tag == "svg":
        raise ValueError("it lacks the namespace of SVG")
    for element in list(root.iter()):
        _element(element, removed)
    width, height = _size(root)
    made = xhtml.outer(root).encode() if removed else content
    return Drawing(made, width, height, tuple(dict.fromkeys(removed)))


def _element(element: Element, removed: list[str]) -> None:
    if not isinstance(element.tag, str):
        removed.append("a processing instruction")
        xhtml.remove(element)
        return
    name = element.tag.rpartition("}")[2]
    if name in _REMOVED:
        removed.append(f"<{name}>")
        xhtml.remove(element)
        return
    for attribute, value in list(element.attrib.items()):
        local = str(attribute).rpartition("}")[2].lower()
        inside = value.strip().startswith("#") or (name == "image" and _EMBEDDED.match(value))
        if local.startswith("on") or (local in ("href", "src", "base") and not inside):
            removed.append(f"{local} of <{name}>")
            del element.attrib[attribute]
        elif _OUTSIDE.search(value):
            removed.append(f"an outside reference in <{name}>")
            element.set(attribute, _OUTSIDE.sub("none", value))
    if name == "style" and element.text and _OUTSIDE.search(element.text):
        removed.append("an outside reference in <style>")
        element.text = _OUTSIDE.sub("none", element.text)


def _size(root: Element) -> tuple[int, int]:
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        view = (float(box[2]), float(box[3])) if len(box) == 4 else None
    except ValueError:
        view = None
    width, height = _length(root.get("width")), _length(root.get("height"))
    if view and min(view) > 0:
        ratio = view[0] / view[1]
        width = width or (height * ratio if height else view[0])
        height = height or width / ratio
    return round(width or _DEFAULT_SIZE[0]) or 1, round(height or _DEFAULT_SIZE[1]) or 1


def _length(text: str | None) -> float | None:
    found = _LENGTH.match(text or "")
    value = float(found[1]) * _PIXELS[(found[2] or "px").lower()] if found else 0.0
    return value if 0 < value < 1e6 else None
