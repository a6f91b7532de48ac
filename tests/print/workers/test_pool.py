"""The pool of worker processes, and how it is left."""

from __future__ import annotations

import pytest

from recto.print.workers import pool


def test_nobody_waits_for_the_workers_of_a_pool_that_has_begun_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So it is where book.toml has a fault: no worker was asked for anything yet."""
    waited: list[object] = []
    monkeypatch.setattr(pool.connection, "wait", lambda *given: waited.append(given))
    idle = pool.LayoutPool(2)
    idle.abandon()
    idle.shutdown()
    assert waited == []
