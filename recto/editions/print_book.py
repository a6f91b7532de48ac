"""The print book in the making: laid out once, for every edition that is made of its pages.

It is begun before the index is made, and bound while the e-book is packaged: where there are workers, none
waits for what it does not need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from recto.account.observer import AdvanceSheets
from recto.compose import awaits_pages, contents_depth, print_units
from recto.compose.left_out import left_out
from recto.compose.shared import PAPER, SCREEN
from recto.editions import Edition, do_meanwhile
from recto.editions.makings import Matter, Printed, Shop
from recto.index import locate, within
from recto.languages import index_words, words
from recto.model import Contents, LaidOut, PageMap, Unit
from recto.print.binding.bind import bind_alone
from recto.print.engine.machine_fonts import machine_faces
from recto.print.gate import gate
from recto.print.layout.fallback_fonts import FontFace, choose
from recto.print.layout.glyphs import Missing, check, replacing, script_needs
from recto.print.layout.job import asset_table
from recto.print.layout.paginate import Pressroom
from recto.print.layout.positions import positions
from recto.problems import Place, Problem, shown, warning
from recto.settings.config import FILE_NAME, Config
from recto.settings.justification import paragraph_css
from recto.settings.trim import Geometry, geometry, page_css
from recto.store.cache import digest

if TYPE_CHECKING:
    from recto.index.index_model import Index


class PrintBook:
    """The print book in the making. A context manager: work not begun by its end is taken back.

    While pages are laid out, of the `editions` that is done which hangs on none.
    """

    def __init__(self, matter: Matter, shop: Shop, editions: Sequence[Edition]) -> None:
        config, ledger, matter = shop.config, shop.ledger, matter.of(PAPER)
        self._matter, self._shop, self._editions = matter, shop, editions
        self._sheets = [*matter.theme.paper()]
        self._sheets.append(ledger.take(paragraph_css(config)))
        self._assets = asset_table(matter.theme, matter.assets)
        self._missing = self._look_for_glyphs()
        self._sheets.append(self._missing.fonts.sheet)
        self._press = Pressroom(
            self._sheets,
            lambda count: page_css(ledger.take(self._page(count))),
            self._assets,
            shop.workers,
            cache=shop.cache,
            characters=ledger.take(self._page()).characters,
            progress=shop.clock.observer.step,
            alone=self._advance,
            places={each.chapter.anchor: each.chapter.place for each in matter.composer.galleys},
        )

    def __enter__(self) -> PrintBook:
        return self

    def __exit__(self, *_: object) -> None:
        self._press.close()

    def begin(self) -> None:
        """Let workers begin with the chapters: their pages don't hang on the index."""
        if self._shop.workers is not None:
            units, problems = print_units(self._matter.composer, None, None)
            if not problems:  # else they are told when all is composed
                self._press.begin(self._drawable(units))

    def _advance(self, laid: LaidOut, pages: PageMap | None) -> None:
        """Tell of the one unit that changed: whoever looks need not wait for the rest. With the page map that
        it was composed with, it may quote pages.
        """
        matter, config = self._matter, self._shop.config
        if laid.quire is None or (pages is None and awaits_pages(laid.unit)):
            return

        def bind(folios: Sequence[str], first: int) -> bytes:
            page, _ = geometry(config, len(folios), matter.theme.look.page)
            look, assets = matter.theme.look, self._assets
            return bind_alone(laid, matter.facts, folios, first, page=page, assets=assets, look=look)

        anchors = tuple(tuple(page.anchors) for page in laid.pages)
        chapters = tuple(galley.chapter.anchor for galley in matter.composer.galleys)
        folio = pages.folio(laid.unit.openings[0]) if pages and laid.unit.openings else None
        self._shop.clock.observer.advanced(AdvanceSheets(anchors, chapters, folio, bind))

    def lay_out(self, matter: Matter, entries: Index) -> Printed:
        """Lay out the units and gate: the pages that everything else quotes."""
        on_screen, shop = matter, self._shop
        indexed = within(entries, matter.composer.of(SCREEN))
        matter, entries = matter.of(PAPER), within(entries, matter.composer.of(PAPER))
        galleys = matter.composer.galleys

        def meanwhile(pages: PageMap) -> None:
            do_meanwhile(self._editions, shop, on_screen, locate(indexed, pages))

        def compose(pages: PageMap | None) -> tuple[Unit, ...]:
            units = shop.ledger.take(print_units(matter.composer, locate(entries, pages), pages))
            shop.ledger.check(left_out(galleys, (unit.html for unit in units), matter.theme, "print"))
            return self._drawable(units)

        shop.ledger.check(_long_contents(matter.composer.contents, shop.config))
        with shop.clock.stage("lay out"):
            laid_out, pages, problems = self._press.settle(
                compose, positions(galleys, shop.cache.memo("mark positions")), meanwhile
            )
            shop.ledger.check(problems)
            shop.ledger.check(gate(galleys, laid_out, self._missing.replaced))
        page = shop.ledger.take(self._page(len(pages.folios)))
        return Printed(shop, laid_out, pages, page, self._assets)

    def _page(self, count: int = 0) -> tuple[Geometry, tuple[Problem, ...]]:
        """The page of a book of so many pages (0: not known yet)."""
        return geometry(self._shop.config, count, self._matter.theme.look.page)

    def _drawable(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return replacing(units, self._missing)

    def _look_for_glyphs(self) -> Missing:
        """What the fonts of the style sheets don't have, and what is done about it; each is told."""
        shop, galleys = self._shop, self._matter.composer.galleys
        files = {
            name: file
            for name, file in self._assets.items()
            if name.startswith("styles/fonts/") and name.endswith((".ttf", ".otf"))
        }
        styled = "\n".join(self._sheets)
        unnamed = [name for name in files if PurePosixPath(name).name not in styled]
        named = [name for name in files if name not in unnamed]

        def faces() -> tuple[FontFace, ...]:
            from recto.print.binding.fonts import face_of  # a library less to import where they are known

            return tuple(face for name in (*unnamed, *named) if (face := face_of(name, files[name])))

        state = digest(unnamed, *((name, file.digest) for name, file in files.items()))
        held = shop.cache.memo("faces")(state, faces)
        covered = frozenset().union(*(face.characters for face in held if face.name not in unnamed))
        beside = tuple(self._beside())
        texts = "\n".join(text for _, text in beside)
        missing = check(
            galleys,
            covered,
            beside=beside,
            fonts=choose(script_needs(galleys, texts, covered), held, machine_faces),
            sheets=self._sheets,
            assets=self._assets,
            lay_out=shop.lay_out,
        )
        shop.ledger.check(missing.problems())
        return missing

    def _beside(self) -> Iterator[tuple[Place, str]]:
        """What the book prints beside its sections, and where it was written: its titles, words of its
        language, the headings of the index that authors give.
        """
        composer, index = self._matter.composer, self._shop.config.index
        settings = Place(shown(self._matter.root / FILE_NAME))
        language = self._shop.config.book.language
        own = (*words(language).values(), *index_words(language).values())  # contents, page, see also …
        yield settings, "".join(map(str, (*astuple(composer.title_matter), *own)))
        if not index.include:
            return
        yield settings, index.headnote
        for term in index.terms:
            yield term.place or settings, "\n".join((term.term, term.sub, *term.see, *term.see_also))
        for mark in (mark for galley in composer.galleys for mark in galley.marks):
            yield mark.place, "\n".join((*mark.terms, mark.target))


def _long_contents(contents: Contents, config: Config) -> tuple[Problem, ...]:
    """A warning where the contents list chapters alone, for all sections would be too many."""
    depth = config.contents.on_screen
    shown_depth = contents_depth(contents.entries, config.contents)
    if shown_depth == depth:
        return ()
    message = "sections are too many for the contents of the print book, which list chapters alone"
    hint = f"write in [contents]: depth = {depth} for all of them, depth = {shown_depth} for neither book"
    return (warning("contents-long", message, config.place_of("contents", "depth"), hint=hint),)
