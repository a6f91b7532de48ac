"""What workers are given of an edition before there are pages: it is done once, and waited for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from recto.account.ledger import Ledger
from recto.account.observer import Clock, Silent
from recto.editions.makings import Shop
from recto.model import LaidOut, Unit
from recto.print.layout.job import LayoutJob
from recto.settings.config import Config
from recto.store.cache import Cache


class Noting(Executor):
    """Lays nothing out, and notes what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given.append(args[0].unit.name)
        future: Future[LaidOut] = Future()
        future.set_result(LaidOut(args[0].unit, b"", ()))
        return future


def test_what_was_begun_ahead_is_laid_out_once() -> None:
    config, workers = Config(), Noting()
    shop = Shop(config, Ledger(config), Clock(Silent()), Cache(None), workers)
    cover, other = (LayoutJob(Unit(name, "<p>-</p>", "arabic"), (), {}) for name in ("cover", "other"))
    shop.lay_out_ahead(cover)
    assert shop.lay_out(other).unit.name == "other"
    assert shop.lay_out(cover).unit.name == "cover"
    assert sorted(workers.given) == ["cover", "other"]


def test_what_is_asked_for_ahead_twice_is_laid_out_once() -> None:
    config, workers = Config(), Noting()
    shop = Shop(config, Ledger(config), Clock(Silent()), Cache(None), workers)
    cover = LayoutJob(Unit("cover", "<p>-</p>", "arabic"), (), {})
    shop.lay_out_ahead(cover)
    shop.lay_out_ahead(cover)
    assert shop.lay_out(cover).unit.name == "cover"
    assert workers.given == ["cover"]
