"""The Handbook is the manual: what it says of Recto is so."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator

import click

from recto.cli import main
from recto.settings import config
from tests.checkout import ROOT

PROSE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "book").rglob("*"))
    if path.suffix in (".md", ".txt")
)


TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "recto").rglob("*.py"))]
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
PLAIN = {"overprinted", "unreadable"}  # of one word, as many another string is


def takers() -> Iterator[tuple[str, int]]:
    """Every function and class that is given a problem's code, and as which argument."""
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            yield from taker(node.name, [each.arg for each in node.args.args])
        elif isinstance(node, ast.ClassDef):
            makers = [each for each in node.body if getattr(each, "name", "") == "__init__"]
            fields = [each.target.id for each in node.body if isinstance(each, ast.AnnAssign)]  # type: ignore[union-attr]
            given = [each.arg for each in makers[0].args.args] if makers else fields  # type: ignore[attr-defined]
            yield from taker(node.name, given)


def taker(name: str, arguments: list[str]) -> Iterator[tuple[str, int]]:
    if "code" in arguments:
        yield name, arguments.index("code") - (arguments[0] == "self")


def written_codes() -> Iterator[ast.expr]:
    """Every expression that is a problem's code: an argument named so, or what a name `code` is set to."""
    places = dict(takers())
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            at = places.get(ast.unparse(node.func).rpartition(".")[2], len(node.args))
            yield from node.args[at : at + 1]
            yield from (each.value for each in node.keywords if each.arg == "code")
        elif isinstance(node, ast.Assign):
            names, value = node.targets[0], node.value
            pairs = zip(names.elts, value.elts, strict=False) if many(names, value) else [(names, value)]  # type: ignore[attr-defined]
            yield from (given for name, given in pairs if ast.unparse(name) == "code")


def told_codes() -> Iterator[ast.expr]:
    """Codes that stand first among what is told of a problem, wherever that is gathered."""
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.Tuple):
            first, *others = node.elts or [node]
        elif isinstance(node, ast.Call):
            first, *others = [*node.args, *(each.value for each in node.keywords)] or [node]
        else:
            continue
        if len(others) > 1 and any(map(says_something, others)):
            yield first


def says_something(node: ast.expr) -> bool:
    """A sentence, or what is called one."""
    words = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
    return ast.unparse(node) in ("message", "hint") or any(
        " " in each for each in words if isinstance(each, str)
    )


def many(*sides: ast.expr) -> bool:
    return all(isinstance(side, ast.Tuple) for side in sides)


def codes() -> set[str]:
    """Every problem code that the program can report."""
    written = [*(each for code in written_codes() for each in ast.walk(code)), *told_codes()]
    constants = [node for node in written if isinstance(node, ast.Constant)]
    return {str(node.value) for node in constants if is_code(str(node.value))}


def is_code(text: str) -> bool:
    return bool(CODE.fullmatch(text)) or text in PLAIN


def test_every_problem_code_is_explained_and_no_other() -> None:
    entries = re.findall(r"^`.*\([EW].*\)$", PROSE, re.MULTILINE)
    explained = {code for entry in entries for code in re.findall(r"`([a-z-]+)`", entry)}
    assert len(explained) > 80
    assert codes() ^ explained == set()


def test_every_table_and_key_of_book_toml_is_explained() -> None:
    tables = [field.default_factory for field in dataclasses.fields(config.Config)]
    records = [config.Term, config.PartSetting, config.Placement, config.Silence]
    keys = {
        key.name.removesuffix("_")
        for table in (*tables, *records)
        if isinstance(table, type) and dataclasses.is_dataclass(table)
        for key in dataclasses.fields(table)
        if key.metadata.get("setting", True)
    }
    assert len(keys) > 40
    explained = set(re.findall(r"`\[*([a-z_]+)\]*`|\[\w+\.([a-z_]+)\]", PROSE))
    assert sorted(keys - {name for pair in explained for name in pair}) == []


def test_every_option_of_the_command_line_is_explained() -> None:
    options = [name for option in main.params if isinstance(option, click.Option) for name in option.opts]
    assert [name for name in options if name not in PROSE] == []
