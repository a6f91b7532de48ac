"""From units to pages with folios: rounds, numbering, blank versos, workers that fail."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

import pytest

from recto.account.observer import Step
from recto.model import LaidOut, Page, PageMap, TextPosition, Unit
from recto.print.layout.imposition import impose, numbering_runs, page_map
from recto.print.layout.job import LayoutJob
from recto.print.layout.paginate import ROUNDS, Pressroom
from recto.print.workers.pool import LayoutPool
from recto.print.workers.shifts import Shift
from recto.problems import Place
from tests.print_book import CSS, assets, compose, page_css, paginate, pool, unit


class Press(Executor):
    """Lays nothing out: gives each unit the pages that its HTML says (`pages=3`), and keeps count."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        job: LayoutJob = args[0]
        self.done.append(job.unit.name)
        count = int(job.unit.html.rpartition("pages=")[2])
        pages = tuple(Page((f"{job.unit.name}-{at}",), "", TextPosition("b", at)) for at in range(count))
        future: Future[LaidOut] = Future()
        future.set_result(LaidOut(job.unit, b"", pages))
        return future


def sized(name: str, pages: int, **fields: Any) -> Unit:
    return replace(Unit(name, f"pages={pages}", "arabic"), **fields)


def settle(
    made: Callable[[PageMap | None], tuple[Unit, ...]], press: Press, css: Callable[[int], str]
) -> Any:
    return paginate(made, sheets=(), page_css=css, assets={}, executor=press)


# --- folios ---------------------------------------------------------------------------------------------


def laid(*units: Unit) -> tuple[LaidOut, ...]:
    made, _ = Shift([LayoutJob(each, (), {}) for each in units], Press()).finish()
    return tuple(made[each.name] for each in units)


def test_front_matter_counts_in_roman_and_the_body_from_one() -> None:
    pages = page_map(laid(sized("front", 4, numbering="roman"), sized("one", 2), sized("two", 1)))
    assert pages.folios == ("i", "ii", "iii", "iv", "1", "2", "3")
    assert pages.folio("one-0") == "1"
    assert pages.folio("front-3") == "iv"
    assert pages.folio("nowhere") is None
    assert pages.starts[5] == TextPosition("b", 1)


def test_a_blank_verso_counts_with_what_stands_before_it() -> None:
    bound = impose(laid(sized("front", 1, numbering="roman"), sized("one", 3), sized("two", 1)))
    assert [(each.unit, each.page, each.folio) for each in bound] == [
        (0, 0, "i"),
        (1, None, "ii"),
        (1, 0, "1"),
        (1, 1, "2"),
        (1, 2, "3"),
        (2, None, "4"),
        (2, 0, "5"),
    ]


def test_no_blank_stands_before_a_unit_that_may_begin_on_a_verso() -> None:
    bound = impose(laid(sized("one", 1), sized("two", 1, recto=False)))
    assert [each.page for each in bound] == [0, 0]


def test_runs_of_folios_are_found_for_page_labels() -> None:
    assert numbering_runs(("i", "ii", "1", "2")) == ((0, "roman"), (2, "arabic"))
    assert numbering_runs(()) == ()


# --- rounds ---------------------------------------------------------------------------------------------


def test_only_units_that_changed_are_laid_out_again() -> None:
    press = Press()

    def made(pages: PageMap | None) -> tuple[Unit, ...]:
        folio = pages.folio("two-0") if pages else "000"
        return (
            Unit("contents", f"{folio} pages=1", "roman", from_pages=True),
            Unit("one", f"see {folio} pages=2", "arabic"),
            sized("two", 3),
        )

    result, pages, problems = settle(made, press, lambda _: "")
    assert problems == ()
    assert sorted(press.done) == ["contents", "one", "one", "two"]
    assert "see 3 " in result[1].unit.html
    assert pages.folio("two-0") == "3"


def test_what_is_made_of_the_page_map_is_known_by_its_anchors_before_it_is_laid_out() -> None:
    seen: list[str | None] = []

    def made(pages: PageMap | None) -> tuple[Unit, ...]:
        if pages is not None:
            seen.append(pages.folio("index"))
        return sized("one", 2), Unit("index", '<h1 id="index"> pages=1', "arabic", from_pages=True)

    class Indexing(Press):
        def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = super().submit(function, *args, **kwargs)
            if args[0].unit.name == "index":
                page = Page(("index",), "", None)
                future = Future()
                future.set_result(LaidOut(args[0].unit, b"", (page,)))
            return future

    settle(made, Indexing(), lambda _: "")
    assert seen == ["3", "3"] or seen == ["3"]


def test_a_wider_gutter_lays_everything_out_once_more() -> None:
    press = Press()
    settle(lambda _: (sized("one", 40), sized("two", 40)), press, lambda pages: f"wide {pages > 50}")
    assert sorted(press.done) == ["one", "one", "two", "two"]


def test_an_estimate_in_the_right_band_costs_nothing() -> None:
    press = Press()
    settle(lambda _: (sized("one", 4), sized("two", 4)), press, lambda pages: f"wide {pages > 50}")
    assert sorted(press.done) == ["one", "two"]


def test_a_listing_of_short_lines_is_estimated_by_its_lines() -> None:
    press = Press()
    lines = '<span class="line">x</span>\n' * 1_000
    settle(
        lambda _: (Unit("listing", f"<pre>{lines}</pre> pages=24", "arabic"),), press, lambda n: f"{n > 14}"
    )
    assert press.done == ["listing"]


def test_where_the_gutter_hangs_on_the_estimate_a_few_units_are_tried_first() -> None:
    press = Press()
    units = tuple(
        Unit(f"unit-{number}", f"{'word ' * (3000 - number)} pages=2", "arabic") for number in range(8)
    )
    settle(lambda _: units, press, lambda pages: f"wide {pages > 70}")
    assert sorted(press.done) == sorted([*(unit.name for unit in units), *(f"unit-{n}" for n in range(4))])


def test_the_few_that_are_tried_are_begun_before_the_index_is_made_and_laid_out_once() -> None:
    press = Press()
    units = tuple(
        Unit(f"unit-{number}", f"{'word ' * (3000 - number)} pages=9", "arabic") for number in range(8)
    )
    with Pressroom((), lambda pages: f"wide {pages > 70}", {}, press) as room:
        room.begin(units)
        room._begun[1].finish() if room._begun else pytest.fail("nothing is begun")
        assert sorted(press.done) == [f"unit-{number}" for number in range(4)]
        room.settle(lambda _: units)
    assert sorted(press.done) == [unit.name for unit in units]


def test_a_gutter_that_would_swing_for_ever_settles() -> None:
    """The wide gutter makes more pages, the narrow one fewer: the wide one stays."""

    class Swinging(Press):
        def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            job = args[0]
            count = 49 if job.sheets[-1] == "wide" else 51
            html = f"pages={count}"
            future = super().submit(function, replace(job, unit=replace(job.unit, html=html)))
            future = Future()
            future.set_result(LaidOut(job.unit, b"", tuple(Page((), "", None) for _ in range(count))))
            return future

    _, pages, problems = settle(
        lambda _: (sized("one", 1),), Swinging(), lambda count: "wide" if count > 50 else "narrow"
    )
    assert problems == ()
    assert len(pages.folios) == 49


def test_pages_that_never_settle_are_told_and_the_book_is_made_all_the_same() -> None:
    def made(pages: PageMap | None) -> tuple[Unit, ...]:
        even = pages is None or len(pages.folios) % 2 == 0
        return (sized("one", 3 if even else 4),)

    result, _, problems = settle(made, Press(), lambda _: "")
    assert [(p.severity, p.code) for p in problems] == [("warning", "pages-unsettled")]
    assert str(ROUNDS) in problems[0].message
    assert len(result) == 1


def test_a_unit_that_begins_on_a_verso_is_set_with_the_margins_of_one() -> None:
    styles: dict[str, str] = {}

    class Noting(Press):
        def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            styles[args[0].unit.name] = args[0].style
            return super().submit(function, *args, **kwargs)

    settle(lambda _: (sized("one", 1), sized("two", 1, recto=False)), Noting(), lambda _: "")
    assert styles == {"one": "", "two": "break-before: verso"}


def test_what_is_begun_early_is_laid_out_once() -> None:
    press = Press()
    one, two = sized("one", 2), sized("two", 3)
    with Pressroom((), lambda _: "", {}, press) as room:
        room.begin((one, two))
        laid_out, pages, _ = room.settle(lambda _: (one, two))
    assert sorted(press.done) == ["one", "two"]
    assert len(laid_out) == 2 and len(pages.folios) == 5


def test_other_work_is_done_once_when_what_hangs_on_pages_has_been_given_to_workers() -> None:
    press = Press()
    given: list[tuple[str, ...]] = []

    def made(pages: PageMap | None) -> tuple[Unit, ...]:
        contents = Unit(
            "contents", f"pages=2 of {len(pages.folios) if pages else 0}", "roman", from_pages=True
        )
        return (contents, sized("one", 4))

    with Pressroom((), lambda _: "", {}, press) as room:
        room.settle(made, meanwhile=lambda _: given.append(tuple(press.done)))
    assert len(given) == 1 and "one" in given[0]


def test_what_has_changed_since_it_was_begun_is_laid_out_anew() -> None:
    press = Press()
    with Pressroom((), lambda _: "", {}, press) as room:
        room.begin((sized("one", 2),))
        laid_out, _, _ = room.settle(lambda _: (sized("one", 4),))
    assert len(laid_out[0].pages) == 4


def test_jobs_that_no_worker_has_begun_are_taken_back_when_the_press_closes() -> None:
    futures: list[Future[Any]] = []

    class Idle(Executor):
        def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            futures.append(Future())
            return futures[-1]

    with Pressroom((), lambda _: "", {}, Idle()) as room:
        room.begin((sized("one", 2), sized("two", 2)))
        deadline = time.monotonic() + 300
        while len(futures) < 2 and time.monotonic() < deadline:
            time.sleep(0.001)
    assert len(futures) == 2 and all(future.cancelled() for future in futures)


def test_progress_is_told_before_the_first_unit_and_after_each() -> None:
    told: list[Step] = []
    paginate(
        lambda _: (sized("one", 1), sized("second", 12)),
        sheets=(),
        page_css=lambda _: "",
        assets={},
        executor=Press(),
        progress=told.append,
    )
    first, second, last = [(step.done, step.total, step.pages) for step in told]
    assert first == (0, 2, 0) and last == (2, 2, 13)
    done = told[1].unit  # which of two that are done is told first, no one knows
    other = {"one": "second", "second": "one"}[done]
    assert second == (1, 2, 1 if done == "one" else 12)
    assert [step.unit for step in told] == ["", done, other]
    assert [len(step.under_way) for step in told] == [1, 1, 0]


def test_the_real_book_settles_with_its_folios_in_its_contents() -> None:
    from tests.print_book import assets

    laid_out, pages, problems = paginate(compose, sheets=[CSS], page_css=page_css, assets=assets())
    assert {problem.code for problem in problems} == {"print-engine"}  # the picture is not in the table
    text = laid_out[1].pages[0].text
    assert text == "Contents " + " ".join(f"Chapter {n}, {pages.folio(f'chapter-{n}')}" for n in (1, 2, 3))


# --- failures -------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_worker_that_is_killed_becomes_a_problem_that_names_its_unit() -> None:
    jobs = [
        LayoutJob(unit("fatal", "<p>long</p>" * 20_000), (), {}),
        LayoutJob(unit("one", "<p>x</p>"), (), {}),
    ]
    pool = LayoutPool(2)

    def murder() -> None:
        while True:
            for note in pool.desk.iterdir():
                if note.read_text(encoding="utf-8") == "fatal":
                    os.kill(int(note.name), signal.SIGKILL)
                    return
            time.sleep(0.01)

    murderer = threading.Thread(target=murder)
    murderer.start()
    try:
        made, problems = Shift(jobs, pool).finish(places={"fatal": Place("book.md", 3)})
    finally:
        murderer.join()
        pool.shutdown()
    assert [(p.severity, p.code, p.subject, str(p.place)) for p in problems] == [
        ("error", "worker-died", "fatal", "book.md:3")
    ]
    assert "fatal" not in made


def test_an_interrupted_build_leaves_no_worker_at_its_desk() -> None:
    long = LayoutJob(unit("long", "<p>long</p>" * 20_000), (), {})
    with pytest.raises(KeyboardInterrupt), pool(2) as workers:
        assert isinstance(workers, LayoutPool)
        future = workers.give(long)
        while not list(workers.desk.iterdir()):
            time.sleep(0.01)
        (worker,) = (int(note.name) for note in workers.desk.iterdir())
        os.kill(worker, signal.SIGSTOP)  # who waits for what it is at waits for ever
        raise KeyboardInterrupt
    assert future.exception() is not None
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_job_that_fails_becomes_a_problem_and_the_others_go_on(jobs: int) -> None:
    broken = LayoutJob(unit("broken", "<p>x</p>"), (CSS,), {"styles/x": None})  # type: ignore[dict-item]
    fine = LayoutJob(unit("fine", "<p>x</p>"), (), {})
    with pool(jobs) as workers:
        made, problems = Shift([broken, fine], workers).finish()
    assert list(made) == ["fine"]
    assert [(p.severity, p.code, p.subject) for p in problems] == [("error", "layout-failed", "broken")]
    assert "Traceback" not in str(problems[0])


# --- the depth of pages ---------------------------------------------------------------------------------

LINE = "Forty-five characters are in this line of it."
LINES = "html { font-size: 8pt; line-height: 10pt } p { font-size: 8pt; line-height: 10pt; margin: 0 }"
SIDES = ("left", "right")
DEPTHS = {
    f"{name}:{side}": foot for name, foot in (("", 100), ("long", 90), ("short", 110)) for side in SIDES
}


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (10, [10]),
        (11, [11]),
        (12, [9, 3]),
        (13, [10, 3]),  # no depth makes it five
        (14, [9, 5]),
        (15, [10, 5]),
        (21, [11, 10]),
        (22, [11, 11]),
        (23, [9, 9, 5]),
        (24, [9, 9, 6]),
    ],
)
def test_a_chapter_does_not_end_in_a_page_of_less_than_five_lines(lines: int, pages: list[int]) -> None:
    boxes = "".join(f"@page {name} {{ margin-bottom: {below}pt }}" for name, below in DEPTHS.items())
    css = f"@page {{ size: 500pt 200pt; margin: 0 }} {boxes} {LINES}"
    text = unit("chapter-1", "".join(f'<p data-b="c:{at}">{LINE}</p>' for at in range(lines)))
    laid_out, _, problems = paginate(lambda _: (text,), sheets=[CSS], page_css=lambda _: css, assets=assets())
    assert [page.text.count("Forty") for page in laid_out[0].pages] == pages and problems == ()
