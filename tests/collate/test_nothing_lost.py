"""Whatever an author writes, no word is lost and nothing falls over."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recto.model import Book
from recto.problems import Problem
from tests.collating import collated

TEXT_LINES = [
    "1.1 Oars", "1.2 Blades", "1.1.1 Looms", "2.1 ropes and knots", "2.2 Bends.", "3.5 million did this",
    "A.1 Tides", "Chapter 2: Rain", "Chapter Three", "Part I: Land", "Part II", "Preface", "Conclusion",
    "Appendix", "Index", "4.1", "— pun —", "...", "and so", "It rained.", "It goes on and on", "",
]  # fmt: skip
MARKDOWN_LINES = [
    "# 1 Oars", "## 1.1 Blades", "### 1.1.1 Looms", "## 1.2", "# Chapter 2: Rain", "# Part I: Land",
    "# Preface", "## Notes", "### 1 Step", "# Storm", "# Appendix", "# Appendix B: Tides", "## B.1 Neap",
    "### 2.0 release", "```", "~~~", "Setext\n======", "1.3 Set\n---", "---", "<!-- a", "-->", "    # code",
    "- item", "> # quote", "It rained.", "and so", "", "# Index", "title: Sea", "## 3.1 {#x}", "## 3.2 {#x}",
]  # fmt: skip


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def words_of(book: Book) -> Counter[str]:
    """Every word of the book: titles and texts. Numbers and the words of headings are counted apart."""
    found: Counter[str] = Counter()
    parts = []
    for chapter in book.chapters:
        if chapter.part and chapter.part not in parts:
            parts.append(chapter.part)
            found += words(chapter.part.opening.text if chapter.part.opening else "")
        found += words(chapter.opening.text if chapter.opening else "")
        for section in chapter.sections:
            found += words(section.source.text)
    return found


def whole(files: dict[str, str | bytes]) -> tuple[Book, tuple[Problem, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        result = collated(Path(folder), files)
    return result.book, result.problems


def marked(lines: list[str]) -> list[str]:
    """Each line of running text gets a word of its own, to look for in the book."""
    return [f"{line} x{n}x." if line == "It rained." else line for n, line in enumerate(lines)]


@pytest.mark.parametrize("kind", ["txt", "md"])
@settings(max_examples=150)
@given(data=st.data())
def test_every_line_is_in_the_book_once_or_an_error_says_why_not(kind: str, data: st.DataObject) -> None:
    pool = TEXT_LINES if kind == "txt" else MARKDOWN_LINES
    files = data.draw(
        st.lists(st.lists(st.sampled_from(pool), min_size=1, max_size=6, unique=True), min_size=1, max_size=3)
    )
    texts = ["\n\n".join(marked(lines)) + f"\n\nlast{n}last.\n" for n, lines in enumerate(files)]
    book, problems = whole({f"{'abc'[n]}.{kind}": text for n, text in enumerate(texts)})
    assert all(problem.message and problem.code for problem in problems)
    if any(problem.severity == "error" or problem.code == "repeated-text" for problem in problems):
        return
    expected = Counter(word for text in texts for word in re.findall(r"x\d+x|last\dlast", text))
    held = words_of(book)
    assert {word: held[word] for word in expected} == dict(expected)
    anchors = [c.anchor for c in book.chapters] + [s.anchor for c in book.chapters for s in c.sections]
    assert len(anchors) == len(set(anchors))
    numbers = [s.number for c in book.chapters for s in c.sections]
    assert len(numbers) == len(set(numbers))


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=300),
    st.sampled_from(["a.txt", "a.md", "04-2.md"]),
)
@example("---\n", "a.md")
@example("---\na: [\n---", "a.md")
@example("\ufeff", "a.txt")
def test_no_text_makes_it_fall_over(text: str, name: str) -> None:
    whole({name: text})


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md"]))
def test_no_bytes_make_it_fall_over(data: bytes, name: str) -> None:
    whole({name: data})
