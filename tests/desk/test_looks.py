"""The desk with a book that is unlike others: read from the right, with a long title, without an index."""

from __future__ import annotations

import logging
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.browsing import browser
from tests.desk.test_serving import serving

TITLE = "ספר הדבורים והכוורות והדבש, לכל מי שרוצה ללמוד איך מגדלים דבורים על גגות הבתים בעיר ובכפר"
TEXT = f"# 1 {TITLE}\n\n## 1.1 הכוורת\n\nהדבורים מזמזמות בבוקר, והכוורת עומדת בשמש.\n"


def test_a_book_from_the_right_with_a_long_title_and_no_index(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "bees"
    folder.mkdir()
    (folder / "1.md").write_text(TEXT, encoding="utf-8")
    settings = f'[book]\ntitle = "{TITLE}"\nlanguage = "he"\n[index]\ninclude = false\n'
    (folder / "book.toml").write_text(settings, encoding="utf-8")
    with caplog.at_level(logging.WARNING), serving(folder) as at, browser() as looker:
        looker("open", url=at.address, width=390, height=844)
        looker.until("document.querySelector('.leaf svg')", 60)
        looker.press("i")
        looker.until("document.querySelector('.tally').textContent")
        assert looker.run("!document.querySelector('#index .nothing').hidden")
        parts = "[...document.querySelectorAll('header > *, #index > *')]"
        assert max(looker.run(f"{parts}.map(part => part.getBoundingClientRect().right)")) <= 390
        # the first page, a recto, is the left one of its spread; on it is the title
        looker("size", width=2000, height=900)
        recto, spread = (
            looker.run(f"(e => [e.left, e.right])(document.querySelector('{each}').getBoundingClientRect())")
            for each in (".spread:nth-child(2) .recto", ".spread:nth-child(2)")
        )
        assert sum(recto) < sum(spread)
        # who waits for news when the desk is closed is told that there is none
        news = HTTPConnection("127.0.0.1", at.port, timeout=300)
        news.request("GET", "/news", headers={"Cookie": at.cookie})
        waiting = news.getresponse()
    with closing(news), waiting:
        assert waiting.read().startswith(b"data: ")
    assert caplog.records == []
