"""The converters of forms that Recto doesn't read itself: Pandoc, and Asciidoctor before it.

They are the author's own programs, found on the path, and are given a text by their standard input alone:
`--sandbox` (Pandoc 2.15) keeps Pandoc from reading any other file, `-S secure` does so for Asciidoctor.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from recto.door import LARGEST_TEXT, RefusedError

_SECONDS = 60
_MARKDOWN = "commonmark_x-smart"
_TO_MARKDOWN = ("-t", _MARKDOWN, "--wrap=none", "--sandbox")
_WITH_TITLE = "--standalone"  # title and author, which are no headings there


@dataclass(frozen=True, slots=True)
class Converter:
    """What makes Markdown of a form: programs that hand on what they made, in their order."""

    name: str
    suffixes: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]

    def is_installed(self) -> bool:
        """Tell whether every program is on the path."""
        return all(shutil.which(program) for program, *_ in self.steps)

    def convert(self, data: bytes, path: Path) -> str:
        """A text as Markdown. Raises RefusedError where a program fails, or takes too long."""
        for step in self.steps:
            data = _run(step, data, path)
        return data.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")


def _run(step: tuple[str, ...], data: bytes, path: Path) -> bytes:
    program = step[0]
    try:
        done = subprocess.run(step, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise RefusedError(f"{program} took more than {_SECONDS} seconds", path) from None
    if done.returncode or len(done.stdout) > LARGEST_TEXT:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise RefusedError(f"{program} failed: {said[:200] or 'without a word'}", path)
    return done.stdout


CONVERTERS = (
    Converter("reStructuredText", (".rst",), (("pandoc", "-f", "rst", *_TO_MARKDOWN),)),
    Converter("Org", (".org",), (("pandoc", "-f", "org", _WITH_TITLE, *_TO_MARKDOWN),)),
    Converter(
        "AsciiDoc",
        (".adoc", ".asciidoc", ".asc"),
        (
            # reproducible: it writes no date of today
            ("asciidoctor", "-S", "secure", "-b", "docbook5", "-a", "reproducible", "-o", "-", "-"),
            ("pandoc", "-f", "docbook", _WITH_TITLE, *_TO_MARKDOWN),
        ),
    ),
)
