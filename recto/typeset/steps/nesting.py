"""Raw HTML that stands where HTML does not allow it: a list item without a list makes an EPUB invalid."""

from __future__ import annotations

import re

from recto.galley import INLINE
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset.work import Work, is_block

# elements that may stand only inside these (HTML Standard, 4.4 to 4.11: contexts in which they can be used)
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "rt": {"ruby"},
    "rp": {"ruby"},
}
# elements that hold only these
_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}}
# elements that are nothing without an attribute (HTML Standard, 4.5)
_NEEDED = {"bdo": "dir", "data": "value"}
_TRANSPARENT = frozenset({"a", "ins", "del"})
_ONLY_INLINE = (INLINE - _TRANSPARENT) | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"}


def nesting(work: Work) -> None:
    """Take the tags out of elements that stand in the wrong place, and keep what is in them."""
    if work.raw_html:
        _into_paragraphs(work.root)
    wrong: set[str] = set()
    for element in list(work.root.iterdescendants()):
        parent = element.getparent()
        if parent is None:
            continue
        name = str(element.tag)
        is_strayed = name in _PARENTS and parent.tag not in _PARENTS[name]
        if is_strayed or _lacks_what_it_needs(element):
            wrong.add(name)
            xhtml.unwrap(element)
        elif name in _CHILDREN and not _holds_only(element, _CHILDREN[name]):
            wrong.add(name)
            element.tag = "div"
        elif is_block(element) and (holder := _too_narrow(element)) is not None:
            wrong.add(str(holder.tag))
            xhtml.unwrap(holder)
    for caption in work.blocks("figcaption"):
        _to_the_edge(caption)
    for name in sorted(wrong):
        found = re.search(rf"<{name}\b", work.source.text, re.IGNORECASE)
        line = work.source.line(found.start()) if found else None
        hint = "a list holds items, a paragraph or a phrase holds no blocks; <details> begins with <summary>"
        work.warning("html-removed", f"<{name}> is not as HTML allows it here: taken out", line, hint)


def _into_paragraphs(root: Element) -> None:
    """Put words and pictures of raw HTML that stand by themselves between blocks into paragraphs."""
    pieces = list(root)
    del root[:]
    loose, root.text = xhtml.element("p", text=root.text), None
    for piece in pieces:
        if is_block(piece):
            _end(loose, root)
            loose, piece.tail = xhtml.element("p", text=piece.tail), None
            root.append(piece)
        else:
            loose.append(piece)
    _end(loose, root)


def _end(loose: Element, root: Element) -> None:
    if xhtml.words(loose) or next(loose.iter("img"), None) is not None:
        loose.text = (loose.text or "").lstrip()
        root.append(loose)
    elif len(loose) or not len(root):
        root.extend(list(loose))
    else:
        root[-1].tail = loose.text


def _to_the_edge(caption: Element) -> None:
    """Put a caption amid a figure at its end: it stands first or last (HTML Standard, 4.4.12)."""
    figure = caption.getparent()
    if figure is None or (figure[0] is caption and not (figure.text or "").strip()):
        return
    before = caption.getprevious()
    after, caption.tail = caption.tail or "", None
    if before is None:
        figure.text = (figure.text or "") + after
    else:
        before.tail = (before.tail or "") + after
    figure.append(caption)


def _lacks_what_it_needs(element: Element) -> bool:
    """Whether an element has not the attribute or the first child that HTML wants it to have."""
    name = str(element.tag)
    if name == "details":
        return len(element) == 0 or element[0].tag != "summary" or bool((element.text or "").strip())
    return name in _NEEDED and element.get(_NEEDED[name]) is None


def _holds_only(element: Element, names: set[str]) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return all(child.tag in names for child in element) and not any((t or "").strip() for t in texts)


def _too_narrow(element: Element) -> Element | None:
    """The nearest element above a block that may hold only text, none beyond the next block."""
    for above in element.iterancestors():
        if above.tag in _ONLY_INLINE:
            return above
        if above.tag not in _TRANSPARENT:
            return None
    return None
