"""Tokens in the tree: lines go onto their elements, marks become elements, code becomes itself again."""

from __future__ import annotations

import re

from recto import xhtml
from recto.typeset import marks as grammar
from recto.typeset.punctuation import KEEP
from recto.typeset.tokens import GRAMMAR, TOKEN, Token
from recto.typeset.work import DraftMark, Work, get_run, runs, set_run, verbatim
from recto.xhtml import Element

_WITH_LINE = frozenset({"img", "a", "sup"})


def place(work: Work) -> None:
    """Let every token take effect, or turn it back into what the author typed where it stands in code."""
    tokens = work.carried.tokens
    for node, tail in list(runs(work.root)):
        if not tail:
            for name, value in node.attrib.items():
                if TOKEN.search(value):
                    in_caption = node.tag == "img" and name == "title"
                    node.set(name, _caption(work, node, value) if in_caption else tokens.restore(value))
        text = get_run(node, tail)
        if not TOKEN.search(text):
            continue
        if verbatim(node, tail):
            set_run(node, tail, tokens.restore(text))
        else:
            _expand(work, node, tail, text)
    _enclose(work)


def _caption(work: Work, image: Element, value: str) -> str:
    """The title of an image, which will be its caption; the index marks in it go before the image."""

    def text(token: Token) -> str:
        if token.kind == "mark":
            image.addprevious(_element(work, token))
            return ""
        return token.text if token.kind == "literal" else token.raw

    return work.carried.tokens.replace(value, text)


def _expand(work: Work, node: Element, tail: bool, text: str) -> None:
    """Split a run at its tokens; elements go between the pieces."""
    pieces: list[str] = [""]
    made: list[Element] = []
    position = 0
    for found in TOKEN.finditer(text):
        pieces[-1] += text[position : found.start()]
        position = found.end()
        token = work.carried.tokens.of(found)
        if token.kind == "line":
            _note_line(token, node, tail, text, found)
        elif token.kind in ("literal", "problem"):
            pieces[-1] += "".join(KEEP + character for character in token.text)
            if token.problem:
                work.problems.append(token.problem)
        else:
            made.append(_element(work, token))
            pieces.append("")
    pieces[-1] += text[position:]
    _insert(node, tail, pieces, made)


def _note_line(token: Token, node: Element, tail: bool, text: str, found: re.Match[str]) -> None:
    """Write a line onto the element before or after the run, if the token stands next to it."""
    neighbours = []
    if tail and not TOKEN.sub("", text[: found.start()]):
        neighbours.append(node)
    if not TOKEN.sub("", text[found.end() :]):
        following = node.getnext() if tail else next(iter(node), None)
        if following is not None:
            neighbours.append(following)
    for neighbour in neighbours:
        if neighbour.tag in _WITH_LINE and not neighbour.get("data-line"):
            neighbour.set("data-line", str(token.line))
            return


def _element(work: Work, token: Token) -> Element:
    if token.kind == "close":
        return xhtml.element("span", {"data-close": ""})
    if token.kind == "open":
        return xhtml.element("span", {"data-open": token.text, "data-line": str(token.line)})
    if token.text.startswith(GRAMMAR["ascii"]):
        mark = grammar.read_asciidoctor(token.text[1:])
    elif token.text.startswith(GRAMMAR["latex"]):
        mark = grammar.read_latex(token.text[1:])
    else:
        mark = grammar.read(token.text)
    return _mark(work, mark, token.line)


def _mark(work: Work, mark: grammar.Mark, line: int | None) -> Element:
    if mark.fault:
        hint = "as in {^networks!mesh}; write \\{^ for the characters themselves"
        work.warning("index-mark", mark.fault, line, hint)
        return xhtml.element("span", {"data-close": ""})
    work.marks.append(DraftMark(mark, line))
    return xhtml.element("span", {"class": "index-mark", "data-mark": str(len(work.marks) - 1)})


def _insert(node: Element, tail: bool, pieces: list[str], made: list[Element]) -> None:
    set_run(node, tail, pieces[0])
    parent = node.getparent() if tail else node
    if parent is None:
        return
    index = parent.index(node) + 1 if tail else 0
    for offset, (element, text) in enumerate(zip(made, pieces[1:], strict=True)):
        parent.insert(index + offset, element)
        element.tail = text


def _enclose(work: Work) -> None:
    """Let marked words stand inside their mark, and take the helping elements out."""
    for opened in work.root.xpath(".//span[@data-open]"):
        text, line = opened.get("data-open") or "", int(opened.get("data-line") or 0) or None
        inside: list[Element] = []
        follower = opened.getnext()
        while follower is not None and follower.get("data-close") is None:
            inside.append(follower)
            follower = follower.getnext()
        span = xhtml.element("span", None, opened.tail)
        if follower is not None:
            opened.tail = None
            for child in inside:
                span.append(child)
        words = xhtml.words(span) if follower is not None else ""
        mark = _mark(work, grammar.read(text, words.replace(KEEP, "")), line)
        if follower is not None:
            mark.text = span.text
            mark.extend(list(span))
        opened.addnext(mark)
        xhtml.remove(opened)
    for closed in work.root.xpath(".//span[@data-close]"):
        xhtml.unwrap(closed)
