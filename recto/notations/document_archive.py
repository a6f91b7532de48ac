"""Documents that are archives: Word's and LibreOffice's, each a zip file of XML and pictures.

They come from strangers like all else: how many parts there are and how large each is unpacked has a limit,
which holds for what comes out of the archive, not for what it says of itself. A part is named by a path that
leads on into the document: `memoir.docx/word/media/image1.png`.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from recto.door import MEGABYTE, RefusedError

SUFFIXES = (".docx", ".odt")
LARGEST_DOCUMENT = 200 * MEGABYTE  # with its pictures, packed
LARGEST_XML = 64 * MEGABYTE  # of all parts that hold text, unpacked: about forty long novels
LARGEST_BESIDE = 8 * MEGABYTE  # of a part beside the text: styles, the links to twenty thousand pictures
MOST_PARTS = 20_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError, OSError,
    ValueError,
)  # fmt: skip
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")  # UTF-16, in which these could hide


class Archive:
    """The parts of one document. Raises RefusedError for what is none, or larger than anybody writes."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as fault:
            raise RefusedError(f"it is damaged, or no document: {fault}", path) from None
        self.names = frozenset(self._zip.namelist())
        self._sizes: dict[str, int] = {}  # of the parts of text that were read
        if len(self._zip.infolist()) > MOST_PARTS:
            raise RefusedError(f"it has more than {MOST_PARTS:,} parts", path)

    def read(self, name: str, largest: int) -> bytes:
        """A part. Raises RefusedError where it isn't there, is damaged, locked, or larger than `largest`."""
        try:
            with self._zip.open(name) as stream:
                content = stream.read(largest + 1)  # the size it states may be a lie
        except KeyError:
            raise RefusedError(f"it has no part {name}", self.path) from None
        except _BROKEN as fault:
            raise RefusedError(f"its part {name} can't be read: {fault}", self.path) from None
        if len(content) > largest:
            reason = f"its part {name} has more than {largest / MEGABYTE:.0f} MB unpacked"
            raise RefusedError(reason, self.path)
        return content

    def xml(self, name: str, largest: int = LARGEST_XML) -> bytes:
        """A part that is XML, in which nothing is declared. Raises RefusedError for any other."""
        content = self.read(name, min(largest, LARGEST_XML))
        self._sizes[name] = len(content)
        if sum(self._sizes.values()) > LARGEST_XML:
            reason = f"its text has more than {LARGEST_XML / MEGABYTE:.0f} MB unpacked"
            raise RefusedError(reason, self.path)
        if content.startswith(_WIDE) or any(each in content for each in _FORBIDDEN):
            # neither format has a DTD, and entities that stand for one another are how XML is made a bomb
            raise RefusedError(f"its part {name} declares a document type of its own", self.path)
        return content


def divided(path: Path) -> tuple[Path, str] | None:
    """A path that leads on into a document: the document, and the name of the part; None for any other."""
    for parent in path.parents:
        if parent.suffix.lower() in SUFFIXES and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None
