"""Terms of the text lead to the glossary, and citations to the bibliography."""

from __future__ import annotations

from pathlib import Path

from recto.notations import xhtml
from tests.typeset_books import BookOf

GLOSSARY = "Forme\n:   The frame of type.\n\nHell box\n:   Where broken type goes.\n"


def links(
    text: str, glossary: str = GLOSSARY, works: str = ""
) -> tuple[list[tuple[str | None, ...]], set[str]]:
    """Role, address, words and class of every link of a text; the codes of all problems."""
    book = BookOf().chapter("1", "Type", text).matter("glossary", "Glossary", glossary, 20)
    if works:
        book.matter("bibliography", "Bibliography", works, 40)
    galleys, problems = book.set()
    root = xhtml.parse(galleys[0].opening.html)
    found = [(a.get("role"), a.get("href"), xhtml.words(a), a.get("class")) for a in root.iter("a")]
    return found, {problem.code for problem in problems}


def test_a_word_marked_as_a_term_leads_to_its_entry() -> None:
    found, codes = links("The [forme]{.term}, the [Hell box]{.term}.")
    assert found == [
        ("doc-glossref", "#term-forme", "forme", "term"),
        ("doc-glossref", "#term-hell-box", "Hell box", "term"),
    ]
    assert codes == set()


def test_an_entry_can_be_named_by_its_words_and_has_no_page_beside_it() -> None:
    found, _ = links("All [formes](#forme), and [](#hell-box).")
    assert found == [
        ("doc-glossref", "#term-forme", "formes", None),
        ("doc-glossref", "#term-hell-box", "Hell box", None),
    ]


def test_a_term_that_the_glossary_has_not_is_told_where_there_is_a_glossary() -> None:
    assert links("A [chase]{.term}.") == ([], {"term-unknown"})
    assert links("A [chase]{.term}.", glossary="No entries.") == ([], set())


def test_a_citation_leads_to_the_work() -> None:
    found, codes = links("See [Knuth](#knuth84).", works="- [Donald Knuth]{#knuth84}, 1984\n")
    assert found == [("doc-biblioref", "#knuth84", "Knuth", None)]
    assert codes == set()


def test_an_id_of_the_author_goes_before_the_words_of_a_term(tmp_path: Path) -> None:
    found, codes = links("## Forme {#forme}\n\nSee [this](#forme).")
    assert [role for role, *_ in found] == [None]
    assert codes <= {"unnumbered-heading"}
