"""How the index will look once a decision has been built into the books: shown at once, until it has been.

It works on what the page is told of the index (recto.desk.indexer.indexing). What a decision touches is
`pending`: its folios are those of the places as they stood on the pages that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from recto.desk.indexer.decisions import Asked
from recto.index.printed.collation import sort_key

Row = dict[str, Any]
Told = Mapping[str, Any]


def foreseen(index: Told, asked: Asked, language: str) -> dict[str, Any]:
    """The index after a decision that the list has taken."""
    shown = _IndexAhead(index, language)
    sub = asked.get("sub", "")
    path = (asked["term"], *(sub.split("!") if sub else ()))
    _AHEAD[asked["do"]](shown, path, asked)
    return {**index, "entries": shown.entries, "candidates": shown.candidates}


class _IndexAhead:
    """The rows of an index while a decision is carried out on them; rows are never changed, but replaced."""

    def __init__(self, index: Told, language: str) -> None:
        self.entries: list[Row] = list(index["entries"])
        self.candidates: list[Row] = list(index["candidates"])
        self._language = language

    def row(self, path: tuple[str, ...]) -> Row:
        """The row of a heading, or a candidate's, or one that has nothing yet."""
        for row in (*self.entries, *self.candidates):
            if tuple(row["path"]) == path:
                return row
        return {
            "path": list(path), "origin": "list", "printed": "", "see": [], "seeAlso": [], "place": None,
            "score": None, "reasons": [], "doubtful": False, "places": [],
        }  # fmt: skip

    def put(self, row: Row, **changed: Any) -> None:
        """Put a row where it belongs, in place of what is there."""
        row = {"see": [], "seeAlso": [], "place": None, **row, "origin": "list", "doubtful": False, **changed}
        folios = dict.fromkeys(each["folio"] for each in row["places"])
        row |= {"pending": True, "printed": ", ".join(folios)}
        path = tuple(row["path"])
        self.candidates = [each for each in self.candidates if tuple(each["path"]) != path]
        at = next((at for at, each in enumerate(self.entries) if tuple(each["path"]) == path), None)
        if at is not None:
            self.entries[at] = row
            return
        if path[1:] and self._find(path[:-1]) is None:
            self.put(self.row(path[:-1]))
        self.entries.insert(self._seat(path), row)

    def drop(self, path: tuple[str, ...]) -> list[Row]:
        """Take a heading out, with all below it, from above or below the line; returns the rows."""
        gone = [row for row in (*self.entries, *self.candidates) if _is_below(row, path)]
        self.entries = [row for row in self.entries if not _is_below(row, path)]
        self.candidates = [row for row in self.candidates if not _is_below(row, path)]
        return gone

    def move(self, path: tuple[str, ...], to: tuple[str, ...]) -> None:
        """A heading, with all below it, stands elsewhere; where there is one already, both are one."""
        moved = self.drop(path) or [self.row(path)]
        for row in moved:
            place = (*to, *row["path"][len(path) :])
            held = self._find(place)
            places = [*(held or {}).get("places", ()), *row["places"]]
            self.put({**row, **(held or {}), "path": list(place)}, places=_in_order(places))
        sent = {", ".join(row["path"]): ", ".join((*to, *row["path"][len(path) :])) for row in moved}
        self.entries = [_sent_on(row, sent) for row in self.entries]

    def _find(self, path: tuple[str, ...]) -> Row | None:
        return next((row for row in self.entries if tuple(row["path"]) == path), None)

    def _seat(self, path: tuple[str, ...]) -> int:
        """Where a heading comes in: before the first beside it that sorts after it."""
        key, depth = self._key(path), len(path)
        inside = depth == 1
        for at, row in enumerate(self.entries):
            beside = tuple(row["path"])
            if beside == path[:-1]:
                inside = True
                continue
            sorts_after = len(beside) == depth and self._key(beside) > key
            if inside and (len(beside) < depth or sorts_after):
                return at
        return len(self.entries)

    def _key(self, path: tuple[str, ...]) -> Any:
        return sort_key(path[-1], language=self._language, sub=len(path) > 1)


def _is_below(row: Row, path: tuple[str, ...]) -> bool:
    return tuple(row["path"][: len(path)]) == path


def _sent_on(row: Row, moved: Mapping[str, str]) -> Row:
    """A row whose see and see also lead to where their targets have gone."""
    led = {key: [moved.get(each, each) for each in row[key]] for key in ("see", "seeAlso")}
    return row if all(row[key] == each for key, each in led.items()) else {**row, **led, "pending": True}


def _in_order(places: Iterable[Row]) -> list[Row]:
    """Places in the order of the book, each once."""
    once = {(*each["order"], each["before"], each["after"]): each for each in places}
    return sorted(once.values(), key=lambda each: each["order"])


def _accept(shown: _IndexAhead, path: tuple[str, ...], _: Asked) -> None:
    shown.put(shown.row(path))


def _refuse(shown: _IndexAhead, path: tuple[str, ...], _: Asked) -> None:
    shown.drop(path)


def _rename(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    shown.move(path, (*path[:-1], *_levels(asked["to"])))


def _merge(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    shown.move(path, _levels(asked["to"]))


def _subhead(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    shown.move(path, (*_levels(asked["to"]), *(path[1:] or path)))


def _send(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    shown.drop(path)
    shown.put(shown.row(path), see=[", ".join(_levels(asked["to"]))])


def _send_also(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    row = shown.row(path)
    shown.put(row, seeAlso=[*row.get("seeAlso", ()), ", ".join(_levels(asked["to"]))])


def _main(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    row = shown.row(path)
    places = [
        {**each, "principal": each["name"] == asked["place"] and not each["principal"]}
        for each in row["places"]
    ]
    shown.put(row, places=places)


def _omit(shown: _IndexAhead, path: tuple[str, ...], asked: Asked) -> None:
    row = shown.row(path)
    left = [each for each in row["places"] if each["name"] != asked["place"]]
    below = any(_is_below(each, path) and each["path"] != row["path"] for each in shown.entries)
    if left or below or row.get("see"):
        shown.put(row, places=left)
    else:
        shown.drop(path)


def _levels(to: str) -> tuple[str, ...]:
    return tuple(level for level in (part.strip() for part in to.split("!")) if level)


_AHEAD: Mapping[str, Callable[[_IndexAhead, tuple[str, ...], Asked], None]] = {
    "accept": _accept,
    "add": _accept,
    "never": _refuse,
    "rename": _rename,
    "merge": _merge,
    "sub": _subhead,
    "see": _send,
    "also": _send_also,
    "principal": _main,
    "omit": _omit,
}
