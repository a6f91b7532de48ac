"""The archive of an EPUB, written so that the same files give the same bytes (OCF 3.3, 4.2 and 4.3)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

_MIMETYPE = "mimetype"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can tell
# Packed as well as can be: deflating them again takes long for nothing. A PNG may still have a tenth to lose.
_PACKED = (".gif", ".jpg", ".webp")
_PACKAGE = re.compile(rb"<package\b[^>]*>")


def rewrite(
    archive: bytes, *, language: str, prefix: str = "", added: Mapping[str, bytes] | None = None
) -> bytes:
    """Write an EPUB anew: fixed dates, `mimetype` first and stored, no extra fields; OPF with a language.

    The order of the files stays; `added` come last. `prefix` declares words of other vocabularies in the OPF.
    Raises KeyError where there is no `mimetype`.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w") as target:
        _put(target, _MIMETYPE, source.read(_MIMETYPE))
        for name in source.namelist():
            if name == _MIMETYPE:
                continue
            content = source.read(name)
            opf = name.endswith(".opf")
            _put(target, name, _with_language(content, language, prefix) if opf else content)
        for name, content in (added or {}).items():
            _put(target, name, content)
    return written.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3  # Unix, wherever this runs
    entry.external_attr = 0o100644 << 16
    stored = name == _MIMETYPE or name.endswith(_PACKED)
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compress_type=kind, compresslevel=None if stored else 9)


def _with_language(opf: bytes, language: str, prefix: str) -> bytes:
    """The package document with xml:lang, and no prefix (EbookLib declares one) but that which is used."""
    attribute = f" prefix={quoteattr(prefix)}" if prefix else ""

    def patched(tag: re.Match[bytes]) -> bytes:
        plain = re.sub(rb'\s+prefix="[^"]*"', b"", tag[0])
        return plain[:-1] + f" xml:lang={quoteattr(language)}{attribute}>".encode()

    return _PACKAGE.sub(patched, opf, count=1)
