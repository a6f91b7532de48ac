"""What kind of PDF a book is bound as: one to read, or one for a press."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How the objects of a quire begin (recto.print.engine.quire.folding writes them), and what of them leads to
# annotations and to tags (ISO 32000-1, 12.5.2 and 14.7.4.4)
_PAGE, _ANNOTATION, _TAG, _OWNERS = b"<</Type /Page/", b"<</Type /Annot", b"<</Type /StructElem", b"<</Nums["
_TO_ANNOTATIONS = re.compile(rb"/Annots \[[^\]]*\]|/Tabs ?/\w+")
_TO_TAGS = re.compile(rb"/StructParents \d+")
_HELD = re.compile(rb"<</Type /OBJR[^<>]*>>")


@dataclass(frozen=True, slots=True)
class OutputIntent:
    """The printing condition that a file is made for (ISO 32000-1, 14.11.5).

    `profile` is its ICC profile, "" bytes where the condition is one of the ICC registry, named by
    `condition` alone; `components` is how many inks it has.
    """

    condition: str
    info: str
    profile: bytes = b""
    components: int = 4


@dataclass(frozen=True, slots=True)
class PdfProfile:
    """A kind of PDF.

    version         of PDF, as the header has it
    object_streams  objects packed in streams, and the cross-reference table too (PDF 1.5 and later)
    metadata        Info and XMP tell of the book
    tags            the structure tree, for those who can't see the page
    links           links, named destinations and the outline
    output_intent   the printing condition; None without one
    whole_fonts     fonts are embedded with all their glyphs, not with those alone that are drawn
    """

    version: str = "1.7"
    object_streams: bool = True
    metadata: bool = True
    tags: bool = True
    links: bool = True
    output_intent: OutputIntent | None = None
    whole_fonts: bool = False

    def cut(self, lines: bytes) -> bytes:
        """Objects, one a line, without what this kind has not: it is null, and nothing leads to it."""
        if self.tags and self.links:
            return lines
        return b"\n".join(map(self._cut, lines.split(b"\n")))

    def _cut(self, line: bytes) -> bytes:
        if line.startswith(_ANNOTATION) and not self.links:
            return b"null"
        if line.startswith((_TAG, _OWNERS)) and not self.tags:
            return b"null"
        if line.startswith(_TAG):
            return _HELD.sub(b"", line)
        if line.startswith(_PAGE):
            line = line if self.links else _TO_ANNOTATIONS.sub(b"", line)
            line = line if self.tags else _TO_TAGS.sub(b"", line)
        return line


READING = PdfProfile()
