"""theme.toml files read: a theme, those that it extends, and what book.toml changes of them, as one look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from recto.problems import Place, Problem, error, has_errors
from recto.settings.config import Config
from recto.settings.settings_reader import Places, SettingsReader, parsed
from recto.theme.look import FacesLook, Look
from recto.theme.narrow_pages import on_its_page

MANUAL = "manual"
SETTINGS = "theme.toml"
FOLDER = "themes"
_DEEPEST = 8  # themes that extend one another
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
# what can stand in a style sheet as it is
_FAMILY, _FILE, _COLOUR = re.compile(r"[\w .,&+-]{1,80}"), re.compile(r"[\w./-]{1,200}"), r"#[0-9a-fA-F]{6}"


@dataclass(frozen=True, slots=True)
class ThemeChain:
    """A theme that was read: its look, and its folders, the one that all others extend first."""

    look: Look
    folders: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def read_theme(config: Config, book: Path | None, shipped: Path) -> ThemeChain:
    """The theme that book.toml names, from `themes/` of the book's folder or of the shipped ones.

    With errors the look is that of the shipped `manual`.
    """
    folders, problems = _chain(config, [folder for folder in (book, shipped) if folder is not None])
    data: dict[str, Any] = {}
    places: Places = {}
    for folder in folders:
        told, lines, faults = parsed(folder / SETTINGS)
        told.pop("extends", None)
        _merge(data, told)
        places |= lines
        problems += faults
    _merge(data, config.look)
    places |= {path[1:]: place for path, place in config.places.items() if path[0] == "theme" and path[1:]}
    reader = SettingsReader(places)
    values = {} if problems else reader.table(Look, data, ())
    problems += reader.problems
    if not problems and (missing := [f.name for f in fields(Look) if f.name not in values]):
        message = f"the theme has no [{missing[0]}]"
        problems.append(error("theme-broken", message, places.get((missing[0],), Place(SETTINGS))))
    if not problems:
        look = Look(**values)
        problems += _faults(look, places)
    if has_errors(problems):
        return ThemeChain(manual(shipped), (shipped / FOLDER / MANUAL,), tuple(problems))
    return ThemeChain(on_its_page(look, config), tuple(folders), tuple(problems))


@lru_cache(maxsize=2)
def manual(shipped: Path) -> Look:
    """The look that all others extend."""
    data, places, _ = parsed(shipped / FOLDER / MANUAL / SETTINGS)
    return Look(**SettingsReader(places).table(Look, data, ()))


def names(roots: list[Path]) -> list[str]:
    """The themes that there are below some folders."""
    return sorted({path.parent.name for root in roots for path in root.glob(f"{FOLDER}/*/{SETTINGS}")})


def _chain(config: Config, roots: list[Path]) -> tuple[list[Path], list[Problem]]:
    """The folders of the themes that extend one another, the first of all first."""
    name, place = config.book.theme, config.place_of("book", "theme")
    chain: list[Path] = []
    while name and len(chain) < _DEEPEST:
        found = [root / FOLDER / name for root in roots if _NAME.fullmatch(name)]
        new = [folder for folder in found if (folder / SETTINGS).is_file() and folder not in chain]
        if not new:
            return [], [_unknown(name, place, chain, roots)]
        chain.insert(0, new[0])
        data, places, problems = parsed(new[0] / SETTINGS)
        if problems:
            return [], list(problems)
        is_first = new[0] == roots[-1] / FOLDER / MANUAL
        name = str(data.get("extends", "" if is_first else MANUAL))
        place = places.get(("extends",), place)
    if name:
        return [], [error("theme-circle", f"more than {_DEEPEST} themes extend one another", place)]
    return chain, []


def _unknown(name: str, place: Place, chain: list[Path], roots: list[Path]) -> Problem:
    if any(folder.name == name for folder in chain):
        return error("theme-circle", f"the theme “{name}” extends itself", place)
    hint = f"themes known here: {', '.join(names(roots))}"
    return error("theme-unknown", f"there is no theme “{name[:60]}”", place, hint=hint)


def _merge(data: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Put a theme's settings over those of the one that it extends, key by key."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(data.get(key), dict):
            _merge(data[key], value)
        else:
            data[key] = value


def _faults(look: Look, places: Places) -> Iterator[Problem]:
    """Typefaces that are not there, and what can't stand in a style sheet."""

    def fault(message: str, *path: str) -> Problem:
        return error("theme-broken", message, places.get(path, Place(SETTINGS)))

    for role in fields(FacesLook):
        if (name := getattr(look.faces, role.name)) not in look.families:
            known = ", ".join(look.families)
            yield fault(f"the typeface “{name}” has no files; these have: {known}", "faces", role.name)
    for name, family in look.families.items():
        files = (family.regular, family.italic, family.bold, family.bold_italic)
        if not _FAMILY.fullmatch(name) or not all(_FILE.fullmatch(file) for file in files if file):
            yield fault(f"no style sheet takes the name “{name[:80]}”, or one of its files", "families", name)
    yield from _settings_faults(look, fault)


def _settings_faults(look: Look, fault: Callable[..., Problem]) -> Iterator[Problem]:
    """Settings of other tables that no style sheet takes, or that don't go together."""
    for table, key in (("opening", "ornament"), ("text", "ornament")):
        if (file := getattr(getattr(look, table), key)) and not _FILE.fullmatch(file):
            yield fault(f"no style sheet takes a file of the name “{file[:80]}”", table, key)
    if look.notes.place == "side" and not look.page.side:
        yield fault("notes beside the text need a column: set `side` in [page]", "notes", "place")
    if look.apparatus.accent and not re.fullmatch(_COLOUR, look.apparatus.accent):
        yield fault("a colour is written as #a03020", "apparatus", "accent")
