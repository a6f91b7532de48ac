"""What must hold of every finished pair of books, whatever the manuscript.

Run by the tests on small books, and by hand on a real one:

    python tests/acceptance.py MANUSCRIPT.txt REPORT.json
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.reading import EPUB_TYPE, XHTML, Epub, Pdf, squeezed

HEADING = re.compile(r"(?:\d+|[A-Z])(?:\.\d+)+ \S")


def sections(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Every section of the report, in printed order."""
    return [section for chapter in report["chapters"] for section in chapter["sections"]]


def faults(manuscript: Path, report: dict[str, Any]) -> list[str]:
    """Everything that is wrong with the books of a report made from a plain text manuscript."""
    paths = {output["format"]: Path(output["path"]) for output in report["outputs"]}
    pdf, epub = Pdf(paths["pdf"]), Epub(paths["epub"])
    text = manuscript.read_text(encoding="utf-8")
    return [
        *order_faults(report),
        *heading_faults(pdf, report),
        *contents_faults(pdf, report),
        *page_list_faults(epub, pdf),
        *loss_faults("print book", text, pdf.body()),
        *loss_faults("e-book", text, epub.body()),
    ]


def order_faults(report: dict[str, Any]) -> list[str]:
    """Sections stand once each, and in the order of their numbers within their chapter."""
    found = []
    places = Counter((section["file"], section["line"]) for section in sections(report))
    found += [f"set {count} times: {place}" for place, count in places.items() if count > 1]
    for chapter in report["chapters"]:
        numbers = [section["number"] for section in chapter["sections"]]
        keys = [[int(part) if part.isdigit() else 0 for part in number.split(".")] for number in numbers]
        if keys != sorted(keys) or len(set(numbers)) < len(numbers):
            found.append(f"chapter {chapter['label']}: out of order: {numbers}")
    return found


def heading_faults(pdf: Pdf, report: dict[str, Any]) -> list[str]:
    """Every section's heading stands on the page that the report says."""
    pages = {label: index for index, label in enumerate(pdf.labels)}
    squeezed_pages = [squeezed(pdf.page_text(index)) for index in range(len(pdf.labels))]
    return [
        f"{section['number']} {section['title']!r} is not on page {section['page']}"
        for section in sections(report)
        if squeezed(f"{section['number']} {section['title']}") not in squeezed_pages[pages[section["page"]]]
    ]


def contents_faults(pdf: Pdf, report: dict[str, Any]) -> list[str]:
    """Every line of the contents ends in the label of the page that it leads to; no section is missing."""
    lines = list(pdf.contents())
    found = [f"contents: {line.text!r} leads to {line.leads_to}" for line in lines
             if not line.text.endswith(line.leads_to)]  # fmt: skip
    listed = squeezed(" ".join(line.text for line in lines))
    found += [f"contents: {section['number']} is not listed" for section in sections(report)
              if squeezed(f"{section['number']} {section['title']}") not in listed]  # fmt: skip
    return found


def page_list_faults(epub: Epub, pdf: Pdf) -> list[str]:
    """Every entry of the page list is a page of the print book, in order, and leads to its break."""
    breaks = {
        f"{name}#{mark.get('id')}": mark.get("aria-label") or mark.get("title")
        for name, root in epub.documents()
        for mark in root.iter()
        if mark.get(EPUB_TYPE) == "pagebreak"
    }
    navigation = next(root for name, root in _documents(epub) if name.endswith("nav.xhtml"))
    folder = epub.package_path.rpartition("/")[0]
    pages = [nav for nav in navigation.iter(f"{XHTML}nav") if nav.get(EPUB_TYPE) == "page-list"]
    entries = [
        (f"{folder}/{link.get('href')}" if folder else link.get("href"), "".join(link.itertext()).strip())
        for nav in pages
        for link in nav.iter(f"{XHTML}a")
    ]
    found = [f"page list: {label} leads to {breaks.get(href)}" for href, label in entries
             if breaks.get(href) != label]  # fmt: skip
    positions = [pdf.labels.index(label) for _, label in entries]
    if positions != sorted(positions) or not entries:
        found.append("page list: empty or out of order")
    found += [f"page break {label} is not in the page list" for label in breaks.values()
              if label not in {entry for _, entry in entries}]  # fmt: skip
    return found


def loss_faults(name: str, manuscript: str, body: str) -> list[str]:
    """Every paragraph of the manuscript is in the text of the book."""
    blocks = [block.strip() for block in manuscript.split("\n\n") if block.strip()]
    return [
        f"{name}: lost {block[:70]!r}"
        for block in blocks
        if not HEADING.match(block) and squeezed(block) not in body
    ]


def _documents(epub: Epub) -> list[tuple[str, Any]]:
    from lxml import etree

    return [(name, etree.fromstring(data)) for name, data in epub.files.items() if name.endswith(".xhtml")]


if __name__ == "__main__":
    told = faults(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    print(*told, sep="\n")
    print(f"{len(told)} faults")
    sys.exit(bool(told))
