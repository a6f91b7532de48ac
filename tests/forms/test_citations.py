"""Works of .bib files: named in the text by author and year, listed at the end, and told where they lack."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.building import build
from tests.collating import Collated, collated, write

BIB = r"""
@article{marsh, author = {Marsh, Ada and M{\"u}ller, Bo}, title = {{Reeds} of the Delta}, journal = {Boats},
  year = 1984, volume = 27, pages = {97--111}}
@book{lee, author = {Lee, Ann and Roe, Cy and Poe, Di}, title = {Nets}, publisher = {Weir}, year = 1999}
@book{lee2, author = {Lee, Ann and Roe, Cy and Poe, Di}, title = {Boats}, publisher = {Weir}, year = 1999}
@online{club, author = {{The Rowing Club}}, title = {Rules}, date = {2020-01-02}}
@book{undated, editor = {Ray, Di}, title = {Oars}}
@misc{never, author = {Nobody, N.}, title = {Not Cited}, year = 2001}
"""
QUARTO = "book:\n  title: Boats\n  author: Ann Lee\n  chapters: [index.qmd, one.qmd]\n"


def quarto(folder: Path, text: str, bib: str = BIB, **files: str) -> Collated:
    held = {"_quarto.yml": QUARTO, "index.qmd": "# Preface {.unnumbered}\n\nWords.\n", "refs.bib": bib}
    return collated(folder, {**held, "one.qmd": f"# One\n\n{text}\n", **files})


def set_text(folder: Path, text: str) -> str:
    opening = quarto(folder, text).chapter("1").opening
    assert opening
    return opening.text


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("[@marsh]", "([Marsh and Müller 1984](#ref-marsh))"),
        (
            "[see @lee, p. 3; @club]",
            "(see [Lee et al. 1999b](#ref-lee), p. 3; [The Rowing Club 2020](#ref-club))",
        ),
        ("[-@marsh]", "([1984](#ref-marsh))"),
        ("So [-@marsh]: words", "So ([1984](#ref-marsh)): words"),
        ("@marsh [p. 3] says", "Marsh and Müller ([1984](#ref-marsh), p. 3) says"),
        ("@lee2.", "Lee et al. ([1999a](#ref-lee2))."),
        ("@{undated}:", "Ray ([n.d.](#ref-undated)):"),
        ("`[@marsh]` and a@marsh.org, [a](@marsh)", "`[@marsh]` and a@marsh.org, [a](@marsh)"),
        ("[@missing; @marsh]", "(**missing?**; [Marsh and Müller 1984](#ref-marsh))"),
        (
            "So^[@marsh] and^[See @marsh.]",
            "So^[([Marsh and Müller 1984](#ref-marsh))] and^[See Marsh and Müller ([1984](#ref-marsh)).]",
        ),
        ("@somebody and [mail@marsh]", "@somebody and [mail@marsh]"),
    ],
)
def test_a_citation_is_set_by_author_and_year(tmp_path: Path, typed: str, made: str) -> None:
    assert set_text(tmp_path, typed) == made


def test_what_is_cited_is_listed_by_name_and_nothing_else(tmp_path: Path) -> None:
    told = quarto(tmp_path, "[@marsh; @lee; @lee2; @club; @undated]")
    works = told.chapter("bibliography").opening
    assert works and [line.partition("</span>")[2] for line in works.text.split("\n") if line] == [
        "Ann Lee, Cy Roe, and Di Poe\\. *Boats*\\. Weir, 1999a\\.",
        "Ann Lee, Cy Roe, and Di Poe\\. *Nets*\\. Weir, 1999b\\.",
        "Ada Marsh and Bo Müller\\. Reeds of the delta\\. *Boats*, 27:97–111, 1984\\.",
        "Di Ray\\. Oars\\. n\\.d\\.",
        "The Rowing Club\\. Rules\\. 2020\\.",
    ]
    assert (told.book.back[-1].title, told.errors) == ("Bibliography", [])


def test_a_key_that_no_file_has_is_told_with_its_line(tmp_path: Path) -> None:
    problem = quarto(tmp_path, "Words.\n\n[@missing]").only("work-unknown")
    assert (problem.severity, problem.subject, problem.place.line) == ("warning", "missing", 5)


@pytest.mark.parametrize("end", ["::: {#refs}\n:::\n", ""])
def test_the_list_stands_where_the_book_has_a_place_for_it(tmp_path: Path, end: str) -> None:
    told = quarto(
        tmp_path, "[@marsh]", **{"_quarto.yml": QUARTO.replace("one.qmd", "one.qmd, z.qmd"),
        "z.qmd": f"# Works Cited {{.unnumbered}}\n\n{end}" if end else "# References {-}\n\n"},
    )  # fmt: skip
    last = told.book.chapters[-1].opening
    assert last and "Reeds of the delta" in last.text and len(told.book.chapters) == 3


def test_an_entry_that_can_not_be_read_leaves_the_others(tmp_path: Path) -> None:
    told = quarto(tmp_path, "[@marsh]", f"{BIB}\n@book{{broken year=\n")
    assert told.codes == ["works-unreadable"]
    assert "ref-marsh" in str(told.chapter("1").opening)


@pytest.mark.parametrize("title", [r"Sets \{a\}", "A net\\ {x}"])
def test_a_title_that_is_no_latex_is_set_without_its_braces(tmp_path: Path, title: str) -> None:
    entries = "".join(
        f"@book{{{key}, author = {{Lee, Ann}}, title = {{{title}}}, year = 1999}}\n" for key in ("one", "two")
    )
    told = quarto(tmp_path, "So [@one; @two].", entries)
    assert told.codes == []
    opening = told.chapter("1").opening
    assert opening and "1999a" in opening.text and "1999b" in opening.text


def test_mysts_roles_cite_works(tmp_path: Path) -> None:
    files = {
        "_toc.yml": "format: jb-book\nroot: index\n", "refs.bib": BIB,
        "index.md": "# Boats\n\n{cite}`marsh,club` and {cite:t}`undated`.\n\n```{bibliography}\n```\n",
    }  # fmt: skip
    text = "\n".join(c.opening.text for c in collated(tmp_path, files).book.chapters if c.opening)
    assert "([Marsh and Müller 1984](#ref-marsh); [The Rowing Club 2020](#ref-club)) and Ray (" in text
    assert "Reeds of the delta" in text and "{" not in text.replace("{#", "")


def test_both_books_lead_from_a_citation_to_its_work(tmp_path: Path) -> None:
    files = {"_quarto.yml": QUARTO, "index.qmd": "# Preface {.unnumbered}\n\n[@marsh]\n", "refs.bib": BIB}
    source = write(tmp_path / "b", {**files, "one.qmd": "# One\n\nWords.\n"})
    built = build(source, tmp_path / "out", "--strict", "--formats", "epub")
    assert built.exit_code == 0, built.errors
    with zipfile.ZipFile(built.output(".epub")) as epub:
        text = epub.read("EPUB/preface.xhtml").decode()
    assert 'href="bibliography.xhtml#ref-marsh" role="doc-biblioref"' in text


CSL = """[
 {"id": "marsh", "type": "article-journal", "title": "Reeds of the Delta & more_so",
  "issued": {"date-parts": [[1984]]},
  "author": [{"family": "Marsh", "given": "Ada"}, {"literal": "The Club"}], "container-title": "Boats",
  "volume": 27, "page": "97-111"},
 {"id": "never", "type": "book", "title": "Not Cited", "author": [{"family": "Berg", "given": "Bo",
  "non-dropping-particle": "van den"}], "issued": "2001", "publisher": "Weir"}
]"""
REEDS = "Ada Marsh and The Club\\. Reeds of the Delta &amp; more\\_so\\. *Boats*, 27:97&ndash;111, 1984"
ASKING = f"{QUARTO}bibliography: works.json\n"


def csl(folder: Path, text: str, settings: str = "", **files: str) -> Collated:
    return quarto(folder, text, "", **{"_quarto.yml": ASKING + settings, "works.json": CSL, **files})


def listed(told: Collated) -> list[str]:
    works = told.chapter("bibliography").opening
    return [line.partition("</span>")[2] for line in works.text.split("\n") if line] if works else []


def test_works_may_be_in_csls_form_and_listed_without_being_cited(tmp_path: Path) -> None:
    told = csl(tmp_path, "[@marsh, p. 99]", 'nocite: "@never, @missing"\n')
    assert str(told.chapter("1").opening).count("([Marsh and The Club 1984](#ref-marsh), p. 99)") == 1
    assert listed(told) == [
        f"{REEDS}\\.",
        "Bo van den Berg\\. *Not Cited*\\. Weir, 2001\\.",
    ]
    assert told.only("work-unknown").subject == "missing"


def test_front_matter_may_hold_works_and_ask_for_all(tmp_path: Path) -> None:
    works = "references:\n- id: roe\n  title: Oars\n  author: [{family: Roe}]\n  issued: 1990\n"
    front = f"---\nnocite: |\n  @*\n{works}---\n"
    told = collated(
        tmp_path,
        {
            "_quarto.yml": QUARTO,
            "index.qmd": f"{front}# Preface {{-}}\n\nWords.\n",
            "one.qmd": "# One\n\n@roe\n",
        },
    )
    assert listed(told) == ["Roe\\. Oars\\. 1990\\."] and not told.codes


def test_a_style_of_notes_cites_in_notes_whole_and_then_in_short(tmp_path: Path) -> None:
    text = "So [see @marsh, p. 3].\n\nAnd @marsh says; `[@marsh]`.\n\nA note.[^a]\n\n[^a]: As [@never]."
    style = '<style xmlns="http://purl.org/net/xbiblio/csl" class="note"></style>'
    told = csl(tmp_path, text, "csl: s.csl\n", **{"s.csl": style})
    opening = told.chapter("1").opening
    assert opening and opening.text.split("\n\n") == [
        "So.[^recto-cited-1]",
        "And Marsh and The Club[^recto-cited-2] says; `[@marsh]`.",
        "A note.[^a]",
        "[^a]: As (Bo van den Berg\\. *Not Cited*\\. Weir, 2001).",
        f"\n[^recto-cited-1]: See {REEDS}, p. 3.",
        "[^recto-cited-2]: [Marsh and The Club](#ref-marsh), *Reeds of the Delta & more\\_so*.",
    ]


def test_a_style_of_numbers_counts_works_as_they_are_cited(tmp_path: Path) -> None:
    told = csl(tmp_path, "[@never] and [@marsh, p. 3; @never]. @marsh.", "csl: ieee.csl\n")
    opening = told.chapter("1").opening
    one, two = "[1](#ref-never)", "[2](#ref-marsh)"
    assert opening and opening.text == (
        f"\\[{one}\\] and \\[{two}, p. 3; {one}\\]. Marsh and The Club \\[{two}\\]."
    )
    assert [entry[:5] for entry in listed(told)] == ["\\[1\\]", "\\[2\\]"]


def test_works_that_can_not_be_read_are_told(tmp_path: Path) -> None:
    told = csl(tmp_path, "Words.", **{"works.json": "[{"})
    assert told.codes == ["works-unreadable"]
