"""A book is written whole or not at all."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from recto.model import Product
from recto.problems import ConfigurationError, ManuscriptError
from recto.store import outputs


def both(content: bytes) -> list[Product]:
    return [Product(name, f"tides.{name}", "book", content) for name in ("epub", "pdf")]


def test_a_written_book_is_described_by_edition_role_size_and_digest(tmp_path: Path) -> None:
    (made,) = outputs.write(tmp_path, [Product("pdf", "tides.pdf", "book", b"%PDF")])
    assert made.path.read_bytes() == b"%PDF"
    assert (made.format, made.role, made.bytes) == ("pdf", "book", 4)
    assert made.sha256 == hashlib.sha256(b"%PDF").hexdigest()


def test_a_full_disk_leaves_both_former_books_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs.write(tmp_path, both(b"old"))
    flushed = []

    def flush_until_full(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", flush_until_full)
    with pytest.raises(ManuscriptError, match="No space left"):
        outputs.write(tmp_path, both(b"new"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "tides.epub": b"old",
        "tides.pdf": b"old",
    }


def test_an_output_folder_that_is_a_file_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(ConfigurationError, match="can't be written"):
        outputs.prepare(tmp_path / "out")
