"""Holds the books that this checkout makes against those that it made before: `python -m bench.digests`.

    python -m bench.digests [SOURCE …]            tell which books came out otherwise; exit code 1 if any did
    python -m bench.digests [SOURCE …] --renew    keep what comes out now

The books are the Handbook, every book in `tests/books/`, and whatever manuscripts are named: what is kept of
each is the SHA-256 of both its books, with Recto's version taken out of them first. Bytes hang on the fonts
and on the Pango of the machine too, so a digest tells something only beside one that was made there, which is
why this is a command for whoever moves code and not a test.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.books import ROOT

KEPT = ROOT / "bench" / "digests.txt"
_DATE = "1767225600"  # the first of January 2026, so that no book dates itself by its files


def main() -> None:
    """Build every book and hold it against what is kept of it."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.digests", description="Are the books still the same?"
    )
    parser.add_argument("manuscripts", type=Path, nargs="*", help="beside those of this checkout")
    parser.add_argument("--renew", action="store_true", help="keep what comes out now")
    asked = parser.parse_args()
    kept = _read()
    made = {
        f"{_name(source)}{suffix}": digest
        for source in [ROOT / "book", *sorted((ROOT / "tests" / "books").iterdir()), *asked.manuscripts]
        for suffix, digest in digests(source).items()
    }
    changed = [name for name, digest in made.items() if kept.get(name) != digest]
    print(*(f"changed: {name}" for name in changed), sep="\n", end="\n" if changed else "")
    print(f"{len(made) - len(changed)} of {len(made)} files are the same to the byte")
    if asked.renew:
        KEPT.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted({**kept, **made}.items())))
    elif changed:
        sys.exit(1)


def digests(source: Path) -> dict[str, str]:
    """Build a manuscript with nothing in any cache; the digest of each of its books, by suffix."""
    with tempfile.TemporaryDirectory(prefix="recto-digests-") as folder:
        command = [sys.executable, str(ROOT / "build.py"), str(source), "-o", folder, "--no-cache", "-q"]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": _DATE, "RECTO_CACHE": str(Path(folder) / "cache")},
        )
        books = {path.suffix: path for path in Path(folder).iterdir() if path.suffix in (".epub", ".pdf")}
        if not books:  # that is an outcome too: what was said of it is what is kept
            return {".said": hashlib.sha256(done.stderr.encode()).hexdigest()}
        return {suffix: hashlib.sha256(_unversioned(path)).hexdigest() for suffix, path in books.items()}


def _unversioned(book: Path) -> bytes:
    """What a book holds, but for the version of the Recto that made it."""
    parts = [book.read_bytes()]
    if book.suffix == ".epub":  # packed, a version would not be found
        with zipfile.ZipFile(io.BytesIO(parts[0])) as archive:
            parts = [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
    return b"\0".join(re.sub(rb"\bRecto \d[\w.+]*", b"Recto", part) for part in parts)


def _name(source: Path) -> str:
    """What a manuscript is called in the list: its path in this checkout, or else its own name."""
    path = source.resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def _read() -> dict[str, str]:
    lines = KEPT.read_text().splitlines() if KEPT.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


if __name__ == "__main__":
    main()
