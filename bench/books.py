"""What is measured: Recto building a book, from cold to unchanged, and the programs it is held against."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import mono, tex
from bench.measure import AS_AT_AUTHORS, FailedError, Run, Watcher, run

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = (".md", ".markdown", ".txt")
_PATIENCE = 600.0  # seconds that a watched build may take


@dataclass
class Bench:
    """A copy of a manuscript, and a desk to build it on; `jobs` are the processes of a parallel build."""

    source: Path
    desk: Path
    jobs: int
    edits: int = 0

    @classmethod
    def lay(cls, source: Path, desk: Path, jobs: int) -> Bench:
        """Copy a manuscript to a desk: the copy gets edited."""
        copy = desk / "manuscript" / source.name
        copy.parent.mkdir(parents=True)
        shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
        if not source.is_dir() and (toml := source.with_name("book.toml")).is_file():
            shutil.copy(toml, copy.with_name("book.toml"))
        return cls(copy, desk, jobs)

    # --- builds -----------------------------------------------------------------------------------------

    def mono(self) -> Run:
        """The whole book as one document."""
        return run([sys.executable, "-m", "bench.mono", str(self.composed)], environment=self.environment)

    def cold(self) -> Run:
        """EPUB, PDF and index with nothing in any cache."""
        return self._build("--no-cache", "--jobs", str(self.jobs))

    def cold_alone(self) -> Run:
        """The same in one process."""
        return self._build("--no-cache", "--jobs", "1")

    def edited(self) -> Run:
        """One section edited since the last build; a new process."""
        self.edit()
        return self._build("--jobs", str(self.jobs))

    def unchanged(self) -> Run:
        """Nothing changed since the last build; a new process."""
        return self._build("--jobs", str(self.jobs))

    def imported(self) -> Run:
        """What it takes to import WeasyPrint and do nothing."""
        return run([sys.executable, "-c", "import weasyprint"])

    def cold_pdf(self) -> Run:
        """The PDF alone, with nothing in any cache."""
        return self._build("--no-cache", "--formats", "pdf", "--jobs", str(self.jobs))

    def pandoc(self) -> Run:
        """Pandoc and XeLaTeX, PDF only, the same text on the same page."""
        return run(tex.command(self.source, self.composed))

    def _build(self, *options: str) -> Run:
        return run(self.command(*options), environment=self.environment)

    def command(self, *options: str) -> list[str]:
        """The command that builds the book of this desk."""
        return [sys.executable, str(ROOT / "build.py"), str(self.source), "-o", str(self.out), *options]

    # --- under --watch ----------------------------------------------------------------------------------

    @contextmanager
    def watching(self) -> Iterator[subprocess.Popen[bytes]]:
        """Recto under --watch; entered when the first build is done."""
        with (self.desk / "watch.log").open("wb") as log:
            process = subprocess.Popen(
                self.command("--watch", "--jobs", str(self.jobs)),
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            shutil.rmtree(self.out, ignore_errors=True)
            self._wait(process, {})
            time.sleep(2)  # the first build has to be over
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def saved(self, process: subprocess.Popen[bytes]) -> Run:
        """Under --watch: an edit, from the save until both books are there."""
        before, (path, text) = self._books(), self._edit()
        watcher = Watcher(process.pid)
        watcher.look()
        spent = sum(watcher.cpu.values())
        started = time.perf_counter()
        path.write_text(text, encoding="utf-8")
        self._wait(process, before)
        wall = time.perf_counter() - started
        time.sleep(1)  # what is done after the books are there is done by then
        watcher.stop()
        watcher.look()
        return Run(wall, sum(watcher.cpu.values()) - spent, watcher.peak, watcher.together)

    def _wait(self, process: subprocess.Popen[bytes], before: dict[str, int]) -> None:
        """Wait until both books are newer than `before`."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            books = self._books()
            if len(books) == 2 and all(books[name] != before.get(name) for name in books):
                return
            time.sleep(0.005)
        raise FailedError((self.desk / "watch.log").read_text(errors="replace"))

    def _books(self) -> dict[str, int]:
        return {path.suffix: path.stat().st_mtime_ns for path in self._outputs()}

    def _outputs(self) -> list[Path]:
        return [path for path in self.out.glob("*") if path.suffix in (".pdf", ".epub")]

    # --- the desk ---------------------------------------------------------------------------------------

    @property
    def out(self) -> Path:
        """The folder that the books go to."""
        return self.desk / "out"

    @property
    def composed(self) -> Path:
        """The folder of the one document."""
        return self.desk / "mono"

    @property
    def environment(self) -> dict[str, str]:
        """Builds on this desk have a cache of their own."""
        return {"RECTO_CACHE": str(self.desk / "cache"), "PYTHONPATH": str(ROOT), **AS_AT_AUTHORS}

    def bytes(self) -> tuple[int, int]:
        """The sizes of the PDF that Recto made and of the one document's."""
        mine = next(path for path in self._outputs() if path.suffix == ".pdf")
        return mine.stat().st_size, (self.composed / mono.PDF).stat().st_size

    def pages(self) -> int:
        """The pages of the PDF."""
        from pypdfium2 import PdfDocument

        return len(PdfDocument(next(path for path in self._outputs() if path.suffix == ".pdf")))

    def edit(self) -> None:
        """Add a sentence to the longest paragraph in the middle of the manuscript."""
        path, text = self._edit()
        path.write_text(text, encoding="utf-8")

    def _edit(self) -> tuple[Path, str]:
        """A file of the manuscript, and what an edit makes of it."""
        files = self._files()
        path = files[len(files) // 2]
        lines = path.read_text(encoding="utf-8").split("\n")
        third = len(lines) // 3
        at = max(range(third, max(2 * third, third + 1)), key=lambda line: len(lines[line]))
        self.edits += 1
        lines[at] = f"{lines[at].split(' Edited ')[0]} Edited {self.edits} times."
        return path, "\n".join(lines)

    def _files(self) -> list[Path]:
        if self.source.is_file():
            return [self.source]
        return sorted(path for path in self.source.rglob("*") if path.suffix in _SOURCES)
