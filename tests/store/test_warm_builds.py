"""Whatever is changed, in whatever order: a build with what was kept makes the book of one without."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.building import build
from tests.checkout import ROOT

WORDS = st.sampled_from(("oar", "sail", "the keel{^keels}", "*wind*", "see [](#2.1)", "a note[^1]"))
SETTINGS = (
    "[contents]\ndepth = 1\n",
    "[print]\npage_references = false\n",
    '[print]\nopenings = "any"\n',
    "[print]\nhyphenate = false\n",
    '[index]\nstyle = "run-in"\n',
    "[typeset]\nnumber_figures = false\n",
    "[epub]\npage_list = false\n",
)


class WarmBuilds(RuleBasedStateMachine):
    """A book that an author keeps changing; each state of it is built with the cache, and without."""

    def __init__(self) -> None:
        super().__init__()
        self.room = Path(tempfile.mkdtemp(prefix="warm-"))
        self.book = self.room / "book"
        self.book.mkdir()
        self.cache = mock.patch.dict(os.environ, {"RECTO_CACHE": str(self.room / "cache")})
        self.cache.start()

    def teardown(self) -> None:
        """Whatever else was drawn: at the end of each row a template and a setting change."""
        try:
            self.change_a_template("print/chapter.html")
            self.the_warm_book_is_the_cold_one()
            self.set_otherwise(SETTINGS[0])
            self.the_warm_book_is_the_cold_one()
        finally:
            self.cache.stop()
            shutil.rmtree(self.room)

    @initialize()
    def begin(self) -> None:
        self._write("a.md", "# 1 Oars\n\nAn oar is a lever.\n\n## 1.1 Blades\n\nFlat or curved.\n")
        self._write("b.md", "# 2 Sails\n\n## 2.1 Canvas\n\nA sail is a wing.\n\n[^1]: It pulls.\n")
        self._set("")

    @rule(file=st.sampled_from(("a.md", "b.md")), words=st.lists(WORDS, min_size=1, max_size=4))
    def write_on(self, file: str, words: list[str]) -> None:
        path = self.book / file
        note = "\n[^1]: A note.\n" if file == "a.md" and "[^1]:" not in path.read_text() else ""
        self._write(file, f"{path.read_text()}\nMore of {' and '.join(words)}.\n{note}")

    @rule(title=st.sampled_from(("Oars", "Paddles", "Long Oars")))
    def rename_a_chapter(self, title: str) -> None:
        text = (self.book / "a.md").read_text()
        self._write("a.md", f"# 1 {title}\n{text.partition(chr(10))[2]}")

    @rule(setting=st.sampled_from(SETTINGS))
    def set_otherwise(self, setting: str) -> None:
        self._set(setting)

    @rule(name=st.sampled_from(("print/chapter.html", "print/contents.html", "epub/chapter.xhtml")))
    def change_a_template(self, name: str) -> None:
        shipped = (ROOT / "templates" / name).read_text()
        changed = shipped.replace('<span class="title">', '<span class="title">Changed: ')
        assert changed != shipped
        self._write(f"templates/{name}", changed)

    @rule(size=st.sampled_from(("1.5rem", "1.7rem")))
    def change_a_style(self, size: str) -> None:
        self._write(
            "styles/print.css", f"{(ROOT / 'styles' / 'print.css').read_text()}\nh2 {{ font-size: {size} }}\n"
        )

    @invariant()
    def the_warm_book_is_the_cold_one(self) -> None:
        if not (self.book / "book.toml").exists():
            return
        warm = self._built("warm")
        assert warm == self._built("cold", "--no-cache")
        assert set(warm) == {"book.epub", "book.pdf"}

    def _built(self, name: str, *options: str) -> dict[str, bytes]:
        done = build(self.book, self.room / name, "--jobs", "1", *options)
        assert done.exit_code == 0, done.errors
        return {path.name: path.read_bytes() for path in (self.room / name).iterdir()}

    def _write(self, name: str, text: str) -> None:
        path = self.book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _set(self, setting: str) -> None:
        self._write("book.toml", f'[book]\ntitle = "Book"\ndate = "2026"\n{setting}')


TestWarmBuilds = pytest.mark.slow(WarmBuilds.TestCase)
TestWarmBuilds.settings = settings(
    max_examples=3,
    stateful_step_count=6,
    deadline=None,
    phases=(Phase.generate,),  # to make a failing row shorter would take as many books again
    suppress_health_check=list(HealthCheck),
)
