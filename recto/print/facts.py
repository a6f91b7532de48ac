"""What the bound PDF says about itself: metadata (Info and XMP), language, page labels, how it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, String

from recto import __version__
from recto.metadata import Metadata
from recto.print.imposition import numbering_runs

_LABEL_STYLES = {"roman": Name("/r"), "arabic": Name("/D")}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def write_facts(pdf: Pdf, metadata: Metadata, folios: Sequence[str]) -> None:
    """Write metadata, language, page labels and viewer preferences into a bound book."""
    stamp = metadata.modified.strftime("D:%Y%m%d%H%M%SZ")
    info = {
        "Title": metadata.full_title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": f"Recto {__version__}",
        "Producer": f"Recto {__version__}",
        "CreationDate": stamp,
        "ModDate": stamp,
    }
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({f"/{key}": String(value) for key, value in info.items() if value})
    )
    xmp = pdf.make_stream(_xmp(metadata).encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    root = pdf.Root
    root.Metadata = xmp
    root.Lang = String(metadata.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLayout = Name.TwoPageRight  # a book opens with a recto
    root.PageLabels = Dictionary(Nums=_labels(folios))


def _labels(folios: Sequence[str]) -> Array:
    """PageLabels (ISO 32000-1, 12.4.2): each run of roman or arabic folios."""
    numbers: list[object] = []
    for index, kind in numbering_runs(folios):
        numbers += [index, Dictionary(S=_LABEL_STYLES[kind])]
    return Array(numbers)


def _xmp(metadata: Metadata) -> str:
    date = metadata.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    properties = [
        _alternatives("dc:title", metadata.full_title),
        _list("dc:creator", "Seq", metadata.authors),
        _alternatives("dc:description", metadata.description),
        _list("dc:language", "Bag", (metadata.language,)),
        _list("dc:subject", "Bag", metadata.keywords),
        _list("dc:publisher", "Bag", (metadata.publisher,)),
        _alternatives("dc:rights", metadata.rights),
        _plain("dc:identifier", metadata.identifier),
        _plain("dc:format", "application/pdf"),
        _plain("pdf:Keywords", ", ".join(metadata.keywords)),
        _plain("pdf:Producer", f"Recto {__version__}"),
        _plain("xmp:CreatorTool", f"Recto {__version__}"),
        _plain("xmp:CreateDate", date),
        _plain("xmp:ModifyDate", date),
        _plain("pdfuaid:part", "1"),
    ]
    return _XMP.format(properties="\n".join(line for line in properties if line))


def _plain(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _alternatives(name: str, value: str) -> str:
    if not value:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'


def _list(name: str, kind: str, values: Iterable[str]) -> str:
    items = "".join(_items(values))
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _items(values: Iterable[str]) -> Iterator[str]:
    return (f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
