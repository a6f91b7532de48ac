"""Room for the frames of calls."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from recto.oversight.frames import roomy

resource = pytest.importorskip("resource", reason="Windows counts no page faults")
_DEEPEST, _CALLS = 200, 50


def _called_at(depth: int, work: Callable[[], object]) -> None:
    """Call something so many times at a depth, and at every one above it."""
    for _ in range(_CALLS):
        work()
    if depth:
        _called_at(depth - 1, work)


def _pages_asked_for(work: Callable[[], object]) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work()
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="frames lie in chunks since Python 3.11")
def test_no_depth_of_calls_asks_the_system_for_memory_again_and_again() -> None:
    def calls() -> None:
        _called_at(_DEEPEST, lambda: None)

    cramped, with_room = _pages_asked_for(calls), _pages_asked_for(roomy(calls))
    assert with_room < _CALLS < cramped


def test_what_has_room_keeps_its_name_and_what_it_is_given() -> None:
    @roomy
    def added(one: int, *, other: int) -> int:
        return one + other

    assert (added.__name__, added(1, other=2)) == ("added", 3)
