"""Bytes to text, or a plain word on why not.

A manuscript is UTF-8, with or without a byte order mark. Other encodings are named, never guessed into the
book: a wrong guess would print `cafÃ©` on page 212.
"""

from __future__ import annotations

import re

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
_SAVE_AS = "open it in the program it was written with, and save it as plain text, encoding UTF-8"
# What XML, and so an EPUB, can't hold; tab and line feed are fine, a form feed is a page break of old.
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]")


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file with lines ending in "\\n", and what is wrong; None where there is no reading it.

    Control characters are replaced by spaces (so that lines and columns stay) and reported.
    """
    here = Place(file)
    if fault := _not_text(data, here):
        return None, (fault,)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return None, (_wrong_encoding(data, problem.start, here),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _clean(text, here)


def _not_text(data: bytes, here: Place) -> Problem | None:
    for start, what in _BINARY:
        if data.startswith(start):
            return error("binary-file", f"this is a binary file ({what}), not text", here, hint=_SAVE_AS)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return error("wrong-encoding", "this file is saved as UTF-16, not as UTF-8", here, hint=_SAVE_AS)
    if b"\x00" not in data:
        return None
    pairs = data[:4096]
    if (
        max(pairs[::2].count(0), pairs[1::2].count(0)) > len(pairs) * 0.35
    ):  # ASCII in UTF-16: every other byte
        return error("wrong-encoding", "this file is saved as UTF-16, not as UTF-8", here, hint=_SAVE_AS)
    return error("binary-file", "this is a binary file, not text", here, hint=_SAVE_AS)


def _wrong_encoding(data: bytes, at: int, here: Place) -> Problem:
    line = data.count(b"\n", 0, at) + 1
    place = Place(here.file, line)
    sample = data[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample)
    if controls > len(sample) * 0.02:
        return error("binary-file", "this is a binary file, not text", here, hint=_SAVE_AS)
    first = re.search(rb"\S*\Z", data[max(0, at - 30) : at])
    last = re.match(rb"\S*", data[at : at + 30])
    word = (first[0] if first else b"") + (last[0] if last else b"")
    try:
        shown = word.decode("cp1252")
    except UnicodeDecodeError:
        message = f"this file is not UTF-8 text: line {line} holds bytes that mean nothing in it"
        return error("wrong-encoding", message, place, hint=_SAVE_AS)
    message = f"this file is saved as Windows-1252 (or Latin-1), not as UTF-8: line {line} holds “{shown}”"
    return error("wrong-encoding", message, place, hint=_SAVE_AS)


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
    if "\ufffd" in text:
        place = Place(here.file, text.count("\n", 0, text.index("\ufffd")) + 1)
        message = "a character was lost when this file was saved: it reads “\ufffd” here"
        problems.append(warning("lost-character", message, place, hint="type the character again"))
    return _FORBIDDEN.sub(" ", text), tuple(problems)
