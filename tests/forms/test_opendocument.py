"""LibreOffice's documents: what of them stands in the book, and what is told."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

from PIL import Image

from recto.forms.opendocument.reading import document
from recto.forms.source_file import SourceFile
from recto.notations.document_archive import Archive
from recto.problems import Problem
from tests.building import build
from tests.documents import odt, zipped

STYLES = """
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Source_20_Code" style:display-name="Preformatted Text" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Figure" style:family="paragraph"/>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text" style:parent-style-name="T1">
  <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T3" style:family="text">
  <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T4" style:family="text">
  <style:text-properties style:text-underline-style="solid"/></style:style>
<style:style style:name="Internet_20_link" style:family="text">
  <style:text-properties style:text-underline-style="solid"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>
"""


def read(body: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    data = odt(body, STYLES)
    return document(Archive(data, Path("a.odt")), SourceFile("a.odt", "a.odt", ""))


def text(body: str) -> str:
    return read(body)[0].text.strip()


def p(inside: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def test_headings_and_emphasis_whose_styles_have_parents() -> None:
    spans = (
        '<text:span text:style-name="T1">net</text:span> and <text:span text:style-name="T2">rope</text:span>'
    )
    made = text(p("Nets", "Title") + '<text:h text:outline-level="1">Knots</text:h>' + p(f"A {spans}."))
    assert made == "# Nets\n\n## Knots\n\nA *net* and ***rope***."


def test_underlining_is_emphasis_but_in_a_link() -> None:
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    link = f'<text:a xlink:href="https://a.example">{span("Internet_20_link", "there")}</text:a>'
    assert text(p(f"A {span('T4', 'net')} {link}.")) == "A *net* [there](<https://a.example>)."


def test_lists_that_touch_are_one() -> None:
    item = "<text:list><text:list-item>{}</text:list-item></text:list>".format
    assert text(item(p("one")) + item(p("two"))) == "- one\n- two"


def test_notes_spaces_breaks_and_links() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    )
    link = '<text:a xlink:href="https://example.org/a">there</text:a>'
    made = text(p(f"One<text:s/>two{note.format(p('Of *old*.'))}<text:line-break/>three {link}"))
    assert made == "One two[^note-1]\\\nthree [there](<https://example.org/a>)\n\n[^note-1]: Of \\*old\\*."


def test_index_marks_are_given_or_stand_around_words() -> None:
    given = (
        '<text:alphabetical-index-mark text:string-value="reef" text:key1="knots" text:main-entry="true"/>'
    )
    mark = "<text:alphabetical-index-mark-{} text:id='i1'/>".format
    around = f"{mark('start')}hitch{mark('end')}"
    assert text(p(f"Tie{given} a {around}.")) == "Tie{^knots!reef|main} a {^hitch}hitch."


def test_lists_in_lists_code_and_quotations() -> None:
    inner = "<text:list><text:list-item>" + p("in") + "</text:list-item></text:list>"
    made = text(
        f'<text:list text:style-name="L1"><text:list-item>{p("one")}{inner}</text:list-item></text:list>'
        + p("a = 1", "Source_20_Code")
        + p("b<text:s text:c='3'/>= 2", "Source_20_Code")
        + p("Said she", "P1")
    )
    assert made == "1. one\n   1. in\n\n```\na = 1\nb   = 2\n```\n\n> Said she"


def test_tables_and_what_the_program_made_itself() -> None:
    cell = '<table:table-cell table:number-columns-spanned="{}">{}</table:table-cell>'.format
    row = "<table:table-row>{}</table:table-row>".format
    body = row(cell(1, p("Cord")) + cell(1, p("g"))) + row(cell(2, p("hemp")) + "<table:covered-table-cell/>")
    contents = (
        "<text:table-of-content><text:index-body>"
        + p("Knots 5")
        + "</text:index-body></text:table-of-content>"
    )
    made, problems = read(f"<table:table>{body}</table:table>{contents}{p('End.')}")
    assert made.text.strip() == "| Cord | g |\n| --- | --- |\n| hemp |  |\n\nEnd."
    assert [problem.code for problem in problems] == ["document-loss", "document-loss"]


def test_a_picture_with_its_caption_in_a_frame() -> None:
    image = (
        "<draw:frame><draw:image xlink:href='Pictures/1.png'/><svg:desc>A field</svg:desc></draw:frame>"
        "Figure <text:sequence>1</text:sequence>: The field"
    )
    frame = f"<draw:frame><draw:text-box>{p(image, 'Figure')}</draw:text-box></draw:frame>"
    assert text(p(frame)) == "![A field](<a.odt/Pictures/1.png>)\n\nFigure: The field"


def test_every_paragraph_of_a_shape_in_a_shape_stands_once() -> None:
    shape = f"<draw:custom-shape>{p('One.')}{p('Two.')}{{}}</draw:custom-shape>"
    made = text(p("Before.") + shape.format(shape.format(p("Three."))) + p("In " + shape.format("")))
    assert [made.count(word) for word in ("One.", "Two.", "Three.")] == [3, 3, 1]


def test_a_document_becomes_a_book_with_its_author_and_language(tmp_path: Path) -> None:
    png = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(png, "PNG")
    language = (
        '<style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="de" fo:country="CH"/></style:default-style>'
    )
    image = "<draw:frame><draw:image xlink:href='Pictures/1.png'/><svg:desc>Ein Feld</svg:desc></draw:frame>"
    body = '<text:h text:outline-level="1">Knoten</text:h>' + p("Gut so.") + p(image)
    source = tmp_path / "netze.odt"
    source.write_bytes(odt(body, STYLES + language, {"Pictures/1.png": png.getvalue()}, author="Ann Lee"))
    made = build(source, tmp_path / "out", "--formats", "epub")
    assert (made.exit_code, made.report["problems"]) == (0, [])
    with ZipFile(made.output(".epub")) as book:
        (package,) = (book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
    assert "<dc:language>de-CH</dc:language>" in package
    assert "Ann Lee" in package


def test_a_document_without_its_text_is_told(tmp_path: Path) -> None:
    source = tmp_path / "a.odt"
    source.write_bytes(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}))
    made = build(source, tmp_path / "out", "--check")
    assert (made.exit_code, made.report["problems"][0]["code"]) == (1, "unreadable")
