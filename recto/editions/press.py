"""The press file: the print book for one printer, held to that printer's profile.

The pages are those of the reading PDF. Where the printer wants more room at the spine or the head, the block
of text moves as it is, so that nothing is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from recto.compose.shared import PAPER
from recto.door import Door, RefusedError
from recto.editions import Finish
from recto.editions.makings import Makings, Matter, Printed
from recto.editions.slug_line import slug
from recto.model import Galley, Product
from recto.press import NO_SLUG, Displacement, PressFile, PressOrder, Slug, bound_as, preflight, press, settle
from recto.press.inks import FourInks
from recto.press.press_profile import PressProfile, names, nearest, profile
from recto.print.workers.shifts import aside
from recto.problems import Place, Problem, error
from recto.settings.config import Config
from recto.settings.metadata import Metadata
from recto.settings.trim import Geometry

DEFAULT_PROFILE = "generic-x4"
_LARGEST_ICC = 10_000_000  # bytes
_Bound = Callable[[], tuple[bytes, tuple[Problem, ...]]]
_Pages = tuple[tuple[str, Place], ...]


def begin(makings: Makings) -> Finish:
    """Let a worker bind, turn the book into the inks of the press, and look over what came out."""
    assert makings.printed is not None
    shop, printed, matter = makings.shop, makings.printed, makings.matter
    order = shop.ledger.take(ordered(shop.config, matter))
    work = partial(
        _made,
        printed.binding(matter, bound_as(order.profile, order.icc if order.color else b"")),
        order,
        printed.page,
        settle(printed.page, order.profile, len(printed.pages.folios)),
        matter.facts,
        tuple(_whereabouts(printed, matter.composer.of(PAPER).galleys)),
        shop.config.place_of("press", "profile"),
        tuple(_claims(shop.config)),
        slug(matter) if order.marks else NO_SLUG,
    )
    made = aside(shop.workers, work)

    def finish() -> tuple[Product, ...]:
        with shop.clock.stage("press"):
            file = shop.ledger.take(made())
        return (Product("press", f"{matter.facts.slug}-press.pdf", "interior", file.content),)

    return finish


def ordered(config: Config, matter: Matter) -> tuple[PressOrder, tuple[Problem, ...]]:
    """What `[press]` orders; what it names and there is not is an error at its line."""
    asked, faults = config.press, list[Problem]()
    name = asked.profile or DEFAULT_PROFILE
    if name not in names():
        near = nearest(name)
        hint = f"did you mean `{near}`?" if near else f"known are: {', '.join(names())}"
        message = f"no printer's profile is called {name!r}"
        faults.append(error("press-profile", message, config.place_of("press", "profile"), hint=hint))
        return PressOrder(profile(DEFAULT_PROFILE)), tuple(faults)
    found = profile(name)
    if found.papers and asked.paper not in found.papers:
        message = f"{found.title} has no paper {asked.paper!r}"
        hint = f"take one of: {', '.join(found.papers)}"
        faults.append(error("press-paper", message, config.place_of("press", "paper"), hint=hint))
    icc = _icc(config, matter, found, faults) if asked.color else b""
    if asked.marks and not found.marks:
        message = f"{found.title} takes no printer's marks"
        hint = "take out `marks`; a generic profile takes them"
        faults.append(error("press-marks", message, config.place_of("press", "marks"), hint=hint))
    return PressOrder(found, asked.paper, asked.color, icc, asked.marks), tuple(faults)


def _icc(config: Config, matter: Matter, found: PressProfile, faults: list[Problem]) -> bytes:
    """The ICC profile that colours are turned by; a kind of PDF that knows four inks alone needs one."""
    place, name = config.place_of("press", "icc"), config.press.icc
    hint = 'ask the printer for the ICC profile of its press, put it beside book.toml and name it: icc = "…"'
    if not name:
        if found.flavour != "plain":
            message = f"a colour interior for {found.title} needs the ICC profile of the press"
            faults.append(error("press-icc", message, config.place_of("press", "color"), hint=hint))
        return b""
    try:
        content = Door.of(matter.root).read(matter.root / name, _LARGEST_ICC)
        FourInks(content, 4.0)
    except (OSError, ValueError, RefusedError) as fault:
        faults.append(error("press-icc", f"{name} is no ICC profile of four inks: {fault}", place, hint=hint))
        return b""
    return content


def _made(
    bound: _Bound,
    order: PressOrder,
    page: Geometry,
    shift: Displacement,
    facts: Metadata,
    where: _Pages,
    settings: Place,
    claims: tuple[tuple[str, Place], ...],
    beside: Slug,
) -> tuple[PressFile, tuple[Problem, ...]]:
    content, problems = bound()
    file = press(content, order, page, shift, facts, beside)
    return file, (*problems, *preflight(file, order, page, where, settings, claims))


def _whereabouts(printed: Printed, galleys: Sequence[Galley]) -> Iterator[tuple[str, Place]]:
    """The folio of each page, and the place in the manuscript of the last heading up to it."""
    begins: dict[int, Place] = {}
    for galley in galleys:
        headings = [(galley.chapter.anchor, galley.chapter.place)]
        headings += [(each.anchor, each.source.place) for each in galley.chapter.sections]
        for anchor, place in headings:
            if (at := printed.pages.pages.get(anchor)) is not None:
                begins[at] = place
    here = galleys[0].chapter.place if galleys else Place("book.toml")
    for at, folio in enumerate(printed.pages.folios):
        here = begins.get(at, here)
        yield folio, here


def _claims(config: Config) -> Iterator[tuple[str, Place]]:
    """What the author has set on the copyright page."""
    yield config.book.rights, config.place_of("book", "rights")
    for number, credit in enumerate(config.book.credits):
        yield credit, config.place_of("book", "credits", number)
