"""What outside judges say of the e-book; and that each of them bites on a book broken on purpose."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests import validators
from tests.epub_book import documents, opened, packed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the sample book, which has every element that a galley can hold."""
    return opened(packed(documents(), tmp_path_factory.mktemp("epub")))


def written(files: dict[str, bytes], folder: Path) -> Path:
    path = folder / "book.epub"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    path.write_bytes(content.getvalue())
    return path


def broken(files: dict[str, bytes], name: str, old: str, new: str, folder: Path) -> Path:
    """The book with one thing in one file changed."""
    content = files[name].decode()
    assert old in content
    return written({**files, name: content.replace(old, new, 1).encode()}, folder)


def test_epubcheck_has_nothing_to_say(files: dict[str, bytes], tmp_path: Path) -> None:
    assert validators.epubcheck(written(files, tmp_path)) == ()


def test_the_index_keeps_the_rules_of_epub_indexes(files: dict[str, bytes], tmp_path: Path) -> None:
    """The manifest promises an index, and so EPUBCheck tests them."""
    assert 'properties="index"' in files["EPUB/content.opf"].decode()
    changed = broken(files, "EPUB/index.xhtml", ' epub:type="index-term"', "", tmp_path)
    assert any("index-term" in line for line in validators.epubcheck(changed))


def test_epubcheck_bites(files: dict[str, bytes], tmp_path: Path) -> None:
    path = broken(
        files, "EPUB/chapter-2.xhtml", 'href="chapter-1.xhtml#', 'href="chapter-1.xhtml#x', tmp_path
    )
    assert any(line.startswith("RSC-012") for line in validators.epubcheck(path))


def test_a_note_of_epubcheck_counts_as_a_fault(files: dict[str, bytes], tmp_path: Path) -> None:
    path = broken(files, "EPUB/chapter-2.xhtml", 'epub:type="chapter"', 'epub:type="charter"', tmp_path)
    assert [line.split()[0] for line in validators.epubcheck(path)] == ["OPF-088"]


def test_ace_has_nothing_to_say(files: dict[str, bytes], tmp_path: Path) -> None:
    assert validators.ace(written(files, tmp_path)) == ()


def test_ace_bites(files: dict[str, bytes], tmp_path: Path) -> None:
    path = broken(files, "EPUB/chapter-1.xhtml", ' alt="Four squares joined by lines"', "", tmp_path)
    assert any(line.startswith("image-alt (critical)") for line in validators.ace(path))


def test_page_validation_bites(tmp_path: Path) -> None:
    path = tmp_path / "untagged.pdf"
    Image.new("RGB", (10, 10)).save(path)
    assert len(validators.pdf_ua(path)) > 3


def test_qpdf_bites(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    Image.new("RGB", (10, 10)).save(path)
    assert validators.qpdf(path) == ()
    path.write_bytes(path.read_bytes()[:-100])
    assert validators.qpdf(path)
