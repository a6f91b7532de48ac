"""TOML, and tables of it that are shipped beside the code that knows them: what is data is no code."""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["shipped", "tomllib"]


@cache
def shipped(package: str, name: str) -> dict[str, Any]:
    """The table of a file in a package of ours, read once; not to be changed."""
    table: dict[str, Any] = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    return table
