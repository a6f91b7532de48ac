"""Addresses in the text are links: GitHub's extended autolinks (GFM 6.9)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString
from markdown_it.common.normalize_url import normalizeLink

from recto.typeset.markup.rules.pattern import Made, MarkdownPage, Pattern

# an address may follow the beginning of the text, white space, and these
_BEFORE = r"[^\s*_~(\"'“‘„«\u3001-\u3002\u3008-\u3011\uff08\uff0c\uff1a]"
_DOMAIN = r"[\w-]+(?:\.[\w-]+)*"
# up to a mark for the index, or a stop or bracket of East Asian scripts, behind which no space stands
_PATH = r"(?:[^\s<>\[\]`{\u3000-\u3003\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]|\{(?!\^))*"
_TAIL = re.compile(r"(?:&[A-Za-z0-9]+;|[?!.,:*_~'\"”’“»;])$")


def patterns(page: MarkdownPage) -> tuple[Pattern, ...]:
    """The patterns of addresses: of the web, of mail."""
    return (
        _Address("http", rf"http (?<!{_BEFORE}http) s?:// (?P<domain>{_DOMAIN}) {_PATH}", page),
        _Address("www.", rf"www\. (?<!{_BEFORE}www\.) (?P<domain>{_DOMAIN}) {_PATH}", page),
        _Mail("@", rf"(?<![\w.+@/-]) [\w.+-]+@{_DOMAIN}\.[\w-]*\w (?![\w@-])", page),
    )


class _Address(Pattern):
    """An address of the web."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        parts = found["domain"].split(".")
        web = found[0].startswith("www.")
        if any("_" in part for part in parts[-2:]) or (len(parts) < 2 and not web and parts != ["localhost"]):
            return None
        shown = _trimmed(found[0])
        return linked(shown, f"http://{shown}" if web else shown), found.start() + len(shown)


class _Mail(Pattern):
    """An address of mail."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, found: re.Match[str]) -> Made:
        """See Pattern."""
        return linked(found[0], f"mailto:{found[0]}"), found.end()


def linked(shown: str, address: str) -> Element:
    """The link that an address is."""
    made = Element("a", {"href": normalizeLink(address), "data-kept": ""})
    made.text = AtomicString(shown)
    return made


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence that it stands in."""
    while True:
        open_, shut = address.count("("), address.count(")")
        if address.endswith(")") and shut > open_:
            address = address[:-1]
        elif tail := _TAIL.search(address, max(0, len(address) - 40)):
            address = address[: tail.start()]
        else:
            return address
