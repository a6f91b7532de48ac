"""The file that books are bound in: whatever is put in is found again, and readers have nothing to mend."""

from __future__ import annotations

import io
import logging

import pikepdf
import pydyf
import pytest

from recto.print.binding.pdf_file import PdfFile, reference, sort_key


def written(count: int) -> tuple[bytes, range]:
    file = PdfFile()
    info = file.allot()
    first = file.allot(count)
    file.add_lines(first, b"\n".join(b"<</At %d/Next %d 0 R>>" % (at, first + at) for at in range(count)))
    stream = file.add_stream(pydyf.Dictionary({"Type": "/Metadata"}), b"as it is")
    packed = file.add_stream(b"", b"packed " * 100, pack=True)
    file.add(pydyf.Dictionary({"Title": pydyf.String("Ünder")}), info)
    tree = file.add(b"<</Type/Pages/Kids[]/Count 0>>")
    catalog = {
        "Type": "/Catalog",
        "Pages": reference(tree),
        "Metadata": reference(stream),
        "Packed": reference(packed),
    }
    return file.close(file.add(pydyf.Dictionary(catalog)), info), range(first, first + count)


@pytest.mark.parametrize("count", [1, 499, 500, 501, 70_000])
def test_every_object_is_found_under_its_number(count: int, caplog: pytest.LogCaptureFixture) -> None:
    content, numbers = written(count)
    with caplog.at_level(logging.WARNING), pikepdf.open(io.BytesIO(content)) as pdf:
        for at in {0, 1, 499, 500, 65_535, 65_536, count - 1} & set(range(count)):
            found = pdf.get_object(numbers[at], 0)
            assert int(found.At) == at
            assert found.Next.objgen == (numbers[at], 0)
        assert pdf.Root.Metadata.read_bytes() == b"as it is"
        assert pdf.Root.Packed.read_bytes() == b"packed " * 100
        assert str(pdf.docinfo.Title) == "Ünder"
        assert pdf.check_pdf_syntax() == []
    assert caplog.records == []


def test_a_reader_that_does_not_know_pdf_can_find_the_metadata() -> None:
    assert b"as it is" in written(1)[0]


def test_the_same_objects_give_the_same_bytes_and_others_another_id() -> None:
    assert written(3)[0] == written(3)[0]
    with (
        pikepdf.open(io.BytesIO(written(3)[0])) as three,
        pikepdf.open(io.BytesIO(written(4)[0])) as four,
    ):
        assert bytes(three.trailer.ID[0]) != bytes(four.trailer.ID[0])


def test_names_are_sorted_by_the_bytes_that_a_reader_compares() -> None:
    names = ["z", "a", "größe", "Z", "ä"]
    content = [bytes(pikepdf.String(name)) for name in names]
    assert [sort_key(name) for name in names if name.isascii()] == content[:2] + content[3:4]
    assert sorted(names, key=sort_key) == ["Z", "a", "z", "größe", "ä"]
