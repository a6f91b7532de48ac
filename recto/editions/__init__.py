"""The editions of a book: entries of a list, a module each, named as the edition is.

    makings.py     what every edition is made of
    print_book.py  the print book laid out, which the editions on paper share
    pdf.py         the print book to read on a screen
    press.py       the print book for a printer; slug_line.py what stands beside its pages
    cover.py       its cover; word_widths.py how wide words are on it
    booklet.py     its pages on sheets to be folded
    epub.py        the e-book
    onix.py        the record of the book for shops

A module has one function, `begin(makings)`: it begins to make the edition, leaving to workers what they can
do by themselves, and returns what ends it and gives the finished files. It may have two others: `ahead(shop,
matter)`, which gives workers what can be done before there are pages and an index, and `meanwhile(shop,
matter, index)`, which does what hangs on no page while the last of them are laid out. A new edition is a
module and its line in `EDITIONS`; nobody else asks for an edition by its name (tests/test_architecture.py
sees to it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recto.editions.makings import Makings, Matter, Shop
    from recto.index.index_model import LocatedIndex
    from recto.model import Product
    from recto.settings.config import Config

Finish = Callable[[], "tuple[Product, ...]"]
"""Ends what was begun. Raises ManuscriptError where there is no sensible book."""


class Need(Enum):
    """What must be there before an edition can be begun; what else there is, it may take."""

    GALLEYS = "the set text"
    PAGES = "the print book laid out: its page map and the count of its pages"


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the books that a build can make: `name` is what `--formats` and the report call it."""

    name: str
    need: Need

    def begin(self, makings: Makings) -> Finish:
        """Begin to make it: only then is what it takes of libraries needed."""
        begin: Callable[[Makings], Finish] = import_module(f"{__name__}.{self.name}").begin
        return begin(makings)


# In the order of the report. What comes first is begun first and finished last: workers bind meanwhile.
EDITIONS = (
    Edition("pdf", Need.PAGES),
    Edition("press", Need.PAGES),
    Edition("cover", Need.PAGES),
    Edition("booklet", Need.PAGES),
    Edition("epub", Need.GALLEYS),
    Edition("onix", Need.GALLEYS),
)
NAMES = tuple(sorted(edition.name for edition in EDITIONS))
DEFAULT = ("epub", "pdf")


def named(names: Iterable[str]) -> tuple[Edition, ...]:
    """The editions of these names, in the order of the report."""
    wanted = set(names)
    return tuple(edition for edition in EDITIONS if edition.name in wanted)


def by_default(config: Config) -> tuple[str, ...]:
    """The editions that are made where none is named: the default ones, and one that book.toml sets up."""
    return (*DEFAULT, "press") if config.press.profile else DEFAULT


def need_pages(editions: Iterable[Edition]) -> bool:
    """Tell whether the print book is to be laid out for one of some editions."""
    return any(edition.need is Need.PAGES for edition in editions)


def begin_ahead(editions: Iterable[Edition], shop: Shop, matter: Matter) -> None:
    """Give workers, where there are some, what they can do of editions before there are pages."""
    if shop.workers:
        _each(editions, "ahead", shop, matter)


def do_meanwhile(editions: Iterable[Edition], shop: Shop, matter: Matter, index: LocatedIndex) -> None:
    """Do of editions what hangs on no page, while workers lay out the last of them; `index` is what the
    screen will have of it, located on the pages that are there already.
    """
    _each(editions, "meanwhile", shop, matter, index)


def _each(editions: Iterable[Edition], name: str, *given: object) -> None:
    """Call a function of the modules that have it."""
    for edition in editions:
        if function := getattr(import_module(f"{__name__}.{edition.name}"), name, None):
            function(*given)
