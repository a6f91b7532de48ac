"""Named destinations of the bound book: where each anchor stands, and which of them are linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pydyf

from recto.model import PageMap, Quire
from recto.print.binding.pdf_file import PdfFile, reference, sort_key
from recto.problems import Place, Problem, error

# Places that no one outside the book links to: named only where the book does
_PRIVATE = ("mark-", "noteref-")
_LEAF = 64  # names in a leaf of the name tree


class Destinations:
    """Where each anchor stands, and which anchors are linked to."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._at: dict[str, tuple[int, float, float]] = {}
        self._wanted: dict[str, str] = {}  # anchor -> unit that links to it
        self.problems: list[Problem] = []

    def add(self, quire: Quire, first: int, unit: str) -> None:
        """Take in anchors and links of a unit whose first page is the book's `first`-th."""
        for anchor, page, x, y in quire.places:
            self._at.setdefault(anchor, (first + page, x, y))
        self.want(quire.links, unit)

    def add_marks(self, pages: PageMap) -> None:
        """Take in the index marks, which no page has as an element: each leads to the top of its line."""
        for anchor, top in pages.tops.items():
            self._at.setdefault(anchor, (pages.pages[anchor], 0, top))

    def page_of(self, anchor: str) -> int | None:
        """The index of the page that carries an anchor."""
        return self._at[anchor][0] if anchor in self._at else None

    def want(self, anchors: Iterable[str], unit: str = "") -> None:
        """Keep anchors named: something leads to them, in a unit or outside the pages (the outline)."""
        for anchor in anchors:
            self._wanted.setdefault(anchor, unit)

    def write(self, file: PdfFile, pages: Sequence[int]) -> int | None:
        """Write the name tree and return its number; None without anchors. `pages` are their numbers.

        A link to an anchor that is on no page is an error of the book's making.
        """
        for anchor, unit in self._wanted.items():
            if anchor not in self._at:
                self.problems.append(
                    error(
                        "lost-link",
                        f"a link in `{unit}` leads to `{anchor}`, which is on no page",
                        self._places.get(unit, Place(unit)),
                        subject=anchor,
                    )
                )
        leaves = pydyf.Array(reference(file.add(leaf)) for leaf in self._leaves(pages))
        return file.add(pydyf.Dictionary({"Kids": leaves})) if leaves else None

    def _leaves(self, pages: Sequence[int]) -> Iterator[bytes]:
        named = (a for a in self._at if a in self._wanted or not a.startswith(_PRIVATE))
        anchors = sorted(named, key=sort_key)
        for begin in range(0, len(anchors), _LEAF):
            leaf = [
                (pydyf.String(anchor).data, *self._at[anchor]) for anchor in anchors[begin : begin + _LEAF]
            ]
            names = (b"%s[%d 0 R/XYZ %.2f %.2f 0]" % (name, pages[at], x, y) for name, at, x, y in leaf)
            yield b"<</Names[%s]/Limits[%s %s]>>" % (b"".join(names), leaf[0][0], leaf[-1][0])
