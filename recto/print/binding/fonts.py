"""The fonts of the bound book: each embedded once, with just the glyphs that its units and stamps draw.

Units carry subsets of their own that keep the glyph ids of the font file, so what they draw stays valid
when their fonts give way to one common subset, again with the glyph ids kept (CIDToGIDMap Identity).
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil
from pathlib import Path

import pydyf
import uharfbuzz as hb

from recto.print.binding.pdf_file import PdfFile, reference
from recto.print.layout.fallback_fonts import FontFace
from recto.print.layout.job import AssetFile
from recto.problems import ManuscriptError, Place, error, shown

_BATCH = 100  # entries of a CMap section (Adobe Technical Note 5411)
_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "GDEF", "JSTF", "LTSH", "PCLT", "STAT")
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{sections}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


# in the table OS/2 (OpenType 1.9): usWeightClass, fsSelection, and its bits ITALIC and OBLIQUE
_WEIGHT, _SELECTION, _SLANTED = 4, 62, 0x201
_JOINING = range(0x600, 0x700)  # the block of Arabic letters
_BEH = 0x628  # one that joins on both sides


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as shaped: its id, advance and x offset in thousandths of the size, the text it stands for."""

    id: int
    advance: float
    offset: float
    text: str


class FontFile:
    """A TrueType font file, opened."""

    def __init__(self, asset: AssetFile) -> None:
        self.digest = asset.digest
        self.face = hb.Face(hb.Blob.from_file_path(asset.path))
        self.font = hb.Font(self.face)
        self._scale = 1000 / self.face.upem

    @cached_property
    def characters(self) -> frozenset[int]:
        """The characters that it can set text in.

        Letters of a script that joins, in a font that can't join them, are signs of mathematics.
        """
        found = frozenset(self.face.unicodes)
        return found if self._joins(found) else found.difference(_JOINING)

    def _joins(self, characters: frozenset[int]) -> bool:
        """Whether a letter at the beginning of a word has another form than within."""
        return _BEH in characters and len({glyph.id for glyph in self.shape(chr(_BEH) * 3)}) > 1

    def shape(self, text: str, features: Mapping[str, bool | int] | None = None) -> tuple[Glyph, ...]:
        """Shape a line of text: kerning and ligatures, and what `features` asks for (`{"smcp": True}`)."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer, dict(features or {}))
        starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(text)]
        ends = dict(pairwise(starts))
        told: set[int] = set()  # only the first glyph of a cluster stands for its text
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            said = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
            told.add(info.cluster)
            advance, offset = position.x_advance * self._scale, position.x_offset * self._scale
            glyphs.append(Glyph(info.codepoint, advance, offset, said))
        return tuple(glyphs)

    def width(self, glyph: int) -> float:
        """The advance of a glyph in thousandths of the size."""
        return self._short(self.font.get_glyph_h_advance(glyph))

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A font file with just these glyphs, their ids kept; what a PDF does not need is left out."""
        keep = sorted({0, *glyphs})
        first = self._subset_input(keep, hb.SubsetFlags.RETAIN_GIDS)
        # the second pass cuts the empty glyphs after the last one used
        second = self._subset_input(range(keep[-1] + 1), hb.SubsetFlags.DEFAULT)
        return bytes(hb.subset(hb.subset(self.face, first), second).blob.data)

    @staticmethod
    def _subset_input(glyphs: Iterable[int], flags: hb.SubsetFlags) -> hb.SubsetInput:
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(t.encode(), "big") for t in _DROPPED
        )
        wanted.flags = flags | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        return wanted

    def descriptor(self, name: str, program: bytes) -> pydyf.Dictionary:
        """The FontDescriptor (ISO 32000-1, 9.8) of a subset that bears `name`; `program` refers to it."""
        head, post, os2 = (bytes(self.face.reference_table(tag).data) for tag in ("head", "post", "OS/2"))
        extents = self.font.get_font_extents("ltr")
        angle = struct.unpack(">i", post[4:8])[0] / 65536
        weight = struct.unpack(">H", os2[4:6])[0]
        height = self.font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) or extents.ascender
        fixed, serif, italic = any(post[12:16]), "Serif" in name, bool(angle)
        return pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{name}",
                "FontFamily": pydyf.String(self.face.get_name(hb.OTNameIdPredefined.FONT_FAMILY) or name),
                "Flags": 4 + fixed + 2 * serif + 64 * italic,
                "FontBBox": pydyf.Array(self._short(value) for value in struct.unpack(">4h", head[36:44])),
                "ItalicAngle": round(angle, 2),
                "Ascent": self._short(extents.ascender),
                "Descent": self._short(extents.descender),
                "CapHeight": self._short(height),
                "StemV": round(50 + (weight / 65) ** 2),  # the usual estimate; nothing draws by it
                "FontFile2": program,
            }
        )

    def _short(self, units: float) -> float:
        value = round(units * self._scale, 2)
        return int(value) if value == int(value) else value


@lru_cache(maxsize=32)
def open_font(asset: AssetFile) -> FontFile:
    """The font file of an asset; what is open stays open for the next book."""
    return FontFile(asset)


@lru_cache(maxsize=32)
def _program(asset: AssetFile, glyphs: frozenset[int] | None) -> tuple[bytes, int]:
    """A subset (None: the whole font), packed, and how long it is unpacked."""
    font = open_font(asset)
    try:
        content = bytes(font.face.blob.data) if glyphs is None else font.subset(glyphs)
    except RuntimeError:  # HarfBuzz says no more
        message = "this font is damaged: it can't be cut down to what the book draws"
        hint = "take a whole copy of the font, or delete the file"
        place = Place(shown(Path(asset.path)))
        raise ManuscriptError([error("theme-unreadable", message, place, hint=hint)]) from None
    return zlib.compress(content), len(content)


@dataclass
class Typecase:
    """The fonts of a book while it is bound: first what is drawn is noted, then each font embedded once."""

    assets: Mapping[str, AssetFile]
    file: PdfFile
    whole: bool = False
    _drawn: dict[str, dict[int, str]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def font(self, name: str) -> FontFile:
        """The font file of an asset (`styles/fonts/…`). Raises KeyError for an unknown name."""
        return open_font(self.assets[name])

    def borrow(self, path: Path) -> FontFile | None:
        """A font file of the machine, which becomes one of the book; None where it can't be read."""
        try:
            asset = AssetFile.of(path)
        except OSError:
            return None
        self.assets = {**self.assets, f"machine/{asset.digest}{path.suffix}": asset}
        return open_font(asset)

    def note(self, digest: str, glyphs: Mapping[int, str]) -> bytes:
        """Note glyphs drawn with a font. A glyph that stands for several texts keeps the first.

        Returns the reference to the font.
        """
        drawn = self._drawn.setdefault(digest, {})
        for glyph, text in glyphs.items():
            if not drawn.get(glyph):
                drawn[glyph] = text
        if digest not in self._numbers:
            self._numbers[digest] = self.file.allot()
        return reference(self._numbers[digest])

    def embed(self) -> None:
        """Embed every font that was drawn with."""
        for digest, number in self._numbers.items():
            self._embed(digest, number, self._drawn[digest])

    def _embed(self, digest: str, number: int, glyphs: Mapping[int, str]) -> None:
        asset = self._by_digest[digest]
        font = open_font(asset)
        content, length = _program(asset, None if self.whole else frozenset(glyphs))
        head = pydyf.Dictionary({"Length1": length, "Filter": "/FlateDecode"})
        program = self.file.add_stream(head, content)
        family = font.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or f"Font-{digest[:8]}"
        name = family if self.whole else f"{_tag(digest, glyphs)}+{family}"
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{name}",
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "CIDToGIDMap": "/Identity",
            "DW": 0,
            "W": _widths({glyph: font.width(glyph) for glyph in sorted(glyphs)}),
            "FontDescriptor": reference(self.file.add(font.descriptor(name, reference(program)))),
        }
        whole = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([reference(self.file.add(pydyf.Dictionary(descendant)))]),
            "ToUnicode": reference(self.file.add_stream(b"", to_unicode(glyphs), pack=True)),
        }
        self.file.add(pydyf.Dictionary(whole), number)

    @cached_property
    def _by_digest(self) -> dict[str, AssetFile]:
        suffixes = (".ttf", ".otf")
        return {a.digest: a for n, a in self.assets.items() if Path(n).suffix.lower() in suffixes}


def face_of(name: str, asset: AssetFile) -> FontFace | None:
    """What a font file of the book says of itself; None for a file that is none."""
    font = open_font(asset)
    os2 = font.face.reference_table("OS/2").data or b""
    names = hb.OTNameIdPredefined
    family = font.face.get_name(names.TYPOGRAPHIC_FAMILY) or font.face.get_name(names.FONT_FAMILY) or ""
    family = re.sub(r'["\\\n]', "", family)
    if len(os2) < _SELECTION + 2 or not family:
        return None
    (weight,), (selection,) = (
        struct.unpack_from(">H", os2, _WEIGHT),
        struct.unpack_from(">H", os2, _SELECTION),
    )
    return FontFace(family, weight, bool(selection & _SLANTED), font.characters, name)


def screen_subset(content: bytes, text: str) -> bytes | None:
    """A font file with the glyphs that a text needs, and all that shapes them, for an e-book; None for one
    that is damaged.
    """
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, text))
    with suppress(RuntimeError):
        return bytes(hb.subset(hb.Face(hb.Blob(content)), wanted).blob.data)
    return None


def to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3) for glyph ids used as character codes."""
    # the second glyph of a cluster has no text of its own, yet must map to something (PDF/UA-1, 7.21.7)
    lines = [
        f"<{glyph:04x}> <{(text or chr(0x200B)).encode('utf-16-be').hex()}>"
        for glyph, text in sorted(glyphs.items())
    ]
    sections = []
    for number in range(ceil(len(lines) / _BATCH)):
        batch = lines[number * _BATCH : (number + 1) * _BATCH]
        sections.append("\n".join((f"{len(batch)} beginbfchar", *batch, "endbfchar")))
    return _CMAP.format(sections="\n".join(sections)).encode("ascii")


def _widths(widths: Mapping[int, float]) -> pydyf.Array:
    """A W array (ISO 32000-1, 9.7.4.3): runs of glyphs that follow one another."""
    runs = pydyf.Array()
    before = None
    for glyph, width in widths.items():
        if before is None or glyph != before + 1:
            runs += (glyph, pydyf.Array())
        runs[-1].append(width)
        before = glyph
    return runs


def _tag(digest: str, glyphs: Iterable[int]) -> str:
    """The six letters before a subset's name; they come from what is in it (ISO 32000-1, 9.6.4)."""
    made = hashlib.sha256(f"{digest}{sorted(glyphs)}".encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in made[:6])
