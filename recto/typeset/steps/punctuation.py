"""Smart punctuation: quotation marks, apostrophes, dashes and ellipses by the language of the book.

It works on the finished tree, block by block, so that quotes pair across emphasis and links, and so that code
is never touched. What the author escaped (`\\"`) stands in an element that says so, and stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from recto.languages import parts_words
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset.language import Quotes, quotes, spaced
from recto.typeset.work import VERBATIM, Work, get_run, is_block, set_run

# stands for code or an image in the text of a block
_OBJECT = "\ufdd8"
_KEPT = "kept"
_BEFORE_OPENING = " \t\n\u00a0\u202f([{<-–—/\u2009«„“‘‚¡¿"
_INTERESTING = re.compile(r"[\"']|\.\.\.|--")
_SHUTS = re.compile(r"(?<=\S)'(?!\w)")  # what can only be the end of a quotation, or a bare apostrophe
_AHEAD = 12  # characters after a mark that are looked at: an elided word, and what ends it
_HEBREW = re.compile("[\u05d0-\u05ea\u05b0-\u05c7]")  # letters and points
_LAST_OF_WORD = re.compile("[\u05d0-\u05ea][\u05b0-\u05c7]{0,4}(?![\u05b0-\u05ea])")
_PIECE = re.compile(r"\.\.\.|-{2,}|[\"']|[^.\-\"']+|.", re.DOTALL)


def punctuate(work: Work) -> None:
    """Set the punctuation of a section; what is to be kept loses only the element around it."""
    style = quotes(work.style.language) if work.style.smart_punctuation else None
    setter = _Setter(style, work.style.language)
    stack: list[tuple[Element, bool]] = [(work.root, False)]
    while stack:
        node, tail = stack.pop()
        if is_block(node):
            setter.begin_block()
        elif tail and node.tag == "br":
            setter.begin_line()
        if not tail and _pass_over(setter, node):
            continue
        _set(setter, node, tail)
        if not tail:
            for child in reversed(node):
                stack += ((child, True), (child, False))
    setter.begin_block()
    for kept in work.blocks("span", "a"):
        if kept.attrib.pop("data-kept", None) is not None and kept.tag == "span" and not kept.get("class"):
            kept.tag = _KEPT
    xhtml.unwrap_all(work.root, _KEPT)  # at one go: one by one the time is the square of their number


def _pass_over(setter: _Setter, node: Element) -> bool:
    """Pass over what is set as it is; tells whether a node is."""
    if node.tag in VERBATIM or node.tag == "img":
        setter.before = _OBJECT
    elif node.get("data-kept") is not None:
        setter.before = (node.text or "")[-1:] or setter.before
    else:
        return False
    return True


def _set(setter: _Setter, node: Element, tail: bool) -> None:
    text = get_run(node, tail)
    if text:
        after = _next_character(node, tail) if text[-1] in "\"'" else ""
        setter.run = (node, tail)
        set_run(node, tail, setter.set(text, after))


def _next_character(node: Element, tail: bool) -> str:
    """The first character after a run, which decides which way its last quote faces."""
    following = node.getnext() if tail else next(iter(node), None)
    while following is not None and not is_block(following):
        if following.tag in VERBATIM or following.tag == "img":
            return _OBJECT
        inside = "".join(following.itertext())
        if inside or following.tail:
            return (inside or following.tail or "")[0]
        following = following.getnext()
    return ""


@cache
def _elided(words: tuple[str, ...]) -> re.Pattern[str]:
    """What an apostrophe stands before, and no quotation mark: the ’90s, ’tis."""
    choice = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"\d\ds?(?!\d)|(?:{choice})(?!\w)", re.IGNORECASE)


def _begins_with(endings: tuple[str, ...], text: str) -> bool:
    """Whether a text begins with an ending, and nothing more of a word."""
    word = re.match(r"\w*", text)
    return word is not None and word[0] in endings


@cache
def _spacing(marks: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Finds a mark with the space before it, and an opening mark with the space after it."""
    closing, opening = (re.escape("".join(m for m in marks if (m in "«‹") == left)) for left in (False, True))
    return re.compile(f"[ \u00a0\u202f]([{closing}])"), re.compile(f"([{opening}])[ \u00a0\u202f]")


class _Setter:
    """Sets the runs of one block after another, remembering what stood before."""

    def __init__(self, style: Quotes | None, language: str) -> None:
        self.style, self.runs_on = style, not parts_words(language)
        self.spaces = spaced(language) if style else {}
        self.elided = _elided(style.apostrophes if style else ())
        self.run: tuple[Element, bool] | None = None  # where the text that is set stands
        self.unshut: list[tuple[Element, bool, int]] = []  # inner quotation marks that nothing has shut yet
        self.begin_line()

    def begin_block(self) -> None:
        """A new block; an inner mark that was not shut in the last was an apostrophe: ’round."""
        while self.unshut:
            node, tail, at = self.unshut.pop()
            text = get_run(node, tail)
            set_run(node, tail, f"{text[:at]}’{text[at + 1 :]}")
        self.begin_line()

    def begin_line(self) -> None:
        """A new line: nothing before it, no quote open."""
        self.before, self.open_double, self.open_single, self.shuts_later = "", False, False, False
        self.word = ""  # the last character before that is no space

    def set(self, text: str, after: str) -> str:
        """A run of text with its punctuation set; `after` is the character that follows it."""
        if self.spaces:
            before, after_opening = _spacing(tuple(self.spaces))
            text = before.sub(lambda found: self.spaces[found[1]] + found[1], text)
            text = after_opening.sub(lambda found: found[1] + self.spaces[found[1]], text)
        if not _INTERESTING.search(text):
            self._passed(text)
            return text
        made, length, following = [], 0, text + after
        last_shut = max((found.start() for found in _SHUTS.finditer(following)), default=-1)
        for found in _PIECE.finditer(text):
            piece = found[0]
            self.shuts_later = found.end() <= last_shut
            made.append(self._piece(piece, following[found.end() : found.end() + _AHEAD]))
            if piece == "'":
                self._pair(made[-1], following[found.end() : found.end() + 1], length)
            length += len(made[-1])
            self._passed(piece)
        return "".join(made)

    def _piece(self, piece: str, after: str) -> str:
        if self.style is None:
            return piece
        if sign := self._of_hebrew(self.style, piece, after):
            return sign
        if piece == '"':
            return self._double(self.style, after)
        if piece == "'":
            return self._single(self.style, after)
        return {"...": "…", "--": "–", "---": "—"}.get(piece, piece)

    def _of_hebrew(self, style: Quotes, piece: str, after: str) -> str:
        """The sign in an acronym, before its last letter (צה״ל), or after letters (עמ׳); "" for neither."""
        if not style.geresh or not _HEBREW.match(self.before):
            return ""
        if piece == '"':
            return style.gershayim if _LAST_OF_WORD.match(after) else ""
        return style.geresh if piece == "'" and not self.open_single else ""

    def _passed(self, text: str) -> None:
        self.before, self.word = text[-1], text.rstrip()[-1:] or self.word

    def _pair(self, mark: str, after: str, at: int) -> None:
        """Pair what opens with what shuts; speech, which no word stands before, may go on in the next."""
        if self.style is None or self.run is None:
            return
        left, right = self.style.inner_left, self.style.inner_right
        if mark == left != right:
            if self.word.isalnum() or self.word == "'":
                self.unshut.append((*self.run, at))
        elif self.unshut and (not after.isalnum() or mark == right != "’"):
            self.unshut.pop()

    def _faces_right(self, after: str) -> bool:
        return bool(after) and not after[0].isspace() and (not self.before or self.before in _BEFORE_OPENING)

    def _double(self, style: Quotes, after: str) -> str:
        within = self.before in ("'", '"') or (self.runs_on and self.before.isalnum())
        if self._faces_right(after) or (within and not self.open_double and after[:1].isalnum()):
            self.open_double = True
            return style.left
        if self.before.isdigit() and not self.open_double:
            return '"'  # inches, or seconds: not a quotation mark
        self.open_double = False
        return style.right

    def _single(self, style: Quotes, after: str) -> str:
        if self.before.isdigit() and after[:1].isdigit():
            return "'"  # feet, or minutes
        if self.before.isalnum() and after[:1].isalnum() and not self.runs_on:
            shuts = self.open_single and not self.shuts_later and _begins_with(style.endings, after)
            self.open_single = self.open_single and not shuts
            return style.inner_right if shuts else "’"
        if self.elided.match(after) and not self.before.isalnum():
            return "’"
        if self._faces_right(after) or (self.before == '"' and after[:1].isalnum()):
            self.open_single = True
            return style.inner_left
        if self.open_single:
            self.open_single = False
            return style.inner_right
        return "’"
