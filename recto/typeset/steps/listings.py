"""Code listings: coloured by Pygments, one `<span class="line">` for each line of the source.

A line that is too long can then be wrapped in print with a mark that says so.
"""

from __future__ import annotations

from functools import lru_cache

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class, class_names
from recto.typeset.work import Work

# beyond these a file was pasted rather than written; some lexers take minutes over such lines
LONGEST_CODE, LONGEST_LINE = 200_000, 4_000
# Names, punctuation and spaces look like the code around them; they are half of all tokens, and each element
# costs the print engine as much as a word
_PLAIN = frozenset(("n", "p", "w", "esc"))


def listings(work: Work) -> None:
    """Set every block of code; a title on its fence becomes a caption without a number."""
    for block in work.blocks("pre"):
        title = _title(block)
        code = block[0] if len(block) and block[0].tag == "code" else None
        text = "".join(block.itertext()).expandtabs(4).strip("\n")
        made = xhtml.element("code")
        if code is not None:
            if title is None and (name := code.attrib.pop("data-title", "")):
                title = xhtml.element("span", None, name)
            if "id" in code.attrib:
                block.set("id", code.attrib.pop("id"))
            if names := code.get("class"):
                made.set("class", names)
        set_code(made, text, _language(made) if work.style.highlight else "")
        for child in list(block):
            block.remove(child)
        block.text = None
        add_class(block, "code")
        block.append(made)
        if title is not None:
            _entitle(block, title)


def _language(code: Element) -> str:
    names = class_names(code)
    return next((name.removeprefix("language-") for name in names if name.startswith("language-")), "")


def _title(block: Element) -> Element | None:
    """The title of a fence, where it was set, taken out of the block."""
    title = block[0] if len(block) and block[0].get("data-caption") is not None else None
    if title is not None:
        block.remove(title)
        title.attrib.clear()
        title.tail = None
    return title


def _entitle(block: Element, shown: Element) -> None:
    shown.set("class", "title")
    figure = block.getparent()
    if figure is not None and figure.tag == "figure":
        caption = next((child for child in figure if child.tag == "figcaption"), None)
        if caption is not None:
            if len(caption):
                caption[-1].tail = (caption[-1].tail or "") + " "
            else:
                caption.text = (caption.text or "") + " "
            caption.append(shown)
            return
    made = xhtml.element("figure", {"class": "listing"})
    block.addprevious(made)
    made.tail, block.tail = block.tail, None
    if "id" in block.attrib:
        made.set("id", block.attrib.pop("id"))
    caption = xhtml.element("figcaption")
    caption.append(shown)
    made.extend([caption, block])


def set_code(code: Element, text: str, language: str) -> None:
    """Fill an element with the lines of a listing."""
    lines = text.split("\n")
    lexer = _lexer(language) if language else None
    if lexer is None or len(text) > LONGEST_CODE or max(map(len, lines)) > LONGEST_LINE:
        for line in lines:
            code.append(xhtml.element("span", {"class": "line"}, line))
    else:
        _coloured(code, text, lexer)
    for each in list(code)[:-1]:
        _append(each, "\n")


def _coloured(code: Element, text: str, lexer: Lexer) -> None:
    line = xhtml.element("span", {"class": "line"})
    for kind, value in lex(text, lexer):
        name = _css_class(kind)
        for index, piece in enumerate(value.split("\n")):
            if index:
                code.append(line)
                line = xhtml.element("span", {"class": "line"})
            if piece and name and len(line) and line[-1].get("class") == name and not line[-1].tail:
                line[-1].text = (line[-1].text or "") + piece
            elif piece and name:
                # the indent goes inside: the print engine would break a long token off it, onto the next line
                indent = "" if len(line) or (line.text or "").strip() else line.text or ""
                line.text = None if indent else line.text
                line.append(xhtml.element("span", {"class": name}, indent + piece))
            elif piece:
                _append(line, piece)
    if len(line) or line.text:
        code.append(line)


def _append(line: Element, text: str) -> None:
    if len(line):
        line[-1].tail = (line[-1].tail or "") + text
    else:
        line.text = (line.text or "") + text


def _css_class(kind: _TokenType) -> str:
    while kind.parent is not None and kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES[kind]
    return "" if name in _PLAIN else name


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=True)
    except ClassNotFound:
        return None
