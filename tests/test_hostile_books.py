"""Books of strangers: a folder an attack in `tests/books/hostile`, with what must come of it in EXPECT.toml.

`exit` is the exit code, `says` a pattern of what is said, `never` one of what must not be. Nothing may run
for long, and no attack may get anything from outside the book into it.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from recto.notations.toml import parse
from tests.building import build
from tests.checkout import ROOT

PATIENCE = "300"  # seconds: what would never end is at work then too
ATTACKS = sorted(path for path in (ROOT / "tests/books/hostile").iterdir() if path.is_dir())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.name)
def test_an_attack_ends_as_it_should(attack: Path, tmp_path: Path) -> None:
    book = shutil.copytree(attack, tmp_path / "book", ignore=shutil.ignore_patterns("EXPECT.toml"))
    expected, _ = parse((attack / "EXPECT.toml").read_text(encoding="utf-8"))
    built = build(book, tmp_path / "out", "--max-seconds", PATIENCE)
    assert built.exit_code == expected["exit"], built.errors
    assert re.search(expected["says"], built.errors), built.errors
    assert not re.search(expected.get("never", "Traceback"), built.errors)
    assert "Traceback" not in built.errors
    assert "budget-time" not in built.errors
    for path in (tmp_path / "out").glob("*"):
        assert built.exit_code == 0, "nothing is written of a book with errors"
        content = path.read_bytes()
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as package:
                content = b"".join(package.read(name) for name in package.namelist())
        for word in (b"far.example", b"javascript:", b"onclick", b"/etc/passwd", b"root:"):
            assert word not in content
