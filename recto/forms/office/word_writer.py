"""Words of a paragraph as Markdown: each character comes out as it went in, and none becomes a mark."""

from __future__ import annotations

import re

from recto.forms.office import noncharacters as signs
from recto.notations.xhtml import Element

# `[` needs no escape where `]` has one, and `\[` would begin a formula
_SPECIAL = re.compile(r"[\\`*_\]<>{}|~^$]|&(?=#?\w{1,31};)|\((?=\()")
# at the head of a line these begin a list, a heading, a quotation, a box, a caption, a division
_HEAD = re.compile(r"(?:[-+#=:>]|!!!|(?:Table|Figure|Listing)(?=:)|\d{1,9}(?=[.)](?:\s|$)))")
_PAIRS = ((signs.EM, signs.EM_END), (signs.STRONG, signs.STRONG_END))
_MARKDOWN = {signs.EM: "*", signs.STRONG: "**"}
_HTML = {signs.EM: "em", signs.STRONG: "strong"}
_EMPHASIS = {"em": _PAIRS[0], "i": _PAIRS[0], "strong": _PAIRS[1], "b": _PAIRS[1]}
_PLAIN_TAGS = ("sup", "sub", "s", "u", "kbd")


def escaped(text: str) -> str:
    """Text in which nothing means anything to Markdown, nor to us: `{^` begins an index mark."""
    plain = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return plain.replace("\\{\\^", "&#123;\\^")


def at_head(text: str) -> str:
    """A line that begins nothing but a paragraph."""
    found = _HEAD.match(text)
    if not found:
        return text
    return f"{text[: found.end()]}\\{text[found.end() :]}" if text[0].isdecimal() else f"\\{text}"


def resolved(text: str) -> str:
    """A paragraph with the signs of emphasis as Markdown's, or as tags where those would not be read as such.

    CommonMark 6.2: a star beside white space opens or shuts nothing, nor one between a letter and a
    punctuation mark that faces it from within.
    """
    for begin, end in _PAIRS:
        text = re.sub(rf"{end}(\s*){begin}", r"\1", text)  # Word parts a phrase into many runs
        text = re.sub(rf"{begin}(\s+)", rf"\1{begin}", text)
        text = re.sub(rf"(\s+){end}", rf"{end}\1", text)
        text = text.replace(begin + end, "")
    for begin, end in _PAIRS:
        text = re.sub(f"{begin}[^{begin}{end}]*{end}", _marked, text)
    return signs.without(text)


def _marked(found: re.Match[str]) -> str:
    begin, inside = found[0][0], found[0][1:-1]
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    bare = signs.ALL.sub("", inside)
    if not bare.strip():
        return inside
    clash = (_is_word(before) and not _is_word(bare[0])) or (_is_word(after) and not _is_word(bare[-1]))
    if clash:
        return f"<{_HTML[begin]}>{inside}</{_HTML[begin]}>"
    return f"{_MARKDOWN[begin]}{inside}{_MARKDOWN[begin]}"


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "\\"


class WordWriter:
    """Writes what stands in a paragraph; `notes` are the names of those that it called, in order.

    `marks` are the index marks by number, `wanted` the ids that a link of the document leads to.
    """

    def __init__(self, marks: list[str], wanted: frozenset[str]) -> None:
        self._marks, self._wanted = marks, wanted
        self.notes: list[str] = []

    def write(self, element: Element) -> str:
        """The inside of an element, on one line but for the breaks in it."""
        text = resolved(self._inside(element))
        return re.sub(r"[ \t\n]*\n[ \t\n]*", "\\\\\n", text).strip()

    def _inside(self, element: Element) -> str:
        pieces = [self._text(element.text)]
        for child in element:
            pieces += (self._element(child), self._text(child.tail))
        return "".join(pieces)

    def _text(self, text: str | None) -> str:
        """Words, their white space folded, with the index marks among them."""
        folded = re.sub(r"[ \t\r\n]+", " ", text or "")
        pieces = re.split(rf"{signs.MARK}(\d+){signs.MARK_END}", folded)
        made = [escaped(signs.without(piece)) for piece in pieces[::2]]
        for number, piece in enumerate(pieces[1::2]):
            made[number] += self._marks[int(piece)] if int(piece) < len(self._marks) else ""
        return "".join(made)

    def _element(self, element: Element) -> str:
        tag = element.tag
        if tag == "br":
            return "\n"
        if tag == "img":
            return picture(element)
        if note := element.get("data-note"):
            self.notes.append(note)
            return f"[^{note}]"
        if tag == "code":
            return code(signs.without("".join(map(str, element.itertext()))))
        inside = self._inside(element)
        return self._link(element, inside) if tag == "a" else _dressed(element, inside)

    def _link(self, element: Element, inside: str) -> str:
        href, name = element.get("href") or "", element.get("id") or ""
        anchor = f'<a id="{name}"></a>' if name in self._wanted else ""
        if not href or not inside.strip():
            return anchor + inside
        safe = href.replace("<", "%3C").replace(">", "%3E").replace("\n", "")
        return f"{anchor}{_bracketed(inside)}(<{safe}>)"


def _dressed(element: Element, inside: str) -> str:
    """Words with what their element makes of them."""
    tag = str(element.tag)
    if tag in _EMPHASIS:
        begin, end = _EMPHASIS[tag]
        return f"{begin}{inside}{end}"
    if tag in _PLAIN_TAGS and inside.strip():
        return f"<{tag}>{inside}</{tag}>"
    if tag == "span" and element.get("class") and inside.strip():
        return f"{_bracketed(inside)}{{.{element.get('class')}}}"
    return inside


def _bracketed(inside: str) -> str:
    """Words in brackets, with those among them told from these."""
    return f"[{inside.replace('[', '&#91;')}]"


def code(text: str) -> str:
    """Words of code between as many backticks as it takes."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else text


def picture(element: Element) -> str:
    """A picture; its description in brackets, without what would end it."""
    described = escaped(" ".join((element.get("alt") or "").split()))
    return f"!{_bracketed(described)}(<{element.get('src')}>)"
