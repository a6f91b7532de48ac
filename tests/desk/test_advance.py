"""The pages of a chapter that changed lie on the desk before the book is bound, as they will be in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from recto.account.observer import AdvanceSheets
from recto.account.report import Report
from recto.cli.watch import BuildLog
from recto.desk.desk import Desk, Shown
from recto.desk.serving import keep_building
from recto.desk.telling import book, pages_ahead
from recto.options import Options
from recto.print.layout import paginate

LINE = "A hive is opened in the sun, slowly, and closed again before the bees have made up their minds. "


ENOUGH = 300  # seconds, on any machine


class Recorded(Desk):
    """A desk that remembers all that lay on it; `built` is set at the end of each build.

    Where sheets are expected ahead of the book, a book that was quicker waits for them.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.lain: list[Shown] = []
        self.built = Event()
        self.came = Event()
        self.came.set()

    def advance(self, sheets: AdvanceSheets) -> None:
        super().advance(sheets)
        self.came.set()

    def finish(self, report: Report) -> None:
        assert self.came.wait(ENOUGH)
        super().finish(report)

    def _lay(self, *, of: int | None = None, **found: Any) -> None:
        super()._lay(of=of, **found)
        self.lain.append(self.shown)

    def after(self, folder: Path, changed: dict[str, str]) -> list[Shown]:
        """All that lay there from a save to the end of its build; sheets are expected of a single chapter."""
        self.lain.clear()
        self.built.clear()
        if len(changed) == 1:
            self.came.clear()
        for name, text in changed.items():
            (folder / name).write_text(text, encoding="utf-8")
        assert self.built.wait(ENOUGH)
        return list(self.lain)


@contextmanager
def building(folder: Path) -> Iterator[Recorded]:
    desk, end = Recorded(Options(folder, folder.parent / "out", ("pdf",), jobs=2)), Event()

    def tell(report: Report, _: BuildLog) -> None:
        if report.entries is not None or report.exit_code:  # not what an earlier build left
            desk.built.set()

    builder = Thread(target=keep_building, args=(desk, end, tell, lambda: None))
    builder.start()
    try:
        assert desk.built.wait(ENOUGH)
        yield desk
    finally:
        end.set()
        builder.join(ENOUGH)


def chapter(number: int, lines: int, word: str = "quietly") -> str:
    text = "\n\n".join([LINE * 4] * lines)
    return f"# {number} Chapter\n\n## {number}.1 Hives\n\n{text}\n\nIt is done {word}.\n"


def digests(shown: Shown) -> list[str]:
    assert shown.proofs is not None
    return [page.digest for page in shown.proofs.pages]


def ahead(lain: list[Shown]) -> Shown | None:
    return next((shown for shown in lain if shown.ahead), None)


@pytest.mark.parametrize("error", [paginate._ERROR, 20.0])
def test_the_pages_of_the_chapter_that_changed_come_first_and_as_they_will_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: float
) -> None:
    # an estimate so rough that the gutter hangs on it: then what the last build counted is begun with
    monkeypatch.setattr(paginate, "_ERROR", error)
    folder = tmp_path / "hives"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.md").write_text(chapter(number, 7), encoding="utf-8")
    with building(folder) as desk:
        before = digests(desk.shown)

        lain = desk.after(folder, {"2.md": chapter(2, 7, "loudly")})
        first, last = ahead(lain), lain[-1]
        assert first is not None and first.standing == "building"
        assert digests(first) == digests(last) != before
        assert (last.standing, len(last.ahead)) == ("good", 0)
        (fresh,) = {*digests(first)} - {*before}
        # the news bring them along: nothing else has to be asked for
        (news,) = [page for page in pages_ahead(first) if page[1] == fresh]
        assert (news[1:], pages_ahead(last)) == (book(last)["pages"][news[0]], [])
        # what is seen of it: the picture of the page, and its words
        assert first.proofs is not None and first.proofs.picture(fresh, 300) is not None
        assert "loudly." in [word.text for word in first.proofs.words(fresh) or ()]

        # a chapter that grows moves what follows: only its own pages that stay in their places are shown
        before = digests(desk.shown)
        lain = desk.after(folder, {"2.md": chapter(2, 16, "loudly")})
        first, last = ahead(lain), lain[-1]
        assert first is not None and len(digests(first)) == len(before) < len(digests(last))
        changed = [at for at, digest in enumerate(digests(first)) if digest != before[at]]
        assert changed and [digests(first)[at] for at in changed] == [digests(last)[at] for at in changed]

        # where two chapters change, where the second stands is not known before all is laid out
        lain = desk.after(folder, {"1.md": chapter(1, 12), "3.md": chapter(3, 7, "late")})
        assert ahead(lain) is None

        # a book that can't be made takes away what was shown of it too early
        good = digests(desk.shown)
        desk.begin([])
        assert desk.shown.proofs is not None
        over = desk.shown.proofs.with_sheets((tmp_path / "out" / "hives.pdf").read_bytes(), 4, 0, 2)
        desk._lay(proofs=over, ahead=range(2))
        assert digests(desk.shown) != good
        desk.fail()
        assert (digests(desk.shown), desk.shown.standing, len(desk.shown.ahead)) == (good, "broken", 0)


def test_a_decision_on_the_index_is_seen_on_its_pages_before_the_book_is_bound(tmp_path: Path) -> None:
    folder = tmp_path / "hives"
    folder.mkdir()
    for number in (1, 2):
        marks = "".join(f"{{^{letter}{number} term {at:02}}}" for letter in "abcdefgh" for at in range(20))
        (folder / f"{number}.md").write_text(chapter(number, 3) + marks + "\n", encoding="utf-8")
    with building(folder) as desk:
        before = digests(desk.shown)
        # an entry of its last page: the pages before that stay, and are no end of what is shown
        lain = desk.after(folder, {"index.toml": 'never = ["h2 term 19"]\n'})
        first, last = ahead(lain), lain[-1]
        assert first is not None and first.standing == "building"
        assert digests(first) == digests(last) != before
        assert len(first.ahead) > 2
        # longer than it was by more than a page: what stands after it is left where it was
        more = "".join(f'[[terms]]\nterm = "{letter} hive"\nfind = ["hive"]\n' for letter in "abcdefghijklmn")
        lain = desk.after(folder, {"index.toml": more})
        first, last = ahead(lain), lain[-1]
        assert first is not None
        changed = [at for at in first.ahead if digests(first)[at] != before[at]]
        assert changed and [digests(first)[at] for at in changed] == [digests(last)[at] for at in changed]
