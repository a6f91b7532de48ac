"""The e-book as finished documents: front pages, contents, matter, chapters, index, in reading order.

Templates are filled first, all of them; then page breaks and links are set in the whole book at once, for
both need to know in which file an anchor ended up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from recto import xhtml
from recto.compose.epub_navigation import Navigation
from recto.compose.epub_pages import PageBreak, insert_breaks
from recto.compose.epub_split import Piece, files_of
from recto.compose.epub_text import finish, properties, strip_data, tag
from recto.metadata import cover_name, metadata, slug
from recto.model import Document, Galley, PageMap
from recto.problems import Problem, error
from recto.xhtml import Element

if TYPE_CHECKING:
    from recto.compose import Composer
    from recto.index.model import LocatedIndex

__all__ = ["Document", "documents"]

SHEETS = ("styles/book.css", "styles/epub.css")
NAV, NCX = "nav.xhtml", "toc.ncx"
# Matter that stands on a page of its own before the contents, without a heading
_DISPLAYED = ("dedication", "epigraph")
_DIVISIONS = {"front": "frontmatter", "back": "backmatter"}
# Named matter that has a role of its own in DPUB-ARIA 1.1 (the others are plain sections)
_ROLES = frozenset(
    """dedication epigraph foreword preface acknowledgments introduction prologue epilogue afterword
    conclusion glossary bibliography credits colophon""".split()
)
_LANDMARKS = frozenset(("glossary", "bibliography"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before its template is filled.

    `division` is the part of the book it stands in (`frontmatter`, `bodymatter`, `backmatter`).
    """

    name: str
    title: str
    template: str
    context: Mapping[str, Any]
    division: str
    landmark: str = ""


def documents(
    composer: Composer, index: LocatedIndex | None, pages: PageMap | None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Compose every file of the e-book but its images: XHTML in reading order, then NCX and style sheets.

    With `pages` (the page map of the print book) the breaks of its pages are marked and listed. Returns the
    documents and the faults of templates; a document whose template failed is left out.
    """
    edition = _Edition(composer, index, pages if composer.config.epub.page_list else None)
    made = tuple(edition.documents())
    return made, tuple(edition.problems)


class _Edition:
    """One composition of the e-book."""

    def __init__(self, composer: Composer, index: LocatedIndex | None, pages: PageMap | None) -> None:
        self.composer = composer
        self.index = index
        self.pages = pages
        self.problems: list[Problem] = []
        self.labels = composer.labels
        self.galleys = composer.galleys
        self.names: set[str] = set()
        self.drafts = self._drafts()
        self.navigation = Navigation.of(composer, index)

    def documents(self) -> Iterator[Document]:
        """All files, finished."""
        trees = {draft.name: tree for draft in self.drafts if (tree := self._tree(draft)) is not None}
        breaks = insert_breaks(trees, self.pages) if self.pages else ()
        self._set_navigation(trees, breaks)
        files = {
            anchor: name
            for name, root in trees.items()
            for element in root.iter()
            if (anchor := element.get("id"))
        }
        for draft in self.drafts:
            if draft.name in trees:
                yield self._finished(draft, trees[draft.name], files, breaks)
        yield from self._unread(trees, files, breaks)

    # --- drafts -----------------------------------------------------------------------------------------

    def _drafts(self) -> tuple[Draft, ...]:
        labels, galleys = self.labels, self.galleys
        image = {"image": cover_name(self.composer.config), "alt": self._cover_words()}
        front = [g for g in galleys if g.chapter.kind == "front"]
        back = [g for g in galleys if g.chapter.kind == "back"]
        drafts = [
            self._draft("cover", labels["cover"], "cover", image, "frontmatter", "cover"),
            self._draft("title-page", labels["title_page"], "title-page", {}, "frontmatter", "titlepage"),
            self._draft("copyright-page", labels["copyright_page"], "copyright-page", {}, "frontmatter"),
            *(self._displayed(g) for g in front if g.chapter.role in _DISPLAYED),
            self._draft("nav", labels["contents"], "nav", {}, "frontmatter", "toc"),
        ]
        for galley in front:
            if galley.chapter.role not in _DISPLAYED:
                drafts += self._matter(galley)
        drafts += self._body()
        for galley in back:
            if galley.chapter.role != "colophon":
                drafts += self._matter(galley)
        if self.index is not None:
            context = {"index": self.index, "wording": self.index.wording}
            drafts.append(
                self._draft("index", self.index.wording.title, "index", context, "backmatter", "index")
            )
        for galley in back:
            if galley.chapter.role == "colophon":
                drafts += self._matter(galley)
        return tuple(drafts)

    def _body(self) -> Iterator[Draft]:
        """Parts, chapters and appendices; the first of them is where reading begins."""
        landmark = "bodymatter"
        for galley in self.galleys:
            if galley.chapter.kind not in ("chapter", "appendix"):
                continue
            if part := galley.part:
                title = f"{self.labels['part']} {part.heading.number}: {part.heading.title}"
                context = {"heading": part.heading, "pieces": (_markup(Piece(None, part.html)),)}
                yield self._draft(part.heading.anchor, title, "part", context, "bodymatter", landmark)
                landmark = ""
            yield from self._chapter(galley, landmark)
            landmark = ""

    def _chapter(self, galley: Galley, landmark: str) -> Iterator[Draft]:
        chapter = galley.chapter
        label = self.labels[chapter.kind]
        title = f"{label} {chapter.label}" + (f": {chapter.title}" if chapter.title else "")
        context = {
            "kind": chapter.kind,
            "label": label,
            "number": chapter.label,
            "has_title": bool(chapter.title),
        }
        yield from self._files(galley, title, "chapter", context, "bodymatter", landmark)

    def _matter(self, galley: Galley) -> Iterator[Draft]:
        role = galley.chapter.role
        context = {"name": role, "role": f"doc-{role}" if role in _ROLES else ""}
        landmark = role if role in _LANDMARKS else ""
        division = _DIVISIONS[galley.chapter.kind]
        yield from self._files(galley, galley.headings[0].title, "matter", context, division, landmark)

    def _displayed(self, galley: Galley) -> Draft:
        role = galley.chapter.role
        pieces = tuple(_markup(piece) for piece in files_of(galley)[0])
        context = {"name": role, "role": f"doc-{role}", "heading": galley.headings[0], "pieces": pieces}
        return self._draft(galley.chapter.anchor, galley.headings[0].title, "display", context, "frontmatter")

    def _files(
        self, galley: Galley, title: str, template: str, context: dict[str, Any], division: str, landmark: str
    ) -> Iterator[Draft]:
        """The drafts of one galley: as many as it has files."""
        for number, pieces in enumerate(files_of(galley), 1):
            first = number == 1
            name = galley.chapter.anchor if first else f"{galley.chapter.anchor}-file-{number}"
            added = {
                "first": first,
                "heading": galley.headings[0],
                "pieces": tuple(_markup(piece) for piece in pieces),
            }
            filled = {**context, **added}
            yield self._draft(name, title, template, filled, division, landmark if first else "")

    def _draft(
        self,
        name: str,
        title: str,
        template: str,
        context: Mapping[str, Any],
        division: str,
        landmark: str = "",
    ) -> Draft:
        """A draft under a file name of its own."""
        stem, count = slug(name), 1
        while (file := f"{stem}{'' if count == 1 else f'-{count}'}.xhtml") in self.names:
            count += 1
        self.names.add(file)
        return Draft(file, title, f"epub/{template}.xhtml", context, division, landmark)

    def _cover_words(self) -> str:
        """What the cover shows, for those who can't see it."""
        matter = self.composer.title_matter
        words = ": ".join(part for part in (matter.title, matter.subtitle) if part)
        by = f", {self.labels['by']} {matter.author_line}" if matter.author_line else ""
        return self.composer.config.book.cover_alt or f"{self.labels['cover']}: {words}{by}"

    # --- from draft to document -------------------------------------------------------------------------

    def _tree(self, draft: Draft) -> Element | None:
        """A template filled, as a tree made ready for e-readers; None (and a problem) where that fails."""
        context = {"title": draft.title, "division": draft.division, "sheets": SHEETS, **draft.context}
        if draft.name == NAV:
            context |= self.navigation.nav()
        text = self.composer.fill(draft.template, context, self.problems, edition="epub").strip()
        if not text:
            return None
        root = self._parsed(draft.template, text)
        if root is not None:
            finish(root, back=self.labels["note_back"])
        return root

    def _parsed(self, template: str, text: str) -> Element | None:
        try:
            return xhtml.document(text)
        except ValueError as fault:
            message = f"the template does not give well-formed XHTML: {fault}"
            hint = "close every element, write `&#160;` and not `&nbsp;`"
            place = self.composer.templates.place(template)
            problem = error("template-markup", message, place, hint=hint, subject=template)
            self.problems.append(problem)
            return None

    def _set_navigation(self, trees: dict[str, Element], breaks: Sequence[PageBreak]) -> None:
        """Fill the contents again, now that page breaks and files are known."""
        draft = next(draft for draft in self.drafts if draft.name == NAV)
        files = {anchor: name for name, root in trees.items() for e in root.iter() if (anchor := e.get("id"))}
        landmarks = [(d.landmark, d.name, d.title) for d in self.drafts if d.landmark and d.name in trees]
        self.navigation = self.navigation.placed(files, landmarks, breaks)
        root = self._tree(draft)
        if root is None:
            trees.pop(NAV, None)
            return
        if self.pages:
            insert_breaks({NAV: root}, self.pages)
        trees[NAV] = root

    def _finished(
        self, draft: Draft, root: Element, files: Mapping[str, str], breaks: Sequence[PageBreak]
    ) -> Document:
        _point(root, draft.name, files)
        strip_data(root)
        nav = ("nav",) if draft.name == NAV else ()
        return Document(
            name=draft.name,
            title=draft.title,
            content=xhtml.write_document(root),
            properties=(*nav, *properties(root)),
            landmark=draft.landmark,
            pages=tuple(each.folio for each in breaks if each.file == draft.name),
        )

    def _unread(
        self, trees: Mapping[str, Element], files: Mapping[str, str], breaks: Sequence[PageBreak]
    ) -> Iterator[Document]:
        """What belongs to the e-book and is not read in turn: the NCX and the style sheets."""
        order = {f"{files[a]}#{a}": n for n, a in enumerate(files, 1)}
        facts = metadata(self.composer.book, self.composer.manuscript, self.composer.config)
        context = self.navigation.ncx(order, facts.identifier)
        text = self.composer.fill("epub/toc.ncx", context, self.problems, edition="epub").strip()
        if text and (root := self._parsed("epub/toc.ncx", text)) is not None:
            content = xhtml.write_document(root, doctype="")
            yield Document(NCX, "", content, "application/x-dtbncx+xml", spine=False)
        for sheet in SHEETS:
            css = self.composer.templates.theme.style(sheet.removeprefix("styles/"))
            yield Document(sheet, "", css.encode(), "text/css", spine=False)


def _markup(piece: Piece) -> dict[str, Any]:
    """A piece as templates see it; only galleys are markup to them."""
    return {"heading": piece.heading, "html": Markup(piece.html)}


def _point(root: Element, name: str, files: Mapping[str, str]) -> None:
    """Links to anchors of the book lead to the file that has them; a link to nowhere becomes plain text."""
    for link in list(root.iter(tag("a"))):
        href = link.get("href", "")
        if not href.startswith("#") or files.get(href[1:]) == name:
            continue
        if href[1:] in files:
            link.set("href", f"{files[href[1:]]}{href}")
        else:
            xhtml.unwrap(link)
