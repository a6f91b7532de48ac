"""Workers make ready for a book while its text is set: with the sheets and fonts that its units will have."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from recto import builder
from recto.model import LaidOut
from recto.options import Options
from recto.print.engine.book_files import BookFetcher
from recto.print.engine.presses import press_of
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from recto.print.workers.pool import LayoutPool


def test_workers_rehearse_with_the_press_of_the_book_and_after_an_edit_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsed: list[tuple[LayoutJob, int]] = []
    given: list[LayoutJob] = []

    def give(_pool: LayoutPool, job: LayoutJob) -> Future[LaidOut]:
        given.append(job)
        done: Future[LaidOut] = Future()
        done.set_result(run(job))
        return done

    monkeypatch.setenv("RECTO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(LayoutPool, "warm_up", lambda _pool: None)
    monkeypatch.setattr(LayoutPool, "rehearse", lambda _pool, job, hands: rehearsed.append((job, hands)))
    monkeypatch.setattr(LayoutPool, "give", give)
    source = tmp_path / "oars.md"
    for text in ("Flat.", "Curved."):
        source.write_text(f"# 1 Oars\n\n## 1.1 Blades\n\n{text}\n", encoding="utf-8")
        report = builder.build(Options(source, tmp_path / "out", ("pdf",), check=True, jobs=2))
        assert report.exit_code == 0, report.problems
    (first, hands), (_, fewer) = rehearsed
    assert (hands, fewer) == (2, 1)
    chapter = next(job for job in given if job.unit.name == "chapter-1")
    presses = [press_of(job, BookFetcher(job.files)) for job in (first, chapter)]
    assert presses[0] is presses[1]
    assert "Rehearsal of the faces" in run(first).pages[0].text
