"""Which files of a folder are the manuscript."""

from __future__ import annotations

import re
import shlex
from pathlib import Path, PurePosixPath

from recto.door import Door
from recto.forms.naming.counts import natural

# Folders that never hold manuscript: what tools make, and what else a book's folder may hold.
_SKIPPED_FOLDERS = frozenset(
    "out build dist node_modules venv env __pycache__ images templates styles fonts".split()
)
# Files about the project rather than of the book; a README may be the text of a chapter all the same.
_ABOUT = re.compile(
    r"(?:license|licence|changelog|contributing|code_of_conduct|(?:pull_request|issue)_template)(?:\.\w+)?",
    re.I,
)
_OPENS_FOLDER = ("readme", "index", "_index")
_README = re.compile(r"readme(?:\.\w+)?", re.I)
# Written by word processors and the like: an author will wonder why they are not in the book.
FOREIGN = {
    ".doc": "Word", ".rtf": "RTF", ".pages": "Pages", ".tex": "LaTeX", ".html": "HTML", ".htm": "HTML",
    ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".asc": "AsciiDoc", ".rst": "reStructuredText",
    ".org": "Org", ".ipynb": "Jupyter",
}  # fmt: skip
# Read where a list names them, or alone: a folder may be full of others
LISTED_ONLY = (".ipynb",)
# What Pandoc calls them, where it reads them
_PANDOC = {".rtf": "rtf", ".tex": "latex", ".html": "html", ".htm": "html", ".rst": "rst", ".org": "org"}


# Read where these are installed
_READ_BY = {"reStructuredText": "Pandoc", "Org": "Pandoc", "AsciiDoc": "Asciidoctor and Pandoc"}


def how_to_convert(path: Path) -> str:
    """What to install, to type, or to do, so that a file of another form can be read."""
    programs = _READ_BY.get(FOREIGN.get(path.suffix.lower(), ""))
    return f"install {programs}, and build again; or {_converting(path)}" if programs else _converting(path)


def _converting(path: Path) -> str:
    name, made, suffix = shlex.quote(path.name), shlex.quote(f"{path.stem}.md"), path.suffix.lower()
    if suffix in _PANDOC:
        return f"convert it: pandoc -f {_PANDOC[suffix]} -t commonmark_x {name} -o {made}"
    if FOREIGN.get(suffix) == "AsciiDoc":
        return (
            f"convert it: asciidoctor -b docbook5 -o - {name} | pandoc -f docbook -t commonmark_x -o {made}"
        )
    if suffix == ".ipynb":
        return f"convert it: jupyter nbconvert --to markdown {name}"
    return "open it in the program that made it, and save it as .docx or .odt"


def is_readme(path: Path) -> bool:
    """True for README.md: of the book only where it has a number of its own."""
    return bool(_README.fullmatch(path.name))


def opens_folder(name: str) -> bool:
    """True for a file that stands before the others of its folder: its README or index."""
    return PurePosixPath(name).stem.casefold() in _OPENS_FOLDER


def files_below(folder: Path, door: Door) -> tuple[list[Path], list[Path]]:
    """Every file of a folder, at any depth, in the order of their names (2 before 10).

    Left out: hidden files and folders, Python environments, `out/`, `images/`, `templates/`, `styles/` and
    what tools leave behind, and files about the project (LICENSE, CHANGELOG …) beside others. The second list
    are links to folders elsewhere, which are not followed. Raises OSError for a folder that can't be read.
    """
    found, links = door.walk(folder, _is_searched)
    seen = [path for path in found if not path.name.startswith((".", "~$"))]
    files = [path for path in seen if not _ABOUT.fullmatch(path.name)] or seen
    # a link to a folder of the book itself adds nothing: its files are found where they are
    away = [path for path in links if _is_searched(path) and not path.resolve().is_relative_to(door.folder)]
    return (
        sorted(files, key=lambda path: natural(path.relative_to(folder).as_posix())),
        sorted(away),
    )


def _is_searched(folder: Path) -> bool:
    return not (
        folder.name.startswith(".")
        or folder.name.lower() in _SKIPPED_FOLDERS
        or (folder / "pyvenv.cfg").exists()
    )
