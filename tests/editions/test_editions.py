"""An edition is one module behind one protocol, and its files are known by it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from recto import builder, editions
from recto.editions import Edition, Finish, Need
from recto.editions.makings import Makings
from recto.model import Product
from recto.options import Options
from recto.print.binding.pdf_profile import PdfProfile


@pytest.fixture
def oars(tmp_path: Path) -> Path:
    source = tmp_path / "oars.md"
    source.write_text("# 1 Oars\n\n## 1.1 Blades\n\nFlat.\n", encoding="utf-8")
    return source


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more edition: the same pages as a second PDF without tags and links, and the count of them."""

    def begin(makings: Makings) -> Finish:
        assert makings.printed is not None
        bound = makings.printed.bind(makings.matter, PdfProfile(tags=False, links=False))
        count = len(makings.printed.pages.folios)

        def finish() -> tuple[Product, ...]:
            return (
                Product("proof", "oars-proof.pdf", "proof", makings.shop.ledger.take(bound())),
                Product("proof", "oars-proof.txt", "count", str(count).encode()),
            )

        return finish

    module = ModuleType("recto.editions.proof")
    module.__dict__["begin"] = begin
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(editions, "EDITIONS", (*editions.EDITIONS, Edition("proof", Need.PAGES)))


@pytest.mark.usefixtures("proof")
def test_two_pdfs_of_two_editions_stand_side_by_side(oars: Path, tmp_path: Path) -> None:
    options = Options(oars, tmp_path / "out", ("proof", "pdf"))
    first = builder.build(options)
    assert first.exit_code == 0, first.problems
    told = [(output.format, output.role, output.path.name) for output in first.outputs]
    assert told == [
        ("pdf", "book", "oars.pdf"),
        ("proof", "proof", "oars-proof.pdf"),
        ("proof", "count", "oars-proof.txt"),
    ]
    assert [output["format"] for output in json.loads(first.as_json())["outputs"]] == [
        "pdf",
        "proof",
        "proof",
    ]
    assert first.outputs[0].path.read_bytes() != first.outputs[1].path.read_bytes()
    again = builder.build(options)
    assert again.facts is not None, "nothing had changed, and yet it was made again"
    assert again.outputs == first.outputs


@pytest.mark.usefixtures("proof")
def test_an_edition_alone_makes_its_files_alone(oars: Path, tmp_path: Path) -> None:
    report = builder.build(Options(oars, tmp_path / "out", ("proof",), cache=False))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"oars-proof.pdf", "oars-proof.txt"}
    assert report.pages is not None


def test_the_print_book_is_laid_out_only_for_an_edition_that_needs_pages(oars: Path, tmp_path: Path) -> None:
    report = builder.build(Options(oars, tmp_path / "out", ("epub",)))
    assert "lay out" not in report.timings
    assert report.pages is None


def test_every_name_that_is_made_by_default_is_an_edition_with_a_module_of_its_name() -> None:
    assert set(editions.DEFAULT) <= set(editions.NAMES)
    folder = Path(editions.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")}
    assert set(editions.NAMES) <= modules
    shared = {"__init__", "print_book", "makings", "slug_line", "word_widths"}
    assert modules - set(editions.NAMES) == shared
