"""The reference: the whole book as one WeasyPrint document.

`compose` lets Recto build the print book and joins the composed HTML of its units: the same text, the same
elements, the same style sheets. Only what Recto does instead of WeasyPrint is given back to WeasyPrint: links
are links within the document, and the folios of the contents come from `target-counter`. The folios of the
index stay text and lead nowhere where a mark stood, and nothing is printed in the margins: all of this makes
it faster than it would be.

As a program it lays such a document out: `python -m bench.mono FOLDER`, tagged, PDF/UA-1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_CONTENTS = '.contents a::after { content: leader("\\a0 .\\a0 .\\a0 .") target-counter(attr(href), page) }\n'
_UNITS = ".mono-unit { break-before: right }\n"
_BODY = re.compile(r"<body([^>]*)>(.*)</body>", re.DOTALL)
_HEAD = re.compile(r"^.*?<body", re.DOTALL)
DOCUMENT, SHEET, PDF = "book.html", "book.css", "mono.pdf"


def compose(source: Path, folder: Path) -> int:
    """Write the composed HTML and the style sheets of a whole book to a folder; returns its pages."""
    from recto import collate, contents, gather, index, theme, typeset
    from recto.compose import Composer, print_units
    from recto.print.layout.job import asset_table
    from recto.print.layout.paginate import Pressroom
    from recto.print.layout.positions import positions
    from recto.print.workers.workshop import Workshop
    from recto.settings import config
    from recto.settings.trim import geometry, page_css

    toml = (source if source.is_dir() else source.parent) / config.FILE_NAME
    settings, _ = config.read(toml if toml.is_file() else None)
    manuscript, _ = gather.gather(source, settings)
    book, _ = collate.collate(manuscript, settings)
    galleys, _ = typeset.typeset(book, manuscript, settings)
    entries, galleys, _ = index.build(galleys, settings)
    look = theme.find(manuscript.root, settings)
    composer = Composer(book, galleys, contents.contents(galleys), settings, look, manuscript)
    assets = asset_table(look, (asset for galley in galleys for asset in galley.assets))
    sheets = [*look.paper()]

    def shape(count: int) -> str:
        return page_css(geometry(settings, count, look.look.page)[0])

    with Workshop(2) as workshop, Pressroom(sheets, shape, assets, workshop.workers()) as press:
        laid_out, pages, _ = press.settle(
            lambda known: print_units(composer, index.locate(entries, known), known)[0], positions(galleys)
        )
    units = [laid.unit.html for laid in laid_out]
    last = shape(len(pages.folios))
    style = "\n".join((*sheets, last, _CONTENTS, _UNITS))
    for name, file in assets.items():
        style = style.replace(f"book:///{name}", Path(file.path).resolve().as_uri())
        units = [html.replace(f'"{name}"', f'"{Path(file.path).resolve().as_uri()}"') for html in units]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DOCUMENT).write_text(_joined(units), encoding="utf-8")
    (folder / SHEET).write_text(style, encoding="utf-8")
    return len(pages.folios)


def _joined(units: list[str]) -> str:
    """Documents as one, the body of each in a box of its own that begins on a recto."""
    bodies = (found for html in units if (found := _BODY.search(html)))
    boxes = "\n".join(f'<div class="mono-unit"><div{body[1]}>{body[2]}</div></div>' for body in bodies)
    head = _HEAD.match(units[0])
    whole = f"{head[0] if head else '<body'}>{boxes}</body></html>"
    return whole.replace('href="recto:', 'href="#')


def lay_out(folder: Path) -> None:
    """Lay out the one document and write its PDF, as plainly as WeasyPrint is used."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = CSS(filename=folder / SHEET, font_config=fonts)
    document = HTML(filename=folder / DOCUMENT)
    document.write_pdf(folder / PDF, font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
