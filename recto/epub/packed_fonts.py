"""Fonts and pictures that the style sheets of the e-book name: packed beside them, or refused with a word.

A font is cut down to what the book draws with it, where its licence lets it be (OpenType, OS/2 fsType): one
that may not be embedded at all is refused, one for preview and print alone is obfuscated (EPUB 3.3, 4.4), so
that nobody can take it out of the book and install it.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from recto import galley
from recto.door import LARGEST_PART, read
from recto.model import Document
from recto.notations import css
from recto.problems import Place, Problem, shown, warning

Subset = Callable[[bytes, str], "bytes | None"]
"""A font file cut down to what some text needs; None for one that is damaged."""

_FONTS = {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2"}
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml"}
_DAMAGED = "the file is no font, or damaged"
_OBFUSCATED = 1040  # bytes (EPUB 3.3, 4.4.3)
# OpenType 1.9, OS/2 fsType: what the licence of a font allows
_RESTRICTED, _PREVIEW, _EDITABLE, _WHOLE, _BITMAPS = 0x2, 0x4, 0x8, 0x100, 0x200


@dataclass(frozen=True, slots=True)
class Sheets:
    """The documents of the e-book with what their sheets name; `obfuscated` are the names of such fonts."""

    documents: tuple[Document, ...]
    fonts: bool
    obfuscated: tuple[str, ...]


def with_fonts(
    documents: Iterable[Document], styles: dict[str, Path], subset: Subset, identifier: str
) -> tuple[Sheets, tuple[Problem, ...]]:
    """Pack what the style sheets name out of `styles` (by name); what can't be is left out of them, and told.

    `identifier` is that of the book, which obfuscation hangs on. Raises OSError for a file that is lost.
    """
    given = tuple(documents)
    packer = _Packer(styles, subset, _text_of(given), identifier)
    made = tuple(packer.sheet(each) if each.media_type == "text/css" else each for each in given)
    whole = (*made, *packer.packed.values())
    fonts = any(each.media_type in _FONTS.values() for each in packer.packed.values())
    return Sheets(whole, fonts, tuple(packer.obfuscated)), tuple(packer.problems)


def _text_of(documents: Iterable[Document]) -> str:
    """Every character that the book may draw."""
    found: set[str] = set()
    for each in documents:
        if each.media_type.endswith("+xml") or each.media_type == "text/css":
            found.update(each.content.decode())
    return "".join(sorted(found))


class _Packer:
    def __init__(self, styles: dict[str, Path], subset: Subset, text: str, identifier: str) -> None:
        self.styles, self.subset, self.text = styles, subset, text
        self.key = hashlib.sha1("".join(identifier.split()).encode(), usedforsecurity=False).digest()
        self.packed: dict[str, Document] = {}
        self.obfuscated: list[str] = []
        self.problems: list[Problem] = []

    def sheet(self, sheet: Document) -> Document:
        """A style sheet with the addresses of the package; a rule that names what can't be packed goes."""
        folder = PurePosixPath(sheet.name).parent.as_posix()
        text = css.readdressed(sheet.content.decode(), lambda address: self._packed(address, folder))
        return replace(sheet, content=text.encode())

    def _packed(self, address: str, folder: str) -> str | None:
        if address.startswith(("#", "data:image/")):
            return address
        scheme = f"{galley.FILE_SCHEME}:///styles/"
        name = address.removeprefix(scheme).partition("#")[0].partition("?")[0]
        path, suffix = self.styles.get(name), PurePosixPath(name).suffix.lower()
        kind = _FONTS.get(suffix) or _PICTURES.get(suffix)
        if path is None or kind is None:
            self._refuse(address, path, "a font is TTF, OTF, WOFF or WOFF2, a picture PNG, JPEG, GIF or SVG")
            return None
        packed = f"{folder}/{name}"
        if packed not in self.packed:
            content = read(path, LARGEST_PART)
            made = self._font(packed, path, content) if suffix in (".ttf", ".otf") else content
            if made is None:
                return None
            self.packed[packed] = Document(packed, "", made, kind, spine=False)
        return name

    def _font(self, name: str, path: Path, content: bytes) -> bytes | None:
        """A font as it may be packed; None (and a problem) where it may not be."""
        rights = _rights(content)
        if rights is None:
            self._refuse(name, path, _DAMAGED)
            return None
        if rights & _BITMAPS or (rights & _RESTRICTED and not rights & (_PREVIEW | _EDITABLE)):
            self._refuse(name, path, "its licence does not let it be embedded (OS/2 fsType); take another")
            return None
        made = content if rights & _WHOLE else self.subset(content, self.text)
        if made is None:
            self._refuse(name, path, _DAMAGED)
            return None
        if rights & _PREVIEW and not rights & _EDITABLE:
            self.obfuscated.append(name)
            made = self._hide(made)
        return made

    def _hide(self, content: bytes) -> bytes:
        head = bytes(byte ^ self.key[at % len(self.key)] for at, byte in enumerate(content[:_OBFUSCATED]))
        return head + content[_OBFUSCATED:]

    def _refuse(self, address: str, path: Path | None, hint: str) -> None:
        message = f"{address} is not in the e-book, and the rule that names it was left out"
        place = Place(shown(path) if path else "styles")
        problem = warning("style-unpacked", message, place, hint=hint, subject=PurePosixPath(address).name)
        if problem not in self.problems:
            self.problems.append(problem)


def _rights(content: bytes) -> int | None:
    """The fsType of a TrueType or OpenType font; 0 for one that says nothing, None for what is no font."""
    if content[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return None
    count = struct.unpack(">H", content[4:6])[0]
    for at in range(12, min(12 + 16 * count, len(content) - 15), 16):
        if content[at : at + 4] == b"OS/2":
            offset = struct.unpack(">I", content[at + 8 : at + 12])[0]
            found = content[offset + 8 : offset + 10]
            return int(struct.unpack(">H", found)[0]) if len(found) == 2 else None
    return 0


def encryption(names: Iterable[str]) -> bytes:
    """META-INF/encryption.xml for obfuscated fonts (EPUB 3.3, 4.2.6.3.2), named from the root."""
    rows = "".join(
        "<enc:EncryptedData>"
        '<enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        f'<enc:CipherData><enc:CipherReference URI="{name}"/></enc:CipherData>'
        "</enc:EncryptedData>"
        for name in names
    )
    spaces = (
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
        ' xmlns:enc="http://www.w3.org/2001/04/xmlenc#"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<encryption {spaces}>{rows}</encryption>\n'.encode()
