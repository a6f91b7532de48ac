"""What the bound PDF says about itself: metadata (Info and XMP), language, page labels, how it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from recto.languages import direction
from recto.print.binding.pdf_file import PdfFile, reference
from recto.print.binding.pdf_profile import OutputIntent, PdfProfile
from recto.print.layout.imposition import numbering_runs
from recto.settings.metadata import Metadata
from recto.version import __version__

_LABEL_STYLES = {"roman": "/r", "arabic": "/D"}
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


def write_facts(
    file: PdfFile, metadata: Metadata, folios: Sequence[str], profile: PdfProfile
) -> tuple[dict[str, Any], int]:
    """Write metadata; returns what the catalog says of the book, and the number of its Info dictionary.

    A profile without metadata has the dates and the maker in Info, and no more.
    """
    stamp = metadata.modified.strftime("D:%Y%m%d%H%M%SZ")
    made = {
        "Creator": f"Recto {__version__}",
        "Producer": f"Recto {__version__}",
        "CreationDate": stamp,
        "ModDate": stamp,
    }
    intents = _intents(file, profile.output_intent)
    if not profile.metadata:
        return {**intents, "PageLayout": "/TwoPageRight"}, file.add(_texts(made))
    info = {
        "Title": metadata.full_title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
        **made,
    }
    # uncompressed, so that programs that know nothing of PDF can find it (14.3.2)
    xmp = file.add_stream(
        pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"}), _xmp(metadata).encode("utf-8")
    )
    told = {
        "Metadata": reference(xmp),
        "Lang": pydyf.String(metadata.language),
        "ViewerPreferences": pydyf.Dictionary(_preferences(metadata.language)),
        # a book opens with a recto
        "PageLayout": "/TwoPageLeft" if direction(metadata.language) == "rtl" else "/TwoPageRight",
        "PageLabels": pydyf.Dictionary({"Nums": _labels(folios)}),
    }
    return {**told, **intents}, file.add(_texts(info))


def _preferences(language: str) -> dict[str, str]:
    """How to show the book: with its title, and pages from right to left where the language runs so
    (ISO 32000-1, table 150).
    """
    order = {"Direction": "/R2L"} if direction(language) == "rtl" else {}
    return {"DisplayDocTitle": "true", **order}


def _texts(info: Mapping[str, str]) -> pydyf.Dictionary:
    return pydyf.Dictionary({key: pydyf.String(value) for key, value in info.items() if value})


def _intents(file: PdfFile, intent: OutputIntent | None) -> dict[str, Any]:
    """The OutputIntents (14.11.5): the printing condition, with its profile where it is not one by name."""
    if intent is None:
        return {}
    condition = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": pydyf.String(intent.condition),
        "RegistryName": pydyf.String("http://www.color.org"),
        "Info": pydyf.String(intent.info),
    }
    if intent.profile:
        head = pydyf.Dictionary({"N": intent.components})
        condition["DestOutputProfile"] = reference(file.add_stream(head, intent.profile, pack=True))
    return {"OutputIntents": pydyf.Array([pydyf.Dictionary(condition)])}


def _labels(folios: Sequence[str]) -> pydyf.Array:
    """PageLabels (ISO 32000-1, 12.4.2): each run of roman or arabic folios."""
    numbers = pydyf.Array()
    for index, kind in numbering_runs(folios):
        numbers += (index, pydyf.Dictionary({"S": _LABEL_STYLES[kind]}))
    return numbers


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
