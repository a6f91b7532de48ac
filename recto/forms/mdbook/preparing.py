"""The text of an mdBook made plain Markdown: files included, lines of code hidden, words of a fence dropped.

https://rust-lang.github.io/mdBook/format/mdbook.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from recto.forms.doubled_backslashes import with_single_backslashes
from recto.forms.folder import BookFolder
from recto.forms.mdbook.admonish import boxed
from recto.forms.mdbook.including import Includer
from recto.forms.mdbook.listing_tags import captioned
from recto.forms.mdbook.settings import settings
from recto.forms.source_file import SourceFile
from recto.problems import Problem

_FENCE = re.compile(r"(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
# `#` and a blank, or nothing, hides a line of Rust; `##` shows one that begins so; `#[…]` is the language's
_RUST = re.compile(r"(?P<indent>[ \t]*)#(?P<next>.?)(?P<rest>.*)")
_HIDELINES = re.compile(r"hidelines=(\S+)")


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of an mdBook as Markdown; each line knows the one that it came from."""
    includer = Includer(folder)
    lines = _shown(boxed(includer.lines(file)), settings(folder).hidden)
    made = tuple(with_single_backslashes(captioned(lines)))
    return file.made_of(made, includer.included), tuple(includer.problems)


def _shown(lines: Iterator[tuple[str, int]], marks: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The lines that are printed: without those that code hides."""
    fence, hiding = "", ""
    for line, origin in lines:
        found = _FENCE.fullmatch(line)
        if fence:
            shut = line.strip(" \t>")
            if found and not found["info"].strip() and shut[0] == fence[0] and len(shut) >= len(fence):
                fence = ""
            elif hiding and (shown := _without(line, hiding)) is not None:
                yield shown, origin
                continue
            elif hiding:
                continue
            yield line, origin
        elif found:
            fence, info = found["marks"], found["info"].strip()
            words = re.split(r"[\s,]+", info)
            own = _HIDELINES.search(info.replace(",", " "))
            hiding = own[1] if own else "#" if words[0] == "rust" else marks.get(words[0], "")
            # `rust,ignore` says the language first, then what the compiler is to do with it
            info = info if info.startswith("{") else words[0]
            yield f"{found['indent']}{fence}{info}", origin
        else:
            yield line, origin


def _without(line: str, mark: str) -> str | None:
    """A line of code as it is printed; None where it is hidden."""
    if mark != "#":
        return None if line.lstrip().startswith(mark) else line
    found = _RUST.fullmatch(line)
    if found is None:
        return line
    if found["next"] == "#":
        return f"{found['indent']}#{found['rest']}"
    return None if found["next"] in ("", " ") else line
