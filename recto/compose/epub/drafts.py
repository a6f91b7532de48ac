"""The e-book as drafts: what each of its documents is to hold, before its template is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from recto.compose.epub.splitting import FilePiece, files_of
from recto.languages import numbered
from recto.model import DISPLAYED, Galley
from recto.settings.metadata import slug

if TYPE_CHECKING:
    from recto.compose.composer import Composer
    from recto.index.index_model import LocatedIndex

# Only readers that know media queries take this sheet (templates/epub/document.xhtml)
NEWER = "styles/newer.css"
# Displayed matter with a heading; praise goes before the title page, all other behind it
_HEADED = ("praise", "also-by")
_DIVISIONS = {"front": "frontmatter", "back": "backmatter"}
# The documents that Recto makes by itself: no chapter takes their file names.
_OWN = ("cover", "title-page", "copyright-page", "nav", "index")
# Named matter that has a role of its own in DPUB-ARIA 1.1 (the others are plain sections)
_ROLES = frozenset(
    """dedication epigraph foreword preface acknowledgments introduction prologue epilogue afterword
    conclusion glossary bibliography credits colophon""".split()
)
_LANDMARKS = frozenset(("glossary", "bibliography"))


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document before its template is filled.

    `division` is the part of the book it stands in (`frontmatter`, `bodymatter`, `backmatter`).
    """

    name: str
    title: str
    template: str
    context: Mapping[str, Any]
    division: str
    landmark: str = ""


def drafts(composer: Composer, index: LocatedIndex | None, cover: str) -> tuple[DocumentDraft, ...]:
    """Every document of the e-book, each under a file name of its own; `cover` is the name of its image."""
    return _Drafter(composer, index, cover).drafts()


class _Drafter:
    """Drafts one e-book."""

    def __init__(self, composer: Composer, index: LocatedIndex | None, cover: str) -> None:
        self.composer = composer
        self.index = index
        self.cover = cover
        self.labels = composer.labels
        self.galleys = composer.galleys
        self.names = {f"{name}.xhtml" for name in _OWN}

    def drafts(self) -> tuple[DocumentDraft, ...]:
        """All of them in order."""
        labels, galleys = self.labels, self.galleys
        image = {"image": self.cover, "alt": self._cover_words()}
        front = [g for g in galleys if g.chapter.kind == "front"]
        back = [g for g in galleys if g.chapter.kind == "back"]
        drafts = [
            self._own("cover", labels["cover"], "cover", image, "frontmatter", "cover"),
            *self._front_pages([g for g in front if g.chapter.role in DISPLAYED]),
            self._own("nav", labels["contents"], "nav", {}, "frontmatter", "toc"),
        ]
        for galley in front:
            if galley.chapter.role not in DISPLAYED:
                drafts += self._matter(galley)
        drafts += self._body()
        for galley in back:
            if galley.chapter.role != "colophon":
                drafts += self._matter(galley)
        if self.index is not None:
            context = {"index": replace(self.index, pages=None), "wording": self.index.wording}
            title = self.index.wording.title
            drafts.append(self._own("index", title, "index", context, "backmatter", "index"))
        for galley in back:
            if galley.chapter.role == "colophon":
                drafts += self._matter(galley)
        return tuple(drafts)

    def _body(self) -> Iterator[DocumentDraft]:
        """Parts, chapters and appendices; the first of them is where reading begins."""
        landmark = "bodymatter"
        for galley in self.galleys:
            if galley.chapter.kind not in ("chapter", "appendix"):
                continue
            if part := galley.part:
                title = f"{numbered(self.labels['part'], part.heading.number)}: {part.heading.title}"
                context = {"heading": part.heading, "pieces": (_markup(FilePiece(None, part.html)),)}
                yield self._draft(part.heading.anchor, title, "part", context, "bodymatter", landmark)
                landmark = ""
            yield from self._chapter(galley, landmark)
            landmark = ""

    def _chapter(self, galley: Galley, landmark: str) -> Iterator[DocumentDraft]:
        chapter = galley.chapter
        label = self.labels[chapter.kind]
        own = galley.headings[0].title
        title = numbered(label, chapter.label) + (f": {own}" if own else "")
        if not chapter.label:
            title = own
        context = {
            "kind": chapter.kind,
            "label": label,
            "number": chapter.label,
            "has_title": bool(galley.headings[0].html),
        }
        yield from self._files(galley, title, "chapter", context, "bodymatter", landmark)

    def _matter(self, galley: Galley) -> Iterator[DocumentDraft]:
        role = galley.chapter.role
        context = {"name": role, "role": f"doc-{role}" if role in _ROLES else ""}
        landmark = role if role in _LANDMARKS else ""
        division = _DIVISIONS[galley.chapter.kind]
        yield from self._files(galley, galley.headings[0].title, "matter", context, division, landmark)

    def _front_pages(self, displayed: Sequence[Galley]) -> Iterator[DocumentDraft]:
        """What stands before the contents; a copyright page of the author's own takes the place of ours."""
        labels = self.labels
        yield from (self._displayed(each) for each in displayed if each.chapter.role == "praise")
        yield self._own("title-page", labels["title_page"], "title-page", {}, "frontmatter", "titlepage")
        yield from (self._displayed(each) for each in displayed if each.chapter.role == "also-by")
        given = next((self._shown(each) for each in displayed if each.chapter.role == "copyright"), {})
        yield self._own("copyright-page", labels["copyright_page"], "copyright-page", given, "frontmatter")
        yield from (self._displayed(each) for each in displayed if each.chapter.role in _ROLES)

    def _displayed(self, galley: Galley) -> DocumentDraft:
        context = self._shown(galley)
        return self._draft(galley.chapter.anchor, galley.headings[0].title, "display", context, "frontmatter")

    @staticmethod
    def _shown(galley: Galley) -> dict[str, Any]:
        role = galley.chapter.role
        pieces = tuple(_markup(piece) for file in files_of(galley) for piece in file)
        return {
            "name": role,
            "role": f"doc-{role}" if role in _ROLES else "",
            "heading": galley.headings[0],
            "is_headed": role in _HEADED,
            "pieces": pieces,
        }

    def _files(
        self, galley: Galley, title: str, template: str, context: dict[str, Any], division: str, landmark: str
    ) -> Iterator[DocumentDraft]:
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

    @staticmethod
    def _own(
        name: str, title: str, template: str, context: Mapping[str, Any], division: str, landmark: str = ""
    ) -> DocumentDraft:
        """A draft of a document of Recto's own, under the name that is kept for it."""
        return DocumentDraft(f"{name}.xhtml", title, f"epub/{template}.xhtml", context, division, landmark)

    def _draft(
        self,
        name: str,
        title: str,
        template: str,
        context: Mapping[str, Any],
        division: str,
        landmark: str = "",
    ) -> DocumentDraft:
        """A draft under a file name of its own."""
        stem, count = slug(name), 1
        while (file := f"{stem}{'' if count == 1 else f'-{count}'}.xhtml") in self.names:
            count += 1
        self.names.add(file)
        return DocumentDraft(file, title, f"epub/{template}.xhtml", context, division, landmark)

    def _cover_words(self) -> str:
        """What the cover shows, for those who can't see it."""
        matter = self.composer.title_matter
        words = ": ".join(part for part in (matter.title, matter.subtitle) if part)
        by = f", {self.labels['by']} {matter.author_line}" if matter.author_line else ""
        return self.composer.config.book.cover_alt or f"{self.labels['cover']}: {words}{by}"


def _markup(piece: FilePiece) -> dict[str, Any]:
    """A piece as templates see it; only galleys are markup to them."""
    return {"heading": piece.heading, "html": Markup(piece.html)}
