"""What becomes of the files of a source: their text as sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from recto.forms.order import Order
from recto.model import Section


@dataclass(frozen=True, slots=True)
class GatheredText:
    """The text of a source; `origins` as the manuscript has them, `order` where one was given or seen.

    `said` is what its files themselves say of the book.
    """

    sections: tuple[Section, ...]
    files: tuple[Path, ...]
    order: Order | None = None
    origins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)
