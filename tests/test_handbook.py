"""The Handbook is the manual: what it says of Recto is so."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator

import click

from recto import config
from recto.cli import main
from tests.checkout import ROOT

PROSE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "book").rglob("*"))
    if path.suffix in (".md", ".txt")
)


def codes() -> Iterator[str]:
    """Every problem code that the program can report: the first argument of `error` and `warning`."""
    for path in (ROOT / "recto").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("error", "warning")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def test_every_problem_code_is_explained() -> None:
    known = set(codes())
    assert len(known) > 50
    assert sorted(code for code in known if f"`{code}`" not in PROSE) == []


def test_every_table_and_key_of_book_toml_is_explained() -> None:
    tables = [field.default_factory for field in dataclasses.fields(config.Config)]
    records = [config.Term, config.PartSetting, config.Placement, config.Silence]
    keys = {
        key.name.removesuffix("_")
        for table in (*tables, *records)
        if isinstance(table, type) and dataclasses.is_dataclass(table)
        for key in dataclasses.fields(table)
    }
    assert len(keys) > 40
    explained = set(re.findall(r"`\[*([a-z_]+)\]*`|\[\w+\.([a-z_]+)\]", PROSE))
    assert sorted(keys - {name for pair in explained for name in pair}) == []


def test_every_option_of_the_command_line_is_explained() -> None:
    options = [name for option in main.params if isinstance(option, click.Option) for name in option.opts]
    assert [name for name in options if name not in PROSE] == []
