"""The index as an indexer judges it: every entry with its places, their sentences and what speaks for it, and
below the line the headings that a longer index would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from recto.account.report import Report
from recto.desk.proofs import Proofs
from recto.index.automatic import choosing, finding
from recto.index.automatic.finding import Found
from recto.index.automatic.reasons import reasons
from recto.index.index_model import Entry, Locator
from recto.index.places import label_of, scope_of
from recto.index.reading import prose
from recto.index.reading.prose import Prose, Spot
from recto.index.reading.words import fold_all
from recto.model import Galley
from recto.settings.config import Config
from recto.store.cache import Memo

_LONGER = 2.0  # so many times as many headings are judged as a book of this length gets
_DOUBTFUL = 1 / 3  # of the machine's headings, those worth least
_WIDEST = 160  # characters of a sentence on each side of a place
_FARTHEST = 4_000  # characters before a place in which its paragraph begins
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'<[^>]*\bid="([^"]*)"[^>]*>')
_BLOCK = re.compile(r"</?(?:p|li|td|th|dd|dt|h[1-6]|figcaption|blockquote|pre|div|section|aside|tr)\b[^>]*>")
_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[^a-z])")


def told(report: Report, config: Config, proofs: Proofs | None, memo: Memo) -> dict[str, Any]:
    """The index of a book, as JSON has it. `memo` keeps what was read of its sections."""
    if report.entries is None or report.located is None or not config.index.include:
        return {"entries": [], "candidates": [], "chapters": []}
    book = prose.read(report.galleys, config.book.language, memo)
    never, asked = choosing.refused(config), choosing.asked_for(config.index)
    found = finding.find(book, config.book.language, asked_for=asked, never=never, times=_LONGER)
    judged = _Judged(found, book, config)
    sentences = _Sentences(report.galleys)
    folios = proofs.anchors if proofs else {}
    rows = [
        {**_row(entry, located, judged), "places": list(_places(entry, sentences, report, folios))}
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
    entry: Entry, sentences: _Sentences, report: Report, pages: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """The places of an entry in the order of the book."""
    for locator in sorted(entry.locators, key=lambda locator: locator.order):
        before, after = sentences.around(locator.anchor)
        folio = report.pages.folio(locator.anchor) if report.pages else None
        last = report.pages.folio(locator.anchor_to) if report.pages and locator.anchor_to else None
        page = report.pages.pages.get(locator.anchor) if report.pages else pages.get(locator.anchor)
        yield {
            "folio": f"{folio}–{last}" if last and last != folio else folio or locator.section,
            "page": page,
            "scope": _scope(locator),
            "chapter": sentences.chapter_of(locator.anchor),
            "title": locator.title,
            "before": before,
            "after": after,
            "principal": locator.principal,
        }


def _scope(locator: Locator) -> str:
    """How a list names the section of a place."""
    return f"{locator.section}.0" if locator.opens else locator.section


def _chapter(galley: Galley) -> str:
    return " ".join(part for part in (galley.chapter.label, galley.headings[0].title) if part)


class _Judged:
    """The machine's headings with what speaks for them, by their words."""

    def __init__(self, found: Sequence[Found], book: Sequence[Prose], config: Config) -> None:
        self._book, self._config = book, config
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
            "scope": scope_of(section.section),
            "chapter": None,
            "title": section.title,
            "before": _before(text[:offset]),
            "after": _after(text[offset:]),
            "principal": False,
        }


@dataclass(frozen=True, slots=True)
class _Spelled:
    """Where an anchor stands: the HTML of its section, the place after its tag, the chapter, from 0."""

    html: str
    at: int
    chapter: int


class _Sentences:
    """The sentence around every anchor of a book."""

    def __init__(self, galleys: Sequence[Galley]) -> None:
        self._at: dict[str, _Spelled] = {}
        for number, galley in enumerate(galleys):
            for section in galley.all_sections:
                title = section.heading.title
                self._at.setdefault(section.heading.anchor, _Spelled(title, 0, number))
                for found in _ID.finditer(section.html):
                    self._at.setdefault(found[1], _Spelled(section.html, found.end(), number))

    def around(self, anchor: str) -> tuple[str, str]:
        """What stands before a place and after it, in its sentence."""
        spelled = self._at.get(anchor)
        if spelled is None:
            return "", ""
        html, at = spelled.html, spelled.at
        first = max(0, at - _FARTHEST)
        begin = max((tag.end() for tag in _BLOCK.finditer(html, first, at)), default=first)
        ends = _BLOCK.search(html, at)
        return _before(_plain(html[begin:at])), _after(_plain(html[at : ends.start() if ends else len(html)]))

    def chapter_of(self, anchor: str) -> int | None:
        """The number of the chapter, from 0, that a place is in."""
        spelled = self._at.get(anchor)
        return spelled.chapter if spelled else None


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


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
