"""Jupyter's notebooks (`.ipynb`): their text and their code, of which nothing is run.

https://nbformat.readthedocs.io/en/latest/format_description.html: a JSON of cells. They are read where a list
names them, or one is the whole book; what else lies in a folder of notebooks is mostly not for readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recto.door import LARGEST_TEXT, RefusedError
from recto.forms.fences import Line
from recto.forms.form import Prepared, SourceForm
from recto.forms.jupyter_book.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read
from recto.forms.source_file import SourceFile
from recto.notations.json_text import read_json
from recto.problems import warning

_HIDDEN = frozenset(("hide-input", "hide-cell", "remove-input", "remove-cell", "hide_input", "remove_cell"))
_OPTION = re.compile(r"#\|[ \t]?(?P<option>.*)")
_HIDING = re.compile(r"(?:echo|include):[ \t]*false\b", re.IGNORECASE)
Cell = Mapping[str, object]


def _document(data: bytes, path: Path, file: SourceFile) -> Prepared:
    """A notebook as Markdown; the line of a problem is the number of the cell. Raises RefusedError."""
    if len(data) > LARGEST_TEXT:
        raise RefusedError(f"it has more than {LARGEST_TEXT // 1_000_000} MB", path)
    try:
        notebook: Any = read_json(data)
        cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise RefusedError(f"it is no notebook of Jupyter’s: {fault}", path) from None
    language = _language(notebook)
    lines = [line for number, cell in enumerate(cells, 1) for line in _cell(cell, number, language)]
    made = file.made_of(lines)
    drawn = sum(bool(cell.get("outputs")) for cell in cells)
    if not drawn:
        return made, ()
    cells_are = "one cell of code is" if drawn == 1 else f"{drawn} cells of code are"
    message = f"{cells_are} not run: what came of it is not in the book"
    hint = "put tables and pictures that matter in the text"
    return made, (warning("code-not-run", message, made.at(None), hint=hint, subject=file.name),)


def _language(notebook: Mapping[str, object]) -> str:
    """The language of the code, as fences name it; "" where the notebook does not say."""
    told = notebook.get("metadata")
    for key in ("kernelspec", "language_info"):
        facts = told.get(key) if isinstance(told, dict) else None
        name = facts.get("language" if key == "kernelspec" else "name") if isinstance(facts, dict) else None
        if isinstance(name, str) and name.isalnum():
            return name.lower()
    return ""


def _cell(cell: Cell, number: int, language: str) -> Iterator[Line]:
    """The lines of a cell, a blank one after them."""
    source = cell.get("source")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source or "")
    told = cell.get("metadata")
    tags = told.get("tags") if isinstance(told, dict) else None
    if not text.strip() or (isinstance(tags, list) and _HIDDEN & set(map(str, tags))):
        return
    lines = text.strip("\n").split("\n")
    if cell.get("cell_type") == "code":
        told = [option["option"] for line in lines if (option := _OPTION.fullmatch(line))]  # Quarto's
        if any(_HIDING.search(option) for option in told):
            return
        lines = [line for line in lines if not _OPTION.fullmatch(line)]
        longest = max((len(line) - len(line.lstrip("`")) for line in lines), default=0)
        fence = "`" * max(3, longest + 1)
        lines = [f"{fence}{language}", *lines, fence]
    elif cell.get("cell_type") != "markdown" and (number > 1 or lines[0].strip() != "---"):
        return  # but for front matter, which stands in a raw cell
    yield from ((line, number) for line in (*lines, ""))


FORM = SourceForm("Jupyter notebook", (".ipynb",), MARKDOWN, read, outline, None, prepare, document=_document)
