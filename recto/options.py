"""What a build is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from recto.oversight.budget import Budget


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line. `formats` are names of editions, () those made by default."""

    source: Path
    output: Path = Path("out")
    formats: tuple[str, ...] = ()
    strict: bool = False
    check: bool = False
    jobs: int = 1
    cache: bool = True
    executor: str | None = None
    budget: Budget = field(default_factory=Budget)
    verify: bool = False
    proof: bool = False
