"""Word's documents: what of them stands in the book, what is told, and what strangers may hand in."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from recto.door import RefusedError
from recto.forms.office.word_writer import at_head, escaped
from recto.forms.source_file import SourceFile
from recto.forms.word.reading import document
from recto.notations import document_archive as archive
from recto.notations import xhtml
from recto.notations.document_archive import Archive
from recto.problems import Problem
from tests.building import build
from tests.documents import docx, field, paragraph, picture, words, zipped
from tests.typeset_books import set_text

CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def read(data: bytes) -> tuple[SourceFile, tuple[Problem, ...]]:
    made, problems = document(Archive(data, Path("a.docx")), SourceFile("a.docx", "a.docx", ""))
    assert made is not None
    return made, problems


def text(*body: str, notes: dict[int, str] | None = None) -> str:
    return read(docx(*body, notes=notes))[0].text.strip()


def test_headings_stand_one_level_down_below_a_title() -> None:
    made = text(paragraph("Nets", style="Title"), paragraph("Knots", style="Heading1"), paragraph("Words."))
    assert made == "# Nets\n\n## Knots\n\nWords."


def test_a_first_heading_with_nothing_below_is_the_title_and_by_names_the_author() -> None:
    body = [
        paragraph("Nets", style="Heading1"),
        paragraph("By Ann Lee"),
        paragraph("Knots", style="Heading1"),
    ]
    made, _ = read(docx(*body[:1], *body[2:], paragraph("Words.")))
    assert made.text.strip() == "# Nets\n\n## Knots\n\nWords."
    titled = paragraph("Nets", style="Title")
    made, _ = read(docx(titled, *body[1:], paragraph("Words.")))
    assert (made.text.strip(), made.said["authors"]) == ("# Nets\n\n\n## Knots\n\nWords.", "Ann Lee")


def test_a_subtitle_and_a_title_in_bold_stand_on_the_title_page() -> None:
    body = [paragraph("Nets", style="Title"), paragraph("A Guide", style="Subtitle"), paragraph("by Ann Lee")]
    made, _ = read(docx(*body, paragraph("Knots", style="Heading1"), paragraph("Words.")))
    assert made.text.split() == ["#", "Nets", "##", "Knots", "Words."]
    assert (made.said["subtitle"], made.said["authors"]) == ("A Guide", "Ann Lee")
    bold = [paragraph(words(each, "<w:b/>")) for each in ("Nets", "Chapter One", "Chapter Two")]
    made, _ = read(docx(*bold[:2], paragraph("Words."), bold[2], paragraph("More.")))
    assert (made.text.split()[0], made.said["title"]) == ("**Chapter", "Nets")
    made, _ = read(docx(body[0], bold[1], paragraph("Words."), bold[2], paragraph("More.")))
    assert (made.text.split()[0], made.said["title"]) == ("**Chapter", "Nets")
    assert read(docx(bold[1], bold[2], paragraph("More.")))[0].text.startswith("**Chapter One**")


def test_a_heading_is_known_by_its_level_whatever_its_style_is_called() -> None:
    def style(name: str, called: str, inside: str = "") -> str:
        return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>{inside}</w:style>'

    def level(number: int) -> str:
        return f'<w:pPr><w:outlineLvl w:val="{number}"/></w:pPr>'

    sheet = "".join(
        (
            style("berschrift1", "heading 1"),
            style("Kapitel", "Kapitel", '<w:basedOn w:val="berschrift1"/>'),
            style("Heading", "Heading", level(0)),  # of Pages
            style("Teil", "Teil", level(1)),
            style("Zitat", "Zitat", f'<w:basedOn w:val="Teil"/>{level(9)}'),
            style("a", "a", '<w:basedOn w:val="b"/>') + style("b", "b", '<w:basedOn w:val="a"/>'),
        )
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = f'<w:styles xmlns:w="{space}">{sheet}</w:styles>'.encode()
    names = ("a", "Kapitel", "Heading", "Teil", "Zitat")
    body = [paragraph(each, style=each) for each in names]
    plain = f"<w:p>{level(0)}{words('Eins')}</w:p>"
    made, _ = read(docx(*body, plain, parts={"word/styles.xml": styles}))
    assert made.text.split("\n")[::2] == ["a", "# Kapitel", "# Heading", "## Teil", "Zitat", "# Eins"]


def test_a_line_across_the_page_is_the_break_of_a_scene() -> None:
    rule = (
        '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r></w:p>'
    )
    assert text(paragraph("One."), rule, paragraph("Two.")) == "One.\n\n***\n\nTwo."


def test_a_caption_between_a_picture_and_a_table_is_of_what_it_names() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    net = f"<w:p>{picture('A net')}</w:p>"
    named = {"Figure 1: A": "Figure: A", "Tabelle 1: A": "Table: A", "Abb. 1: A": "Figure: A"}
    for typed, made in named.items():
        lines = text(net, paragraph(typed, style="Caption"), table).split("\n")
        assert lines[2] == made


def test_chapters_in_order_keep_headings_without_numbers_among_them(tmp_path: Path) -> None:
    heads = ["Before the Sea", "Part I: Ropes", "Chapter 1: Knots", "A Pause", "Chapter 2: Nets"]
    body = [each for head in heads for each in (paragraph(head, style="Heading1"), paragraph("Words."))]
    source = tmp_path / "sea.docx"
    source.write_bytes(docx(paragraph("Sea", style="Title"), *body))
    made = build(source, tmp_path / "out", "--check")
    found = [(chapter["label"], chapter["title"]) for chapter in made.report["chapters"]]
    assert found == [("", "Before the Sea"), ("1", "Knots"), ("", "A Pause"), ("2", "Nets")]
    assert made.report["problems"] == []


def test_emphasis_is_markdown_and_within_a_word_html_where_stars_would_print() -> None:
    slanted = [words("sl", "<w:i/>"), words("anted ", "<w:i/>")]
    assert text(paragraph("It is ", *slanted, "here.")) == "It is *slanted* here."
    assert text(paragraph("a", words("“b”", "<w:b/>"), "c")) == "a<strong>“b”</strong>c"


def test_a_note_stands_below_the_paragraph_that_calls_it() -> None:
    made = text(paragraph("Fish", CALL, "."), paragraph("More."), notes={2: "Of the sea."})
    assert made == "Fish[^footnote-2].\n\n[^footnote-2]: Of the sea.\n\nMore."


def test_index_fields_are_index_marks() -> None:
    fields = [' XE "knots:reef" \\b ', ' XE "hitch" \\t "See also knots" ', " XE nets "]
    made = text(paragraph("Tie", *map(field, fields), "."))
    assert made == "Tie{^knots!reef|main}{^hitch|seealso knots}{^nets}."


def test_what_word_made_itself_is_left_out_and_told() -> None:
    made, problems = read(docx(paragraph(field(' TOC \\o "1-3" ', "Knots 5")), paragraph("Words.")))
    assert made.text.strip() == "Words."
    assert [(p.code, "list of contents" in p.message) for p in problems] == [("document-loss", True)]


def test_lists_code_quotations_and_scene_breaks() -> None:
    made = text(
        paragraph("one", item=1), paragraph("two", item=1), paragraph("x = 1", style="Code"),
        paragraph("y = 2", style="Code"), paragraph("Said she", style="Quote"), paragraph("* * *"),
    )  # fmt: skip
    assert made == "- one\n- two\n\n```\nx = 1\ny = 2\n```\n\n> Said she\n\n***"


def test_tables_have_one_row_of_heads_and_the_caption_beside_them() -> None:
    row = "<w:tr>{}</w:tr>".format
    cell = "<w:tc>{}</w:tc>".format
    table = row(cell(paragraph("Cord")) + cell(paragraph("g | m")))
    table += row(cell(paragraph("hemp")) + cell(paragraph("4") + paragraph("5")))
    caption = paragraph("Tabelle ", field(" SEQ Tabelle ", "1"), ": Weights", style="Caption")
    made = text(caption, f"<w:tbl>{table}</w:tbl>")
    assert made == "Table: Weights\n\n| Cord | g \\| m |\n| --- | --- |\n| hemp | 4<br>5 |"


def test_cells_over_others_are_told() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("both")}</w:tc>'
    narrow = f"<w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc>"
    made, problems = read(docx(f"<w:tbl><w:tr>{wide}</w:tr><w:tr>{narrow}</w:tr></w:tbl>"))
    assert made.text.strip() == "| both |  |\n| --- | --- |\n| a | b |"
    assert [problem.code for problem in problems] == ["document-loss"]


def test_a_formula_keeps_its_letters_and_hidden_words_are_told() -> None:
    formula = "<m:oMath><m:r><m:t>E=m</m:t></m:r></m:oMath>"
    made, problems = read(
        docx(f"<w:p>{words('So ')}{formula}</w:p>", paragraph(words("secret", "<w:vanish/>")))
    )
    assert made.text.strip() == "So E=m"
    assert len(problems) == 2


@settings(max_examples=60)
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40))
def test_every_character_of_a_paragraph_comes_out_as_it_went_in(typed: str) -> None:
    wanted = " ".join(typed.split())
    line = at_head(escaped(wanted))
    html, _ = set_text(f"A.\n\n{line}\n\nB.")
    assert _plain(xhtml.words(xhtml.parse(html))) == _plain(f"A.{wanted}B.")


def _plain(words: str) -> str:
    """Without what typesetting makes of quotes, dashes, dots and spaces."""
    return re.sub(r"[\"'“”‘’„‚«»‹›\s\u00ad\u2060.…–—‐‑−-]", "", words)


def test_a_document_becomes_both_books_with_its_pictures(tmp_path: Path) -> None:
    png = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(png, "PNG")
    body = [paragraph("Nets", style="Title"), paragraph("Knots", style="Heading1"), paragraph("Tie it well.")]
    body += [paragraph(picture("A red field")), paragraph("Figure 1: The field", style="Caption")]
    source = tmp_path / "nets.docx"
    source.write_bytes(docx(*body, image=png.getvalue()))
    made = build(source, tmp_path / "out", "--formats", "epub")
    assert (made.exit_code, made.report["problems"], made.report["title"]) == (0, [], "Nets")
    assert [chapter["title"] for chapter in made.report["chapters"]] == ["Knots"]


def test_a_problem_names_the_paragraph(tmp_path: Path) -> None:
    source = tmp_path / "nets.docx"
    source.write_bytes(docx(paragraph("Knots", style="Heading1"), paragraph("Tie."), paragraph(picture(""))))
    made = build(source, tmp_path / "out", "--check")
    told = [(p["line"], p["code"]) for p in made.report["problems"] if p["code"] != "author-missing"]
    assert told == [(3, "alt-missing"), (3, "image-format")]


# What strangers hand in: none of these may take long, reach outside, or end in a traceback.
BOMB = b'<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document/>'
FILE = b'<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'
DEEP = b'<w:document xmlns:w="w">' + b"<w:p>" * 1000 + b"</w:p>" * 1000 + b"</w:document>"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (docx(parts={"word/document.xml": BOMB}), "declares"),
        (docx(parts={"word/document.xml": FILE}), "declares"),
        (docx(parts={"word/document.xml": FILE.decode().encode("utf-16")}), "declares"),
        (docx(parts={"word/document.xml": DEEP}), "in one another"),
        (docx(parts={"word/document.xml": b"<w:document>"}), "not XML"),
        (docx(parts={"word/document.xml": b"<a>" + b" " * 2_000_001 + b"</a>"}), "in one piece"),
        (zipped({"a.txt": b"nothing"}), "not as it should be"),
    ],
)
def test_a_hostile_document_is_an_error_in_words(data: bytes, told: str, tmp_path: Path) -> None:
    source = tmp_path / "nets.docx"
    source.write_bytes(data)
    made = build(source, tmp_path / "out", "--check")
    assert made.exit_code == 1
    assert [p["code"] for p in made.report["problems"]] == ["unreadable"]
    assert told in made.report["problems"][0]["message"]


def test_a_part_is_held_to_its_limit_whatever_the_archive_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_XML", 100_000)
    bomb = docx(parts={"word/document.xml": b"<w:document>" + b" " * 10_000_000})
    assert len(bomb) < 50_000
    with pytest.raises(RefusedError, match="unpacked"):
        Archive(bomb, Path("a.docx")).xml("word/document.xml")
    many = Archive(zipped({f"{n}.xml": b"<a/>" + b" " * 60_000 for n in range(2)}), Path("a.docx"))
    assert many.xml("0.xml") == many.xml("0.xml")
    with pytest.raises(RefusedError, match="text has more"):
        many.xml("1.xml")


def test_a_part_whose_packing_is_damaged_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as parts:
        parts.writestr("a.xml", "words " * 500)
    data = bytearray(packed.getvalue())
    data[50:70] = bytes(20)
    with pytest.raises(RefusedError, match="can't be read"):
        Archive(bytes(data), Path("a.docx")).xml("a.xml")


def test_a_document_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PARTS", 10)
    with pytest.raises(RefusedError, match="parts"):
        Archive(zipped({f"{n}.xml": b"" for n in range(20)}), Path("a.docx"))
