"""Room for the frames of Python's calls.

CPython, since 3.11, lays the frames of calls in chunks of 16 KB, and gives a chunk back to the system as soon
as the first frame in it ends (`_PyThreadState_PushFrame`, Python/pystate.c). What is called again and again
at the edge of a chunk maps and unmaps memory each time: laying out a book of 230 pages did so 262,000 times.
A frame too large for such a chunk gets one of its own, with as much room behind it as it has itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_ROOM = 1 << 16  # slots of a frame; memory is taken up only by those that are used

P = ParamSpec("P")
T = TypeVar("T")


def roomy(work: Callable[P, T]) -> Callable[P, T]:
    """A function that does some work with room for the frames of all that it calls."""

    @wraps(work)
    def call(*given: P.args, **named: P.kwargs) -> T:
        return work(*given, **named)

    call.__code__ = call.__code__.replace(co_stacksize=_ROOM)  # type: ignore[attr-defined]
    return call
