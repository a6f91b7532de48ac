"""The index as an indexer judges it: every entry with its places, their sentences and what speaks for it, and
below the line the headings that a longer index would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recto.account.report import Report
from recto.desk.proofs import Proofs
from recto.index.asked.editing import name_of
from recto.index.automatic import choosing, finding
from recto.index.automatic.finding import Found
from recto.index.automatic.reasons import reasons
from recto.index.index_model import Entry
from recto.index.places import label_of, scope_of
from recto.index.reading import prose
from recto.index.reading.prose import Prose, Spot
from recto.index.reading.words import fold_all
from recto.index.surroundings import TextsAround
from recto.model import Galley
from recto.settings.config import Config
from recto.store.cache import Memo

_LONGER = 2.0  # so many times as many headings are judged as a book of this length gets
_DOUBTFUL = 1 / 3  # of the machine's headings, those worth least
_WIDEST = 160  # characters of a sentence on each side of a place
_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[^a-z])")


def told(report: Report, config: Config, proofs: Proofs | None, memo: Memo) -> dict[str, Any]:
    """The index of a book, as JSON has it. `memo` keeps what was read of its sections."""
    if report.entries is None or report.located is None or not config.index.include:
        return {"entries": [], "candidates": [], "chapters": []}
    book = prose.worth_reading(prose.read(report.galleys, config.book.language, memo), report.galleys)
    never, asked = choosing.refused(config), choosing.asked_for(config.index)
    found = finding.find(book, config.book.language, asked_for=asked, never=never, times=_LONGER)
    chapters = [number for number, galley in enumerate(report.galleys) for _ in galley.all_sections]
    judged = _Judged(found, book, config, chapters)
    surroundings = TextsAround(report.galleys)
    folios = proofs.anchors if proofs else {}
    rows = [
        {**_row(entry, located, judged), "places": list(_places(entry, surroundings, report, folios))}
        for entry, located in _printed(report)
    ]
    return {
        "entries": rows,
        "candidates": list(judged.below(report)),
        "chapters": [_chapter(galley) for galley in report.galleys],
    }


def origins(report: Report) -> dict[str, str]:
    """What made each heading: a mark, the list, or the machine."""
    entries = report.entries.entries if report.entries else ()
    made = {entry.term: entry.origin for entry in entries if entry.sub}
    return {**made, **{entry.term: entry.origin for entry in entries if not entry.sub}}


def keeps_automatic(report: Report, config: Config) -> bool:
    """Whether the automatic index is on only because nothing is marked or listed yet."""
    marked = any(galley.marks for galley in report.galleys)
    return config.index.automatic is None and not config.index.terms and not marked


def _printed(report: Report) -> Iterator[tuple[Entry, Any]]:
    """Every entry in the order of the printed index."""
    assert report.entries is not None and report.located is not None
    by_path = {entry.path: entry for entry in report.entries.entries}
    for path, located in report.located.by_path():
        yield by_path.get(path) or Entry(path, origin=located.origin), located


def _row(entry: Entry, located: Any, judged: _Judged) -> dict[str, Any]:
    place = entry.place or entry.see_place
    return {
        "path": list(entry.path),
        "origin": entry.origin,
        "printed": ", ".join(locator.text for locator in located.locators),
        "see": [", ".join(path) for path in entry.see],
        "seeAlso": [", ".join(path) for path in entry.see_also],
        "place": [place.file, place.line] if place else None,
        **judged.of(entry),
    }


def _places(
    entry: Entry, surroundings: TextsAround, report: Report, pages: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """The places of an entry in the order of the book."""
    for locator in sorted(entry.locators, key=lambda locator: locator.order):
        before, after = surroundings.around(locator.anchor)
        folio = report.pages.folio(locator.anchor) if report.pages else None
        last = report.pages.folio(locator.anchor_to) if report.pages and locator.anchor_to else None
        page = report.pages.pages.get(locator.anchor) if report.pages else pages.get(locator.anchor)
        yield {
            "folio": f"{folio}–{last}" if last and last != folio else folio or locator.section,
            "page": page,
            "name": name_of(locator, entry.locators, surroundings),
            "chapter": surroundings.chapter_of(locator.anchor),
            "title": locator.title,
            "before": _before(before),
            "after": _after(after),
            "principal": locator.principal,
            "order": list(locator.order),
        }


def _chapter(galley: Galley) -> str:
    return " ".join(part for part in (galley.chapter.label, galley.headings[0].title) if part)


class _Judged:
    """The machine's headings with what speaks for them, by their words."""

    def __init__(
        self, found: Sequence[Found], book: Sequence[Prose], config: Config, chapters: Sequence[int]
    ) -> None:
        self._book, self._config, self._chapters = book, config, chapters
        self._language = config.book.language
        self._found = [each for each in found if each.candidate is not None]
        self._by_words: dict[tuple[str, ...], Found] = {}
        for each in self._found:
            for words in (each.entry.term, each.words):
                self._by_words.setdefault(fold_all(words, self._language), each)
        worth = sorted(each.score for each in self._found[: finding.usual_number(book)])
        self._doubtful = worth[int(len(worth) * _DOUBTFUL)] if worth else 0.0

    def of(self, entry: Entry) -> dict[str, Any]:
        """What is known of an entry; it is doubtful where the machine made it and had little reason."""
        found = self._by_words.get(fold_all(entry.term, self._language)) if not entry.sub else None
        if found is None:
            return {"score": None, "reasons": [], "doubtful": False}
        doubtful = entry.origin == "auto" and found.score < self._doubtful
        return {"score": round(found.score, 1), "reasons": self._reasons(found), "doubtful": doubtful}

    def below(self, report: Report) -> Iterator[dict[str, Any]]:
        """The headings that are not in the index, and not refused, the best first."""
        entries = report.entries.entries if report.entries else ()
        settled = choosing.refused(self._config)
        settled |= {fold_all(entry.term, self._language) for entry in entries}
        settled |= choosing.taken_headings(self._config, self._language).keys()
        for each in sorted(self._found, key=lambda each: -each.score):
            words = {fold_all(each.entry.term, self._language), fold_all(each.words, self._language)}
            if not words & settled and each.homes:
                yield {
                    "path": [each.entry.term],
                    "origin": "",
                    "score": round(each.score, 1),
                    "reasons": self._reasons(each),
                    "places": [self._home(home.spot, report) for home in each.homes],
                }

    def _reasons(self, found: Found) -> list[str]:
        if found.candidate is None:
            return []
        return list(
            reasons(found.candidate, found.words, found.other, lambda n: label_of(self._book[n].section))
        )

    def _home(self, spot: Spot, report: Report) -> dict[str, Any]:
        section = self._book[spot.section]
        text = section.blocks[spot.block].text if spot.block >= 0 else section.title
        offset = spot.offset if spot.block >= 0 else 0
        anchor = section.section.heading.anchor
        return {
            "folio": (report.pages.folio(anchor) if report.pages else None) or label_of(section.section),
            "page": report.pages.pages.get(anchor) if report.pages else None,
            "name": scope_of(section.section),
            "chapter": self._chapters[spot.section],
            "title": section.title,
            "before": _before(text[:offset]),
            "after": _after(text[offset:]),
            "principal": False,
            "order": [spot.section, offset],
        }


def _before(text: str) -> str:
    """The end of a text, from the beginning of its last sentence."""
    text = " ".join(text[-2 * _WIDEST :].split()) + (" " if text[-1:].isspace() else "")
    begin = max((found.end() for found in _END.finditer(text)), default=0)
    return text[max(begin, len(text) - _WIDEST) :]


def _after(text: str) -> str:
    """The beginning of a text, to the end of its first sentence."""
    space = " " if text[:1].isspace() else ""
    text = space + " ".join(text[: 2 * _WIDEST].split())
    ends = _END.search(text)
    return text[: min(ends.end() if ends else len(text), _WIDEST)]
