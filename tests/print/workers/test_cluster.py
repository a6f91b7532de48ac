"""A book laid out on a Dask cluster is the book of one process, and a cluster that fails costs no book."""

from __future__ import annotations

import hashlib
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from recto import theme
from recto.model import Unit
from recto.print.engine.equipment import equipment
from recto.print.layout.job import AssetFile, LayoutJob
from recto.print.workers import cluster as module
from recto.print.workers.travel import run_there, without_paths
from recto.problems import ConfigurationError
from tests.building import build, heed_interrupts
from tests.checkout import ROOT
from tests.dask_cluster import DaskCluster

PATIENCE = 300  # seconds, on any machine
LONG = 800  # paragraphs of a chapter that a worker is busy with for a second or two


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "manuscript"
    folder.mkdir()
    (folder / "book.toml").write_text('[book]\ntitle = "Oars"\n', encoding="utf-8")
    for number in (1, 2, 3):
        text = f"# {number} Oars\n\n## {number}.1 Blades\n\nA blade{{^blades}} is flat; see [](#1.1).\n\n"
        (folder / f"{number}.md").write_text(f"{text}![A wing](wing.png)\n", encoding="utf-8")
    Image.new("RGB", (40, 20), "navy").save(folder / "wing.png")
    return folder


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build in this process waits for a cluster as long as need be."""
    monkeypatch.setattr(module, "_TO_CONNECT", PATIENCE)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def lengthen(book: Path) -> None:
    """Make chapters so long that something can happen in their midst."""
    for path in book.glob("*.md"):
        with path.open("a", encoding="utf-8") as text:
            text.write("\nAn oar is a lever.\n" * LONG)


@contextmanager
def under_way(book: Path, output: Path, cluster: DaskCluster) -> Iterator[subprocess.Popen[str]]:
    """A build on a cluster, in a process of its own."""
    command = [sys.executable, str(ROOT / "build.py"), str(book), "-o", str(output), "--no-cache"]
    command += ["--formats", "pdf", "--executor", cluster.address]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts)
    yield running
    if running.poll() is None:
        running.kill()
        running.communicate()


def books(folder: Path) -> dict[str, bytes]:
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """An output folder with a book of last week."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "oars.pdf").write_bytes(b"the book of last week")
    return folder


def is_untouched(folder: Path) -> bool:
    return books(folder) == {".pdf": b"the book of last week"}


@pytest.mark.slow
def test_a_book_made_on_a_cluster_whose_scheduler_has_no_recto_is_the_book_of_one_process(
    tmp_path: Path, book: Path, cluster: DaskCluster
) -> None:
    cluster.ask("start 2")
    alone = build(book, tmp_path / "alone", "--jobs", "1", "--no-cache")
    there = build(book, tmp_path / "there", "--no-cache", "--executor", cluster.address)
    assert (alone.exit_code, there.exit_code) == (0, 0), there.errors
    assert books(there.folder) == books(alone.folder)
    files = cluster.ask("files")
    assert any("weasyprint" in file for file in files)
    ours = (str(book), str(theme.shipped_folder() / "styles"))
    assert [file for file in files if file.startswith(ours)] == []


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path, book: Path, cluster: DaskCluster) -> None:
    lengthen(book)
    alone = build(book, tmp_path / "alone", "--jobs", "1", "--no-cache", "--formats", "pdf")
    with under_way(book, tmp_path / "there", cluster) as running:
        cluster.ask("kill")
        _, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, errors
    assert books(tmp_path / "there") == books(alone.folder)


@pytest.mark.slow
def test_a_job_that_kills_its_worker_again_and_again_is_named(
    book: Path, former: Path, cluster: DaskCluster
) -> None:
    lengthen(book)
    cluster.ask("tolerate 0")
    with under_way(book, former, cluster) as running:
        assert cluster.ask("spoil")  # what was laid out once is lost on its way, and is to be laid out again
        while running.poll() is None:  # a worker that has just ended its job dies in vain
            cluster.ask("strike")
            time.sleep(0.05)
        _, errors = running.communicate()
    cluster.ask("tolerate 3")
    assert running.returncode == 1
    assert "[worker-died]" in errors
    assert "`chapter-" in errors
    assert "Traceback" not in errors
    assert is_untouched(former)


@pytest.mark.slow
def test_a_cluster_that_is_lost_costs_no_book(tmp_path: Path, book: Path, former: Path) -> None:
    lengthen(book)
    with DaskCluster(tmp_path / "cluster") as lost, under_way(book, former, lost) as running:
        lost.ask("kill")
        lost.process.kill()
        _, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert f"{lost.address}: error: the cluster was lost before `" in errors
    assert errors.count("[cluster-lost]") == 1
    assert "Traceback" not in errors
    assert is_untouched(former)


@pytest.mark.slow
def test_an_interrupted_build_leaves_the_cluster_as_it_was(
    book: Path, former: Path, cluster: DaskCluster
) -> None:
    lengthen(book)
    with under_way(book, former, cluster) as running:
        cluster.ask("busy")
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert "Traceback" not in errors
    assert cluster.ask("left") == []
    assert is_untouched(former)


@pytest.mark.slow
def test_a_cluster_without_workers_is_not_waited_for_without_end(
    book: Path, former: Path, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WITHOUT_WORKERS", 2.0)
    cluster.ask("start 0")
    built = build(book, former, "--executor", cluster.address)
    cluster.ask("start 2")
    assert built.exit_code == 1
    assert "it has had no worker for" in built.errors
    assert is_untouched(former)


@pytest.mark.slow
def test_a_worker_with_other_fonts_is_refused(book: Path, former: Path, cluster: DaskCluster) -> None:
    cluster.ask("start 2")
    assert cluster.ask("disguise") == 2
    built = build(book, former, "--executor", cluster.address)
    cluster.ask("start 2")
    assert built.exit_code == 2
    assert built.errors.count("[worker-differs]") == 2
    assert "FC_LANG is ja there, not set here" in built.errors
    assert is_untouched(former)


@pytest.mark.slow
def test_a_worker_without_recto_is_refused_early_or_late(
    book: Path, former: Path, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.ask("start 2")
    assert cluster.ask("bereave") == 2
    early = build(book, former, "--executor", cluster.address)
    monkeypatch.setattr(module.Cluster, "_compare", lambda _: 2)  # as if both had joined after that
    late = build(book, former, "--executor", cluster.address, "--no-cache")
    cluster.ask("start 2")
    assert (early.exit_code, late.exit_code) == (2, 2)
    assert early.errors.count("this worker can't lay out pages") == 2
    assert "this worker can't lay out pages" in late.errors
    assert "install Recto there" in late.errors
    assert is_untouched(former)


@pytest.mark.slow
def test_the_files_of_a_book_are_sent_once(
    tmp_path: Path, book: Path, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    read = AssetFile.read

    def noted(file: AssetFile) -> bytes:
        sent.append(file.digest)
        time.sleep(0.02)  # so that two threads that send the same file meet here
        return read(file)

    monkeypatch.setattr(AssetFile, "read", noted)
    built = build(book, tmp_path / "out", "--no-cache", "--executor", cluster.address)
    assert built.exit_code == 0, built.errors
    picture = hashlib.sha256((book / "wing.png").read_bytes()).hexdigest()
    assert picture in sent  # all three chapters have it
    assert len(sent) == len(set(sent)) > 1


def test_where_no_cluster_is_the_address_is_named(
    book: Path, former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TO_CONNECT", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        address = f"dask://127.0.0.1:{taken.getsockname()[1]}"
        built = build(book, former, "--executor", address)
    assert built.exit_code == 2
    assert f"{address}: error: no Dask cluster answers there" in built.errors
    assert "[cluster-unreachable]" in built.errors
    assert is_untouched(former)


@pytest.mark.parametrize(
    "value", ["dask", "tcp://host:8786", "dask://host", "dask://host:many", "dask://:8786"]
)
def test_an_address_that_is_none_is_wrong_usage(book: Path, tmp_path: Path, value: str) -> None:
    built = build(book, tmp_path / "out", "--executor", value)
    assert built.exit_code == 2
    assert "dask://HOST:PORT" in built.errors


def test_without_the_package_the_extra_is_named(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    built = build(book, tmp_path / "out", "--executor", "dask://127.0.0.1:8786")
    assert built.exit_code == 2
    assert 'pip install "recto[dask]"' in built.errors


def test_no_build_without_the_option_loads_dask(book: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from recto.builder import Options, build;"
        "build(Options(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2)); print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(book), str(tmp_path / "out")]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not {"distributed", "dask", "tornado"} & {name.partition(".")[0] for name in loaded}


def test_a_job_takes_the_bytes_of_its_files_along_and_no_path(tmp_path: Path) -> None:
    used, unused = tmp_path / "used.png", tmp_path / "unused.png"
    used.write_bytes(b"used")
    assets = {"used.png": AssetFile.of(used), "unused.png": AssetFile(str(unused), "unused")}
    job = LayoutJob(Unit("one", '<img src="used.png"/>', "arabic"), ("p { }",), assets)
    sent = without_paths(job)
    assert sent.digest == job.digest
    assert str(tmp_path).encode() not in pickle.dumps(sent)
    contents = [file.read() for file in job.files.values()]
    arrived = run_there(lambda there: there, sent, equipment(), *contents)
    assert {name: file.read() for name, file in arrived.assets.items()} == {"used.png": b"used"}


def test_a_worker_that_joins_late_is_held_against_us_too() -> None:
    job = LayoutJob(Unit("one", "", "arabic"), (), {})
    with pytest.raises(ConfigurationError) as refused:
        run_there(lambda job: job, job, {**equipment(), "WeasyPrint": "99"})
    arrived = pickle.loads(pickle.dumps(refused.value))
    assert arrived.problems == refused.value.problems
    assert "99" in str(arrived.problems[0])
