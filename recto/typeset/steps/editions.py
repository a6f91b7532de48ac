"""What is for one edition alone: how far `{.only-epub}` and `{.only-pdf}` reach, and which are in vain."""

from __future__ import annotations

from difflib import get_close_matches

from recto.galley import FOOTNOTE, ONLY, medium_of
from recto.notations.xhtml import Element, add_class, class_names, has_class
from recto.typeset.work import Work, line_of

_PREFIX = "only-"
_OTHER_NAMES = {"only-print": "only-pdf", "only-ebook": "only-epub"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def for_editions(work: Work) -> None:
    """Let the classes stand at the whole of what they are said of; a heading takes all below it with it."""
    asked = [each for each in work.root.iter() if _PREFIX in (each.get("class") or "")]
    for element in asked:
        _known(work, element)
        if medium := medium_of(element):
            holder = _holder(element)
            add_class(holder, *(name for name in ONLY if has_class(element, name)))
            if holder.tag in _HEADINGS:
                _reach(holder)
            if any(medium_of(above) not in ("", medium) for above in holder.iterancestors()):
                message = "this is for one book, and stands in what is for the other: none has it"
                hint = "take away {.only-epub} or {.only-pdf} from it, or from what is around it"
                work.warning("edition-none", message, line_of(element), hint)


def _known(work: Work, element: Element) -> None:
    for name in class_names(element):
        if name.startswith(_PREFIX) and name not in ONLY:
            near = _OTHER_NAMES.get(name) or next(iter(get_close_matches(name, ONLY, n=1)), "")
            hint = f"did you mean .{near}?" if near else "known are .only-epub and .only-pdf"
            message = f"there is no book for .{name}: it stands in every book"
            work.warning("edition-unknown", message, line_of(element), hint)


def _holder(element: Element) -> Element:
    """The figure or listing that an element is all of, but for a caption."""
    parent = element.getparent()
    while parent is not None and (
        (element.tag in ("img", "a") and parent.tag in ("a", "figure"))
        or (element.tag == "code" and parent.tag == "pre")
        or (element.tag == "pre" and has_class(parent, "listing"))
    ):
        element, parent = parent, parent.getparent()
    return element


def _reach(heading: Element) -> None:
    """What is said of a heading holds for what stands below it, up to the next one of its level."""
    names = [name for name in ONLY if has_class(heading, name)]
    for below in heading.itersiblings():
        if below.tag in _HEADINGS and str(below.tag) <= str(heading.tag):
            break
        if not has_class(below, FOOTNOTE):
            add_class(below, *names)
