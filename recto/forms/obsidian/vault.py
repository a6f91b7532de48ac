"""What a vault holds: its notes, and where each file lies that a note names without its folder.

https://help.obsidian.md/links: a link names a note by its name, and by its path only where two have one name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import basename, dirname, join, normpath

from recto.forms.folder import BookFolder
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.obsidian.plugins import is_drawing

MARKER = (".obsidian/app.json", ".obsidian/core-plugins.json", ".obsidian/workspace.json",
          ".obsidian/appearance.json", ".obsidian/config")  # fmt: skip

_PROPERTIES = 10_000  # characters at the head of a note


@dataclass(frozen=True, slots=True)
class Vault:
    """`notes` in the order of their names, `files` all paths by name in lower case, the shortest first.

    `drawings` are files like notes that hold one, and are none.
    """

    notes: tuple[str, ...]
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drawings: tuple[str, ...] = ()

    def find(self, target: str, near: str) -> str:
        """The file that a link means in a note, "" where there is none; `.md` may be left out."""
        wanted = target.strip().casefold()
        beside = normpath(join(dirname(near), target.strip())).casefold()
        for name in (wanted, f"{wanted}.md", f"{wanted}.markdown"):
            found = self.files.get(basename(name), ())
            exact = [path for path in found if path.casefold() in (name, beside, f"{beside}.md")]
            below = [path for path in found if path.casefold().endswith(f"/{name}")]
            if near_one := exact or below:
                return near_one[0]
        return ""


@lru_cache(maxsize=4)
def aliases(folder: BookFolder) -> Mapping[str, str]:
    """The notes of a vault by the other names that their properties give them, in lower case.

    https://help.obsidian.md/aliases
    """
    found: dict[str, str] = {}
    for name in vault(folder).notes:
        file = folder.text(name)[0]
        if file is None or not file.text.startswith("---") or "alias" not in file.text[:_PROPERTIES]:
            continue
        said = read_front_matter(file)[0].settings
        for given in (said.get("aliases"), said.get("alias")):
            for each in given if isinstance(given, list) else str(given or "").split(","):
                found.setdefault(str(each).strip().casefold(), name)
    return found


def look_anew() -> None:
    """Forget what was found: a note may be new since the last build."""
    vault.cache_clear()
    aliases.cache_clear()


@lru_cache(maxsize=4)
def vault(folder: BookFolder) -> Vault:
    """The vault in a folder; it is looked through once for all of its notes (see ordering.py)."""
    files: dict[str, list[str]] = {}
    for path in folder.everything():
        files.setdefault(basename(path).casefold(), []).append(path)
    shortest = {name: tuple(sorted(paths, key=lambda path: path.count("/"))) for name, paths in files.items()}
    named = folder.names((".md",))
    drawings = tuple(name for name in named if (file := folder.text(name)[0]) and is_drawing(file))
    return Vault(tuple(name for name in named if name not in drawings), shortest, drawings)
