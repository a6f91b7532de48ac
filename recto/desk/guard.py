"""The guard before the desk: whom it lets in, and what it tells the browser.

The server listens on this machine alone, but every page that the browser has open could ask it. So a request
must name this host (a name that a stranger's DNS points here does not: DNS rebinding), must come from the
desk's own page where the browser says where it comes from (Fetch Metadata, `Origin`), and must carry a key
that only the terminal told; the key goes into a cookie at the first visit, so it stays in no address.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAME = ("same-origin", "none")
# The e-book's pages are made of blobs, which inherit this: no script but the desk's own runs in them.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' blob: 'unsafe-inline'; "
    "img-src 'self' blob: data:; font-src 'self' blob:; connect-src 'self'; frame-src blob:; "
    "base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Stands before an application: lets in who has the key, from the desk's own page."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._cookie = f"recto-{port}"
        self.key = secrets.token_urlsafe(24)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: by the application, or by a refusal."""
        if scope["type"] != "http":
            return
        refusal = self._judged(scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await (refusal or self._app)(scope, receive, guarded)

    def _judged(self, scope: Scope) -> Response | None:
        """What is wrong with a request; None for a good one."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This host is not served here.", 421)
        reads = scope["method"] in ("GET", "HEAD")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["path"] == "/" and reads and given:
            return self._entrance() if self._fits(given) else _no()
        if headers.get("sec-fetch-site", "none") not in _SAME or not self._fits(self._carried(headers)):
            return _no()
        plain = headers.get("content-type", "").partition(";")[0] != "application/json"
        if not reads and (headers.get("origin") != f"http://{host}" or plain):
            return _no()
        return None

    def _entrance(self) -> Response:
        response = RedirectResponse("/", 303)
        response.set_cookie(self._cookie, self.key, httponly=True, samesite="strict", path="/")
        return response

    def _carried(self, headers: Headers) -> str:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return ""
        return cookie.value if cookie else ""

    def _fits(self, key: str) -> bool:
        return secrets.compare_digest(key.encode(), self.key.encode())


def _no() -> Response:
    return PlainTextResponse("Open the address that `serve` printed in the terminal.", 403)
