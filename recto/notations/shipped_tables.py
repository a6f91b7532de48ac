"""Tables that are shipped beside the code that knows them: what is data is no code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from recto.notations.toml import tomllib


@cache
def shipped(package: str, name: str) -> dict[str, Any]:
    """The table of a file in a package of ours, read once; not to be changed."""
    # shipped files are whole, and nobody asks for their lines
    table: dict[str, Any] = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    return table
