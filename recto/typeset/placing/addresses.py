"""Addresses on the web, as a book may hold them."""

from __future__ import annotations

import re
import unicodedata

# What may not stand in a URL as it is (RFC 3986, 2; letters of other scripts may: RFC 3987)
_UNFIT = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f]|%(?![0-9A-Fa-f]{2})""")
_BRACKETS = re.compile(r"[\[\]]")
_END = re.compile(r"[/?#]")  # of what comes before the path
_HOST = re.compile(r"//(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(?P<port>[^/?#]*))?")
_PORT = re.compile(r"[0-9]{0,5}")  # RFC 3986, 3.2.3
_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # as browsers read them (UTS 46, 4)


def encoded(url: str) -> str:
    """An address with all that may not stand in one encoded; what is encoded already stays as it is."""
    scheme, colon, rest = url.strip().partition(":")
    slashes, authority, path = "", "", rest
    if rest.startswith("//"):
        slashes = "//"
        authority = _END.split(rest[2:], maxsplit=1)[0]
        path = rest[2 + len(authority) :]
    path = _BRACKETS.sub(_code, _UNFIT.sub(_code, path))
    path, hash_sign, fragment = path.partition("#")
    path += hash_sign + fragment.replace("#", "%23")
    return f"{scheme}{colon}{slashes}{_UNFIT.sub(_code, authority)}{path}"


def is_whole(url: str) -> bool:
    """Tell whether an address leads anywhere: whether it names a host, a mailbox or a number."""
    scheme, _, rest = url.strip().partition(":")
    if scheme.lower() not in ("http", "https"):
        return bool(rest)
    found = _HOST.match(rest)
    if found and not _PORT.fullmatch(found["port"] or ""):
        return False
    labels = _DOTS.split(found[1]) if found else [""]
    if len(labels) > 1 and not labels[-1]:
        labels.pop()  # the dot of the root of all names
    return all(map(_is_label, labels))


def _is_label(label: str) -> bool:
    """Tell whether a part of a host's name is one, and in Punycode one as names are written (UTS 46, 4.1)."""
    if not label.lower().startswith("xn--"):
        return bool(label)
    try:
        meant = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return False
    return unicodedata.normalize("NFKC", meant).casefold() == meant and not meant.isascii()


def _code(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
