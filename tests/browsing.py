"""A headless browser for tests: one process, told in JSON what to do (tests/desk/browser.mjs)."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.checkout import TESTS
from tests.validators import node_tools

PATIENCE = 120  # seconds: whether something comes is asked, not how soon on a machine that is busy


class Browser:
    """A page of a browser. What it does not do is an AssertionError that says why."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, do: str, **order: Any) -> Any:
        """Give an order; returns its answer."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self._process.stdin.flush()
        answered = json.loads(self._process.stdout.readline() or '{"fault": "the browser is gone"}')
        assert "fault" not in answered, f"{do} {order}: {answered['fault']}"
        return answered["answer"]

    def run(self, code: str) -> Any:
        """The value of an expression."""
        return self("run", code=code)

    def until(self, code: str, seconds: float = PATIENCE) -> None:
        """Wait until an expression is true."""
        self("until", code=code, seconds=seconds)

    def until_framed(self, words: str) -> None:
        """Wait until a page of the e-book has these words: its frames come when they like."""
        last = time.monotonic() + PATIENCE
        while words not in " ".join(self("frames")):
            assert time.monotonic() < last, f"no page of the e-book has {words!r}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self("press", key=key)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser, as long as this lasts."""
    node, tools = node_tools()
    command = [node, str(TESTS / "desk" / "browser.mjs"), str(tools)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:  # at its end the orders end, and with them the browser
        try:
            yield Browser(process)
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(300)
            except subprocess.TimeoutExpired:
                process.kill()
