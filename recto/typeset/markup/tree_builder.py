"""The tokens of markdown-it-py as Python-Markdown's tree, each element with its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString
from markdown_it.token import Token

from recto.galley import MATH
from recto.typeset import sanitise
from recto.typeset.markup.fence_info import read_info
from recto.typeset.markup.grammar import Grammar
from recto.typeset.markup.html import html
from recto.typeset.markup.rules.formulas import set_formula
from recto.typeset.markup.rules.note_calls import CALL
from recto.typeset.markup.rules.pattern import as_typed, kept
from recto.typeset.markup.writer import raw
from recto.typeset.work import Work

# which smart punctuation would change, had the author not put a backslash before them
_KEPT = frozenset("\"'-.")
_TAGS = {"s": "del"}


class Builder:
    """Builds the tree of one text."""

    def __init__(self, grammar: Grammar, env: dict[str, Any]) -> None:
        self.grammar, self.env = grammar, env
        self.work: Work = env["work"]
        self.base: int = env["base"]
        self.notes: list[Element] = []

    def blocks(self, tokens: Sequence[Token], root: Element) -> None:
        """Build the blocks; notes are kept apart."""
        for token in tokens:
            if token.type == "footnote_reference_open" and token.map:
                self.work.notes.setdefault(token.meta["label"], self.base + token.map[0])
        stack = [root]
        for token in tokens:
            if token.hidden:
                continue
            if token.nesting > 0:
                stack.append(self._open(token, stack[-1]))
            elif token.nesting < 0:
                stack.pop()
            else:
                self._block(token, stack[-1])

    def _line(self, token: Token) -> int:
        return self.base + (token.map[0] if token.map else 0)

    def _open(self, token: Token, parent: Element) -> Element:
        if token.type == "footnote_reference_open":
            made = Element("aside", {"data-label": token.meta["label"]})
            self.notes.append(made)
        else:
            made = SubElement(parent, token.tag, {name: str(value) for name, value in token.attrs.items()})
        made.tail = "\n"
        if align := made.attrib.pop("style", "").removeprefix("text-align:"):
            made.set("align", align)
        if token.map:
            made.set("data-line", str(self._line(token)))
        return made

    def _block(self, token: Token, parent: Element) -> None:
        if token.type == "inline":
            self.inline(token.content, self._line(token), parent)
        elif token.type == "text":  # rules/depth.py
            parent.append(kept(token.content))
        elif token.type == "formula" or (token.type == "fence" and token.info.strip() == MATH):
            self._formula(token, parent)
        elif token.type in ("fence", "code_block"):
            self._code(token, parent)
        elif token.type == "html_block":
            parent.append(raw(html(token.content, self.work, self._line(token))))
        else:
            SubElement(parent, token.tag, {"data-line": str(self._line(token))})

    def _formula(self, token: Token, parent: Element) -> None:
        line, fence = self._line(token), token.type == "fence"
        made = set_formula(token.content, self.work, line + fence, 1 if fence else 3, display=True)
        holder = SubElement(parent, "p" if made is None else "div", {"data-line": str(line)})
        holder.tail = "\n"
        if made is not None and (number := token.meta.get("number")):
            SubElement(holder, "span", {"class": "number"}).text = f"({number})"
        holder.append(as_typed(token.content if fence else token.markup) if made is None else made)
        if made is not None:
            holder.set("class", "formula")
        if token.type == "formula" and token.info:
            SubElement(holder, "span", {"data-list": token.info, "data-inside": "", "data-line": str(line)})

    def _code(self, token: Token, parent: Element) -> None:
        line = self._line(token)
        listing = SubElement(parent, "pre", {"data-line": str(line)})
        listing.tail = "\n"
        code = SubElement(listing, "code")
        code.text = AtomicString(token.content)
        if token.type == "fence":
            code.attrib.update(read_info(token.info, self.work, line))
            if len((code.get("data-title") or "").split()) > 1:  # one word is a file name
                title = Element("span", {"data-caption": ""})
                self.inline(code.attrib.pop("data-title"), line, title)
                listing.insert(0, title)

    def inline(self, text: str, line: int, parent: Element) -> None:
        """Build what stands in a text that begins on a line of the file."""
        stack = [parent]
        for token in self.grammar.inline.scanned(text, self.grammar, self.env, line):
            if token.nesting < 0:
                stack.pop()
            elif token.nesting > 0:
                stack.append(self._span(token, stack[-1]))
            else:
                self._inline(token, stack[-1])

    def _span(self, token: Token, parent: Element) -> Element:
        made = SubElement(parent, _TAGS.get(token.tag, token.tag))
        if token.type == "link_open":
            made.attrib.update({name: str(value) for name, value in token.attrs.items()})
            made.set("data-line", str(_at(token)))
            if token.markup == "autolink":
                made.set("data-kept", "")
            self._check(made)
        return made

    def _check(self, link: Element) -> None:
        """Take a link out that could do harm."""
        if scheme := sanitise.bad_scheme(link.get("href") or ""):
            hint = f"links may begin with {', '.join(sorted(sanitise.SCHEMES))}"
            line = int(link.get("data-line") or 0)
            self.work.warning("html-removed", f"a link to {scheme}: was taken out", line, hint)
            link.tag = "span"
            link.attrib.clear()

    def _inline(self, token: Token, parent: Element) -> None:
        if token.type == "text" or (token.type == "text_special" and token.content not in _KEPT):
            _add_text(parent, token.content)
        elif token.type == "softbreak":
            _add_text(parent, "\n")
        elif token.type == "hardbreak":
            SubElement(parent, "br").tail = "\n"
        elif token.type == "element":
            self._element(token.meta["element"], _at(token), parent)
        elif token.type == "html_inline":
            parent.append(raw(html(token.content, self.work, _at(token))))
        elif token.type == "image":
            self._image(token, parent)
        elif token.type == "text_special":
            parent.append(kept(token.content))
        else:
            SubElement(parent, token.tag).text = AtomicString(token.content)

    def _image(self, token: Token, parent: Element) -> None:
        line, said = _at(token), _said(token.children or [])
        for call in filter(self.work.has_note, dict.fromkeys(CALL.findall(said))):
            said = said.replace(f"[^{call}]", "")
            message = f"an alternative text can call no note: [^{call}] was left out of it"
            self.work.warning("note-missing", message, line, "call it in the caption, or in the text")
        image = SubElement(parent, "img", {"alt": said, "src": str(token.attrs["src"])})
        image.set("data-line", str(line))
        if title := token.attrs.get("title"):
            self.inline(str(title), line, SubElement(parent, "span", {"data-caption": ""}))

    def _element(self, element: Element, line: int, parent: Element) -> None:
        """What a pattern made; its text is read in turn, unless the pattern says that it is whole."""
        element.set("data-line", str(line))
        parent.append(element)
        if element.text and not isinstance(element.text, AtomicString):
            text, element.text = element.text, None
            inside, element[:] = list(element), []
            self.inline(text, line, element)
            element.extend(inside)


def _at(token: Token) -> int:
    return token.map[0] if token.map else 0


def _add_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _said(tokens: Sequence[Token]) -> str:
    """What a description of an image says, as plain text (CommonMark 6.4)."""
    pieces = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        else:
            pieces.append(_said(token.children) if token.children else token.content)
    return "".join(pieces)
