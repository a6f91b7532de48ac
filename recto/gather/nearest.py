"""What to say of a SOURCE that is no manuscript: what can be read, and what may have been meant."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from recto import forms
from recto.door import home
from recto.forms import listed
from recto.forms.manuscript_files import FOREIGN
from recto.problems import Place, Problem, error, shown, warning

_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".tif", ".tiff", ".heic", ".avif"))
_MOST = 2_000  # names of a folder that are looked at
_NAMED = 3


def missing(source: Path) -> Problem:
    """There is no such file or folder: the one nearest to its name, or what lies where it was looked for."""
    around = source.absolute().parent
    found = [path for path in _listed(around) if path.is_dir() or forms.form_of(path)]
    # by their stems: that two names end in .txt makes them no nearer
    near = difflib.get_close_matches(source.stem, [path.stem for path in found], n=1)
    alike = [path for path in found if near and path.stem == near[0]]
    close = next((path for path in alike if path.suffix == source.suffix), alike[0] if alike else None)
    if close is not None:
        hint = f"did you mean {_as_typed(source, close)}?"
    elif texts := [path.name for path in found if forms.form_of(path)]:
        hint = f"there is {_some(texts)}; for all of it, {_dot(around)}"
    else:
        hint = f"name the folder or the file that holds the manuscript, {_kinds()}; `init` begins a new one"
    return error("source-missing", "there is no such file or folder", Place(shown(source)), hint=hint)


def settings_alone(source: Path) -> Problem:
    """A file of settings was named in the place of a manuscript."""
    message = "this file holds settings, and no manuscript"
    return error("source-missing", message, Place(shown(source)), hint=_dot(source.absolute().parent))


def settings_above(source: Path, name: str) -> Problem | None:
    """The settings of a book one folder above the one that is built, and that has none: they aren't read."""
    around = home(source).resolve()
    above = around.parent / name
    if os.path.lexists(around / name) or not above.is_file():
        return None
    message = f"the settings of {shown(above)} have no part in this book: they lie in the folder above it"
    hint = f"{_dot(above.parent)}, or put a {name} beside the text"
    return warning("settings-elsewhere", message, Place(shown(above)), hint=hint, subject=name)


def nothing(source: Path, found: Iterable[Path]) -> Problem:
    """A folder in which no text was found: what it holds, what is read, and the folder that may be meant."""
    suffixes = [path.suffix.lower() for path in found]
    message = "this folder is empty"
    if suffixes:
        message = f"this folder holds no manuscript{_held(suffixes)}: no {known()} file"
    if below := [path for path in _listed(source) if path.is_dir() and _has_text(path)]:
        hint = f"there is text in {shown(below[0])}; what is read is {_kinds()}"
    else:
        hint = f"what is read is {_kinds()}; `init {shown(source)}` begins a book here"
    return error("no-manuscript", message, Place(shown(source)), hint=hint)


def known() -> str:
    """The forms of single files, for messages: `text (.txt) or Markdown (.md)`."""
    names = [
        f"{form.name} ({form.suffixes[0]})"
        for form in forms.FORMS
        if form.suffixes and form.order is None and form.ready()
    ]
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _kinds() -> str:
    """All that can be read, for hints."""
    tools = [form.name for form in forms.FORMS if form.order and form is not listed.FORM]
    return f"{known()}, a folder with a book.list, or one made for {', '.join(tools[:-1])} or {tools[-1]}"


def _held(suffixes: list[str]) -> str:
    """`, but 14 pictures and one Word file`; "" where there is nothing of a known kind."""
    kinds = Counter("picture" if each in _PICTURES else f"{FOREIGN.get(each, '')} file" for each in suffixes)
    told = [_count(count, kind) for kind, count in kinds.most_common() if kind != " file"]
    return f", but {' and '.join(told[:2])}" if told else ""


def _count(count: int, kind: str) -> str:
    return f"one {kind}" if count == 1 else f"{count} {kind}s"


def _has_text(folder: Path) -> bool:
    return any(forms.form_of(path) and path.is_file() for path in _listed(folder))


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder, in order, without what is hidden; nothing where it can't be read."""
    try:
        with os.scandir(folder) as found:
            return sorted(
                Path(entry.path) for entry in islice(found, _MOST) if not entry.name.startswith(".")
            )
    except OSError:
        return []


def _as_typed(source: Path, near: Path) -> str:
    return str(source.parent / near.name)


def _some(names: Iterable[str]) -> str:
    few = list(islice(names, _NAMED + 1))
    return ", ".join(few[:_NAMED]) + (" …" if len(few) > _NAMED else "")


def _dot(folder: Path) -> str:
    return "name the folder itself: ." if folder == Path.cwd() else f"name the folder: {shown(folder)}"
