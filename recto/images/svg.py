"""SVG images: only what draws (svg.toml lists it), nothing from outside, and no more than can be drawn.

What an editor keeps in a picture for itself goes without a word, for it draws nothing; all else that goes is
told: scripts, events, animation, links, foreign content.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from math import isfinite
from xml.parsers import expat

from recto.images.svg_cost import check_cost
from recto.images.svg_ids import drop_dangling, name_ids
from recto.notations import css, xhtml
from recto.notations.shipped_tables import shipped
from recto.notations.xhtml import Element

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_EMPTY_WITHOUT = ("image", "feImage", "use")  # a reference: it is all that they draw
_TEXT_ALONE = ("style", "title", "desc")  # and what draws nothing of its own
_XML = ("{http://www.w3.org/XML/1998/namespace}lang", "{http://www.w3.org/XML/1998/namespace}space")
_PROLOG = re.compile(r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*", re.DOTALL)
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,30})["']""")
_INSTRUCTION = re.compile(r"<\?(?!xml\s)")
_PROLOG_OF_OTHERS = re.compile(r"""<\?xml\s(?!version\s*=\s*(?:"1\.0"|'1\.0'))""")
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg[\s>])", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_LENGTH = re.compile(r"([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em)?", re.IGNORECASE)
_PART = re.compile(r"url\(#[\w.:-]+\)")  # a reference within the picture, which is what most of them are
# Attributes that are as long as a drawing is; any other has a few words.
_LONG = frozenset("d points style transform values tableValues keyTimes href x y dx dy rotate".split())
_LONGEST = 2_000  # characters of any other attribute
_LONGEST_LENGTH = 40
_MOST_ATTRIBUTES = 1_000  # of an element: each is found by going through those before it
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
    """Take out of an SVG all that does not draw.

    Raises ValueError where it is not well-formed SVG, or would draw more than can be drawn.
    """
    text, is_utf8 = _decoded(content)
    start = _PROLOG.match(text)
    prolog = start[0] if start else ""
    body = text[len(prolog) :]
    if body.lstrip()[:2] == "<!":
        raise ValueError("its DOCTYPE declares entities")
    holder = xhtml.parse(body.rstrip())
    root = holder[0] if len(holder) == 1 else None
    if root is not None:
        root.tail = None
    if root is None or root.tag not in ("svg", f"{_NAMESPACE}svg"):
        raise ValueError("its root is no <svg>")
    if root.tag == "svg":
        raise ValueError("it lacks the namespace of SVG")
    cleaner = _Cleaner()
    cleaner.changed = not is_utf8 or bool(_PROLOG_OF_OTHERS.search(prolog)) or not _is_document(content)
    if _INSTRUCTION.search(prolog):
        cleaner.tell("a processing instruction")
    for element in list(root.iter()):
        cleaner.clean(element)
    check_cost(root)
    cleaner.changed |= name_ids(root)
    cleaner.changed |= drop_dangling(root)
    width, height = _size(root)
    made = xhtml.outer(root).encode() if cleaner.changed else content
    return Drawing(made, width, height, tuple(cleaner.removed))


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text of an XML file, and whether it is UTF-8; else it says itself what it is (XML 1.0, 4.3.3)."""
    declared = _DECLARED.match(content)
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        name = codecs.lookup(encoding).name
        return content.decode("utf-8-sig" if name == "utf-8" else name), name in ("utf-8", "ascii")
    except LookupError:
        raise ValueError(f"it is in an encoding unknown here, {encoding}") from None
    except UnicodeDecodeError:
        raise ValueError(f"it is not {encoding.upper()}") from None


def _is_document(content: bytes) -> bool:
    """Whether bytes are an XML document as they are, which who reads a piece of one isn't told.

    There may be text behind its root, or two declarations before it. (Entities, which are dangerous to read,
    it has none: no DOCTYPE that declares any comes as far as here.)
    """
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(content, True)
    except (expat.ExpatError, ValueError):  # ValueError: an encoding of several bytes a character
        return False
    return True


@cache
def _allowed() -> tuple[frozenset[str], frozenset[str]]:
    lists = shipped("recto.images", "svg.toml")
    return frozenset(lists["elements"].split()), frozenset(lists["attributes"].split())


class _Cleaner:
    """Takes out of one picture what does not draw; `removed` says what, in words, each once."""

    def __init__(self) -> None:
        self.removed: dict[str, None] = {}
        self.changed = False
        self._gone: set[Element | None] = set()
        self._elements, self._attributes = _allowed()

    def tell(self, what: str) -> None:
        """Something was taken out that the author may miss."""
        self.removed[what] = None
        self.changed = True

    def clean(self, element: Element) -> None:
        """Look at one element and its attributes; parents come before their children."""
        if element.getparent() in self._gone:
            self._gone.add(element)
            return
        if not isinstance(element.tag, str):
            self.tell("a processing instruction")
            xhtml.remove(element)
            return
        name = element.tag.removeprefix(_NAMESPACE)
        if name not in self._elements:
            self.changed = True
            self._gone.add(element)
            parent = element.getparent()
            # of a <switch> the first that can be shown counts (SVG 1.1, 5.8.2), so that others may go
            chosen = parent is not None and parent.tag == f"{_NAMESPACE}switch" and len(parent) > 1
            if name != "metadata" and not chosen and (not name.startswith("{") or "xhtml" in name):
                self.tell(f"<{name.rpartition('}')[2]}>")
            xhtml.remove(element)
            return
        if len(element.attrib) > _MOST_ATTRIBUTES:
            raise ValueError(f"one of its elements has more than {_MOST_ATTRIBUTES:,} attributes")
        for attribute, value in list(element.attrib.items()):
            self._attribute(element, name, str(attribute), value)
        if name in _TEXT_ALONE:
            self._text(element)
        if name == "style":
            self._sheet(element)

    def _attribute(self, element: Element, name: str, attribute: str, value: str) -> None:
        if attribute in (_XLINK_HREF, "href"):
            self._href(element, name, attribute, value.strip())
        elif attribute.startswith("{"):
            if attribute == _BASE:
                self.tell(f"base of <{name}>")
            if attribute not in _XML:  # an editor's own, such as inkscape:label
                self.changed = True
                del element.attrib[attribute]
        elif attribute.startswith("data-") or (attribute == "content" and name == "svg"):
            self.changed = True  # what an editor keeps of its own, as draw.io does
            del element.attrib[attribute]
        elif attribute not in self._attributes or (len(value) > _LONGEST and attribute not in _LONG):
            self.tell(f"{attribute} of <{name}>")
            del element.attrib[attribute]
        elif not _stays_within(value):
            self.tell(f"an outside reference in <{name}>")
            element.set(attribute, "none" if attribute != "style" else "")
        elif not _is_size(attribute, value):  # a value that is none counts as not given
            self.changed = True
            del element.attrib[attribute]

    def _href(self, element: Element, name: str, attribute: str, value: str) -> None:
        if value.startswith("#") or (name in ("image", "feImage") and _EMBEDDED.fullmatch(value)):
            return
        self.tell(f"href of <{name}>")
        del element.attrib[attribute]
        if name in _EMPTY_WITHOUT:
            self._gone.add(element)
            xhtml.remove(element)

    def _text(self, element: Element) -> None:
        """What holds text alone: elements in it are none."""
        self._gone.add(element)  # with what lies deeper
        for child in list(element):
            self.changed = True
            xhtml.remove(child)

    def _sheet(self, element: Element) -> None:
        sheet, whole = css.rules_within(element.text or "")
        if not whole:
            self.tell("an outside reference in <style>")
            element.text = sheet


def _stays_within(value: str) -> bool:
    """Tell whether the value of an attribute reaches for nothing outside; most have no function at all."""
    if "(" not in value and "\\" not in value and "@" not in value:
        return True
    if _PART.fullmatch(value.strip()):
        return True
    return css.within(value)


def _is_size(attribute: str, value: str) -> bool:
    """Whether an attribute that gives a size gives one; any other may have what it has."""
    if attribute == "viewBox":
        return _box(value) is not None
    if attribute not in ("width", "height"):
        return True
    return value.strip().endswith("%") or value == "auto" or _length(value) is not None


def _size(root: Element) -> tuple[int, int]:
    view = _box(root.get("viewBox") or "")
    width, height = _length(root.get("width")), _length(root.get("height"))
    if view and min(view) > 0 and max(view) < 1e6:
        ratio = view[0] / view[1]
        width = width or (height * ratio if height else view[0])
        height = height or width / ratio
    return round(width or _DEFAULT_SIZE[0]) or 1, round(height or _DEFAULT_SIZE[1]) or 1


def _box(value: str) -> tuple[float, float] | None:
    """The width and height of a viewBox; None where it is none."""
    try:
        _, _, width, height = (float(number) for number in re.split(r"[\s,]+", value.strip()[:_LONGEST]))
    except ValueError:
        return None
    return (width, height) if isfinite(width + height) else None


def _length(text: str | None) -> float | None:
    # a number of a hundred thousand digits would keep the pattern busy for minutes
    found = _LENGTH.fullmatch(text.strip()) if text and len(text) <= _LONGEST_LENGTH else None
    value = float(found[1]) * _PIXELS[(found[2] or "px").lower()] if found else 0.0
    return value if 0 < value < 1e6 else None
