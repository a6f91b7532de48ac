"""Bytes to text, or a plain word on why not.

A manuscript is UTF-8, with or without a byte order mark. What is not is read as the encoding that it most
likely is, and told with its line and what was made of it, so that nobody finds it on page 212.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from recto.problems import Place, Problem, error, warning

_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_WIDE = ("utf-16", "utf-32")
# they say how Python writes a text, or nothing
_NO_ENCODINGS = ("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "utf_7")
_SAVE_AS = "open it in the program it was written with, and save it as plain text, encoding UTF-8"
_MARKED = (
    (b"\xff\xfe\x00\x00", "utf-32"),  # before the mark of UTF-16, which it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OR_SAY = 'or say what it is: [source] encoding = "shift_jis", or `encoding: shift_jis` in its front matter'
# A file may say it for itself: in bytes, since what they are isn't known before. Few lines stand before it.
_SAID = re.compile(
    rb"---[ \t]*\r?\n(?:(?!---|\.\.\.)[^\n]{0,500}\n){0,50}?"
    rb"""encoding[ \t]*:[ \t]*["']?([A-Za-z][\w.-]{0,30})["']?\s"""
)
# What turns the text that is seen into another than the one that is there (UAX 9, 2.1 to 2.4; UTS 36, 3.1)
_OVERRIDE = re.compile("[\u202d\u202e]")
_OPENING, _CLOSING = "\u202a\u202b\u2066\u2067\u2068", "\u202c\u2069"
# letters that nobody sees; a black flag before them makes them the flag of a region (UTS 51, B.3)
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001\U000e0020-\U000e007f]+")
_WESTERN = {chr(0xDC00 + byte): bytes((byte,)).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_TO_WESTERN = str.maketrans(_WESTERN)
# controls that nobody types: letters of Windows-1252 whose bytes were taken for Unicode (HTML 13.2.5.80)
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_OF_CONTROLS = {
    byte: letter for byte in range(0x80, 0xA0) if (letter := bytes((byte,)).decode("cp1252", "ignore"))
}
_FEW_STRANGE = 8  # bytes, of a short text
_MOST_STRANGE = 0.1  # of the bytes; accents are fewer in any language of Western Europe
# What XML, and so an EPUB, can't hold; tab and line feed are fine, a form feed is a page break of old.
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]")


def is_encoding(name: str) -> bool:
    """Tell whether a name is that of an encoding of text."""
    try:
        bytes(4).decode(name)  # a LookupError for what Python knows beside encodings of text, such as hex
    except (LookupError, ValueError):
        return False
    return codecs.lookup(name).name.replace("-", "_") not in _NO_ENCODINGS


def decode(data: bytes, file: str, declared: str = "") -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file with lines ending in "\\n", and what is wrong; None where there is no reading it.

    `declared` is the encoding that files are in which have no byte order mark and are no UTF-8; "" for none.
    What a file says of itself in its front matter goes before.

    Bytes of another encoding are read as what they most likely are, and reported; control characters are
    replaced by spaces (so that lines and columns stay).
    """
    here = Place(file)
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _marked(data, encoding, here)
    if declared and codecs.lookup(declared).name.startswith(_WIDE):
        return _declared(data, declared, here)
    if fault := _not_text(data, here):
        return None, (fault,)
    try:
        return _clean(_lines(data.decode("utf-8-sig")), here)
    except UnicodeDecodeError as problem:
        if said := _said(data) or declared:
            return _declared(data, said, here)
        text, told = _otherwise(data, problem.start, here)
    if text is None:
        return None, (told,)
    cleaned, more = _clean(_lines(text), here)
    return cleaned, (told, *more)


def _said(data: bytes) -> str:
    """The encoding that a file's own front matter says it is in; "" where it says none."""
    found = _SAID.match(data)
    name = found[1].decode("ascii") if found else ""
    return name if is_encoding(name) and not codecs.lookup(name).name.startswith(_WIDE) else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(data: bytes, encoding: str, here: Place) -> tuple[str | None, tuple[Problem, ...]]:
    """A file whose byte order mark tells its encoding."""
    name = encoding.upper()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        message = f"this file says that it is {name}, but is not"
        return None, (error("wrong-encoding", message, here, hint=_SAVE_AS),)
    cleaned, faults = _clean(_lines(text), here)
    told = warning("wrong-encoding", f"this file is {name}; it was read as that", here, hint=_SAVE_AS)
    return cleaned, (told, *faults)


def _declared(data: bytes, encoding: str, here: Place) -> tuple[str | None, tuple[Problem, ...]]:
    """A file in the encoding that it, or its book, says."""
    try:
        return _clean(_lines(data.decode(encoding)), here)
    except UnicodeDecodeError as fault:
        place = Place(here.file, data.count(b"\n", 0, fault.start) + 1)
        message = f"this file is neither UTF-8 nor {encoding}, as is said of it"
        return None, (error("wrong-encoding", message, place, hint=_SAVE_AS),)


def _not_text(data: bytes, here: Place) -> Problem | None:
    for start, what in _BINARY:
        if data.startswith(start):
            return error("binary-file", f"this is a binary file ({what}), not text", here, hint=_SAVE_AS)
    if b"\x00" not in data:
        return None
    pairs = data[:4096]
    nulls = max(pairs[::2].count(0), pairs[1::2].count(0))
    if nulls > len(pairs) * 0.35:  # ASCII in UTF-16: every other byte
        return error("wrong-encoding", "this file is saved as UTF-16, not as UTF-8", here, hint=_SAVE_AS)
    return error("binary-file", "this is a binary file, not text", here, hint=_SAVE_AS)


def _otherwise(data: bytes, at: int, here: Place) -> tuple[str | None, Problem]:
    """A file that is not UTF-8, the bytes that are none read as Windows-1252, and what to say of it.

    Text of which one byte in ten is none is no Western text with accents: what it says can't be guessed.
    """
    sample = data[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample)
    if controls > len(sample) * 0.02:
        return None, error("binary-file", "this is a binary file, not text", here, hint=_SAVE_AS)
    escaped = data.decode("utf-8-sig", "surrogateescape")  # what is not UTF-8 as U+DC80 to U+DCFF (PEP 383)
    strange = sum(character in _WESTERN for character in escaped)
    line = data.count(b"\n", 0, at) + 1
    place = Place(here.file, line)
    unknown = sum(_WESTERN.get(character) == "\ufffd" for character in escaped)
    if strange > max(_FEW_STRANGE, len(escaped) * _MOST_STRANGE) or unknown * 2 > strange:
        message = f"this file is not UTF-8 text: line {line} holds the first of many strange bytes"
        return None, error("wrong-encoding", message, place, hint=f"{_SAVE_AS}; {_OR_SAY}")
    many = f"{strange} bytes are" if strange > 1 else "a byte is"
    message = f"{many} not UTF-8 and read as Windows-1252: the first makes “{_word(data, at)}”"
    return escaped.translate(_TO_WESTERN), warning("wrong-encoding", message, place, hint=_SAVE_AS)


def _word(data: bytes, at: int) -> str:
    """The word around a byte, read as Windows-1252."""
    first = re.search(rb"\S*\Z", data[max(0, at - 30) : at])
    last = re.match(rb"\S*", data[at : at + 30])
    return ((first[0] if first else b"") + (last[0] if last else b"")).decode("cp1252", "replace")


def _clean(text: str, here: Place) -> tuple[str | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    controls = list(_FORBIDDEN.finditer(text))
    if len(controls) > max(8, len(text) * 0.02):
        return None, (error("binary-file", "this is a binary file, not text", here, hint=_SAVE_AS),)
    visible = [found for found in controls if found[0] != "\f"]
    if visible:
        place = Place(here.file, text.count("\n", 0, visible[0].start()) + 1)
        message = f"an invisible control character (code {ord(visible[0][0])}) stands here; it was left out"
        problems.append(
            warning("control-character", message, place, hint="delete it and type the line again")
        )
    if not text.isascii() and (found := _CONTROLS.search(text)):
        place = Place(here.file, text.count("\n", 0, found.start()) + 1)
        message = f"control characters were read as letters of Windows-1252: U+{ord(found[0]):04X} here"
        problems.append(warning("wrong-encoding", message, place, hint="look at them, and type them again"))
        text = text.translate(_OF_CONTROLS)
    if "\ufffd" in text:
        place = Place(here.file, text.count("\n", 0, text.index("\ufffd")) + 1)
        message = "a character was lost when this file was saved: it reads “\ufffd” here"
        problems.append(warning("lost-character", message, place, hint="type the character again"))
    return _FORBIDDEN.sub(" ", text), (*problems, *_hidden(text, here))


def _hidden(text: str, here: Place) -> Iterator[Problem]:
    """Characters that nobody sees, and that make a text be seen as another: the first of each kind."""
    if text.isascii():
        return
    hint = "type the line again, unless you know why it is there"
    for pattern, what in (
        (_OVERRIDE, "turns the text after it around"),
        (_TAGS, "is a letter that nobody sees"),
    ):
        if found := pattern.search(text):
            place = Place(here.file, text.count("\n", 0, found.start()) + 1)
            message = f"an invisible character (U+{ord(found[0][0]):04X}) stands here, and {what}"
            yield warning("hidden-character", message, place, hint=hint)
    for number, line in enumerate(text.split("\n"), 1):
        left_open = 0 if line.isascii() else sum(map(line.count, _OPENING)) - sum(map(line.count, _CLOSING))
        if left_open > 0:
            message = "an invisible character begins a run of text here that does not end with the line"
            yield warning("hidden-character", message, Place(here.file, number), hint=hint)
            return
