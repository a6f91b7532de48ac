"""A second build does only what it must, and makes the very book that a first one would have made."""

from __future__ import annotations

import errno
import os
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from recto import builder, theme
from recto.account.observer import Silent, Step
from recto.account.report import Report
from recto.model import LaidOut
from recto.options import Options
from recto.oversight import put_aside
from recto.print.layout.job import LayoutJob
from recto.print.workers import shifts
from recto.print.workers import workshop as workers
from recto.store import fingerprint as edition
from tests.building import build, heed_interrupts
from tests.checkout import ROOT

DATE = "1000000000"
FILES = {
    "book.toml": '[book]\ntitle = "Oars"\n',
    "b.md": "# 2 Sails\n\n## 2.1 Canvas\n\nA sail{^sails} is a wing; see [](#1.1).\n\n![A wing](wing.png)\n",
    "a.md": "# 1 Oars\n\n## 1.1 Blades\n\nA blade{^blades} is flat.\n\n## 1.2 Looms\n\nA loom is round.\n",
    "c.txt": "3.1 Rudders\n\nA rudder steers.\n",
}


def laid(folder: Path) -> Path:
    """The book, laid down in a folder."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (1e9, 1e9))
    Image.new("RGB", (40, 20), "navy").save(folder / "wing.png")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return laid(tmp_path / "book")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], Path]:
    """What a first build of the book makes, and the cache that it leaves."""
    room = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECTO_CACHE", str(room / "kept"))
        patch.setenv("SOURCE_DATE_EPOCH", DATE)
        return contents(made(laid(room / "book"))[0]), room / "kept"


@pytest.fixture
def known(first: tuple[dict[str, bytes], Path], empty_cache: Path) -> dict[str, bytes]:
    """A cache that has all of a first build, which another folder is no part of; and what that made."""
    made, kept = first
    shutil.copytree(kept, empty_cache, dirs_exist_ok=True)
    return made


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The date of the newest file is in the books: here it is given, so that only what is meant changes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DATE)


class Counting(Silent):
    """Notes which units are laid out."""

    def __init__(self) -> None:
        self.units: list[str] = []

    def step(self, step: Step) -> None:
        if step.unit:
            self.units.append(step.unit)


def made(book: Path, *, jobs: int = 1, cache: bool = True, name: str = "out") -> tuple[Report, list[str]]:
    """Build; the report, and the units that were laid out for it."""
    observer = Counting()
    report = builder.build(Options(book, book.parent / name, jobs=jobs, cache=cache), observer)
    assert report.exit_code == 0, report.problems
    return report, observer.units


def contents(report: Report) -> dict[str, bytes]:
    return {output.format: output.path.read_bytes() for output in report.outputs}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_parallel_warm_and_edited_back_make_the_book_of_a_cold_build(book: Path) -> None:
    cold = contents(made(book, cache=False, name="cold")[0])
    assert contents(made(book, jobs=2, name="parallel")[0]) == cold
    report, units = made(book, name="warm")
    assert contents(report) == cold
    assert units == []
    edit(book / "a.md", "flat", "broad")
    assert contents(made(book)[0]) != cold
    edit(book / "a.md", "broad", "flat")
    assert contents(made(book)[0]) == cold


@pytest.mark.usefixtures("known")
def test_only_the_unit_that_was_edited_is_laid_out_again(book: Path) -> None:
    edit(book / "a.md", "is round", "is rounder")
    _, second = made(book)
    assert second == ["chapter-1"]


@pytest.mark.usefixtures("known")
def test_what_depends_on_folios_that_moved_is_laid_out_again(book: Path) -> None:
    edit(book / "a.md", "## 1.1 Blades\n\n", "## 1.3 Grips\n\n" + "A grip.\n\n" * 60 + "## 1.1 Blades\n\n")
    _, units = made(book)
    assert {"chapter-1", "contents", "index"} <= set(units)
    assert "chapter-3" not in units


def test_when_nothing_has_changed_the_books_are_left_alone(book: Path) -> None:
    first, _ = made(book)
    dates = [output.path.stat().st_mtime_ns for output in first.outputs]
    second, units = made(book)
    assert units == []
    assert [output.path.stat().st_mtime_ns for output in second.outputs] == dates
    assert second.outputs == first.outputs
    assert second.problems == first.problems
    assert set(second.timings) == {"gather"}
    one, two = (report.as_data() for report in (first, second))
    assert {**one, "timings": {}} == {**two, "timings": {}}


# The modules of Recto that a build imports which has nothing to do: none of them reads or makes a book
IDLE = """recto recto.version recto.door recto.problems recto.options recto.builder recto.editions
recto.account recto.account.in_hand recto.account.observer recto.account.report
recto.oversight recto.oversight.budget recto.oversight.frames recto.oversight.supervisor
recto.store recto.store.cache recto.store.fingerprint recto.store.outputs recto.store.record recto.store.swap
recto.settings recto.settings.dating recto.print recto.print.engine recto.print.engine.system
recto.print.workers recto.print.workers.workshop""".split()
NEEDED = {*runpy.run_path(str(ROOT / "build.py"))["NEEDED"]}  # libraries of others
LARGE = ("asyncio", "multiprocessing", "concurrent.futures", "tomllib", "importlib.metadata", "xml")


def test_when_nothing_has_changed_next_to_nothing_is_imported(book: Path) -> None:
    made(book, name="out")
    code = f"""if True:
        import sys
        from pathlib import Path
        sys.path.insert(0, {str(ROOT)!r})
        from recto.builder import build
        from recto.options import Options
        report = build(Options(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2))
        print(report.exit_code, *report.timings, *sys.modules)
    """
    command = [sys.executable, "-I", "-c", code, str(book), str(book.parent / "out")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    exit_code, stage, *modules = told.stdout.split()
    assert (exit_code, stage) == ("0", "gather")
    assert {name for name in modules if name.split(".")[0] == "recto"} <= {*IDLE}
    foreign = {name.split(".")[0] for name in modules} & NEEDED
    assert foreign <= {"platformdirs"}
    assert not set(LARGE) & set(modules)


class Meddling(Counting):
    """Saves a picture anew while the e-book is packaged."""

    def __init__(self, picture: Path, content: bytes) -> None:
        super().__init__()
        self.picture, self.content = picture, content

    def stage(self, name: str) -> None:
        if name == "package":
            self.picture.write_bytes(self.content)


def test_a_build_in_the_midst_of_which_a_file_was_saved_is_not_taken_for_done(book: Path) -> None:
    cold = contents(made(book, cache=False, name="cold")[0])
    picture = (book / "wing.png").read_bytes()
    change_image(book, pytest.MonkeyPatch())
    other = (book / "wing.png").read_bytes()
    (book / "wing.png").write_bytes(picture)
    options = Options(book, book.parent / "out", jobs=1)
    assert builder.build(options, Meddling(book / "wing.png", other)).exit_code == 0
    (book / "wing.png").write_bytes(picture)
    assert contents(made(book)[0]) == cold


def rebuilt(book: Path) -> bool:
    """Whether a build made the books anew; it is given what it needs of an earlier one."""
    return set(made(book)[0].timings) > {"gather"}


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """A book in a file, beside files that are none of its business, and a picture."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "book.txt").write_text("1\n\nFirst\n\n1.1\n\nA blade is flat.\n", encoding="utf-8")
    (folder / "book.md").write_text("# 1 First\n\n![A wing](wing.png)\n", encoding="utf-8")
    Image.new("RGB", (40, 20), "navy").save(folder / "wing.png")
    return folder


def test_what_lies_beside_a_single_text_counts_where_the_text_may_name_it(single: Path) -> None:
    for name, counts in (("book.txt", False), ("book.md", True)):
        made(single / name)
        assert not rebuilt(single / name)
        Image.new("RGB", (40, 20), "red" if counts else "green").save(single / "wing.png")
        assert rebuilt(single / name) == counts


def test_settings_and_themes_beside_a_single_text_always_count(single: Path) -> None:
    source = single / "book.txt"
    made(source)
    (single / "recto.toml").write_text('[book]\ntitle = "Oars"\n', encoding="utf-8")
    assert rebuilt(source)
    (single / "styles").mkdir()
    (single / "styles" / "newer.css").write_text("p { color: #111 }", encoding="utf-8")
    assert rebuilt(source) and not rebuilt(source)


def test_what_was_told_is_told_again_and_what_would_be_told_builds_again(book: Path) -> None:
    made(book)
    assert not rebuilt(book)
    (book / "gone.md").symlink_to(book / "nowhere.md")
    assert builder.build(Options(book, book.parent / "out")).exit_code == 1
    (book / "gone.md").unlink()
    (book / "more").symlink_to(book.parent)
    told = made(book)[0]
    assert "link-not-followed" in {problem.code for problem in told.problems}
    assert made(book)[0].problems == told.problems and not rebuilt(book)


def test_a_commit_builds_again_where_the_date_is_that_of_the_last(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*command: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        subprocess.run(["git", "-C", str(book), *who, *command], check=True, capture_output=True)

    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    made(book)
    assert not rebuilt(book)
    git("init")
    git("add", ".")
    git("commit", "-m", "First")
    assert rebuilt(book) and not rebuilt(book)
    assert made(book)[0].dating.source == "commit"


def test_a_book_that_was_touched_or_taken_away_is_made_again(book: Path) -> None:
    first, _ = made(book)
    whole = contents(first)
    pdf, epub = (next(o.path for o in first.outputs if o.format == form) for form in ("pdf", "epub"))
    pdf.unlink()
    epub.write_bytes(b"\0" * epub.stat().st_size)
    second, units = made(book)
    assert contents(second) == whole
    assert units == []


def test_what_a_killed_build_left_goes_where_nothing_has_changed_too(book: Path) -> None:
    first, _ = made(book)
    folder = first.outputs[0].path.parent
    (folder / ".recto-former-oars.pdf").write_bytes(b"%PDF")
    (folder / ".recto-swap").write_text("[]")
    assert made(book)[0].outputs == first.outputs
    assert {path.name for path in folder.iterdir()} == {output.path.name for output in first.outputs}


def shipped(name: str) -> str:
    return (theme.shipped_folder() / name).read_text(encoding="utf-8")


def lay(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def change_text(book: Path, _: pytest.MonkeyPatch) -> None:
    edit(book / "a.md", "flat", "broad")


def change_plain_text(book: Path, _: pytest.MonkeyPatch) -> None:
    edit(book / "c.txt", "steers", "turns")


def change_template(book: Path, _: pytest.MonkeyPatch) -> None:
    lay(
        book / "templates/print/chapter.html",
        shipped("templates/print/chapter.html").replace("</h1>", "!</h1>"),
    )


def change_style(book: Path, _: pytest.MonkeyPatch) -> None:
    lay(book / "styles/book.css", shipped("styles/book.css") + "\np { color: red }\n")


def change_font(book: Path, _: pytest.MonkeyPatch) -> None:
    other = theme.shipped_folder() / "styles/fonts/SourceSans3-Regular.ttf"
    lay(book / "styles/fonts/SourceSerif4-Regular.ttf", other.read_bytes())


def change_image(book: Path, _: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (40, 20), "red").save(book / "wing.png")


def shadow_image(book: Path, _: pytest.MonkeyPatch) -> None:
    (book / "sails").mkdir()
    (book / "b.md").rename(book / "sails/b.md")
    Image.new("RGB", (40, 20), "green").save(book / "sails/wing.png")


def change_option(book: Path, _: pytest.MonkeyPatch) -> None:
    edit(book / "book.toml", "[book]", '[print]\nfont_size = "11pt"\n[book]')


def change_language(book: Path, _: pytest.MonkeyPatch) -> None:
    edit(book / "book.toml", "[book]", '[book]\nlanguage = "de"')


def change_date(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1100000000")


INGREDIENTS = [value for name, value in list(globals().items()) if name.startswith(("change_", "shadow_"))]


@pytest.mark.slow
@pytest.mark.parametrize("change", INGREDIENTS, ids=lambda change: change.__name__)
def test_a_change_of_any_ingredient_is_a_change_of_the_book(
    book: Path,
    known: dict[str, bytes],
    change: Callable[[Path, pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(book, monkeypatch)
    after = contents(made(book)[0])
    assert after["pdf"] != known["pdf"]
    assert after == contents(made(book, cache=False, name="cold")[0])


def other_system() -> str:
    return "pango 9.99"


@pytest.mark.parametrize(
    ("what", "value"),
    [
        (edition, ("_installed", lambda: ["weasyprint-71.0.dist-info"])),
        (workers, ("typesetting", other_system)),
    ],
    ids=["a library", "the system"],
)
@pytest.mark.usefixtures("known")
def test_another_version_of_anything_lays_out_every_unit_again(
    book: Path, what: object, value: tuple[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(what, *value)
        _, units = made(book)
    assert {"front", "chapter-1", "chapter-2", "chapter-3", "contents", "index"} <= set(units)
    assert made(book, name="as-before")[1] == []


@pytest.mark.parametrize("arguments", [(), ("--strict",)])
def test_a_cache_that_can_not_be_used_is_told_of_once_and_the_book_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    monkeypatch.setenv("RECTO_CACHE", str(tmp_path / "in-the-way"))
    (tmp_path / "oars.md").write_text("# 1 Oars\n\n## 1.1 Blades\n\nFlat.\n", encoding="utf-8")
    built = build(tmp_path / "oars.md", tmp_path / "out", "--jobs", "1", *arguments)
    assert built.exit_code == 0
    assert built.errors.count("[cache-unusable]") == 1
    assert built.output(".pdf").is_file()


@pytest.mark.parametrize("damage", [lambda entry: b"", lambda entry: entry[:-9], lambda entry: entry[::-1]])
def test_a_damaged_cache_is_told_of_once_and_the_book_is_made(
    book: Path, known: dict[str, bytes], empty_cache: Path, damage: Callable[[bytes], bytes]
) -> None:
    entries = [path for path in empty_cache.rglob("*") if path.is_file()]
    assert entries
    for entry in entries:
        entry.write_bytes(damage(entry.read_bytes()))
    report, units = made(book, name="second")
    assert contents(report) == known
    assert {"chapter-1", "chapter-2", "chapter-3"} <= set(units)
    assert [problem.code for problem in report.problems].count("cache-unusable") == 1
    report, units = made(book, name="third")
    assert units == []
    assert "cache-unusable" not in {problem.code for problem in report.problems}


@pytest.mark.slow
def test_two_builds_at_once_share_a_cache(book: Path, empty_cache: Path) -> None:
    whole = contents(made(book, cache=False, name="alone")[0])
    command = [sys.executable, str(ROOT / "build.py"), str(book), "--jobs", "1"]
    environment = {**os.environ, "RECTO_CACHE": str(empty_cache)}
    outputs = [book.parent / name for name in ("left", "right")]
    builds = [
        subprocess.Popen([*command, "-o", str(output)], env=environment, stderr=subprocess.PIPE, text=True)
        for output in outputs
    ]
    told = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], told
    assert "cache-unusable" not in "".join(told)
    for output in outputs:
        assert {path.suffix[1:]: path.read_bytes() for path in output.iterdir()} == whole


def test_a_full_folder_for_temporary_files_is_told_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_job: LayoutJob) -> LaidOut:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shifts, "run", run)
    report = builder.build(Options(book, book.parent / "out", jobs=1, cache=False))
    assert report.exit_code == 1
    assert [each.code for each in report.problems if each.severity == "error"] == ["no-room"]


def test_a_folder_for_temporary_files_that_can_not_be_written_is_told(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> str:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "aside")

    monkeypatch.setattr(put_aside, "_folder", None)
    monkeypatch.setattr("tempfile.mkdtemp", full)
    report = builder.build(Options(book, book.parent / "out", jobs=1, cache=False))
    assert report.exit_code == 1
    (problem,) = report.problems
    assert (problem.code, problem.place.file) == ("no-room", "aside")


@pytest.mark.parametrize("fault", [MemoryError(), RuntimeError("the page is round")])
def test_a_unit_that_can_not_be_laid_out_is_named_and_nothing_is_written(
    book: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    real = shifts.run

    def run(job: LayoutJob) -> LaidOut:
        if job.unit.name == "chapter-2":
            raise fault
        return real(job)

    monkeypatch.setattr(shifts, "run", run)
    report = builder.build(Options(book, book.parent / "out", jobs=1))
    assert report.exit_code == 1
    (problem,) = (problem for problem in report.problems if problem.severity == "error")
    assert problem.code == "layout-failed"
    assert "`chapter-2` can't be laid out: the" in problem.message
    assert list((book.parent / "out").iterdir()) == []


# --- what may happen in the middle ----------------------------------------------------------------------


# What each Python of such a build begins with: no chapter is ever laid out
NEVER_DONE = """
import time
import recto.print.layout.running as running
at_best_depth = running.at_best_depth
running.at_best_depth = lambda job, *more: (
    time.sleep(600) if job.unit.name.startswith("chapter") else at_best_depth(job, *more)
)
"""


@pytest.fixture
def long_build(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that never ends of two chapters in a process group of its own, over a book of last week."""
    text = "".join(f"{n}.1 Oars {n}\n\nAn oar of chapter {n} is a lever.\n\n" for n in (1, 2))
    (tmp_path / "oars.txt").write_text(text, encoding="utf-8")
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "sitecustomize.py").write_text(NEVER_DONE, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "oars.pdf").write_bytes(b"the book of last week")
    command = [sys.executable, str(ROOT / "build.py"), "oars.txt", "--jobs", "2"]
    (tmp_path / "desks").mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path / "desks"),
        "PYTHONPATH": f"{tmp_path / 'begun'}{os.pathsep}{ROOT}",
    }
    running = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    yield running
    with suppress(ProcessLookupError):  # its workers too: one that was stopped would hold the pipe for ever
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


def workers_at_work(tmp_path: Path) -> dict[str, int]:
    """The units that are being laid out, with the process that does it."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        notes = [note for note in tmp_path.glob("desks/recto-*/pool-*/desk/*") if note.name.isdigit()]
        named = {name: int(note.name) for note in notes if (name := note.read_text(encoding="utf-8"))}
        if any(name.startswith("chapter") for name in named):
            return named
        time.sleep(0.02)
    raise AssertionError("no worker has begun")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_is_killed_costs_no_book(tmp_path: Path, long_build: subprocess.Popen[str]) -> None:
    name, worker = next(item for item in workers_at_work(tmp_path).items() if item[0].startswith("chapter"))
    os.kill(worker, signal.SIGKILL)
    _, errors = long_build.communicate(timeout=300)
    assert long_build.returncode == 1
    assert f"`{name}`" in errors
    assert "[worker-died]" in errors
    assert "Traceback" not in errors
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["oars.pdf"]
    assert (tmp_path / "out" / "oars.pdf").read_bytes() == b"the book of last week"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_interrupted_build_ends_at_once(tmp_path: Path, long_build: subprocess.Popen[str]) -> None:
    workers = workers_at_work(tmp_path).values()
    for worker in workers:  # who waits for what they are at waits for ever
        os.kill(worker, signal.SIGSTOP)
    os.killpg(long_build.pid, signal.SIGINT)  # twice in fact: the supervisor hands its own on
    _, errors = long_build.communicate(timeout=300)
    assert long_build.returncode == 130
    assert "Traceback" not in errors
    assert not any(alive(worker) for worker in workers)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["oars.pdf"]
    assert list((tmp_path / "desks").iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_do_not_outlive_a_build_that_is_killed(
    tmp_path: Path, long_build: subprocess.Popen[str]
) -> None:
    workers = workers_at_work(tmp_path).values()
    long_build.kill()
    long_build.wait()
    until = time.monotonic() + 300
    while any(alive(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(alive(worker) for worker in workers)


def test_a_folder_for_temporary_files_too_deep_for_a_socket_does_not_matter(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    (tmp_path / "oars.txt").write_text("1.1 Oars\n\nAn oar is a lever.\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "oars.txt", "--jobs", "2", "--formats", "pdf"]
    run = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "TMPDIR": str(deep)}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "oars.pdf").is_file()


def test_the_code_that_runs_is_read_once_by_a_process() -> None:
    assert edition.own_code() is edition.own_code()
