"""Whether work goes by the length of what it is given, and not by its square or worse.

No number of seconds tells that on another machine, or on a busy one. So the same work is done on much and on
a piece of it, and what both take of the processor is compared, with wide room: no clock is asked for else.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

TIMES = 16  # as long: by its length work takes so much longer, by its square 256 times
_ROOM = 4  # times more than by its length
_LEAST = 0.001  # seconds of the processor: what takes less is no measure
_ATTEMPTS = 3  # whoever is disturbed in one is not in each

Length = TypeVar("Length", bound=Sequence[object])


def goes_by_length(work: Callable[[Length], object], given: Length) -> bool:
    """Tell whether work on something takes no more than it should by what a sixteenth of that takes.

    `work` may be called many times, and has to do all of it each time.
    """
    piece = given[: len(given) // TIMES]
    work(piece)  # what is imported and made once
    most = _ROOM * TIMES * max(_LEAST, min(_spent(work, piece) for _ in range(_ATTEMPTS)))
    return any(_spent(work, given) < most for _ in range(_ATTEMPTS))


def _spent(work: Callable[[Length], object], given: Length) -> float:
    gc.disable()  # after thousands of tests one round of collecting garbage takes a second
    try:
        begun = time.process_time()
        work(given)
        return time.process_time() - begun
    finally:
        gc.enable()
