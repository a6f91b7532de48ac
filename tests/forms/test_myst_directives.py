"""Directives of MyST as what they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.door import Door
from recto.forms.folder import BookFolder
from recto.forms.jupyter_book import prepare
from recto.forms.source_file import SourceFile
from tests.collating import collated


def prepared(folder: Path, text: str) -> tuple[str, list[str]]:
    file, problems = prepare(SourceFile("a.md", "a.md", text), BookFolder(folder, Door.of(folder)))
    return file.text, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("```{math}\n:label: eq:tide\nh = 2\n\n+ 1\n```", "$$\nh = 2\n+ 1\n$$ {#eq:tide}"),
        ("```{math} h = 2\n```", "$$\nh = 2\n$$"),
        (
            "```{table} Tides\n:name: tides\n| a |\n|---|\n| 1 |\n```",
            "Table: Tides {#tides}\n| a |\n|---|\n| 1 |",
        ),
        (
            "```{list-table} Tides\n:header-rows: 1\n* - Day\n  - Height\n"
            "* - Monday\n  - two\n    feet\n* - |\n```",
            "Table: Tides\n| Day | Height |\n|---|---|\n| Monday | two feet |\n| \\| |  |",
        ),
        ("```{list-table}\n* - a\n```", "|  |\n|---|\n| a |"),
        ("```{epigraph}\nTide waits.\n\n-- A man\n```", "> Tide waits.\n>\n> -- A man\n{.epigraph}"),
        (":::{pull-quote}\nTide waits.\n:::", "> Tide waits."),
        (":::{dropdown} Step 1\n:open:\n*Wait.*\n:::", '!!! note "Step 1"\n    *Wait.*'),
        ("```{exercise}\n:label: one\nWait.\n```", '<a id="one"></a>\n!!! exercise\n    Wait.'),
        ("```{solution} one\nDo.\n```", "!!! answer\n    Do."),
        (
            "```{exercise-start}\n```\nRun:\n```{code-cell} python\n---\ntags: [x]\n---\nrow()\n```\n"
            "```{exercise-end}\n```\nAfter.",
            "!!! exercise\n    Run:\n    ```python\n    row()\n    ```\nAfter.",
        ),
        (
            "````{grid} 1 2\n```{grid-item-card} Bow\n^^^\nThe *front*.\n```\n````",
            "**Bow**\nThe *front*.",
        ),
        ("1. Row\n\n   ```{tip}\n   Softly.\n   ```", "1. Row\n   !!! tip\n       Softly."),
        ("```{prf:lemma} Tides\nTrue.\n```", '!!! lemma "Lemma (Tides)"\n    True.'),
        ("```{code-block} c\n:caption: Rows\n:name: rows\nx;\n```", "```c\nx;\n```\nListing: Rows {#rows}"),
        (
            "```{glossary}\nBow\n  The front.\n  Or so.\n\nOar\n: A blade.\n```",
            "Bow\n:   The front.\n    Or so.\nOar\n: A blade.",
        ),
        ("```{iframe} https://a.example/v\n:width: 9\nA film.\n```", "<https://a.example/v>\nA film."),
        ("```{tableofcontents}\n```", ""),
    ],
)
def test_a_directive_of_myst_is_what_it_stands_for(tmp_path: Path, text: str, made: str) -> None:
    shown, codes = prepared(tmp_path, text)
    assert "\n".join(line for line in shown.split("\n") if line.strip()) == made
    assert codes == []


def test_a_file_that_a_directive_includes_is_in_the_book_once(tmp_path: Path) -> None:
    text = "# A\n\n```{include} parts/tide.md\n```\n\n```{literalinclude} /row.py\n:language: python\n```\n"
    part = "The *tide*.\n\n```{tip}\nWait.\n```\n"
    files = {
        "_toc.yml": "format: jb-book\nroot: a\n",
        "a.md": text,
        "parts/tide.md": part,
        "row.py": "row()\n",
    }
    told = collated(tmp_path, files)
    (opening,) = (chapter.opening for chapter in told.book.chapters)
    assert opening and "The *tide*.\n\n!!! tip\n    Wait." in opening.text
    assert "```python\nrow()\n```" in opening.text and told.codes == []


def test_what_is_for_another_output_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    text = "```{raw} html\n<b>\n```\n```{raw} latex\n\\x\n```\n```{include} gone.md\n```\n```{abacus}\n1\n```"
    shown, codes = prepared(tmp_path, text)
    assert codes == ["html-removed", "latex-left-out", "directive-unknown", "directive-unknown"]
    assert "{include} gone.md" in shown and "{abacus}\n1" in shown
