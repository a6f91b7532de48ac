"""The last gate of the e-book: what is about to be written is read once more, as a stranger would.

Whatever a template, a style sheet or a fault of ours put into the package, nothing leaves that runs, sends,
fetches or points outside, and nothing that EPUBCheck is known to refuse.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cache, partial
from urllib.parse import unquote, urlsplit

from recto.notations import css, xhtml
from recto.notations.shipped_tables import shipped
from recto.notations.xhtml import EPUB, MATHML, SVG, XHTML, Element
from recto.problems import Place, Problem, error
from recto.store.cache import Memo, digest

_LINKS = ("http", "https", "mailto", "tel")  # where a link, and nothing else, may lead
_ADDRESSES = frozenset("href src cite data action formaction poster srcset background manifest".split())
_CONTAINERS = frozenset(("a", "del", "ins", "svg", "rt"))  # of what may stand where they stand
_DIRECTIONS = ("ltr", "rtl", "auto")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|")
_OF_ELEMENTS = frozenset("html head ol ul dl menu table thead tbody tfoot tr colgroup hgroup".split())
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_MOST_TOLD = 20
_IDS = ("id", "{http://www.w3.org/XML/1998/namespace}id")
# what names elements by their ids (WAI-ARIA 1.2, 6.5; of headers the table alone is asked)
_REFERRING = frozenset(
    f"aria-{name}" for name in "activedescendant controls describedby details flowto labelledby owns".split()
)


def gate(archive: bytes, name: str, memo: Memo | None = None) -> tuple[Problem, ...]:
    """An error for everything in a finished EPUB that may not leave; `name` is that of the file.

    `memo` keeps what was found in each document, which hangs on it and on what else is in the package.
    """
    kept = memo or Memo()
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        names = frozenset(package.namelist())
        packed = digest(sorted(names))
        told: dict[str, None] = {}
        for each in sorted(names):
            if each.endswith(".xhtml"):
                text = package.read(each).decode("utf-8")
                found = kept(digest(packed, each, text), partial(_forbidden, text, each, names))
                told |= dict.fromkeys(found)
    hint = "it comes out of a template or a style sheet: see which of yours makes this document"
    return tuple(
        error("epub-forbidden", f"the e-book can't hold this: {what}", Place(name), hint=hint)
        for what in list(told)[:_MOST_TOLD]
    )


def _forbidden(text: str, document: str, names: frozenset[str]) -> tuple[str, ...]:
    """What may not be in a document, each once, with its name."""
    found = dict.fromkeys(_faults(xhtml.document(text), document, names))
    return tuple(f"{posixpath.basename(document)}: {what}" for what in found)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], dict[str, frozenset[str]]]:
    lists = shipped("recto.epub", "markup.toml")
    within = {name: frozenset(parents.split()) for name, parents in lists["within"].items()}
    kinds = (frozenset(lists[key].split()) for key in ("elements", "of_words", "among_words"))
    elements, of_words, among_words = kinds
    return elements, of_words, among_words, within


def _faults(root: Element, document: str, names: frozenset[str]) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        namespace, _, tag = element.tag.rpartition("}")
        if namespace == f"{{{XHTML}":
            yield from _misplaced(element, tag)
        elif namespace not in (f"{{{SVG}", f"{{{MATHML}") or tag.lower() in ("script", "foreignobject"):
            yield f"<{tag}>"
        for key, value in element.attrib.items():
            yield from _attribute(tag, str(key), value, document, names)
        if tag == "style" and element.text:
            yield from _reaching(element.text, "<style>")
    yield from _dangling(root)


def _dangling(root: Element) -> Iterator[str]:
    """What refers to an element of its own document that is not there (EPUBCheck's RSC-012, RSC-005)."""
    ids = {value for element in root.iter() for key, value in element.attrib.items() if key in _IDS}
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        for key, value in element.attrib.items():
            named = value.split() if key in _REFERRING else ()
            if str(key).rpartition("}")[2] == "href" and value.startswith("#"):
                named = [unquote(value[1:])]
            if not ids.issuperset(named):
                yield f"{key}=“{value[:60]}” of <{tag}>, of which nothing is there"


def _misplaced(element: Element, tag: str) -> Iterator[str]:
    elements, of_words, among_words, within = _lists()
    if tag not in elements:
        yield f"<{tag}>"
        return
    parent = element.getparent()
    while parent is not None and str(parent.tag).rpartition("}")[2] in _CONTAINERS and tag not in within:
        parent = parent.getparent()
    holder = str(parent.tag).rpartition("}")[2] if parent is not None else ""
    if holder in of_words and tag not in among_words:
        yield f"<{tag}> within <{holder}>"
    if tag in within and holder not in within[tag]:
        yield f"<{tag}> within <{holder}>"
    if tag in _OF_ELEMENTS and _has_text(element):
        yield f"text directly within <{tag}>"
    if tag == "nav" and element.get(f"{{{EPUB}}}type"):
        yield from _contents(element)


def _has_text(element: Element) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def _contents(nav: Element) -> Iterator[str]:
    """What is amiss in a list of contents, of pages or of landmarks (EPUB 3.3, 7.3)."""
    names = [str(child.tag).rpartition("}")[2] for child in nav]
    if names[-1:] != ["ol"] or len(names) > 2 or not _HEADINGS.issuperset(names[:-1]) or _has_text(nav):
        yield "a list of contents that is not one <ol>, with a heading before it or without"
    for item in nav.iter(f"{{{XHTML}}}li"):
        within = [str(child.tag).rpartition("}")[2] for child in item]
        if within not in (["a"], ["a", "ol"], ["span", "ol"]) or _has_text(item):
            yield "a line of contents that is not one link, with an <ol> after it or without"


def _attribute(tag: str, key: str, value: str, document: str, names: frozenset[str]) -> Iterator[str]:
    plain = key.rpartition("}")[2].lower()
    if (
        key.startswith("{")
        and plain != "href"
        and not key.startswith((f"{{{EPUB}", "{http://www.w3.org/XML"))
    ):
        yield f"{plain} of <{tag}>"
    if plain.startswith("on") and not key.startswith(f"{{{EPUB}"):
        yield f"{plain} of <{tag}>"
    elif plain in _ADDRESSES:
        if not _may_lead(tag, plain, value, document, names):
            yield f"{plain}=“{value[:60]}” of <{tag}>"
    elif plain == "style":
        yield from _reaching(value, f"style of <{tag}>")
    elif plain == "dir" and value not in _DIRECTIONS:
        yield f"dir=“{value[:20]}” of <{tag}>"
    elif plain == "lang" and not _LANGUAGE.fullmatch(value):
        yield f"lang=“{value[:20]}” of <{tag}>"


def _may_lead(tag: str, key: str, value: str, document: str, names: frozenset[str]) -> bool:
    """Whether an address is one of a file of the package, or of the world where a link leads there."""
    try:
        address = urlsplit(value.strip())
    except ValueError:
        return False
    if address.scheme:
        return (key == "cite" or (tag == "a" and key == "href")) and address.scheme.lower() in _LINKS
    if address.netloc or key not in ("href", "src", "cite"):
        return False
    if not address.path:
        return True
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), unquote(address.path))) in names


def _reaching(text: str, where: str) -> Iterator[str]:
    if not css.within(text):
        yield f"an outside reference in {where}"
