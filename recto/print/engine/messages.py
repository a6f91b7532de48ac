"""What the print engine has to say: caught, for whoever asked for the page; nothing reaches the terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = logging.getLogger("weasyprint")


@contextmanager
def messages() -> Iterator[list[str]]:
    """Catch what WeasyPrint logs as long as this is open."""
    caught: list[str] = []

    class Catcher(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            caught.append(record.getMessage())

    catcher = Catcher(logging.WARNING)
    level, propagate = _LOGGER.level, _LOGGER.propagate
    _LOGGER.addHandler(catcher)
    _LOGGER.setLevel(logging.WARNING)
    _LOGGER.propagate = False
    try:
        yield caught
    finally:
        _LOGGER.removeHandler(catcher)
        _LOGGER.setLevel(level)
        _LOGGER.propagate = propagate
