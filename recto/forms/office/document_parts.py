"""A part of a document as a tree, and how its names are read whatever prefix or format they have."""

from __future__ import annotations

from recto.door import RefusedError
from recto.notations import xhtml
from recto.notations.document_archive import Archive
from recto.notations.xhtml import Element

_LONGEST_TEXT = 2_000_000  # characters between two tags; a long novel has half as many
_DEEPEST = 400  # elements in one another; those of real documents stay below 100


def tree(archive: Archive, name: str) -> Element:
    """A part that is XML. Raises RefusedError where it can't be read, or is deeper than anybody writes."""
    content = archive.xml(name)
    try:
        root = xhtml.document(content.decode("utf-8-sig"))
    except ValueError as fault:
        raise RefusedError(f"its part {name} is not XML ({fault})", archive.path) from None
    if any(len(each.text or "") + len(each.tail or "") > _LONGEST_TEXT for each in root.iter()):
        # what reads Word's format copies the whole of such a text for every few thousand characters of it
        reason = f"a text of more than {_LONGEST_TEXT:,} characters stands in one piece in {name}"
        raise RefusedError(reason, archive.path)
    if xhtml.depth(root) > _DEEPEST:
        raise RefusedError(f"more than {_DEEPEST} elements lie in one another in {name}", archive.path)
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute, whatever its namespace, "" without it: Word's two formats have one each."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")
