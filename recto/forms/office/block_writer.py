"""XHTML of a document as Markdown, each line with the number of the paragraph that it came from.

What goes in are blocks as both readers make them: `p`, `h1` …, lists, tables, `pre`, `blockquote`, `hr`. A
`p` of class `caption` is that of the picture or table beside it, or in it. A call of a note is an element
with `data-note`; the note, a `li` with that id, is written below the block that calls it, so that both stay
in one section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from recto.forms.fences import Line
from recto.forms.office import noncharacters as signs
from recto.forms.office.pipe_tables import pipe_table
from recto.forms.office.word_writer import WordWriter, at_head, picture
from recto.languages import everywhere
from recto.notations import xhtml
from recto.notations.xhtml import Element, words

_RULE = re.compile(r"[\s*#~–—·•⁂•_=-]{1,30}")
_HEADING = re.compile(r"h([1-6])")
_DEEPEST = 30  # lists and quotations in one another
# `Figure 3: A net`, in any language: a word, a number, a sign
_LABEL = re.compile(r"\s*[^\W\d]{2,20}\.?\s*\d[\d.–-]{0,10}\s*[.:–—-]?\s*")


class BlockWriter:
    """Writes the blocks of a document; `losses` are what became less than it was, in words for the author."""

    def __init__(self, marks: list[str], notes: Mapping[str, Element], wanted: frozenset[str]) -> None:
        self._inline = WordWriter(marks, wanted)
        self._notes, self._wanted = notes, wanted
        self._paragraph = 0
        self._written: set[str] = set()
        self.losses: list[tuple[str, int]] = []

    def write(self, blocks: Sequence[Element]) -> list[Line]:
        """All blocks, blank lines between them."""
        made: list[Line] = []
        for block in blocks:
            lines = list(self._block(block, 0))
            if lines:
                made += (*lines, ("", self._paragraph))
            made += self._noted()
        return made

    def _noted(self) -> Iterator[Line]:
        """The notes called since the last time, and those that they call."""
        while self._inline.notes:
            name = self._inline.notes.pop(0)
            note = self._notes.get(name)
            if name in self._written or note is None:
                continue
            self._written.add(name)
            first = f"[^{name}]: "
            for child in _blocks(note):
                for line, origin in self._block(child, 1):
                    yield f"{first}{line}" if first else (f"    {line}" if line else ""), origin
                    first = ""
                yield "", self._paragraph

    def _block(self, block: Element, depth: int) -> Iterator[Line]:
        tag = str(block.tag)
        if depth > _DEEPEST:
            self.losses.append(("lists or quotations lie too deep in one another", self._paragraph))
            yield from self._lines(at_head(" ".join(words(block).split())))
        elif tag in ("ul", "ol"):
            yield from self._list(block, depth)
        elif tag == "table":
            yield from self._table(block, depth)
        elif tag == "pre":
            self._paragraph += 1
            text = signs.without("".join(map(str, block.itertext())))
            yield from (*self._lines("```"), *self._lines(text), *self._lines("```"))
        elif tag == "blockquote":
            for number, child in enumerate(_blocks(block)):
                lines = list(self._block(child, depth + 1))
                yield from [(">", self._paragraph)] if number and lines else []
                yield from ((f"> {line}".rstrip(), origin) for line, origin in lines)
        elif tag == "hr":
            yield "***", self._paragraph
        elif found := _HEADING.fullmatch(tag):
            self._paragraph += 1
            yield from self._heading(int(found[1]), block)
        else:
            self._paragraph += 1
            yield from self._paragraphs(block)

    def _lines(self, text: str) -> list[Line]:
        return [(line, self._paragraph) for line in text.split("\n")]

    def _heading(self, level: int, block: Element) -> Iterator[Line]:
        names = [str(each.get("id")) for each in block.iter("a") if each.get("id") in self._wanted]
        text = self._inline.write(block).replace("\\\n", " ")
        for name in names:
            text = text.replace(f'<a id="{name}"></a>', "")
        if text.strip():
            named = f" {{#{names[0]}}}" if names else ""
            yield f"{'#' * level} {text.strip()}{named}", self._paragraph

    def _paragraphs(self, block: Element) -> Iterator[Line]:
        if block.get("class") == "caption":
            yield from self._caption(block)
            return
        plain = words(block)
        if plain and len(plain) > 2 and _RULE.fullmatch(plain) and not len(block):
            yield "***", self._paragraph
            return
        text = self._inline.write(block)
        # a blank above, and what follows is a paragraph of its own: a line break at its ends says nothing
        text = re.sub(r"^(?:\\\n)+", "", text).rstrip("\\\n") if text.endswith("\\") else text
        yield from (self._lines(at_head(text)) if text.strip() else [])

    def _caption(self, block: Element) -> Iterator[Line]:
        own = list(block.iter("img"))
        for image in own:  # LibreOffice puts a picture into the paragraph of its caption
            yield from (*self._lines(picture(image)), ("", self._paragraph))
            xhtml.remove(image)
        kind = "Figure: " if own else _captioned(block)
        text = self._inline.write(block)
        yield from self._lines(f"{kind}{_LABEL.sub('', text, count=1)}" if kind else at_head(text))

    def _list(self, block: Element, depth: int) -> Iterator[Line]:
        for number, item in enumerate((each for each in block if each.tag == "li"), 1):
            mark = "- " if block.tag == "ul" else f"{number}. "
            pad = " " * len(mark)
            for index, child in enumerate(_blocks(item)):
                if index and child.tag not in ("ul", "ol"):
                    yield "", self._paragraph
                for line, origin in self._block(child, depth + 1):
                    yield f"{mark}{line}" if mark else (f"{pad}{line}" if line else ""), origin
                    mark = ""
            if mark:
                yield mark.rstrip(), self._paragraph

    def _table(self, block: Element, depth: int) -> Iterator[Line]:
        rows = [row for row in block.iter("tr") if next(row.iterancestors("table")) is block]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if sum(map(len, cells)) == 1:  # a frame around text
            for number, child in enumerate(_blocks(cells[0][0])):
                yield from [("", self._paragraph)] if number else []
                yield from self._block(child, depth + 1)
            return
        lines, losses = pipe_table(cells, self._inline)
        self._paragraph += sum(map(len, cells))
        self.losses += ((loss, self._paragraph) for loss in losses)
        yield from ((line, self._paragraph) for line in lines)


def _captioned(caption: Element) -> str:
    """Whether it is of a figure or of a table: as its first word says, else that above or below it."""
    named = re.match(r"\s*([^\W\d]+)", words(caption))
    word = named[1].casefold() if named else ""
    above, below = caption.getprevious(), caption.getnext()
    is_drawn = [each is not None and next(each.iter("img"), None) is not None for each in (above, below)]
    is_table = [each is not None and each.tag == "table" for each in (above, below)]
    if any(is_drawn) and word in map(str.casefold, everywhere("words", "figure")):
        return "Figure: "
    if any(is_table) and word in map(str.casefold, everywhere("words", "table")):
        return "Table: "
    # below a picture, above a table: as Word and LibreOffice put them
    order = ((is_drawn[0], "Figure: "), (any(is_table), "Table: "), (is_drawn[1], "Figure: "))
    return next((kind for there, kind in order if there), "")


def _blocks(element: Element) -> list[Element]:
    """The blocks in an item, a note, a cell; words that stand in none become one."""
    loose = ("em", "strong", "a", "span", "img", "br", "sup", "sub", "s", "code", "b", "i", "u")
    made: list[Element] = []
    held = element.makeelement("p")
    held.text = element.text
    for child in list(element):
        if child.tag in loose:
            held.append(child)
            continue
        made += (held, child)
        held = element.makeelement("p")
        held.text, child.tail = child.tail, None
    made.append(held)
    return [each for each in made if each.tag != "p" or words(each) or len(each)]


def wanted(tree: Element) -> frozenset[str]:
    """The ids that a link of the document leads to."""
    return frozenset(str(a.get("href"))[1:] for a in tree.iter("a") if str(a.get("href")).startswith("#"))
