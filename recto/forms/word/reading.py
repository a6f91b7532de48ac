"""A `.docx` as Markdown, by mammoth: Word's XML as XHTML, with what it would drop taken out before.

The line of a problem is the number of the paragraph, as Word has no lines.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from posixpath import basename
from urllib.parse import quote

import mammoth
from mammoth.documents import Image

from recto.door import RefusedError
from recto.forms.list_files import said
from recto.forms.office.block_writer import BlockWriter, wanted
from recto.forms.office.document_parts import attribute, local, tree
from recto.forms.office.document_title import title_page, without_subtitle
from recto.forms.office.losses import lost
from recto.forms.source_file import SourceFile
from recto.forms.word.heading_styles import STYLE_MAP, levels_of, mark_headings
from recto.forms.word.word_fields import FieldsFound, prepare
from recto.notations import xhtml
from recto.notations.document_archive import LARGEST_BESIDE, Archive
from recto.notations.xhtml import Element
from recto.problems import Problem

_TEXT = re.compile(r"word/(?:document\d*|footnotes\d*|endnotes\d*)\.xml")
_SHEET = "word/styles.xml"
_MEDIA = re.compile(r"word/media/[^/]+")
# Styles by their English names, which a .docx has in whatever language Word runs
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Illustration'] => p.caption:fresh
p[style-name='Figure'] => p.caption:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='Code'] => pre:separator('\\n')
p[style-name='macro'] => pre:separator('\\n')
p[style-name='toc 1'] => !
p[style-name='toc 2'] => !
p[style-name='toc 3'] => !
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
p[style-name='index 1'] => !
p[style-name='index 2'] => !
p[style-name='index heading'] => !
r[style-name='HTML Code'] => code
r[style-name='Verbatim Char'] => code
r[style-name='Source Text'] => code
r[style-name='Code'] => code
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => strong > em
u => em
small-caps => span.smallcaps
br[type='page'] => !
br[type='column'] => !
"""
# said of a paragraph that is set all the same
_HARMLESS = re.compile(r"Unrecognised (?:paragraph|run|table) style|style with ID|w:(?:softHyphen|cr|ptab)")


def document(archive: Archive, file: SourceFile) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A document as a file of Markdown. Raises RefusedError for what can't be read."""
    found = FieldsFound()
    readable, facts = _readable(archive, file, found)
    try:
        converted = mammoth.convert_to_html(
            readable,
            style_map=STYLE_MAP + _STYLES,
            include_embedded_style_map=False,
            id_prefix="",
            convert_image=mammoth.images.img_element(_named_after(file)),
        )
        made = xhtml.parse(xhtml.clean(str(converted.value)))
    except Exception as fault:
        # whatever a damaged document makes of it (a key, an attribute, a number that is missing)
        raise RefusedError(f"Word's format is not as it should be ({fault})", archive.path) from fault
    blocks, notes = _notes_apart(made)
    blocks, subtitle = without_subtitle(blocks)
    writer = BlockWriter(found.marks, notes, wanted(made))
    lines = writer.write(blocks)
    messages = Counter(
        str(each.message) for each in converted.messages if not _HARMLESS.search(str(each.message))
    )
    styled = any(block.get("class") == "title" for block in blocks)
    lines, named = title_page(lines, facts, styled=styled)
    text = file.made_of(lines)
    book = said(**{**facts, **named, "subtitle": subtitle})
    return replace(text, said=book), tuple(lost(text, {**found.told, **messages}, writer.losses))


def _readable(archive: Archive, file: SourceFile, found: FieldsFound) -> tuple[BytesIO, Mapping[str, object]]:
    """The document for its library: nothing declared in its XML, each picture in it its own name."""
    made, facts = BytesIO(), dict[str, object]()
    levels = levels_of(tree(archive, _SHEET)) if _SHEET in archive.names else {}
    with zipfile.ZipFile(made, "w") as anew:
        for name in sorted(archive.names):
            if _MEDIA.fullmatch(name):
                anew.writestr(name, name)
            elif name.endswith((".xml", ".rels")):
                if _TEXT.fullmatch(name):
                    anew.writestr(name, _prepared(archive, name, found, levels))
                    continue
                if name in ("docProps/core.xml", _SHEET):
                    facts.update(_facts(archive, name))
                anew.writestr(name, archive.xml(name, LARGEST_BESIDE))
    return made, facts


def _prepared(archive: Archive, name: str, found: FieldsFound, levels: Mapping[str, int]) -> bytes:
    root = tree(archive, name)
    mark_headings(root, levels)
    prepare(root, found)
    return xhtml.outer(root).encode()


def _facts(archive: Archive, name: str) -> Iterator[tuple[str, object]]:
    """What the document says of itself: title and author, and the language of its text."""
    names = {"title": "title", "creator": "authors", "language": "language"}
    for element in tree(archive, name).iter():
        if name.endswith("core.xml") and local(element) in names and (text := (element.text or "").strip()):
            yield names[local(element)], (text,) if local(element) == "creator" else text
        elif local(element) == "rPrDefault":
            for each in element.iter():
                if local(each) == "lang" and (tag := attribute(each, "val")):
                    yield "language", tag


def _named_after(file: SourceFile) -> mammoth.images.ImageFunction:
    """Where a picture lies: in the document, by the name that stands in its place."""

    def address(image: Image) -> dict[str, str]:
        with image.open() as stream:
            name = stream.read().decode()
        return {"src": quote(f"{basename(file.name)}/{name}")}

    return address


def _notes_apart(tree: Element) -> tuple[list[Element], dict[str, Element]]:
    """The blocks of the text, and the notes by name; their calls are told by name, too."""
    notes: dict[str, Element] = {}
    for link in list(tree.iter("a")):
        target = str(link.get("href"))
        if target.startswith(("#footnote-ref-", "#endnote-ref-")):
            xhtml.remove(link)
        elif target.startswith(("#footnote-", "#endnote-")):
            link.set("data-note", target[1:])
            link.text = None
    for item in list(tree.iter("li")):
        if str(item.get("id")).startswith(("footnote-", "endnote-")):
            notes[str(item.get("id"))] = item
    blocks = [
        block for block in tree if not (block.tag == "ol" and len(block) and block[0].get("id") in notes)
    ]
    for call in list(tree.iter("sup")):
        if len(call) == 1 and call[0].get("data-note"):
            xhtml.unwrap(call)
    return blocks, notes
