"""Writes small documents of Word's and LibreOffice's, part by part, as those programs lay them out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = {"Title": "Title", "Subtitle": "Subtitle", "Heading1": "heading 1", "Heading2": "heading 2",
           "Caption": "caption", "Quote": "Quote", "Code": "Source Code"}  # fmt: skip
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
</Types>"""
_NUMBERING = f"""<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def words(text: str, properties: str = "") -> str:
    """A run of Word's."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction: str, shown: str = "") -> str:
    """A field of Word's, in its runs."""
    steps = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(instruction)}</w:instrText>'
    )
    steps += '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + words(shown) if shown else "</w:r>"
    return f'{steps}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(*runs: str, style: str = "", item: int = 0) -> str:
    """A paragraph of Word's; `item` 1 is of a list with bullets, 2 of one with numbers."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{item}"/></w:numPr>'
    inside = "".join(run if run.startswith("<w:") else words(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def picture(described: str) -> str:
    """A run with the document's picture."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{escape(described)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        '<a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def docx(
    *body: str,
    notes: Mapping[int, str] | None = None,
    image: bytes = b"",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A `.docx` of paragraphs; `notes` are the words of footnotes by their number, `parts` replace others."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    language = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    noted = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in (notes or {}).items()
    )
    kinds = {"rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml"),
             "rId3": ("footnotes", "footnotes.xml"), "rId9": ("image", "media/image1.png")}  # fmt: skip
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in kinds.items()
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f"<Relationships {space}>{main}</Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships {space}>{relations}</Relationships>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{language}{styles}</w:styles>",
        "word/numbering.xml": _NUMBERING,
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{noted}</w:footnotes>",
    }
    contents = {name: content.encode() for name, content in files.items()}
    return zipped({**contents, "word/media/image1.png": image, **(parts or {})})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_ODF_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        **{name: _ODF.format(name) for name in ("office", "text", "style", "table", "meta")},
        "draw": _ODF.format("drawing"),
        "fo": _ODF.format("xsl-fo-compatible"),
        "svg": _ODF.format("svg-compatible"),
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def odt(body: str, styles: str = "", parts: Mapping[str, bytes] | None = None, author: str = "") -> bytes:
    """An `.odt` of blocks of OpenDocument's XML."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    meta = f"<office:meta><dc:creator>{escape(author)}</dc:creator></office:meta>"
    files = {
        "content.xml": f"<office:document-content {_ODF_SPACES}>{text}</office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF_SPACES}><office:styles>{styles}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {_ODF_SPACES}>{meta}</office:document-meta>",
    }
    return zipped({**{name: content.encode() for name, content in files.items()}, **(parts or {})})
