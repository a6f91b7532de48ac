"""The e-book as finished documents: front pages, contents, matter, chapters, index, in reading order.

Page breaks and links hang on the whole book: in which document a page begins, in which file an anchor ended
up. So of each document first what is inside of it is found out, and then, when that is known of all, each is
finished. Both are kept from build to build: a document is composed again where its own text, a page break in
it, or the place of something that it links to has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recto.compose.composer import printed
from recto.compose.epub.drafts import NEWER, DocumentDraft, drafts
from recto.compose.epub.inside import Inside, inside
from recto.compose.epub.navigation import Navigation
from recto.compose.epub.page_breaks import PageBreak, allot, insert_breaks
from recto.compose.epub.screen import finish, properties, strip_data, tag
from recto.compose.epub.targets import addresses, move, moving
from recto.compose.shared import SCREEN
from recto.model import Document, PageMap
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.problems import Problem, error
from recto.settings.metadata import metadata

if TYPE_CHECKING:
    from recto.compose.composer import Composer
    from recto.index.index_model import LocatedIndex

NAV, NCX = "nav.xhtml", "toc.ncx"
_LATER = (NAV, "cover.xhtml")  # filled when pages, or the image of the cover, are known


@dataclass(frozen=True, slots=True)
class Finished:
    """A document as it goes into the book, its properties, and all its ids in order."""

    content: bytes
    properties: tuple[str, ...]
    ids: tuple[str, ...]


def epub_documents(
    composer: Composer, index: LocatedIndex | None, pages: PageMap | None, cover: str
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Compose every file of the e-book but its images: XHTML in reading order, then NCX and style sheets.

    With `pages` (the page map of the print book) the breaks of its pages are marked and listed; `cover` is
    the name of the image that the cover's page shows. Returns the documents and the faults of templates; a
    document whose template failed is left out.
    """
    pages = pages if composer.config.epub.page_list else None
    edition = _EpubComposition(composer, printed(index), pages, cover)
    made = tuple(edition.documents())
    return made, (*composer.templates.theme.faults(), *edition.problems)


def fill_ahead(composer: Composer, index: LocatedIndex | None = None) -> None:
    """Fill what hangs on no page, and the index; `epub_documents` of the same composer goes on from there.

    What goes wrong is told there, where it goes wrong again.
    """
    edition = _EpubComposition(composer, printed(index), None, "")
    for name, draft in edition.drafts.items():
        if name not in _LATER:
            edition._inside(draft)
    for template in ("nav.xhtml", "index.xhtml", "toc.ncx", "cover.xhtml"):
        composer.templates.compile(f"epub/{template}")


class _EpubComposition:
    """One composition of the e-book."""

    def __init__(
        self, composer: Composer, index: LocatedIndex | None, pages: PageMap | None, cover: str
    ) -> None:
        self.composer = composer
        self.pages = pages
        self.problems: list[Problem] = []
        self.sheets = {f"styles/{name}": text for name, text in self._screen().items()}
        self.drafts = {draft.name: draft for draft in drafts(composer, index, cover)}
        self._navigate(Navigation.of(composer, index))

    def _screen(self) -> dict[str, str]:
        return self.composer.templates.theme.screen(fonts=self.composer.config.epub.fonts)

    def documents(self) -> Iterator[Document]:
        """All files, finished."""
        insides = {name: found for name, draft in self.drafts.items() if (found := self._inside(draft))}
        breaks = allot(insides, self.pages) if self.pages else ()
        self._set_navigation(insides, breaks)
        places = addresses(insides) | {each.anchor: f"{each.file}#{each.anchor}" for each in breaks}
        moved = moving(insides, self.navigation.targets())
        order: dict[str, int] = {}
        for name, each in insides.items():
            here = tuple(one for one in breaks if one.file == name)
            away = tuple(anchor for anchor in each.ids if anchor in moved)
            if (made := self._finished(self.drafts[name], each, places, here, away)) is not None:
                for address in (name, *(f"{name}#{anchor}" for anchor in made.ids)):
                    order.setdefault(address, len(order) + 1)
                yield self._document(self.drafts[name], made, here)
        yield from self._unread(order)

    def _inside(self, draft: DocumentDraft) -> Inside | None:
        """What is inside of a document; None (and a problem) where its template fails."""

        def find() -> Inside | None:
            root = self._tree(draft)
            if root is None:
                return None
            self.composer.trees[draft.name] = root
            return inside(root)

        return self.composer.made("inside", (draft, [*self.sheets]), find, medium=SCREEN)

    def _tree(self, draft: DocumentDraft) -> Element | None:
        """A template filled, as a tree made ready for e-readers; None (and a problem) where that fails."""
        sheets = {"sheets": [*self.sheets], "newer": NEWER}
        context = {"title": draft.title, "division": draft.division, **sheets, **draft.context}
        text = self.composer.fill(draft.template, context, self.problems, medium=SCREEN).strip()
        root = self._parsed(draft.template, text) if text else None
        if root is not None:
            finish(root, back=self.composer.labels["note_back"], look=self.composer.templates.theme.look.text)
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

    def _set_navigation(self, insides: dict[str, Inside], breaks: Sequence[PageBreak]) -> None:
        """Draft the contents again, now that page breaks and files are known."""
        there = [draft for draft in self.drafts.values() if draft.landmark and draft.name in insides]
        landmarks = [(draft.landmark, draft.name, draft.title) for draft in there]
        self._navigate(self.navigation.placed(addresses(insides), landmarks, breaks))
        found = self._inside(self.drafts[NAV])
        if found is not None and NAV in insides:
            insides[NAV] = found
        else:
            insides.pop(NAV, None)

    def _navigate(self, navigation: Navigation) -> None:
        self.navigation = navigation
        self.drafts[NAV] = replace(self.drafts[NAV], context=navigation.nav())

    def _finished(
        self,
        draft: DocumentDraft,
        each: Inside,
        places: Mapping[str, str],
        breaks: Sequence[PageBreak],
        away: Sequence[str],
    ) -> Finished | None:
        """A document with its page breaks and its links; the ids that are to be moved `away` are."""
        pages = {anchor: self.pages.pages.get(anchor) for anchor in each.ids} if self.pages else {}
        targets = {anchor: place for anchor in each.links if (place := places.get(anchor)) is not None}

        def make() -> Finished | None:
            root = self.composer.trees.pop(draft.name, None)
            root = self._tree(draft) if root is None else root
            if root is None:
                return None
            insert_breaks(root, breaks, {anchor: page for anchor, page in pages.items() if page is not None})
            move(root, away)
            _point(root, draft.name, targets)
            strip_data(root)
            ids = tuple(anchor for element in root.iter() if (anchor := element.get("id")))
            return Finished(xhtml.write_document(root), properties(root), ids)

        facts = draft, [*self.sheets], breaks, pages, targets, away
        return self.composer.made("document", facts, make, medium=SCREEN)

    def _document(self, draft: DocumentDraft, made: Finished, breaks: Sequence[PageBreak]) -> Document:
        nav = ("nav",) if draft.name == NAV else ()
        return Document(
            name=draft.name,
            title=draft.title,
            content=made.content,
            properties=(*nav, *made.properties),
            landmark=draft.landmark,
            pages=tuple(each.folio for each in breaks),
        )

    def _unread(self, order: Mapping[str, int]) -> Iterator[Document]:
        """What belongs to the e-book and is not read in turn: the NCX and the style sheets.

        `order` is where each address stands in the book, from 1.
        """
        facts = metadata(self.composer.book, self.composer.manuscript, self.composer.config)
        context = self.navigation.ncx(order, facts.identifier)

        def make() -> bytes | None:
            text = self.composer.fill("epub/toc.ncx", context, self.problems, medium=SCREEN).strip()
            root = self._parsed("epub/toc.ncx", text) if text else None
            return None if root is None else xhtml.write_document(root, doctype="")

        if content := self.composer.made("ncx", context, make, medium=SCREEN):
            yield Document(NCX, "", content, "application/x-dtbncx+xml", spine=False)
        for name, sheet in self.sheets.items():
            yield Document(name, "", sheet.encode(), "text/css", spine=False)


def _point(root: Element, name: str, places: Mapping[str, str]) -> None:
    """Links to anchors of the book lead to the file that has them; a link to nowhere becomes plain text."""
    for link in list(root.iter(tag("a"))):
        href = link.get("href", "")
        if not href.startswith("#"):
            continue
        place = places.get(href[1:])
        if place is None:
            _undescribe(root, link)
            xhtml.unwrap(link)
        elif place.partition("#")[0] != name:
            link.set("href", place)


def _undescribe(root: Element, link: Element) -> None:
    """A picture doesn't name a link that is going to be none."""
    for image in root.iter(tag("img")) if link.get("id") else ():
        if image.get("aria-details") == link.get("id"):
            del image.attrib["aria-details"]
