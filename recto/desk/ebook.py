"""The e-book as it is read: its files one by one, each with a digest, its contents and its page breaks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import ZipFile

_LARGEST = 500_000_000  # bytes of one file
_NAV = re.compile(r'<nav\b[^>]*epub:type="(?P<type>[\w-]+)"[^>]*>(?P<body>.*?)</nav>', re.S)
_STEP = re.compile(r'<(?P<list>/?ol)>|<a\b[^>]*href="(?P<href>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.S)
_SECTION = re.compile(r'<section\b[^>]*\bid="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class ContentsLink:
    """A line of the contents: its level from 1 on, its words, the file of the e-book and the id in it."""

    level: int
    words: str
    file: str
    anchor: str


class Ebook:
    """One EPUB, unpacked. Files have their names in the archive."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if info.file_size <= _LARGEST]
            self.files: Mapping[str, bytes] = {info.filename: archive.read(info) for info in infos}
        self.digests = {
            name: hashlib.sha256(content).hexdigest()[:16] for name, content in self.files.items()
        }

    @cached_property
    def contents(self) -> tuple[ContentsLink, ...]:
        """The contents, in order."""
        return tuple(self._lines("toc"))

    @cached_property
    def breaks(self) -> Mapping[str, str]:
        """Where each page of the printed book begins, by its folio: `EPUB/chapter-1.xhtml#page-3`."""
        return {line.words: f"{line.file}#{line.anchor}" for line in self._lines("page-list")}

    def _lines(self, kind: str) -> Iterator[ContentsLink]:
        name = next((name for name in self.files if name.endswith("nav.xhtml")), "")
        text = self.files[name].decode("utf-8") if name else ""
        body = next((found["body"] for found in _NAV.finditer(text) if found["type"] == kind), "")
        level = 0
        for step in _STEP.finditer(body):
            if step["list"]:
                level += 1 if step["list"] == "ol" else -1
                continue
            path, _, anchor = unescape(step["href"]).partition("#")
            words = " ".join(unescape(_TAG.sub("", step["words"])).split())
            file = normpath(join(dirname(name), unquote(path)))
            yield ContentsLink(level, words, file, unquote(anchor) or self._opening(file))

    def _opening(self, file: str) -> str:
        """The id of what a file begins with: a link to the file as a whole leads there."""
        found = _SECTION.search(self.files.get(file, b"").decode("utf-8"))
        return unescape(found[1]) if found else ""
