"""A new book: its files, filled in with what the author says, laid where there are none of these names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from recto import forms
from recto.door import Door
from recto.forms.manuscript_files import files_below, is_readme

_HERE = {"book.toml": "book.toml", "gitignore": ".gitignore"}
_WORKFLOW = {"workflow.yml": ".github/workflows/book.yml"}
_CHAPTERS = ("01-setting-out.md", "02-on-the-road.md")


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What is known of a book that is not written: `authors` and `subtitle` may be empty.

    `action` is the repository and version of Recto that a workflow of GitHub's takes; "" makes no workflow.
    """

    title: str
    authors: tuple[str, ...] = ()
    subtitle: str = ""
    language: str = "en"
    trim: str = "6x9in"
    action: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was written of some files, and which were there already and were left alone."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def starter(facts: Beginnings, *, chapters: bool = True) -> dict[str, str]:
    """The files of a new book, by the names that they get; with `chapters`, two to write over.

    A book that is to be written says that nobody is its author until somebody is.
    """
    sources = {**_HERE, **(_WORKFLOW if facts.action else {})}
    sources |= {name: name for name in _CHAPTERS if chapters}
    nobody = 'authors = []  # your name goes here: ["Ann Lee"]' if chapters else ""
    return {name: _filled(source, facts, nobody) for source, name in sources.items()}


def lay(folder: Path, made: Mapping[str, str]) -> Laid:
    """Write files into a folder, which is made where it is missing; what is there stays as it is.

    Raises OSError where the folder can't be written.
    """
    written, kept = [], []
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            written.append(path)
        except FileExistsError:
            kept.append(path)
    return Laid(tuple(written), tuple(kept))


def holds_text(folder: Path) -> bool:
    """Whether files lie in a folder that could be a manuscript. Raises OSError where it can't be read."""
    if not folder.is_dir():
        return False
    found = files_below(folder, Door.of(folder))[0]
    return any(forms.form_of(path) and not is_readme(path) for path in found)


def title_of(folder: Path) -> str:
    """A title out of the name of a folder: `two-hives` is `Two Hives`."""
    words = re.split(r"[\s_-]+", folder.resolve().name)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "Untitled"


def _filled(name: str, facts: Beginnings, nobody: str) -> str:
    """A file of `starter/` with what is known put in, or `nobody`; a line about something else falls out."""
    words = {
        "title": quoted(facts.title),
        "language": quoted(facts.language),
        "trim": quoted(facts.trim),
        "action": facts.action,
        "subtitle_line": f"subtitle = {quoted(facts.subtitle)}" if facts.subtitle else "",
        "authors_line": f"authors = [{', '.join(map(quoted, facts.authors))}]" if facts.authors else nobody,
    }
    text = (files("recto.desk.beginning") / "starter" / name).read_text(encoding="utf-8")

    def put(found: re.Match[str]) -> str:
        lone, within = found.groups()
        return words[within] if within else f"{words[lone]}\n" if words[lone] else ""

    return re.sub(r"^\$(\w+)\n|\$(\w+)", put, text, flags=re.M)


def quoted(text: str) -> str:
    """A basic string of TOML; JSON's escapes are among those of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
