"""Attribute lists: what `{.class #id name=value}` belongs to, and what of it that can take."""

from __future__ import annotations

import re

from recto.forms.markdown.attribute_syntax import read_attributes
from recto.galley import INLINE
from recto.notations import xhtml
from recto.notations.xhtml import Element, add_class
from recto.typeset import sanitise
from recto.typeset.language import caption_signs
from recto.typeset.work import Work, is_block, line_of

_TEXT = "text"  # a list that is text, until all are read
# classes that are of a whole quotation or list, never of its last paragraph
_OF_WHOLE = {"blockquote": frozenset(("letter", "epigraph", "poem")), "dl": frozenset(("dialogue",))}
# blocks whose own text may end in a list of theirs; elsewhere it stands on a line of its own
_AT_THE_END = frozenset("h1 h2 h3 h4 h5 h6 li dt dd th td figcaption caption".split())


def attributes(work: Work) -> None:
    """Give every list to what it belongs to; one that sets nothing stays as typed, and is reported."""
    signs = caption_signs(work.style.language)
    for holder in work.blocks("span"):
        written = holder.attrib.pop("data-list", None)
        if written is None:
            continue
        read = read_attributes(written)
        target = _target(holder, signs)
        if target is not None and {"width", "height"} & read.keys():
            target = _only_picture(target, holder)
        if target is not None and "class" in read:
            target = _whole(target, set(read["class"].split()))
        lost = read if target is None else _apply(target, read)
        if is_text := target is None or len(lost) == len(read):
            holder.text = written
        if lost and not (target is None and _seems_of_a_formula(written, holder)):
            hint = "it goes directly after a word, link or picture, or on a line of its own below a block"
            names = ", ".join(lost)
            message = f"{written[:60]} sets nothing here: {names}"
            work.warning("attribute-unused", message, line_of(holder), hint)
        if is_text:
            holder.tag = _TEXT
        else:
            _take_out(holder)
    # at once: a text that is added to time and again takes time by the square
    xhtml.unwrap_all(work.root, _TEXT)


def _text_before(holder: Element) -> str:
    """The text directly before a list, up to the element before it."""
    before, parent = holder.getprevious(), holder.getparent()
    if before is None:
        return (parent.text if parent is not None else "") or ""
    return f"{before.text or ''}{before.tail or ''}" if before.tag == _TEXT else before.tail or ""


def _target(holder: Element, signs: re.Pattern[str]) -> Element | None:
    """The element that a list belongs to; `signs` are what captions begin with."""
    if holder.get("data-inside") is not None:
        return holder.getparent()
    before, parent = holder.getprevious(), holder.getparent()
    if before is not None and not before.tail and before.tag in INLINE and not before.get("data-mark"):
        return _previous_picture(before)
    if parent is None or not _ends(holder):
        return None
    text = _text_before(holder)
    if before is None and not text.strip() and parent.tag == "p":
        return parent.getprevious()  # a paragraph that is only a list belongs to the block before
    own_line = text.rstrip(" \t").endswith("\n")
    is_title = parent.getparent() is None
    if own_line or is_title or parent.tag in _AT_THE_END or signs.match(parent.text or ""):
        return parent
    return None


def _whole(block: Element, names: set[str]) -> Element:
    """The quotation or list that some classes are for, where they stand directly below its last line: without
    a blank line between they belong to its last paragraph (CommonMark 0.31, 5.1: laziness).
    """
    for tag, classes in _OF_WHOLE.items():
        around = next(block.iterancestors(tag), None) if names & classes else None
        if around is not None:
            above = [block, *block.iterancestors()]
            if all(each.getnext() is None for each in above[: above.index(around)]):
                return around
    return block


def _only_picture(block: Element, holder: Element) -> Element:
    """The picture that a paragraph is for: a measure that is set for the line is that of the picture."""
    pictures = [child for child in block if child.tag == "img"]
    others = (
        child
        for child in block
        if child is not holder and not {"data-caption", "data-mark"} & set(child.attrib)
    )
    if block.tag != "p" or len(pictures) != 1 or any(child is not pictures[0] for child in others):
        return block
    texts = (block.text, *(child.tail for child in block))
    return block if any((text or "").strip() for text in texts) else pictures[0]


def _previous_picture(before: Element) -> Element:
    """A picture rather than its caption, which stands between it and the list."""
    picture = before.getprevious()
    return picture if before.get("data-caption") is not None and picture is not None else before


def _ends(holder: Element) -> bool:
    """Tell whether nothing stands after a list in its block."""
    if (holder.tail or "").strip():
        return False
    following = holder.getnext()
    return following is None or is_block(following)


def _seems_of_a_formula(written: str, holder: Element) -> bool:
    """Tell whether a list of names and values hangs on a letter or sign, as in `a_{i=1}`: none was meant."""
    text = _text_before(holder)
    return bool(text) and not text[-1].isspace() and "=" in written and written[1] not in ".#:"


def _apply(element: Element, read: dict[str, str]) -> list[str]:
    """Set what may be set; returns the names of the others."""
    lost = []
    for name, value in read.items():
        if name == "class":
            add_class(element, *value.split())
        elif sanitise.may_have(str(element.tag), name):
            element.set(name, value)
        else:
            lost.append(name)
    return lost


def _take_out(holder: Element) -> None:
    parent = holder.getparent()
    if parent is None:
        return
    if not holder.text:
        _strip_before(holder)
    xhtml.unwrap(holder)
    if parent.tag == "p" and not len(parent) and not (parent.text or "").strip():
        xhtml.remove(parent)


def _strip_before(holder: Element) -> None:
    """Take away the space that parted the list from what it stands behind at the end of a block."""
    if not _ends(holder):
        return
    before, parent = holder.getprevious(), holder.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() or None
    elif parent is not None:
        parent.text = (parent.text or "").rstrip() or None
