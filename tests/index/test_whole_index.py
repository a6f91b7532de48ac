"""A book with every kind of mark, and a list: each locator of both books against the pages themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests import indexed, validators
from tests.building import Built, build
from tests.reading import XHTML, Epub, Pdf

pytestmark = pytest.mark.slow

FILLER = (
    "The river keeps its own accounts and shows them to nobody; what it takes from one bank it lends to the"
    " other, and the ferrymen, who have seen both columns, say that in the end they agree. "
)
PREFACE = "# Preface\n\nFerries are old{^ferries!history of}. Thanks to Åsa Öberg.{^Öberg, Åsa}\n"
ONE = """# 1 Ropes {^ropes|main}

{^hawsers|see ropes}{^ropes|seealso ferries!cable; knots}

## 1.1 Laying {^laying of ropes|(}

A rope is laid{^ropes!laying of}, and hemp{^hemp} is its stuff.[^tar]
The [cable ferry]{^ferries!cable} hangs on it.

[^tar]: Tar{^tar} keeps it, says St. Elmo{^Saint Elmo@St. Elmo}.

FILLER

Here the [strands]{^} part.{^laying of ropes|)}

## 1.2 Wear

Wear{^wear|(} and bad knots{^knots} begin here, with chafe\\index{chafe|textbf}.

FILLER
"""
TWO = """# 2 Banks

## 2.1 Landings

![A landing](landing.png "The landing{^landings} at low water"){#fig-landing}

Table: Levels {#tbl-levels}

| Bank | Level |
|------|-------|
| East | high{^levels!of banks!east} |
| West | low |

1. First the (((piles,oak))) piles,
2. then ((planks)) and indexterm:[planks,nails in] nails.\\index{nails|see{planks}}

FILLER

## 2.2 Tolls

Wear{^wear|)} ends here. The toll was 3 pence.{^tolls}{^.ferry files}{^1851 census}

FILLER

Tolls{^tolls|main} were paid in kind. Ordinance 17 says so, and Ordinance 18.

FILLER

Nobody paid{^tolls} on Sundays. The ferryman slept, and hemp rotted.
"""
LIST = """
[[terms]]
term = "ordinances"
patterns = ['ordinance \\d+']

[[terms]]
term = "ferrymen"
divide = "chapter"

[[terms]]
term = "accounts of the river"
see = ["rivers"]

[[terms]]
term = "rivers"
sections = ["1.1", "2.2"]

[[terms]]
term = "Sundays"
exact = true
"""
BOOK = """
[book]
title = "The Ferry Book"
authors = ["A. Ferryman"]
[print]
trim = "5x8in"
"""


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The book, built once for all tests."""
    source = tmp_path_factory.mktemp("ferry") / "book"
    source.mkdir()
    filler = "\n\n".join([FILLER * 3] * 6)
    for name, text in {"00.md": PREFACE, "01.md": ONE, "02.md": TWO}.items():
        (source / name).write_text(text.replace("FILLER", filler), encoding="utf-8")
    (source / "index.toml").write_text(LIST, encoding="utf-8")
    (source / "book.toml").write_text(BOOK, encoding="utf-8")
    Image.new("L", (600, 300), 160).save(source / "landing.png")
    return build(source, source.parent / "out")


def lines(ferry: Built) -> dict[str, str]:
    """The entries of the index of the e-book: what stands after each heading."""
    root = dict(Epub(ferry.output(".epub")).documents())["EPUB/index.xhtml"]
    found = {}
    for entry in root.iter(f"{XHTML}li"):
        around = list(entry.iterancestors(f"{XHTML}li"))[::-1]
        path = "/".join("".join(each[0].itertext()) for each in (*around, entry))
        parts = (("".join(part.itertext()), part.tail) for part in entry[1:] if part.tag != f"{XHTML}ul")
        text = (entry[0].tail or "") + "".join(own + (tail or "") for own, tail in parts)
        found[path] = " ".join(text.split()).lstrip(",. ")
    return found


def test_the_book_builds_without_a_word(ferry: Built) -> None:
    assert ferry.exit_code == 0, ferry.errors
    assert ferry.report["problems"] == []


def test_every_mark_and_term_has_its_line(ferry: Built) -> None:
    found = lines(ferry)
    kinds = {heading: re.sub(r"\d+", "N", text) for heading, text in found.items()}
    assert kinds == {
        ".ferry files": "N", "1851 census": "N", "accounts of the river": "See rivers",
        "chafe": "N", "ferries": "", "ferries/cable": "N", "ferries/history of": "vii", "ferrymen": "",
        "ferrymen/Banks": "N–N", "ferrymen/Ropes": "N–N", "hawsers": "See ropes", "hemp": "N", "knots": "N",
        "landings": "Nf", "laying of ropes": "N–N", "levels": "", "levels/of banks": "",
        "levels/of banks/east": "Nt", "nails": "See planks", "ordinances": "N", "piles": "", "piles/oak": "N",
        "planks": "N", "planks/nails in": "N", "rivers": "N, N", "ropes": "N. See also ferries: cable; knots",
        "ropes/laying of": "N", "St. Elmo": "NnN", "strands": "N", "Sundays": "N", "tar": "NnN",
        "tolls": "N, N, N", "wear": "N–N", "Öberg, Åsa": "vii",
    }  # fmt: skip
    order = [heading for heading in found if "/" not in heading]
    assert order[:2] == ["1851 census", "accounts of the river"]
    assert order.index("St. Elmo") < order.index("strands") < order.index("Sundays")
    assert order.index("knots") < order.index("Öberg, Åsa") < order.index("ordinances")


def test_every_locator_stands_for_the_page_and_leads_to_the_place(ferry: Built) -> None:
    assert indexed.faults(ferry.output(".pdf"), ferry.output(".epub")) == []


def test_the_check_of_locators_bites(ferry: Built, tmp_path: Path) -> None:
    epub = Epub(ferry.output(".epub"))
    places = list(indexed.places_of(epub))
    links = list(indexed.links_of(Pdf(ferry.output(".pdf"))))
    assert len(places) == len(links) > 25
    assert len({place.folio for place in places}) > 6
    assert all(place.before or place.after for place in places)


def test_the_index_is_valid(ferry: Built) -> None:
    assert validators.epubcheck(ferry.output(".epub")) == ()
    assert validators.ace(ferry.output(".epub")) == ()


def test_a_heading_that_goes_on_over_the_leaf_is_repeated(tmp_path: Path) -> None:
    rivers = "\n\n".join(f"River {number} runs.{{^rivers!of rank {number:03}}}" for number in range(1, 131))
    (tmp_path / "rivers.md").write_text(f"# 1 Rivers\n\n## 1.1 All\n\n{rivers}\n", encoding="utf-8")
    built = build(tmp_path / "rivers.md", tmp_path / "out", "--formats", "pdf,epub")
    assert built.exit_code == 0, built.errors
    assert built.report["problems"] == []
    pdf = Pdf(built.output(".pdf"))
    texts = [" ".join(pdf.page_text(number).split()) for number in range(len(pdf.text))]
    (repeated,) = [number for number, text in enumerate(texts) if "rivers (continued)" in text]
    assert repeated % 2 == 1  # a left-hand page
    assert "Index" in texts[repeated - 1]
    assert indexed.faults(built.output(".pdf"), built.output(".epub")) == []
