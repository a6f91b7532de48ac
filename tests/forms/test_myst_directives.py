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


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{math}`a^2` H{sub}`2`O {kbd}`Ctrl` {del}`old`", "$a^2$ H<sub>2</sub>O <kbd>Ctrl</kbd> ~~old~~"),
        ("{py:func}`~oars.row` {py:class}`Oar <oars.Oar>`", "`oars.row` `Oar`"),
        ("`{math}` is typed so", "`{math}` is typed so"),
        ("{numref}`Figure %s <fig-a>`", "Figure [](#fig-a){.number-alone}"),
        ("a = 1\n$$ (eq-a)", "a = 1\n$$ {#eq-a}"),
        ("$$a$$ (eq-a)", "$$a$$ {#eq-a}"),
        ('% a comment\nwords\n+++ {"a": 1}\n', "\nwords\n\n"),
        ("```\n% code\n+++\n```", "```\n% code\n+++\n```"),
        ("<project:#sec-a> and [a](project:#sec-a)", "[](#sec-a) and [a](#sec-a)"),
        ("```{index} oars; long\n```", "{^oars!long}\n"),
        (
            '```{csv-table} Oars\n:header: a, b\n\n1, "2, 3"\n```',
            "\nTable: Oars\n\n| a | b |\n|---|---|\n| 1 | 2, 3 |\n",
        ),
        ("```{versionadded} 2.0\nOars.\n```", '!!! note "New in version 2.0"\n    Oars.\n'),
        ("```{only} html\nA film.\n```", "::: {.only-epub}\nA film.\n:::"),
        ("```{only} not html\nOn paper.\n```", "::: {.only-pdf}\nOn paper.\n:::"),
        (
            "{menuselection}`File --> Open`, {guilabel}`&OK`, {abbr}`FISA (of rowing)`, {term}`oars <oar>`",
            "File → Open, OK, FISA (of rowing), oars",
        ),
        ("By {prf:ref}`tides`, {cite}`lee`", "By [](#tides), {cite}`lee`"),  # no list of works
        ("# Rowing\n\n## Indices\n\n* {ref}`genindex`\n* {ref}`search`\n", "# Rowing\n\n\n\n\n\n"),
        ("# Rowing\n\nOars.\n\n* {ref}`modindex`", "# Rowing\n\nOars.\n\n"),
    ],
)
def test_what_stands_in_the_text_of_myst_is_read(tmp_path: Path, text: str, made: str) -> None:
    assert prepared(tmp_path, text)[0] == made


def test_a_document_is_named_without_its_ending_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("docs/race.md", "docs/gear/oars.ipynb", "docs/gear/index.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# A\n", encoding="utf-8")
    text = "{doc}`oars`, {doc}`/race`, {doc}`the race <../race>`, {doc}`/gear/oars.ipynb`, {doc}`nets`"
    file = SourceFile("docs/gear/index.md", "docs/gear/index.md", text)
    made, _ = prepare(file, BookFolder(tmp_path, Door.of(tmp_path)))
    assert made.text == (
        "[](oars.ipynb), [](../race.md), [the race](../race.md), [](oars.ipynb), [](nets.md)"
    )


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ("", "1 2 3 4 5"),
        (":lines: 1,3-4", "1 3 4"),
        (":lines: 4-", "4 5"),
        (":lines: 4-99,x", "4 5"),
        (":start-after: two", "3 4 5"),
        (":start-at: two\n:end-before: four", "2 3"),
        (":end-at: two", "1 2"),
        (":start-line: 1\n:end-line: 3", "2 3"),
        (":start-after: nine", "1 2 3 4 5"),
    ],
)
def test_a_part_of_a_file_is_included(tmp_path: Path, options: str, lines: str) -> None:
    (tmp_path / "a.txt").write_text("1\n2 two\n3\n4 four\n5\n")
    text, codes = prepared(tmp_path, f"```{{literalinclude}} a.txt\n{options}\n```")
    assert (" ".join(line[0] for line in text.split("\n") if line[:1].isdigit()), codes) == (lines, [])


def test_files_that_fit_a_pattern_are_listed_in_the_order_of_their_names(tmp_path: Path) -> None:
    files = {f"more/{name}.md": f"# {name}\n\nWords.\n" for name in ("10-c", "2-b", "1-a")}
    listed = "[{file: more/2-b.md}, {pattern: 'more/*.md'}]"
    toc = f"project: {{toc: [{{file: index.md}}, {{title: P, children: {listed}}}]}}"
    told = collated(tmp_path, {"myst.yml": toc, "index.md": "# I\n\nWords.\n", **files})
    assert [chapter.title for chapter in told.book.chapters] == ["I", "2-b", "1-a", "10-c"]


def test_a_toctree_may_hold_patterns(tmp_path: Path) -> None:
    files = {f"ref/{name}.md": f"# {name}\n\nWords.\n" for name in ("b", "a", "c")}
    index = "# I\n\nWords.\n\n```{toctree}\n:glob:\n\nref/c\nref/*\n```\n"
    told = collated(tmp_path, {"conf.py": "", "index.md": index, **files})
    assert ([chapter.title for chapter in told.book.chapters], told.codes) == (["I", "c", "a", "b"], [])
