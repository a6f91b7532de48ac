"""The order of a bookdown book: `rmd_files`, or index.Rmd and then all others by their names.

https://bookdown.org/yihui/bookdown/usage.html: files are read as one text; each heading of level 1 is a
chapter; files whose names begin with `_` are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recto.forms.folder import BookFolder
from recto.forms.list_files import words, yaml_list
from recto.forms.markdown.book_facts import facts_of
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.order import Order, OrderLine, counted
from recto.problems import Place

_LIST, _INDEX = "_bookdown.yml", "index.Rmd"
_DIVIDED = 2  # chapters and their sections


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a bookdown book; None for any other."""
    index = folder.text(_INDEX)[0] if folder.holds(_INDEX) else None
    front = read_front_matter(index)[0].settings if index else {}
    is_listed = folder.holds(_LIST)
    if not is_listed and "bookdown" not in words(front, "site"):
        return None
    data, problems = yaml_list(folder, _LIST) if is_listed else ({}, ())
    place = Place(folder.shown(_LIST if is_listed else _INDEX))
    chosen = list(dict.fromkeys(_files(data, folder)))
    lines = tuple(OrderLine(name, "", place, divided=_DIVIDED, top=1) for name in chosen)
    facts = facts_of(front)
    where = f"listed in {_LIST}" if data.get("rmd_files") else "in the order of their names"
    told = f"this is a bookdown book: {counted(lines, 'file')} {where}"
    return Order(lines, told, facts, (_LIST,) if is_listed else (), problems=problems)


def _files(data: Mapping[str, object], folder: BookFolder) -> Iterator[str]:
    """The files in order; `rmd_files` may be one list for each format."""
    listed = data.get("rmd_files")
    if isinstance(listed, dict):
        listed = listed.get("epub") or listed.get("html") or next(iter(listed.values()), None)
    if isinstance(listed, str):
        listed = [listed]
    if isinstance(listed, list) and listed:
        yield from (name for name in listed if isinstance(name, str))
        return
    found = [name for name in folder.names((".rmd",)) if not name.rpartition("/")[2].startswith("_")]
    below = data.get("rmd_subdir")
    tops = {str(each).strip("/") for each in below} if isinstance(below, list) else set()
    every = str(below).casefold() in ("true", "yes")
    if folder.holds(_INDEX):
        yield _INDEX
    for name in found:
        top = name.rpartition("/")[0]
        if not top or every or top in tops:
            yield name
