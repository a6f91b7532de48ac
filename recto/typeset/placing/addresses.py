"""Addresses on the web, as a book may hold them."""

from __future__ import annotations

import re

# What may not stand in a URL as it is (RFC 3986, 2; letters of other scripts may: RFC 3987)
_UNFIT = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f]|%(?![0-9A-Fa-f]{2})""")
_BRACKETS = re.compile(r"[\[\]]")


def encoded(url: str) -> str:
    """An address with all that may not stand in one encoded; what is encoded already stays as it is."""
    scheme, colon, rest = url.strip().partition(":")
    slashes, authority, path = "", "", rest
    if rest.startswith("//"):
        slashes = "//"
        authority, slash, path = rest[2:].partition("/")
        path = slash + path
    path = _BRACKETS.sub(_code, _UNFIT.sub(_code, path))
    return f"{scheme}{colon}{slashes}{_UNFIT.sub(_code, authority)}{path}"


def _code(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
