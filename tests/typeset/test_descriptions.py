"""Long descriptions: a picture leads to the words that describe it, and those lead back."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.model import Galley
from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.problems import Problem
from tests.typeset_books import BookOf


@pytest.fixture(autouse=True)
def pictures(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><path d="M0 0h4"/></svg>'
    (tmp_path / "chart.svg").write_text(drawing, encoding="utf-8")


def made(folder: Path, text: str, charts: str = "", **settings: object) -> tuple[Element, Element, set[str]]:
    """A chapter and the appendix after it, set; and the codes of all problems."""
    book = BookOf(folder).chapter("1", "Bees", text).chapter("A", "Charts in Words", charts, 50)
    galleys, problems = book.set(**settings)
    return root(galleys[0]), root(galleys[1]), codes(problems)


def root(galley: Galley) -> Element:
    return xhtml.parse(galley.opening.html)


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


def leads(picture: Element, within: Element) -> str:
    """Where the link leads that a picture names as what describes it."""
    (link,) = within.xpath(f".//a[@id='{picture.get('aria-details')}']")
    return str(link.get("href"))


def ways(within: Element) -> list[tuple[str | None, str]]:
    """The ways back from descriptions."""
    return [
        (a.get("href"), xhtml.words(a)) for a in within.xpath(".//p[@class='described']/a[@class='xref']")
    ]


def test_a_figure_leads_from_its_caption_to_its_description_and_back(tmp_path: Path) -> None:
    text = '![Cells](chart.svg "Cells *filled*"){#fig-cells longdesc="#cells"}'
    chapter, appendix, problems = made(tmp_path, text, "Nine in June.\n{#cells}\n\nMore.")
    (caption,) = chapter.iter("figcaption")
    assert xhtml.words(caption) == "Figure 1.1 Cells filled Description"
    (picture,) = chapter.iter("img")
    assert leads(picture, chapter) == "#cells"
    assert ways(appendix) == [("#fig-cells", "Figure 1.1")]
    described, way, more = appendix.iter("p")
    assert (described.get("id"), xhtml.words(more)) == ("cells", "More.")
    assert way.get("data-b") not in (None, described.get("data-b"), more.get("data-b"))
    assert problems == set()


@pytest.mark.parametrize(
    "picture",
    [
        "![Cells](chart.svg){aria-details=cells}",
        '<img src="chart.svg" alt="Cells" longdesc="#cells"/>',
        "A small ![icon](chart.svg){longdesc=#cells} in the line.",
        "[![Cells](chart.svg){longdesc=#cells}](https://example.org/)",
    ],
)
def test_every_picture_can_have_a_description(tmp_path: Path, picture: str) -> None:
    chapter, appendix, problems = made(tmp_path, picture, "::: {#cells}\nNine.\n:::")
    (image,) = chapter.iter("img")
    assert leads(image, chapter) == "#cells"
    assert not chapter.xpath(".//a//a")
    assert ways(appendix) == [(f"#{image.get('aria-details')}", "Back to the text")]
    assert problems == set()


def test_a_section_is_a_description_up_to_its_end(tmp_path: Path) -> None:
    words = "### Cells {#cells}\n\nNine.\n\n#### By day\n\nTwo.\n\n### Other\n\nNone."
    _, appendix, _ = made(tmp_path, "![C](chart.svg){longdesc=#cells}", words)
    texts = [xhtml.words(each) for each in appendix]
    assert texts == ["Cells", "Nine.", "By day", "Two.", "Back to the text", "Other", "None."]


def test_the_meaning_of_a_term_can_be_a_description(tmp_path: Path) -> None:
    _, appendix, _ = made(tmp_path, "![C](chart.svg){longdesc=#cells}", "[Cells]{#cells}\n:   Nine.")
    (meaning,) = appendix.iter("dd")
    assert xhtml.words(meaning) == "Nine.Back to the text"


def test_a_description_for_one_book_has_its_link_in_that_book_alone(tmp_path: Path) -> None:
    text = '![C](chart.svg "Cells"){longdesc=#cells}'
    chapter, _, problems = made(tmp_path, text, "Nine.\n{#cells .only-epub}")
    (holder,) = chapter.xpath(".//figcaption/span[contains(@class, 'described')]")
    assert "only-epub" in holder.get("class")
    assert problems == set()
    chapter, _, _ = made(tmp_path, text, "Nine.\n{#cells .only-pdf}")
    assert next(chapter.iter("img")).get("aria-details") is None


def test_a_description_that_is_not_there_is_told_and_not_claimed(tmp_path: Path) -> None:
    chapter, _, problems = made(tmp_path, '![C](chart.svg "Cells"){longdesc=#nowhere}')
    assert problems == {"reference-missing"}
    assert next(chapter.iter("img")).get("aria-details") is None
    assert "data-described" not in xhtml.serialize(chapter)


def test_a_description_on_the_web_is_linked_and_a_script_is_not(tmp_path: Path) -> None:
    chapter, _, problems = made(tmp_path, "![C](chart.svg){longdesc=https://example.org/c}")
    assert leads(next(chapter.iter("img")), chapter) == "https://example.org/c"
    assert problems == set()
    chapter, _, problems = made(tmp_path, "![C](chart.svg){longdesc=javascript:alert(1)}")
    assert next(chapter.iter("a"), None) is None
    assert problems == {"link-broken"}


def test_a_picture_in_a_heading_has_no_link_to_a_description(tmp_path: Path) -> None:
    galleys, problems = BookOf(tmp_path).chapter("1", "Bees ![C](chart.svg){longdesc=#x}", "Words.").set()
    assert "longdesc" not in galleys[0].opening.heading.html
    assert codes(problems) == {"attribute-unused"}


def test_the_link_speaks_the_language_of_the_book(tmp_path: Path) -> None:
    chapter, _, _ = made(tmp_path, "![C](chart.svg){longdesc=#cells}", "Neun.\n{#cells}", language="de")
    assert [xhtml.words(link) for link in chapter.iter("a")] == ["Beschreibung"]
