"""Kinds of PDF for presses: what makes a file PDF/X-1a (ISO 15930-1, -4), PDF/X-3 (-3) or PDF/X-4 (-7).

The 2001 and 2002 parts build on PDF 1.3, which knows no metadata streams: a checker that asks one of them for
XMP asks for what its standard does not have.
"""

from __future__ import annotations

import struct
from typing import Any
from xml.sax.saxutils import escape

import pikepdf

from recto.press.press_profile import PressProfile
from recto.print.binding.pdf_profile import OutputIntent, PdfProfile
from recto.settings.metadata import Metadata

_VERSIONS = {"plain": "1.6", "x-1a:2001": "1.3", "x-1a:2003": "1.4", "x-3:2002": "1.3", "x-4": "1.6"}
# GTS_PDFXVersion in Info; PDF/X-4 is known by its XMP (15930-7, 6.2), and by this to older readers
_NAMES = {
    "x-1a:2001": "PDF/X-1:2001",
    "x-1a:2003": "PDF/X-1a:2003",
    "x-3:2002": "PDF/X-3:2002",
    "x-4": "PDF/X-4",
}
_CONFORMANCE = {"x-1a:2001": "PDF/X-1a:2001", "x-1a:2003": "PDF/X-1a:2003"}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>
<dc:format>application/pdf</dc:format>
<pdf:Producer>{maker}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def bound_as(profile: PressProfile, icc: bytes) -> PdfProfile:
    """How a book is bound for a printer: what may not be in the file is left out, the condition is named.

    `icc` is the profile of the press, b"" where the condition is one of the ICC's registry, or black alone.
    """
    intent = None
    if profile.flavour != "plain":
        embedded = icc or (grey_profile() if profile.flavour == "x-4" else b"")
        components = 1 if embedded and not icc else 4
        intent = OutputIntent(profile.condition, profile.condition_info, embedded, components)
    return PdfProfile(_VERSIONS[profile.flavour], False, False, False, False, intent, profile.whole_fonts)


def declare(pdf: pikepdf.Pdf, profile: PressProfile, metadata: Metadata) -> str:
    """Say what kind of PDF this is, and of which book; returns the version to save it as."""
    info = pdf.docinfo
    if profile.metadata:
        info["/Title"] = metadata.full_title
        if metadata.authors:
            info["/Author"] = ", ".join(metadata.authors)
    if profile.flavour in _NAMES:
        info["/GTS_PDFXVersion"] = _NAMES[profile.flavour]
    if profile.flavour in _CONFORMANCE:
        info["/GTS_PDFXConformance"] = _CONFORMANCE[profile.flavour]
    if profile.flavour != "plain":
        info["/Trapped"] = pikepdf.Name("/False")
    if profile.flavour == "x-4":
        pdf.Root.Metadata = _metadata(pdf, metadata, str(info["/Producer"]))
    return _VERSIONS[profile.flavour]


def _metadata(pdf: pikepdf.Pdf, metadata: Metadata, maker: str) -> Any:
    text = _XMP.format(
        title=escape(metadata.full_title),
        authors="".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in metadata.authors),
        maker=escape(maker),
        date=metadata.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        id=escape(metadata.identifier),
    )
    stream = pdf.make_stream(text.encode("utf-8"))
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    return stream


def grey_profile() -> bytes:
    """An ICC profile of a press with black ink alone, whose dots grow by about a fifth (ICC.1:2001-04)."""
    tags = {
        b"desc": _described("Black ink, dot gain 20 %"),
        b"cprt": b"text\0\0\0\0" + b"No rights reserved\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249))),
        b"kTRC": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(1.75 * 256)),
    }
    start = 128 + 4 + 12 * len(tags)
    table, body = b"", b""
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    head = struct.pack(
        ">I4sI4s4s4s6H4s4sIIIQI3i4s44x",
        start + len(body), b"\0\0\0\0", 0x02400000, b"prtr", b"GRAY", b"XYZ ", 2026, 1, 1, 0, 0, 0,
        b"acsp", b"\0\0\0\0", 0, 0, 0, 0, 0, *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)), b"\0\0\0\0",
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + table + body


def _described(text: str) -> bytes:
    """A textDescriptionType (ICC.1:2001-04, 6.5.17), in ASCII alone."""
    plain = text.encode("ascii") + b"\0"
    return (
        b"desc\0\0\0\0"
        + struct.pack(">I", len(plain))
        + plain
        + struct.pack(">II", 0, 0)
        + b"\0\0\0"
        + b"\0" * 67
    )
