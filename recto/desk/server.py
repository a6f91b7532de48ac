"""What the page in the browser asks for: a route each.

/                   the page; /desk/… its parts
/book               what lies on the desk, as JSON; /news says when there is something new
/page/DIGEST        a printed page as a picture, so many pixels wide; /words/DIGEST what stands on it
/ebook/DIGEST/NAME  a file of the e-book
/index              the index as it is judged; /decision writes what the indexer decides
/where              the line of the manuscript that a word stands on; /source shows lines of a file
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from recto import forms
from recto.desk.concordance import numbered
from recto.desk.desk import Desk, Shown
from recto.desk.indexer.list_editing import UndecidedError
from recto.desk.telling import book, pages_ahead
from recto.door import LARGEST_PART, LARGEST_TEXT, Door, read
from recto.notations.json_text import read_json
from recto.problems import shown
from recto.settings.config import FILE_NAME, INDEX_NAME, OTHER_NAME
from recto.theme import shipped_folder

_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_NEVER = {"Cache-Control": "no-store"}
_FONTS = {  # the faces of the book are those of the desk
    "SourceSerif4-Regular.ttf", "SourceSerif4-Italic.ttf", "SourceSerif4-SemiBold.ttf",
    "SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf", "SourceCodePro-Regular.ttf",
}  # fmt: skip
_AROUND = 3  # lines shown before and after one
_MOST_WORDS = 60  # of a question where something stands
_LARGEST_QUESTION = 100_000  # bytes


def application(desk: Desk) -> Starlette:
    """The desk as an application to be served."""
    answers = _Answers(desk)
    return Starlette(
        routes=[
            Route("/", answers.part),
            Route("/desk/{name:path}", answers.part),
            Route("/fonts/{name}", answers.font),
            Route("/page/{digest}", answers.page),
            Route("/words/{digest}", answers.words),
            Route("/ebook/{digest}/{name:path}", answers.ebook),
            Route("/book", answers.book),
            Route("/news", answers.news),
            Route("/source", answers.source),
            Route("/where", answers.where, methods=["POST"]),
            Route("/index", answers.index),
            Route("/decision", answers.decision, methods=["POST"]),
        ]
    )


class _Answers:
    """An answer for each route; what has a digest in its name is the same as long as it is there at all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def part(self, request: Request) -> Response:
        """A file of the page itself."""
        name = str(request.path_params.get("name", "index.html"))
        place = files("recto.desk") / "page"
        for step in name.split("/"):
            if step in ("", ".", "..") or "\\" in step:
                return _missing()
            place = place / step
        try:
            content = place.read_bytes()
        except (OSError, ValueError):  # a name that no file can have
            return _missing()
        return Response(content, media_type=_kind(name), headers={"Cache-Control": "no-cache"})

    def font(self, request: Request) -> Response:
        """A face of the desk."""
        name = request.path_params["name"]
        if name not in _FONTS:
            return _missing()
        content = read(shipped_folder() / "styles" / "fonts" / name, LARGEST_PART)
        return Response(content, media_type="font/ttf", headers=_FOREVER)

    def page(self, request: Request) -> Response:
        """A printed page as a picture."""
        digest, width = request.path_params["digest"], request.query_params.get("width", "")
        proofs = self._desk.proofs(digest)
        if proofs is None or not width.isdecimal() or len(width) > 5:
            return _missing()
        made = proofs.picture(digest, int(width))
        return _missing() if made is None else Response(made, media_type="image/png", headers=_FOREVER)

    def words(self, request: Request) -> Response:
        """What stands on it."""
        digest = request.path_params["digest"]
        proofs = self._desk.proofs(digest)
        found = proofs.words(digest) if proofs else None
        if found is None:
            return _missing()
        rows = [[each.text, *_short(each.left, each.top, each.width, each.height)] for each in found]
        return JSONResponse(rows, headers=_FOREVER)

    def ebook(self, request: Request) -> Response:
        """A file of the e-book."""
        name = request.path_params["name"]
        held = self._desk.ebook(name, request.path_params["digest"])
        return _missing() if held is None else Response(held, media_type=_kind(name), headers=_FOREVER)

    def book(self, _: Request) -> Response:
        """What lies on the desk."""
        return JSONResponse(book(self._desk.shown), headers=_NEVER)

    async def news(self, _: Request) -> Response:
        """Word of each new version, as long as anybody listens."""
        return StreamingResponse(_told(self._desk), media_type="text/event-stream", headers=_NEVER)

    def source(self, request: Request) -> Response:
        """Some lines of the manuscript."""
        line = request.query_params.get("line", "1")
        number = int(line) if line.isdecimal() and len(line) < 9 else 1
        found = _source(self._desk, request.query_params.get("file", ""), number)
        return _missing() if found is None else JSONResponse(found, headers=_NEVER)

    async def where(self, request: Request) -> Response:
        """The line that a word was written on, told by its neighbors; null where that is not known."""
        asked = await _question(request) or {}
        concordance = await run_in_threadpool(self._desk.concordance)
        before, word, after = (_words(asked.get(key)) for key in ("before", "word", "after"))
        found = concordance.find(before, " ".join(word), after) if concordance else None
        told = _source(self._desk, found.place.file, found.place.line or 1) if found else None
        return JSONResponse(told, headers=_NEVER)

    def index(self, _: Request) -> Response:
        """The index as it is judged."""
        return JSONResponse(self._desk.index(), headers=_NEVER)

    async def decision(self, request: Request) -> Response:
        """Write what the indexer decided; the index as it will be, or why nothing was written."""
        asked = await _question(request) or {}
        words = {name: value for name, value in asked.items() if isinstance(value, str)}
        try:
            return JSONResponse(await run_in_threadpool(self._desk.decide, words), headers=_NEVER)
        except UndecidedError as fault:
            return JSONResponse({"fault": str(fault)}, headers=_NEVER)


async def _told(desk: Desk) -> AsyncIterator[str]:
    """The version on the desk, how it stands, what was saved, and pages that are ahead: an event for each."""
    async for each in desk.news():
        yield ": still here\n\n" if each is None else f"data: {json.dumps(_event(each))}\n\n"


def _event(each: Shown) -> dict[str, object]:
    told = {"version": each.version, "standing": each.standing, "changed": each.changed}
    return {**told, "ahead": pages_ahead(each)}


def _source(desk: Desk, file: str, line: int) -> dict[str, Any] | None:
    """Some lines of a file of the manuscript; None where it is none, or can't be read."""
    path = Path(file)
    if forms.form_of(path) is None and path.name not in (FILE_NAME, OTHER_NAME, INDEX_NAME):
        return None
    try:
        text = Door.of(desk.root).read(path, LARGEST_TEXT).decode("utf-8", "replace")
    except OSError:
        return None
    lines = [[number, words] for number, words in numbered(text.replace("\r\n", "\n"), line, _AROUND)]
    return {"file": shown(path), "line": line, "lines": lines}


async def _question(request: Request) -> dict[str, Any] | None:
    """What was asked, as JSON; None where it is no table, or longer than any question is."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_QUESTION:
            return None
    try:
        asked = read_json(bytes(body))
    except (ValueError, RecursionError):  # brackets without end
        return None
    return asked if isinstance(asked, dict) else None


def _words(value: object) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [word for word in given if isinstance(word, str)][:_MOST_WORDS]


def _kind(name: str) -> str:
    if name.endswith((".js", ".mjs")):
        return "text/javascript"
    if name.endswith(".xhtml"):
        return "application/xhtml+xml"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _short(*values: float) -> list[float]:
    return [round(value, 2) for value in values]


def _missing() -> Response:
    return PlainTextResponse("There is nothing of this name.", 404)
