"""What is for one edition alone stands in that one, whole, and in no other; each counts what it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from recto.verify.epub_reader import read_epub
from recto.verify.pdf_reader import read_pdf
from tests.building import Built, build
from tests.checkout import ROOT
from tests.epub_book import opened
from tests.typeset_books import BookOf

BOOK = """# 1 Bees

Both books hold the apple, see [](#fig-last).

Alone on a screen the banana.[^banana]{^bananas}
{.only-epub}

Alone on paper the cherry.[^cherry]{^cherries}
{.only-pdf}

Both hold the damson,[^damson] and [the elder]{.only-epub}[the fig]{.only-pdf} of it.[^damson]

[^banana]: A note of grapes.
[^cherry]: A note of hazel.
[^damson]: A note of ivy.{^ivy}

![Rest](x.png "Juniper"){.only-pdf}

![Flight](x.png "Kale"){.only-epub}

![Tree](x.png "Lemon"){#fig-last}

::: {.only-epub}
Tap the melon.

- nutmeg
- olive
:::

::: only-pdf
Turn the pear.
:::

```text {.only-pdf}
quince
```

## 1.1 Turning

### Radish {.only-pdf}

Leaves of sage.

### Tomato

How to turn [](#tap){.only-epub}.

| a | b |
|---|---|
| vine | [walnut]{.only-pdf} |

## 1.2 Tapping {.only-epub #tap}

Thumbs of yam.{^tapping}

### 1.2.1 Thumbs

Both of saffron.

# 2 Last {.only-epub}

The last of thyme.
"""
SHARED = "apple damson lemon tomato vine ivy".split()
SCREEN = "banana elder grapes kale melon nutmeg olive yam saffron thyme".split()
PAPER = "cherry fig hazel juniper pear quince radish sage walnut".split()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("editions")
    (folder / "book").mkdir()
    (folder / "book" / "a.md").write_text(BOOK, encoding="utf-8")
    (folder / "book" / "book.toml").write_text('[book]\ntitle = "Two Ways"\nauthors = ["Ann Lee"]\n')
    Image.new("L", (60, 40), 128).save(folder / "book" / "x.png")
    built = build(folder / "book", folder / "out", "--verify", "--strict")
    assert built.exit_code == 0, built.errors
    return built


def words(book: Built, suffix: str) -> str:
    read = read_pdf if suffix == ".pdf" else read_epub
    return read(book.output(suffix).read_bytes()).letters.lower()


def chapters(book: Built) -> str:
    """The text of the e-book's chapters with its tags."""
    files = opened(book.output(".epub").read_bytes())
    return "".join(each.decode() for name, each in files.items() if "chapter" in name)


def test_each_book_has_what_is_for_it_and_nothing_that_is_for_the_other(book: Built) -> None:
    for suffix, own, others in ((".pdf", PAPER, SCREEN), (".epub", SCREEN, PAPER)):
        text = words(book, suffix)
        assert [word for word in (*SHARED, *own) if word not in text] == []
        assert [word for word in others if word in text.replace("figure", "")] == []


def test_each_book_counts_its_own_notes_and_figures(book: Built) -> None:
    assert "figure11juniper" in words(book, ".pdf")
    assert "figure12lemon" in words(book, ".pdf")
    shown = re.sub(r"<[^>]+>", "", chapters(book))
    assert re.findall(r"[Ff]igure\s1\.\d", shown) == ["figure 1.2", "Figure 1.1", "Figure 1.2"]
    assert re.findall(r'doc-noteref"[^>]*>(\d+)<', chapters(book)) == ["1", "2", "2"]


def test_the_index_of_the_e_book_leads_to_what_is_in_it(book: Built) -> None:
    files = opened(book.output(".epub").read_bytes())
    index = next(each.decode() for name, each in files.items() if name.endswith("index.xhtml"))
    assert "bananas" in index
    assert "tapping" in index
    assert "cherries" not in index
    assert "cherries" in words(book, ".pdf")
    assert "bananas" not in words(book, ".pdf")


def test_the_index_of_each_book_names_notes_by_the_number_that_they_have_there(book: Built) -> None:
    files = opened(book.output(".epub").read_bytes())
    index = next(each.decode() for name, each in files.items() if name.endswith("index.xhtml"))
    (said,) = re.findall(r"ivy.*?>(\d+n\d+)<", index, re.DOTALL)
    assert said.endswith("n2")
    assert re.findall(r"ivy,?\s*\d+(n\d)", words(book, ".pdf")) == ["n2"]


def test_the_contents_of_each_book_list_what_is_in_it(book: Built) -> None:
    nav = opened(book.output(".epub").read_bytes())["EPUB/nav.xhtml"].decode()
    assert "Tapping" in nav
    assert "Last" in nav
    assert "tapping" not in words(book, ".pdf")


def codes(text: str) -> list[str]:
    _, problems = BookOf().chapter("1", "One", text).set()
    return [problem.code for problem in problems]


def test_what_is_in_no_book_and_what_no_book_is_called_is_told() -> None:
    assert codes("::: {.only-pdf}\nPear.\n\nPlum.\n{.only-epub}\n:::\n") == ["edition-none"]
    assert codes("Pear.\n{.only-print}\n") == ["edition-unknown"]
    assert codes("Pear.\n{.only-pdf .only-epub}\n") == []


def test_a_reference_from_both_books_into_one_is_told() -> None:
    text = "Pear, see [it](#it){}.\n\nPlum.\n{{.only-epub #it}}\n"
    assert codes(text.format("")) == ["edition-reference"]
    assert codes(text.format("{.only-epub}")) == []
    assert codes(text.format("{.only-pdf}")) == ["edition-reference"]


def test_a_number_that_one_book_leaves_out_amid_others_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 1 One\n\nA.\n\n# 2 Two {.only-pdf}\n\nB.\n\n# 3 Three\n\nC.\n")
    built = build(tmp_path / "a.md", tmp_path / "out", "--check", "--formats", "epub")
    assert [each["code"] for each in built.report["problems"] if each["code"] != "author-missing"] == [
        "edition-gap"
    ]


def test_words_that_neither_book_has_are_still_missed(tmp_path: Path) -> None:
    name = Path("templates/epub/sections.xhtml")
    (tmp_path / "book" / name).parent.mkdir(parents=True)
    text = "# 1 One\n\nApples.\n\nPears for a screen.\n{.only-epub}\n\nPlums for paper.\n{.only-pdf}\n"
    (tmp_path / "book" / "a.md").write_text(text)
    whole = (ROOT / name).read_text(encoding="utf-8")
    cut = whole.replace("{{ piece.html }}", '{{ piece.html | replace("Pears", "") }}')
    (tmp_path / "book" / name).write_text(cut, encoding="utf-8")
    built = build(tmp_path / "book", tmp_path / "out", "--verify")
    lost = [(each["code"], each["line"]) for each in built.report["problems"]]
    assert ("words-lost", 5) in lost
    assert ("words-lost", 8) not in lost
