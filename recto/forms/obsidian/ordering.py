"""The order of a vault: that of a note which lists the others, else that of their names, folders as parts.

Such a note is called SUMMARY, Home, Index, Contents, README or like the vault itself; it gives the order
where it links to nearly all notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import splitext

from recto.forms.fences import with_code
from recto.forms.folder import BookFolder
from recto.forms.naming.file_names import called
from recto.forms.naming.matter import role_of
from recto.forms.obsidian.vault import MARKER, Vault, look_anew, vault
from recto.forms.order import Order, OrderLine, counted
from recto.forms.source_file import SourceFile
from recto.forms.summary import summary_lines
from recto.problems import Place, Problem, warning

_NAMES = ("summary", "contents", "table of contents", "toc", "home", "index", "readme", "start here", "moc")
_LINK = re.compile(r"(?<!!)\[\[(?P<target>[^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|(?P<words>[^\[\]\n]+))?\]\]")
_ENOUGH = 0.9  # of the other notes must be listed
_TEMPLATES = ("templates", "template", "_templates")


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a vault; None for any other."""
    if not any(folder.holds(name) for name in MARKER):
        return None
    look_anew()
    found = vault(folder)
    notes = [name for name in found.notes if name.split("/")[0].casefold() not in _TEMPLATES]
    for name in _candidates(notes, folder):
        file, _ = folder.text(name)
        if file is None:
            continue
        lines = list(_listed(_linked(file, found), found, set(notes)))
        named = {line.file for line in lines if line.file}
        if len(named) > 1 and len(named) >= _ENOUGH * (len(notes) - 1):
            told = f"this is an Obsidian vault: {counted(lines, 'note')} listed in {name}"
            return Order(
                tuple(lines),
                told,
                lists=(name, *found.drawings),
                by_name=True,
                problems=_drawn(found, folder),
            )
    lines = list(_by_name(notes, folder))
    told = f"this is an Obsidian vault: {counted(lines, 'note')}, in the order of their names"
    return Order(tuple(lines), told, lists=found.drawings, by_name=True, problems=_drawn(found, folder))


def _drawn(found: Vault, folder: BookFolder) -> tuple[Problem, ...]:
    """One warning of the notes that are drawings."""
    if not found.drawings:
        return ()
    first, more = found.drawings[0], len(found.drawings) - 1
    named = f"{first} and {more} more hold drawings" if more else f"{first} holds a drawing"
    message = f"{named} of Excalidraw, and no text: not in the book"
    hint = "to have one in a note, let Excalidraw save it as SVG or PNG beside it (its settings, auto-export)"
    return (warning("vault-left-out", message, Place(folder.shown(first)), hint=hint, subject=first),)


def _candidates(notes: list[str], folder: BookFolder) -> list[str]:
    """Notes at the top that may list the others."""
    top = {splitext(name)[0].casefold(): name for name in notes if "/" not in name}
    own = folder.path.resolve().name.casefold()
    return [top[name] for name in (*_NAMES, own) if name in top]


def _linked(file: SourceFile, found: Vault) -> SourceFile:
    """A note with its links as Markdown has them, so that it can be read as a summary."""

    def link(match: re.Match[str]) -> str:
        target = found.find(match["target"], file.name)
        return f"[{match['words'] or match['target']}](<{target}>)" if target else match["target"]

    lines = ((line, number) for number, line in enumerate(file.lines, 1))
    kept = ("" if code else _LINK.sub(link, line) for line, _, code in with_code(lines))
    return replace(file, text="\n".join(kept))


def _listed(file: SourceFile, found: Vault, notes: set[str]) -> Iterator[OrderLine]:
    headings = 0
    for line in summary_lines(file):
        place = file.at(line.line)
        if line.kind == "heading":
            headings += 1
            if headings > 1 or line.level > 1:  # the first is the title of the list
                yield OrderLine("", line.title, place, "part")
        elif line.target:
            target = found.find(line.target, file.name)
            if target in notes and target != file.name:
                numbered = role_of(called(target)) is None
                yield OrderLine(target, called_like(target), place, depth=line.level, numbered=numbered)


def _by_name(notes: list[str], folder: BookFolder) -> Iterator[OrderLine]:
    """Notes at the top, the opening ones first, then a part for each folder."""
    has_top = any("/" not in name for name in notes)
    in_parts = has_top or len({name.split("/")[0] for name in notes}) > 1
    part = ""
    for name in sorted(notes, key=lambda name: ("/" in name, "/" not in name and not _opens(name))):
        place, top = Place(folder.shown(name)), name.split("/")[0] if "/" in name and in_parts else ""
        if top != part:
            part = top
            yield OrderLine("", top, place, "part")
        numbered = role_of(called(name)) is None and not (_opens(name) and not top)
        yield OrderLine(name, called_like(name), place, numbered=numbered)


def _opens(name: str) -> bool:
    return splitext(name)[0].casefold() in _NAMES


def called_like(name: str) -> str:
    """The title of a note: its name as it is, without the number that sorts it."""
    stem = splitext(name.rpartition("/")[2])[0]
    return re.sub(r"^\d{1,4}(?:[ ._-]+|(?=[^\W\d]))(?=\S)", "", stem) or stem
