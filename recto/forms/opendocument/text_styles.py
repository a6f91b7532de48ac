"""What the styles of an OpenDocument mean: emphasis, code, quotations, captions.

OpenDocument 1.3, part 3, 16: a style has a parent, and what it doesn't say the parent does; the styles that
LibreOffice makes for direct formatting lie in content.xml (`office:automatic-styles`).
"""

from __future__ import annotations

from dataclasses import dataclass

from recto.forms.office.document_parts import attribute, local
from recto.notations.xhtml import Element

_DEEPEST = 20  # parents of a style
_ROLES = {
    "title": "title", "subtitle": "subtitle", "quotations": "quotation", "quote": "quotation",
    "preformatted text": "code", "source text": "code", "source code": "code", "code": "code",
    "teletype": "code", "caption": "caption", "figure": "caption", "illustration": "caption",
    "table": "caption", "drawing": "caption",
}  # fmt: skip
_ROLES |= {f"heading {level}": f"h{level}" for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """What one style says; None where it says nothing and the parent does. `role` is what it is for."""

    parent: str = ""
    role: str = ""
    italic: bool | None = None
    bold: bool | None = None
    position: str = ""  # `sup`, `sub`
    small: bool | None = None  # small capitals
    struck: bool | None = None
    underlined: bool | None = None


class TextStyles:
    """The styles of a document, by their names."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[str, TextStyle] = {}
        self.numbered_lists: set[str] = set()
        self.language = ""
        for root in roots:
            for element in root.iter():
                self._take(element)

    def _take(self, element: Element) -> None:
        kind, name = local(element), attribute(element, "name")
        if kind == "style":
            self._styles[name] = _style(element, attribute(element, "display-name") or name)
        elif kind == "list-style":
            first = next((local(level) for level in element if attribute(level, "level") == "1"), "")
            if first == "list-level-style-number":
                self.numbered_lists.add(name)
        elif kind == "default-style" and attribute(element, "family") == "paragraph":
            for each in element.iter():
                tag, region = attribute(each, "language"), attribute(each, "country")
                if tag and tag not in ("none", "zxx"):
                    self.language = f"{tag}-{region}" if region and region != "none" else tag

    def role(self, name: str) -> str:
        """What paragraphs or words of a style are: `title`, `h1`, `code`, `quotation`, `caption`; or ""."""
        return next((style.role for style in self._line(name) if style.role), "")

    def formats(self, name: str) -> list[str]:
        """The elements of XHTML that say what a style says, from the outermost in."""
        line = self._line(name)
        code = any(style.role == "code" for style in line)
        said = {
            "strong": next((s.bold for s in line if s.bold is not None), None),
            "em": next((s.italic for s in line if s.italic is not None), None)
            or next((s.underlined for s in line if s.underlined is not None), None),
            "s": next((s.struck for s in line if s.struck is not None), None),
            "span": next((s.small for s in line if s.small is not None), None),
        }
        raised = next((style.position for style in line if style.position), "")
        tags = ["code" if code else "", *(tag for tag, given in said.items() if given), raised]
        return [tag for tag in tags if tag]

    def _line(self, name: str) -> list[TextStyle]:
        """A style and its parents."""
        found: list[TextStyle] = []
        while name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            name = found[-1].parent
        return found


def _style(element: Element, shown: str) -> TextStyle:
    said: dict[str, str] = {}
    for each in element:
        if local(each) == "text-properties":
            said = {str(key).rpartition("}")[2]: str(value) for key, value in each.items()}
    where = said.get("text-position", "").split(" ")[0]
    raised = "sup" if where == "super" or (where[:1].isdigit() and where != "0%") else ""
    return TextStyle(
        attribute(element, "parent-style-name"),
        _ROLES.get(shown.replace("_20_", " ").casefold(), ""),
        said["font-style"] in ("italic", "oblique") if "font-style" in said else None,
        _is_bold(said["font-weight"]) if "font-weight" in said else None,
        "sub" if where == "sub" or where.startswith("-") else raised,
        said["font-variant"] == "small-caps" if "font-variant" in said else None,
        said["text-line-through-style"] != "none" if "text-line-through-style" in said else None,
        _is_underlined(said["text-underline-style"], shown) if "text-underline-style" in said else None,
    )


def _is_underlined(style: str, shown: str) -> bool:
    """An underline that stresses something: every link has one."""
    return style != "none" and "internet" not in shown.casefold()


def _is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
