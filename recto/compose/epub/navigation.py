"""What reading systems navigate by: contents, landmarks and page list, for nav.xhtml and for the NCX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from recto.compose.captions import CaptionList, caption_lists
from recto.compose.epub.page_breaks import PageBreak
from recto.ids import INDEX
from recto.languages import numbered
from recto.model import ContentsEntry

if TYPE_CHECKING:
    from recto.compose.composer import Composer
    from recto.index.index_model import LocatedIndex


_TYPES = {"figures": "loi", "tables": "lot"}  # there is none for listings


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents: its label (`4`, `Part II:`), title, anchor, and the lines below it."""

    number: str
    title: str
    anchor: str
    entries: tuple[ContentsLine, ...] = ()

    def walk(self) -> Iterator[ContentsLine]:
        """This line, then all below it."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


@dataclass(frozen=True, slots=True)
class Navigation:
    """The contents as lines, and where everything is: `addresses` of anchors, landmarks, page breaks.

    `lists` are those of figures, tables and listings, each with its type (EPUB 3.3, 7.4) and its title.
    """

    lines: tuple[ContentsLine, ...]
    labels: Mapping[str, str]
    addresses: Mapping[str, str]
    landmarks: tuple[tuple[str, str, str], ...] = ()
    breaks: tuple[PageBreak, ...] = ()
    lists: tuple[tuple[str, str, str, tuple[ContentsLine, ...]], ...] = ()

    @classmethod
    def of(cls, composer: Composer, index: LocatedIndex | None) -> Navigation:
        """The navigation of a book whose files are not known yet."""
        depth = composer.config.contents.on_screen
        has_numbers = composer.templates.theme.look.headings.numbers
        lines: list[ContentsLine] = []
        last: list[ContentsLine] = []
        colophons = {g.chapter.anchor for g in composer.galleys if g.chapter.role == "colophon"}
        for entry in composer.contents.entries:
            line = _line(entry, composer.labels, depth, has_numbers=has_numbers)
            (last if entry.heading.anchor in colophons else lines).append(line)
        if index is not None:
            lines.append(ContentsLine("", index.wording.title, INDEX))
        lists = tuple(map(_list, caption_lists(composer, on_screen=True)))
        return cls((*lines, *last), composer.labels, {}, lists=lists)

    def placed(
        self,
        addresses: Mapping[str, str],
        landmarks: Sequence[tuple[str, str, str]],
        breaks: Sequence[PageBreak],
    ) -> Navigation:
        """The same, now that addresses are known; `landmarks` are (type, file, title) in reading order."""
        return replace(self, addresses=addresses, landmarks=tuple(landmarks), breaks=tuple(breaks))

    def anchors(self) -> Iterator[str]:
        """The anchors that the contents lead to."""
        return (each.anchor for line in self.lines for each in line.walk())

    def targets(self) -> Iterator[str]:
        """The anchors that contents and lists lead to."""
        yield from self.anchors()
        yield from (line.anchor for *_, lines in self.lists for line in lines)

    def nav(self) -> dict[str, Any]:
        """What the template of nav.xhtml sees beyond the shared context."""
        landmarks = [
            {"type": kind, "href": file, "title": self.labels["start"] if kind == "bodymatter" else title}
            for kind, file, title in self.landmarks
        ]
        entries = [entry for line in self.lines for entry in self._entries(line)]
        lists = [
            {
                "anchor": anchor,
                "type": kind,
                "title": title,
                "entries": [entry for line in lines for entry in self._entries(line)],
            }
            for anchor, kind, title, lines in self.lists
        ]
        return {
            "entries": entries,
            "lists": lists,
            "landmarks": landmarks,
            "page_list": self._page_list(),
        }

    def ncx(self, order: Mapping[str, int], identifier: str) -> dict[str, Any]:
        """What the template of the NCX sees; `order` is where each address stands in the book, from 1."""
        entries = [entry for line in self.lines for entry in self._entries(line)]
        addresses = {self._address(anchor) for anchor in self.anchors()}
        addresses |= {f"{each.file}#{each.anchor}" for each in self.breaks}
        ranked = sorted(addresses, key=lambda address: order.get(address, 0))
        play = {address: rank for rank, address in enumerate(ranked, 1)}
        numbers = [int(each.folio) for each in self.breaks if each.folio.isdecimal()]
        return {
            "entries": entries,
            "play": play,
            "page_list": self._page_list(),
            "identifier": identifier,
            "depth": _depth(self.lines),
            "highest_page": max(numbers, default=0),
        }

    def _page_list(self) -> list[dict[str, Any]]:
        """The page breaks as templates see them: where in the text one stands is not for them."""
        return [
            {"page": each.page, "folio": each.folio, "file": each.file, "anchor": each.anchor}
            for each in self.breaks
        ]

    def _entries(self, line: ContentsLine) -> Iterator[dict[str, Any]]:
        """A line as templates see it; one whose heading is in no file gives way to the lines below it."""
        below = [entry for each in line.entries for entry in self._entries(each)]
        if line.anchor not in self.addresses:
            yield from below
            return
        yield {
            "anchor": line.anchor,
            "number": line.number,
            "title": line.title,
            "href": self._address(line.anchor),
            "entries": below,
        }

    def _address(self, anchor: str) -> str:
        return self.addresses.get(anchor, f"#{anchor}")


def _line(entry: ContentsEntry, labels: Mapping[str, str], depth: int, *, has_numbers: bool) -> ContentsLine:
    """A line with those below it; `has_numbers` tells whether sections are numbered in the text."""
    heading = entry.heading
    number, title = heading.number, heading.title
    if entry.kind in ("part", "chapter", "appendix") and not title:
        number, title = "", numbered(labels[entry.kind], heading.number)
    elif entry.kind in ("part", "appendix") and heading.number:
        number = f"{numbered(labels[entry.kind], heading.number)}:"
    elif entry.kind == "section" and not has_numbers:
        number = ""
    below = tuple(
        _line(each, labels, depth, has_numbers=has_numbers)
        for each in entry.children
        if each.heading.level <= depth
    )
    return ContentsLine(number, title, heading.anchor, below)


def _list(made: CaptionList) -> tuple[str, str, str, tuple[ContentsLine, ...]]:
    lines = tuple(ContentsLine(line.number, line.title, line.anchor) for line in made.lines)
    return made.anchor, _TYPES.get(made.name, ""), made.title, lines


def _depth(lines: Sequence[ContentsLine]) -> int:
    return 1 + max((_depth(line.entries) for line in lines), default=0) if lines else 0
