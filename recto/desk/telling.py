"""What lies on the desk, told as JSON has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recto.account.report import Report
from recto.desk.desk import Shown
from recto.desk.proofs import ProofPage
from recto.problems import Problem


def book(shown: Shown) -> dict[str, Any]:
    """The book as the page in the browser needs it: pages and files by digest, contents, problems."""
    told = shown.report.as_data()
    anchors = shown.proofs.anchors if shown.proofs else {}
    return {
        "version": shown.version,
        "standing": shown.standing,
        "title": told["title"],
        "took": round(shown.took, 2),
        "changed": shown.changed,
        "ahead": pages_ahead(shown),
        "leftward": shown.proofs is not None and shown.proofs.leftward,
        "pages": [_page(page) for page in _pages(shown)],
        "ebook": _ebook(shown),
        "contents": [
            {"level": line.level, "words": line.words, "page": anchors.get(line.anchor), "file": line.file,
             "anchor": line.anchor}
            for line in (shown.ebook.contents if shown.ebook else ())
        ],
        "problems": problem_rows(shown),
    }  # fmt: skip


def pages_ahead(shown: Shown) -> list[list[Any]]:
    """The pages that are ahead of the rest of the book: the number of each, from 0, and the page itself."""
    pages = _pages(shown)
    return [[number, *_page(pages[number])] for number in shown.ahead]


def _page(page: ProofPage) -> list[Any]:
    return [page.digest, page.folio, page.width, page.height]


def _pages(shown: Shown) -> tuple[ProofPage, ...]:
    return shown.proofs.pages if shown.proofs else ()


def _ebook(shown: Shown) -> dict[str, Any] | None:
    if shown.ebook is None:
        return None
    return {"files": shown.ebook.digests, "breaks": shown.ebook.breaks}


def problem_rows(shown: Shown) -> list[dict[str, Any]]:
    """The problems of the last build, with the page of the section of each, if that is known."""
    where = _Sections(shown)
    return [{**_problem(each), "page": where.page_of(each)} for each in shown.problems]


def _problem(each: Problem) -> dict[str, Any]:
    place = {"file": each.place.file, "line": each.place.line}
    return {"severity": each.severity, "code": each.code, "message": each.message, "hint": each.hint, **place}


class _Sections:
    """Where the sections of the last good book begin: in the manuscript, and on paper."""

    def __init__(self, shown: Shown) -> None:
        self._begins: dict[str, list[tuple[int, int]]] = {}
        folios = {page.folio: number for number, page in enumerate(_pages(shown))}
        for section in _sections(shown.report):
            page = folios.get(section["page"] or "")
            if page is not None and section["line"]:
                self._begins.setdefault(section["file"], []).append((section["line"], page))
        for rows in self._begins.values():
            rows.sort()

    def page_of(self, problem: Problem) -> int | None:
        """The page (from 0) that the section of a problem begins on; None where that is not known."""
        line = problem.place.line or 1
        found = [page for begin, page in self._begins.get(problem.place.file, ()) if begin <= line]
        return found[-1] if found else None


def _sections(report: Report) -> list[Mapping[str, Any]]:
    return [section for chapter in report.as_data()["chapters"] for section in chapter["sections"]]
