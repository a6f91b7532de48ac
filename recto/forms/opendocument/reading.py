"""An `.odt` as Markdown: content.xml walked once, as XHTML of the kind that is written as Markdown.

OpenDocument 1.3, part 3, 5 to 9. Read without a library: odfpy has had no release since 2020, odfdo (40,000
lines) writes Markdown without notes and index marks, and the walk is what would be left to write with either.
The line of a problem is the number of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import basename, normpath
from urllib.parse import quote

from recto.forms.list_files import said
from recto.forms.office import noncharacters as signs
from recto.forms.office.block_writer import BlockWriter, wanted
from recto.forms.office.document_parts import attribute, local, tree
from recto.forms.office.document_title import title_page, without_subtitle
from recto.forms.office.index_entries import heading_mark
from recto.forms.office.losses import lost
from recto.forms.opendocument.text_styles import TextStyles
from recto.forms.source_file import SourceFile
from recto.notations import xhtml
from recto.notations.document_archive import Archive
from recto.notations.xhtml import Element
from recto.problems import Problem

# made by LibreOffice, which would print the pages of another book; and what stands in no text
_MADE = {
    "table-of-content": "the list of contents", "alphabetical-index": "the index",
    "illustration-index": "the list of figures", "table-index": "the list of tables",
    "object-index": "the list of objects", "user-index": "an index of its own",
    "bibliography": "the bibliography",
}  # fmt: skip
_LEFT = {"annotation": "comments", "tracked-changes": "changes that are still tracked"}
_SILENT = frozenset(
    "sequence-decls forms soft-page-break annotation-end change change-start change-end bookmark-end "
    "reference-mark-end alphabetical-index-mark-end variable-decls user-field-decls title desc note-citation "
    "dde-connection-decls".split()
)


def document(archive: Archive, file: SourceFile) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A document as a file of Markdown. Raises RefusedError for what can't be read."""
    content = tree(archive, "content.xml")
    styles = TextStyles(
        [tree(archive, "styles.xml"), content] if "styles.xml" in archive.names else [content]
    )
    walk = _Walk(styles, basename(file.name))
    body = next(
        (each for each in content.iter() if local(each) == "text" and local(_up(each)) == "body"), None
    )
    blocks = xhtml.element("div")
    if body is not None:
        walk.blocks(body, blocks)
    held, subtitle = without_subtitle(list(blocks))
    writer = BlockWriter(walk.marks, walk.notes, wanted(blocks))
    styled = any(block.get("class") == "title" for block in blocks)
    lines, named = title_page(writer.write(held), dict(_facts(archive)), styled=styled)
    made = file.made_of(lines)
    book = said(language=styles.language, subtitle=subtitle, **named)
    return replace(made, said=book), tuple(lost(made, walk.told, writer.losses))


def _up(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _facts(archive: Archive) -> Iterator[tuple[str, object]]:
    if "meta.xml" not in archive.names:
        return
    for element in tree(archive, "meta.xml").iter():
        if text := (element.text or "").strip():
            if local(element) == "title":
                yield "title", text
            elif local(element) in ("initial-creator", "creator"):
                yield "authors", (text,)


@dataclass(slots=True)
class _Walk:
    """Goes through a text once; `told` counts what is not taken along."""

    styles: TextStyles
    name: str
    marks: list[str] = field(default_factory=list)
    notes: dict[str, Element] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)

    def blocks(self, source: Element, into: Element) -> None:
        """Everything that stands in a text, a section, a cell, an item, a note."""
        for element in source:
            self._block(element, into)

    def _block(self, element: Element, into: Element) -> None:
        kind = local(element)
        if kind in ("p", "h"):
            self._paragraph(element, kind, into)
        elif kind == "list":
            self._list(element, into, "")
        elif kind == "table":
            self._table(element, into)
        elif kind in _MADE or kind in _LEFT:
            self._tell(_MADE.get(kind) or _LEFT[kind])
        elif kind in ("frame", "a", "custom-shape"):
            self._inline(element, xhtml.element("p"), into)
        elif kind not in _SILENT:
            self.blocks(element, into)  # sections, groups, what is not known

    def _tell(self, what: str) -> None:
        self.told[what] = self.told.get(what, 0) + 1

    def _paragraph(self, element: Element, kind: str, into: Element) -> None:
        name = attribute(element, "style-name")
        role = self.styles.role(name)
        if kind == "h":
            level = attribute(element, "outline-level") or "1"
            role = f"h{min(int(level), 6) if level.isdecimal() else 1}"
        made = _holder(role, into)
        holder = made
        for tag in [] if role or kind == "h" else self.styles.formats(name):
            holder = _in(holder, tag)
        self._words(element, holder, into)
        if not xhtml.words(made) and not len(made) and role != "code":
            into.remove(made) if made.getparent() is into else None

    def _words(self, source: Element, holder: Element, into: Element) -> None:
        """The words of a paragraph or of something in it, with what stands among them."""
        _add(holder, source.text)
        for element in source:
            self._inline_or_words(element, holder, into)
            _add(holder, element.tail)

    def _inline_or_words(self, element: Element, holder: Element, into: Element) -> None:
        kind = local(element)
        if kind == "s":
            count = attribute(element, "c")
            _add(holder, " " * min(int(count) if count.isdecimal() else 1, 100))
        elif kind == "tab":
            _add(holder, "\t")
        elif kind == "line-break":
            holder.append(xhtml.element("br"))
        elif kind == "span":
            inner = holder
            for tag in self.styles.formats(attribute(element, "style-name")):
                inner = _in(inner, tag)
            self._words(element, inner, into)
        elif kind.startswith("alphabetical-index-mark") and not kind.endswith("-end"):
            self._mark(element, holder)
        elif kind in _LEFT:
            self._tell(_LEFT[kind])
        elif kind not in _SILENT:
            self._inline(element, holder, into)

    def _inline(self, element: Element, holder: Element, into: Element) -> None:
        """What stands in a line, or is bound to it: a link, a note, a picture, a frame with text, a field."""
        kind = local(element)
        if kind == "a" and attribute(element, "href"):
            link = xhtml.element("a", {"href": attribute(element, "href")})
            holder.append(link)
            self._words(element, link, into)
        elif kind in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start"):
            holder.append(xhtml.element("a", {"id": attribute(element, "name")}))
        elif kind == "note":
            self._note(element, holder)
        elif kind == "frame":
            self._frame(element, holder, into)
        elif kind in ("p", "h", "list", "table"):
            self._block(element, into)
        elif kind == "object":
            self._tell("objects such as formulas and charts")
        else:
            self._words(element, holder, into)  # a field is what it came to

    def _note(self, element: Element, holder: Element) -> None:
        name = f"note-{len(self.notes) + 1}"
        body = next((each for each in element if local(each) == "note-body"), None)
        self.notes[name] = made = xhtml.element("li", {"id": name})
        if body is not None:
            self.blocks(body, made)
        holder.append(xhtml.element("a", {"data-note": name}))

    def _frame(self, element: Element, holder: Element, into: Element) -> None:
        """A frame: its picture where it stands, its text below the paragraph."""
        described = next(
            (
                " ".join("".join(map(str, each.itertext())).split())
                for each in element
                if local(each) == "desc"
            ),
            "",
        ) or next(
            (" ".join("".join(map(str, e.itertext())).split()) for e in element if local(e) == "title"), ""
        )
        for child in element:
            if local(child) == "image" and (href := attribute(child, "href")):
                inside = not re.match(r"[a-z]+:|\.\./|/", href)
                src = quote(f"{self.name}/{normpath(href)}") if inside else href.removeprefix("../")
                holder.append(xhtml.element("img", {"src": src, "alt": described}))
                return
        for child in element:
            if local(child) == "text-box":
                self.blocks(child, into)
                return
            if local(child) == "object":
                self._tell("objects such as formulas and charts")

    def _mark(self, element: Element, holder: Element) -> None:
        """An entry of the index (7.1.7): its words are given, or stand between two marks."""
        words = attribute(element, "string-value")
        if not words and (name := attribute(element, "id")):
            words = _until(element, name)
        levels = [attribute(element, "key1"), attribute(element, "key2"), words]
        main = attribute(element, "main-entry") == "true"
        if mark := heading_mark([level for level in levels if level.strip()], "main" if main else ""):
            self.marks.append(mark)
            _add(holder, signs.mark(len(self.marks) - 1), own=True)

    def _list(self, element: Element, into: Element, outer: str) -> None:
        style = attribute(element, "style-name") or outer
        made = xhtml.element("ol" if style in self.styles.numbered_lists else "ul")
        into.append(made)
        for item in element:
            if local(item) in ("list-item", "list-header"):
                holder = xhtml.element("li")
                made.append(holder)
                for child in item:
                    if local(child) == "list":
                        self._list(child, holder, style)
                    else:
                        whole = item.makeelement("x")
                        whole.append(child)
                        self.blocks(whole, holder)
        before = made.getprevious()
        if made.tag == "ul" and before is not None and before.tag == "ul" and not (before.tail or "").strip():
            before.extend(list(made))  # lists that touch are one, as LibreOffice writes each style's own
            into.remove(made)
            return
        if all(str(block.tag)[:1] == "h" and block.tag != "hr" for item in made for block in item):
            for block in [block for item in made for block in item]:  # headings that are numbered as a list
                into.append(block)
            into.remove(made)

    def _table(self, element: Element, into: Element) -> None:
        made = xhtml.element("table")
        into.append(made)
        for row in element.iter():
            if local(row) != "table-row" or _table_of(row) is not element:
                continue
            line = xhtml.element("tr")
            for cell in row:
                if local(cell) == "table-cell":
                    spans: Mapping[str, str] = {
                        "colspan": attribute(cell, "number-columns-spanned") or "1",
                        "rowspan": attribute(cell, "number-rows-spanned") or "1",
                    }
                    holder = xhtml.element("td", dict(spans))
                    line.append(holder)
                    self.blocks(cell, holder)
            if any(xhtml.words(cell) or len(cell) for cell in line):
                made.append(line)


def _table_of(row: Element) -> Element | None:
    return next((each for each in row.iterancestors() if local(each) == "table"), None)


def _holder(role: str, into: Element) -> Element:
    """The element of a paragraph, put where it belongs; lines of code, and of a quotation, join the last."""
    last = into[-1] if len(into) else None
    if role == "code":
        if last is not None and last.tag == "pre":
            _add(last, "\n")
            return last
        made = xhtml.element("pre")
    elif role == "quotation":
        if last is None or last.tag != "blockquote":
            last = xhtml.element("blockquote")
            into.append(last)
        made, into = xhtml.element("p"), last
    elif role == "title":
        made = xhtml.element("h1", {"class": "title"})
    elif role.startswith("h") and len(role) == 2:
        made = xhtml.element(role)
    else:
        made = xhtml.element("p", {"class": role} if role in ("caption", "subtitle") else None)
    into.append(made)
    return made


def _in(holder: Element, tag: str) -> Element:
    made = xhtml.element(tag, {"class": "smallcaps"} if tag == "span" else None)
    holder.append(made)
    return made


def _add(holder: Element, text: str | None, *, own: bool = False) -> None:
    """Words at the end of an element; signs among them stay only where they are our `own`."""
    words = text or ""
    words = words if own else signs.without(words)
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + words
    else:
        holder.text = (holder.text or "") + words


def _until(mark: Element, name: str) -> str:
    """The words between the two marks of an entry, in one paragraph."""
    words = mark.tail or ""
    for element in mark.itersiblings():
        if local(element) == "alphabetical-index-mark-end" and attribute(element, "id") == name:
            return words
        words += "".join(map(str, element.itertext())) + (element.tail or "")
    return ""
