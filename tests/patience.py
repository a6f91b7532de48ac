"""Whether work ends in time, whatever machine it is done on, and whatever else that is busy with.

Seconds of the processor are counted, not those that pass; and on a slower processor they are more. They are
to tell work that goes by the length of what is given from work that goes by its square, not fast from slow.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_KNOWN = 0.037  # seconds that the exercise takes on the machine that limits are set on


def _exercise() -> float:
    begun = time.process_time()
    for at in range(400):
        text = " ".join(f"{at}-{number}" for number in range(200))
        assert len(set(text.split())) == len(re.findall(r"\b\d+-(\d+)\b", text))
    return time.process_time() - begun


@cache
def _slowness() -> float:
    return max(1.0, min(_exercise() for _ in range(3)) / _KNOWN)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Hold what is done to so many seconds of the processor (of this process).

    Garbage is collected before and not on the way: after thousands of tests one round of it takes a second.
    """
    limit = seconds * _slowness()
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        yield
        assert time.process_time() - begun < limit
    finally:
        gc.enable()
