"""The cover of the printed book in one sheet, and the picture of its front for a shop's window.

The spine is as wide as the pages of this very build are thick, by the printer's measure of its paper.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import replace

from recto.compose.epub.drawn_cover import cover_unit, face
from recto.compose.fitting import Measure
from recto.compose.print.bars import price_code
from recto.compose.print.wrap import WrapRules, wrap_unit
from recto.editions import Finish
from recto.editions.makings import Makings, Matter, Shop
from recto.editions.press import ordered
from recto.editions.word_widths import measure
from recto.epub import given_cover
from recto.epub.cover_image import shop_cover
from recto.images.pictures import look
from recto.model import Document, Product
from recto.press import Displacement, PressOrder, press
from recto.print.layout.job import AssetFile, LayoutJob, asset_table
from recto.problems import Problem, error, warning
from recto.settings.config import Config
from recto.settings.lengths import parse_length
from recto.settings.trim import Geometry


def begin(makings: Makings) -> Finish:
    """Nothing is done aside: a cover is one page."""
    return lambda: _make(makings)


def _make(makings: Makings) -> tuple[Product, ...]:
    assert makings.printed is not None
    shop, matter = makings.shop, makings.matter
    with shop.clock.stage("cover"):
        order = shop.ledger.take(_ordered(shop.config, matter))
        art = shop.ledger.take(given_cover(shop.config, matter.root))
        count = bound_pages(order, len(makings.printed.pages.folios))
        page = makings.printed.page
        name = f"images/{art.name}" if art else ""
        rules = shop.ledger.take(_rules(shop.config, order, page, count, name))
        if art is not None:
            shop.ledger.enter(_coarse(art, shop.config, rules, order.profile.resolution))
        words = measure(matter)
        products = [_wrap(shop, matter, order, rules, art, words)]
        if shop.proof:
            products.append(_wrap(shop, matter, order, replace(rules, proof=True), art, words))
        if art is None:
            unit = shop.ledger.take(cover_unit(matter.composer, face(matter.composer, words)))
            job = LayoutJob(unit, matter.theme.cover(), asset_table(matter.theme, ()))
            picture = shop_cover(shop.lay_out(job).pdf)
            products.append(Product("cover", f"{matter.facts.slug}-cover.jpg", "shop window", picture))
    return tuple(products)


def bound_pages(order: PressOrder, laid_out: int) -> int:
    """How many pages are bound: those laid out, and the blank ones that the printer wants at the end."""
    count = laid_out + order.profile.last_blank
    return count + (count % 2 if order.profile.even else 0)


def spine_width(order: PressOrder, pages: int) -> float:
    """How wide the spine of so many pages is, in points; 0 where the thickness of the paper is not known."""
    paper = order.profile.papers.get(order.paper)
    thickness = paper.spine(pages) if paper else 0.0
    return thickness + order.profile.cover.spine_allowance if thickness else 0.0


def _ordered(config: Config, matter: Matter) -> tuple[PressOrder, tuple[Problem, ...]]:
    """A cover is in colour: in four inks where there is an ICC profile, else as the screen has them."""
    order, problems = ordered(replace(config, press=replace(config.press, color=False)), matter)
    if config.press.icc:
        return ordered(replace(config, press=replace(config.press, color=True)), matter)
    if order.profile.flavour == "plain" or any(problem.severity == "error" for problem in problems):
        return replace(order, color=True), problems
    told = warning(
        "cover-inks",
        f"the cover for {order.profile.title} is in RGB: no ICC profile of the press is given",
        config.place_of("press", "icc"),
        hint="ask the printer for the profile and name it as `icc` in [press]",
    )
    return replace(order, color=True, profile=replace(order.profile, flavour="plain")), (*problems, told)


def _rules(
    config: Config, order: PressOrder, page: Geometry, pages: int, art: str
) -> tuple[WrapRules, tuple[Problem, ...]]:
    said, spine = order.profile.cover, spine_width(order, pages)
    problems: list[Problem] = []
    if config.press.spine:
        spine = parse_length(config.press.spine) or 0.0
    if not said.bleed:
        message = f"the measures of a cover for {order.profile.title} are not known"
        hint = "make it on the template that the printer sends; it asks for the number of pages"
        problems.append(error("cover-unknown", message, config.place_of("press", "profile"), hint=hint))
    elif not spine:
        message = f"the thickness of paper is not known, and so neither is the spine ({order.profile.title})"
        hint = f'ask the printer how wide it is for {pages} pages, and write in [press]: spine = "…in"'
        problems.append(error("cover-spine", message, config.place_of("press", "spine"), hint=hint))
    price = price_code(config.press.price)
    if config.press.price and not price:
        message = f"{config.press.price!r} is no price that a barcode can say"
        hint = (
            'write it as in "14.99 USD" (AUD, CAD, GBP, NZD, USD, below 100), or the five digits themselves'
        )
        problems.append(error("press-price", message, config.place_of("press", "price"), hint=hint))
    rules = WrapRules(
        width=page.width + said.panel[0],
        height=page.height + said.panel[1],
        spine=spine,
        bleed=said.bleed,
        safe=said.safe,
        spine_text=pages >= said.spine_text_pages,
        spine_clear=said.spine_clear,
        barcode=said.barcode,
        clear=said.barcode_clear,
        art=art,
        price=price,
    )
    return rules, tuple(problems)


def _coarse(art: Document, config: Config, rules: WrapRules, least: float) -> Iterator[Problem]:
    """Tell of art that has too few pixels for the front and its bleed, where the printer has a limit."""
    picture = look(art.content)
    if picture is None or not least:
        return
    wide, high = picture.shown
    across = (rules.width + rules.bleed) / 72
    down = (rules.height + 2 * rules.bleed) / 72
    found = min(wide / across, high / down)
    if found < least:
        message = f"the cover {config.book.cover} has {found:.0f} pixels an inch where it is printed"
        hint = f"{math.ceil(across * least)} × {math.ceil(down * least)} pixels or more are {least:g} an inch"
        place = config.place_of("book", "cover")
        yield warning("cover-coarse", message, place, hint=hint, subject=config.book.cover)


def _wrap(
    shop: Shop, matter: Matter, order: PressOrder, rules: WrapRules, art: Document | None, words: Measure
) -> Product:
    front = face(matter.composer, words)
    unit, sheet, problems = wrap_unit(matter.composer, front, rules, words)
    shop.ledger.check(problems)
    assets = dict(asset_table(matter.theme, ()))
    if art is not None:
        sum_of = hashlib.sha256(art.content).hexdigest()
        assets[rules.art] = AssetFile(shop.config.book.cover, sum_of, art.content)
    laid = shop.lay_out(LayoutJob(unit, (*matter.theme.cover(), sheet), assets))
    whole = 2 * rules.width + rules.spine
    page = Geometry(whole, rules.height, 0, 0, 0, 0, rules.bleed, 10, 13.5, 1, 0)
    profile = replace(order.profile, even=False, last_blank=False, bleed=rules.bleed, bleeds_at_spine=True)
    made = press(laid.pdf, replace(order, profile=profile), page, Displacement(), matter.facts)
    if rules.proof:
        return Product("cover", f"{matter.facts.slug}-cover-proof.pdf", "proof", made.content)
    return Product("cover", f"{matter.facts.slug}-cover.pdf", "wrap", made.content)
