"""What the desk answers to questions that its own page never asks."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from recto.desk.desk import Desk
from recto.desk.server import application
from recto.options import Options


def ask(folder: Path, path: str, *pieces: bytes) -> tuple[int, bytes, int]:
    """The status and body of an answer, and how many pieces of the question were read for it."""
    desk, sent, read = Desk(Options(folder, folder.parent / "out")), list[dict[str, Any]](), 0

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        body = pieces[read - 1] if read <= len(pieces) else b""
        return {"type": "http.request", "body": body, "more_body": read < len(pieces)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "POST" if pieces else "GET", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": [], "scheme": "http",
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(application(desk)(scope, receive, send))
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent), read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "book"
    made.mkdir()
    (made / "1.md").write_text("# 1 Nets\n\nA net has knots.\n", encoding="utf-8")
    return made


@pytest.mark.parametrize(
    "asked",
    [
        {"do": ["accept"], "term": "net"},
        {"do": {"a": 1}, "term": {"b": 2}},
        {"do": "never", "term": ["net"]},
        {"do": "never", "term": "\ud800"},
        ["never"],
    ],
)
def test_a_decision_that_is_none_is_refused_in_words(asked: object, folder: Path) -> None:
    status, body, _ = ask(folder, "/decision", json.dumps(asked).encode())
    assert status == 200
    assert json.loads(body)["fault"]
    assert [path.name for path in folder.iterdir()] == ["1.md"]


def test_a_question_without_end_is_read_no_further_than_one_may_be_long(folder: Path) -> None:
    status, body, read = ask(folder, "/where", *[b" " * 60_000] * 50)
    assert (status, body, read) == (200, b"null", 2)


def test_a_name_that_no_file_can_have_is_the_name_of_nothing(folder: Path) -> None:
    assert [ask(folder, f"/desk/{name}")[0] for name in ("a" * 300, "\x00", "vendor")] == [404, 404, 404]
