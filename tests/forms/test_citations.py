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
