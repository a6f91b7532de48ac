"""The composer: what templates of both books are filled with, and how a filled one is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy as duplicate
from typing import TYPE_CHECKING, Any, TypeVar

from recto.compose.environment import Templates
from recto.compose.labels import labels
from recto.compose.one_edition import anchors, listed, of_medium
from recto.compose.shared import PAPER, SCREEN, EditionFacts, Medium, title_matter
from recto.languages import direction
from recto.model import Book, Contents, Galley, Manuscript
from recto.problems import Problem
from recto.settings.config import Config
from recto.store.cache import Memo, digest
from recto.theme import Theme

if TYPE_CHECKING:
    from recto.index.index_model import LocatedIndex
    from recto.notations.xhtml import Element

C = TypeVar("C")
T = TypeVar("T")


class Composer:
    """Fills the templates of a theme with one book."""

    def __init__(
        self,
        book: Book,
        galleys: tuple[Galley, ...],
        contents: Contents,
        config: Config,
        theme: Theme,
        manuscript: Manuscript,
        memo: Memo | None = None,
    ) -> None:
        self.book = book
        self.galleys = galleys
        self.contents = contents
        self.config = config
        self.manuscript = manuscript
        self.templates = Templates(theme)
        self.labels = labels(config.book.language, config.book.chapter_word)
        self.title_matter = title_matter(book, config, manuscript)
        self._memo = memo or Memo()
        self._divided: dict[Medium, Composer] = {}
        self.anchors: frozenset[str] | None = None
        self.trees: dict[str, Element] = {}  # documents of the e-book, by name: filled, and not yet finished
        self._frames = {
            medium: digest(self.templates.digest, config.print, self.labels, self.shared(medium))
            for medium in (PAPER, SCREEN)
        }

    def over(self, galleys: tuple[Galley, ...]) -> Composer:
        """This composer for other galleys of the same book: those that the index has put its anchors into."""
        other = duplicate(self)
        other.galleys = galleys
        other._divided, other.trees = {}, {}
        return other

    def of(self, medium: Medium) -> Composer:
        """This composer for the text of one edition, with the `anchors` of that where it is not all text."""
        if medium not in self._divided:
            galleys, other = of_medium(self.galleys, medium.name), self
            if galleys is not self.galleys:
                other = self.over(galleys)
                other.contents, other.anchors = listed(self.contents, galleys), anchors(galleys)
            self._divided[medium] = other
        return self._divided[medium]

    def filled(
        self,
        name: str,
        copy: C,
        context: Callable[[C], Mapping[str, Any]],
        problems: list[Problem],
        *,
        medium: Medium,
    ) -> str:
        """The template `name` as `fill` fills it with the `context` of a copy, or as an earlier build did.

        A copy is told by its `repr`; `context` must be a function of the copy alone. What failed is not kept.
        """

        def make() -> str | None:
            return self.fill(name, context(copy), problems, medium=medium) or None

        return self.made(name, copy, make, medium=medium) or ""

    def made(self, what: str, facts: object, make: Callable[[], T | None], *, medium: Medium) -> T | None:
        """What `make` makes out of `facts`, the templates and the settings, or made for an earlier build.

        `facts` must tell by their `repr` all else that goes in. None, for what failed, is not kept.
        """
        return self._memo(digest(what, self._frames[medium], facts), make)

    def fill(
        self,
        name: str,
        context: Mapping[str, Any],
        problems: list[Problem],
        *,
        medium: Medium,
    ) -> str:
        """Fill the template `name` with `context` on top of the shared context of a medium.

        A fault of the template is added to `problems`; the result is "" then.
        """
        return self.templates.fill(name, {**self.shared(medium), **context}, problems)

    def shared(self, medium: Medium) -> dict[str, Any]:
        """What every template sees."""
        settings = self.config.book
        return {
            "book": self.title_matter,
            "edition": EditionFacts(medium.format, getattr(settings, medium.isbn_key)),
            "labels": self.labels,
            "look": self.templates.theme.look,
            "language": settings.language,
            "direction": direction(settings.language),
        }


def printed(index: LocatedIndex | None) -> LocatedIndex | None:
    """The index, where there is anything in it: an empty one is no document and no line of the contents."""
    return index if index is not None and index.groups else None
