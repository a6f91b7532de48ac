"""Books made for Quarto, bookdown, HonKit and Leanpub, in the order of their own lists."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from recto.door import Door
from recto.forms import bookdown, honkit, jupyter_book, leanpub, pandoc, quarto
from recto.forms.folder import BookFolder
from recto.forms.source_file import SourceFile
from recto.gather import gather
from recto.settings.config import Config
from tests.building import build
from tests.checkout import TESTS
from tests.collating import Collated, collated, write

BOOKS = TESTS / "books"


def of(folder: Path, name: str) -> Collated:
    files = [path for path in (BOOKS / name).rglob("*") if path.is_file()]
    return collated(folder, {path.relative_to(BOOKS / name).as_posix(): path.read_bytes() for path in files})


def chapters(told: Collated) -> list[tuple[str, str, str, str, list[str]]]:
    return [
        (c.kind, c.label, c.title, c.part.title if c.part else "", [s.source.title for s in c.sections])
        for c in told.book.chapters
    ]


def prepared(folder: Path, text: str, prepare: object = pandoc.prepare) -> tuple[str, list[str]]:
    assert callable(prepare)
    file, problems = prepare(SourceFile("a.md", "a.md", text), BookFolder(folder, Door.of(folder)))
    return file.text, [problem.code for problem in problems]


def test_raw_html_of_pandoc_is_html_and_a_block_for_another_format_is_left_out(tmp_path: Path) -> None:
    text, codes = prepared(
        tmp_path,
        "A.\n\n```{=html}\n<!--\n\nnot for print\n-->\n```\n\n```{=latex}\n\\vfill\n\nx\n```\n\n"
        "````markdown\n```{=html}\n<b>\n```\n````\n\n```{=html}\nnever closed\n",
    )
    shown = [line for line in text.split("\n") if line]
    assert shown == [
        "A.", "<!--", "not for print", "-->",
        "````markdown", "```{=html}", "<b>", "```", "````", "```{=html}", "never closed",
    ]  # fmt: skip
    assert codes == ["latex-left-out"]


def test_quarto(tmp_path: Path) -> None:
    told = of(tmp_path, "quarto")
    assert chapters(told) == [
        ("front", "", "Welcome", "", []),
        ("chapter", "1", "Flour", "At the Table", ["Rye"]),
        ("chapter", "2", "Water", "At the Table", []),
        ("chapter", "3", "Heat", "The Oven", ["Steam"]),
        ("chapter", "4", "Summary", "", []),
        ("appendix", "A", "Weights", "", []),
    ]
    assert told.codes == ["code-not-run", "latex-left-out"]
    heat = told.chapter("3")
    assert heat.part and heat.part.opening and heat.part.opening.text == "Where it happens."


def test_bookdown(tmp_path: Path) -> None:
    told = of(tmp_path, "bookdown")
    assert chapters(told) == [
        ("front", "", "Before the First Stone", "", []),
        ("chapter", "1", "Stones", "Matter", ["Round Ones"]),
        ("chapter", "2", "Laying", "Work", ["Corners"]),
        ("appendix", "A", "Tools", "", []),
    ]
    assert told.codes == ["code-not-run", "latex-left-out", "unlisted-file"]


def test_honkit(tmp_path: Path) -> None:
    told = of(tmp_path, "honkit")
    assert chapters(told) == [
        ("front", "", "Hello", "", []),
        ("chapter", "1", "The Box", "The Bed", ["Earth"]),
        ("chapter", "2", "Plants", "", []),
    ]
    assert sorted(told.codes) == ["listed-missing", "markup-unknown"]  # of a plugin
    box, earth = told.chapter("1").opening, told.chapter("1").sections[0].source
    assert box and "thirty centimetres" in box.text and "!!! danger\n    Nails rust." in box.text
    assert earth.text == "Two parts of compost."


def test_leanpub(tmp_path: Path) -> None:
    told = of(tmp_path, "leanpub")
    assert chapters(told) == [
        ("front", "", "Before the Weather", "", []),
        ("chapter", "1", "Rain", "Water", []),
        ("chapter", "2", "Hail", "Water", []),
        ("chapter", "3", "Snow", "Water", []),
        ("back", "", "Colours of the Sky", "", []),
    ]
    assert told.codes == []
    rain = told.chapter("1")
    assert rain.anchor == "rain"
    assert rain.opening and "!!! warning\n    Take a coat.\n\n    And a hat.\n" in rain.opening.text
    assert '![A drop](resources/drop.svg "A drop"){width=50%}' in rain.opening.text


@pytest.mark.parametrize(
    ("name", "title", "authors", "line"),
    [
        (
            "quarto",
            "Bread, Slowly",
            ["Cara Crust", "Dan Dough"],
            "a Quarto book: 7 chapters listed in _quarto",
        ),
        ("bookdown", "Walls of Stone", ["Eve Mason"], "a bookdown book: 5 files in the order"),
        (
            "honkit",
            "A Garden of One Metre",
            ["Fay Green"],
            "a HonKit or GitBook book: 4 chapters listed in pages/",
        ),
        ("leanpub", "Leanpub", [], "a Leanpub book: 4 files listed in manuscript/Book.txt"),
    ],
)
def test_both_books_of_each_are_made(
    tmp_path: Path, name: str, title: str, authors: list[str], line: str
) -> None:
    built = build(BOOKS / name, tmp_path / "out", "--no-cache")
    assert built.exit_code == 0, built.errors
    assert f"this is {line}" in built.errors
    assert built.report["title"] == title
    assert built.output(".pdf").exists()
    codes = {problem["code"] for problem in built.report["problems"]}
    assert codes & {"reference-missing", "link-broken", "image-missing", "attribute-unused"} == set()
    with ZipFile(built.output(".epub")) as archive:
        (opf,) = (archive.read(each).decode() for each in archive.namelist() if each.endswith(".opf"))
    assert re.findall(r"<dc:creator[^>]*>([^<]*)", opf) == authors


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("```{r}\nx\n```", "```r\nx\n```"),
        ("```{r setup, include=FALSE}\nx\n```\nwords", "\nwords"),
        ("```{python}\n#| echo: false\nx\n```", ""),
        ("```{ojs}\n//| label: a\nx\n```", "```ojs\nx\n```"),
        ("```r\n#| no chunk\n```", "```r\n#| no chunk\n```"),
        ("````{{r, eval=TRUE}}\n```{r}\nx\n```\n````", "````r\n```r\nx\n```\n````"),
        ("```{{python}}\nx\n```", "```python\nx\n```"),
        ("~~~{r}\nx", "~~~r\nx"),
        ("::: {}\nx\n:::\ny", "\nx\n\ny"),
        ("::: note\nx\n:::\ny", "!!! note\n    x\n\ny"),
        ("::: {.callout-warning}\n::: inner\nx\n:::\n:::", "!!! warning\n\n    x\n\n"),
        ("::: {.only-pdf}\nx\n:::\ny", "::: {.only-pdf}\nx\n:::\ny"),
        ('::: {.content-visible when-format="html"}\nx\n:::', "::: {.only-epub}\nx\n:::"),
        ('::: {.content-hidden when-format="html"}\nx\n:::', "::: {.only-pdf}\nx\n:::"),
        ('::: {.content-visible unless-format="pdf"}\nx\n:::', "::: {.only-epub}\nx\n:::"),
        ("```\n::: note\n```", "```\n::: note\n```"),
        ("see @fig-a-b, and [@sec-c].", "see [](#fig-a-b), and [](#sec-c)."),
        ("me@sec-c.org `@sec-c`", "me@sec-c.org `@sec-c`"),
        ("see [-@fig-a], [Fig. @fig-b]", "see [](#fig-a){.number-alone}, Fig. [](#fig-b){.number-alone}"),
        ("Figure \\@ref(fig:a)", "Figure [](#fig:a){.number-alone}"),
        ("Theorem \\@ref(thm:a) and @lem-b", "[Theorem](#thm:a) and [Lemma](#lem-b)"),
        ("(@a) One\n(@) Two\nAs (@a) says, `(@a)`", "(1) One\n(2) Two\nAs (1) says, `(@a)`"),
        ("## Nets {-}\n## Knots {- #knots}", "## Nets {.unnumbered}\n## Knots {.unnumbered #knots}"),
        ("::: {#thm-a}\n## Moon\nx\n:::", '<a id="thm-a"></a>\n\n!!! theorem "Theorem (Moon)"\n\n    x\n'),
        ("::: {.callout-tip}\n## Moon\nx\n:::", '!!! tip "Moon"\n\n    x\n'),
        ("::: {.panel-tabset}\n## R\nx\n:::", "\n**R**\n\nx\n"),
        ('```{theorem, name="Moon"}\nx\n```', '!!! theorem "Theorem (Moon)"\n    x\n'),
        ("```{block2, type='rmdnote'}\nx\n```", "!!! note\n    x\n"),
        ('```{.python filename="a.py"}\nx\n```', '```{.python title="a.py"}\nx\n```'),
        ('| a |\n|---|\n\n: Nets {#tbl-a tbl-colwidths="[1]"}', "| a |\n|---|\n\nTable: Nets {#tbl-a}"),
        (
            "![Two *nets*](a.png){#fig-a width=50% fig-align=left}",
            "![Two *nets*](a.png){width=50%}\n\nFigure: Two *nets* {#fig-a}",
        ),
        ('![Nets\ndrawn](a.png){fig-alt="A net"}', "![A net](a.png)\n\nFigure: Nets drawn"),
        ("words ![Nets](a.png)", "words ![Nets](a.png)"),
        ("::: {#fig-a}\n![](a.png)\n\nNets\n:::", "![](a.png)\n\n\nFigure: Nets {#fig-a}\n"),
        (
            "::: {#fig-a}\n![L](a.png){#fig-l}\n\n![R](b.png)\n\nNets\n:::",
            "![L](a.png)\n\n\n![R](b.png)\n\n\n\nFigure: Nets. (a) [L]{#fig-l}; (b) R {#fig-a}\n",
        ),
        ("(ref:a) Nets\n\nHere (ref:a).", "\n\nHere Nets."),
        (
            "{{< pagebreak >}}\n{{< kbd Ctrl-C >}} {{< other >}} {{{< kbd x >}}}",
            "\n`Ctrl-C` {{< other >}} {{{< kbd x >}}}",
        ),
        ("\\newpage \\vspace{2em}\n\\index{word}\n\\begin{x}", "\n\\index{word}\n\\begin{x}"),
    ],
)
def test_what_knitr_and_quarto_write_is_read(tmp_path: Path, text: str, made: str) -> None:
    assert prepared(tmp_path, text)[0] == made


def test_code_that_is_not_run_is_told_with_its_line(tmp_path: Path) -> None:
    assert prepared(tmp_path, "a\n\n```{r}\nx\n```\n")[1] == ["code-not-run"]
    assert prepared(tmp_path, "a\n\n```r\nx\n```\n")[1] == []


@pytest.mark.parametrize("text", ["book: [", "&a [*a, *a]", "\t- x"])
def test_a_list_that_can_not_be_read_is_an_error_at_its_line(tmp_path: Path, text: str) -> None:
    files = {"_quarto.yml": f"# ours\n{text}", "a.md": "# 1 A\n\nb.\n"}
    problem = collated(tmp_path, files).only("list-unreadable")
    assert (problem.severity, problem.place.line) == ("error", 2)
    assert collated(tmp_path, files, '[source]\nform = "numbers"\n').labels == ["1"]


def test_settings_of_honkit_that_can_not_be_read_are_passed_over(tmp_path: Path) -> None:
    told = collated(tmp_path, {"SUMMARY.md": "* [A](a.md)", "book.json": "{", "a.md": "# A\n\nb.\n"})
    assert told.codes == ["list-unreadable"] and told.errors == []
    nearly = '{\n\t// ours\n\t"title": "Boats", "author": "Ann Lee <a@b.example>",\n}'
    order = honkit.order(BookFolder(write(tmp_path, {"book.json": nearly}), Door.of(tmp_path)))
    assert order and order.book == {"title": "Boats", "authors": ("Ann Lee",)}
    assert [problem.code for problem in order.problems] == ["list-unreadable"]


def test_a_folder_of_two_forms_is_told_and_can_be_chosen(tmp_path: Path) -> None:
    files = {
        "_quarto.yml": "book:\n  title: Q\n  chapters: [a.qmd]\n",
        "a.qmd": "# A\n\nx.\n",
        "SUMMARY.md": "* [B](b.md)\n",
        "b.md": "# B\n\nx.\n",
    }
    told = collated(tmp_path, files)
    assert told.only("two-forms").subject == "HonKit"
    assert [c.title for c in told.book.chapters] == ["A"]
    chosen = collated(tmp_path, files, '[source]\nform = "honkit"\n')
    assert [c.title for c in chosen.book.chapters] == ["B"]


def test_what_leads_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nx.\n")
    for files in (
        {"_quarto.yml": "book:\n  chapters: [../secret.md, a.md]\n"},
        {"SUMMARY.md": "* [S](../secret.md)\n* [A](a.md)\n"},
        {"Book.txt": "../secret.md\na.md\n"},
        {"_bookdown.yml": "rmd_files: [../secret.md, a.md]\n"},
        {
            "SUMMARY.md": "* [A](a.md)\n",
            "book.json": '{"root": ".."}',
        },
    ):
        folder = tmp_path / "book"
        told = collated(folder, {**files, "a.md": "# A\n\nx.\n"})
        assert "Secret" not in {c.title for c in told.book.chapters}
        for name in files:
            (folder / name).unlink()


def test_each_form_is_known_by_its_own_name() -> None:
    names = [form.FORM.name for form in (bookdown, honkit, leanpub, quarto)]
    assert names == ["bookdown", "HonKit", "Leanpub", "Quarto"]


def test_jupyter_book(tmp_path: Path) -> None:
    told = of(tmp_path, "jupyter-book")
    assert chapters(told) == [
        ("front", "", "A Window", "", []),
        ("chapter", "1", "The Heron", "By the Water", ["Nests"]),
        ("chapter", "2", "The Crow", "On Land", []),
        ("chapter", "3", "Counting Crows", "On Land", []),
    ]
    assert told.codes == []
    heron = told.chapter("1")
    assert heron.anchor == "grey-heron" and heron.opening
    assert "!!! note\n    Bring a chair." in heron.opening.text
    assert '!!! note "At dawn"\n    It is there' in heron.opening.text


def test_both_books_of_a_jupyter_book_are_made(tmp_path: Path) -> None:
    built = build(BOOKS / "jupyter-book", tmp_path / "out", "--no-cache")
    assert built.exit_code == 0, built.errors
    assert "this is a Jupyter Book: 5 chapters listed in _toc.yml" in built.errors
    assert built.report["title"] == "Birds from a Window"
    assert {p["code"] for p in built.report["problems"]} & {"link-broken", "reference-missing"} == set()


def test_a_glossary_of_honkit_is_one(tmp_path: Path) -> None:
    terms = "## Oar\nA blade of *ash*.\n\nOf beech, too.\n\n## Thole\n\nA pin.\n"
    files = {"SUMMARY.md": "* [A](a.md)\n", "a.md": "# A\n\nx.\n", "GLOSSARY.md": terms}
    told = collated(tmp_path, files)
    (glossary,) = told.book.back
    assert (glossary.role, glossary.title, told.codes) == ("glossary", "Glossary", [])
    assert glossary.opening and glossary.opening.text.split("\n") == [
        "Oar", ":   A blade of *ash*.", "", "    Of beech, too.", "", "", "Thole", ":   A pin.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "cover"),
    [
        ({"_quarto.yml": "book:\n  chapters: [a.md]\n  cover-image: art/c.png\n"}, "art/c.png"),
        ({"book.json": '{"cover": "art/c.png"}', "SUMMARY.md": "* [A](a.md)\n"}, "art/c.png"),
        ({"SUMMARY.md": "* [A](a.md)\n", "cover.jpg": "x"}, "cover.jpg"),
        ({"manuscript/Book.txt": "a.md\n", "manuscript/a.md": "# A\n\nx.\n",
          "manuscript/resources/title_page.png": "x"}, "manuscript/resources/title_page.png"),
        ({"_quarto.yml": "book:\n  chapters: [a.md]\n  cover-image: gone.png\n"}, None),
    ],
)  # fmt: skip
def test_the_cover_that_a_list_names_is_the_books(
    tmp_path: Path, files: dict[str, str], cover: str | None
) -> None:
    folder = write(tmp_path, {"a.md": "# A\n\nx.\n", "art/c.png": "x", **files})
    assert gather(folder, Config())[0].said.get("cover") == cover


def test_a_table_of_bookdown_has_the_name_in_its_caption(tmp_path: Path) -> None:
    text = "# A\n\nSee \\@ref(tab:oars).\n\nTable: (\\#tab:oars) Oars.\n\n| a |\n|---|\n| b |\n"
    told = collated(tmp_path, {"_bookdown.yml": "", "index.Rmd": text})
    (opening,) = (chapter.opening for chapter in told.book.chapters)
    assert opening and "Table: Oars. {#tab:oars}" in opening.text and "[](#tab:oars)" in opening.text


def test_a_label_with_a_slash_is_an_id_all_the_same(tmp_path: Path) -> None:
    text = "# A\n\n(start/nets)=\n## Nets\n\nSee {ref}`these <start/nets>`.\n"
    told = collated(tmp_path, {"_toc.yml": "format: jb-book\nroot: a\n", "a.md": text})
    (opening,) = (chapter.opening for chapter in told.book.chapters)
    assert opening and "Nets {#start-nets}" in opening.text and "[these](#start-nets)" in opening.text


def test_a_page_of_honkit_includes_from_the_root_of_the_text(tmp_path: Path) -> None:
    files = {
        "book.json": '{"root": "text"}',
        "text/SUMMARY.md": "* [A](a/a.md)\n",
        "text/a/a.md": '# A\n\n{% include "/knots/one.md" %}\n\n{% include "two.md" %}\n',
        "text/knots/one.md": "A reef.\n",
        "text/a/two.md": "A bow.\n",
    }
    told = collated(tmp_path, files)
    (opening,) = (chapter.opening for chapter in told.book.chapters)
    assert opening and opening.text == "A reef.\n\nA bow." and told.codes == []


def test_a_book_of_honkit_in_several_languages_is_the_first_of_them(tmp_path: Path) -> None:
    files = {
        "LANGS.md": "* [English](en/)\n* [Not yet](fr/)\n* [Deutsch](de/)\n",
        "book.json": '{"variables": {"rope": "hemp"}}',
        "en/SUMMARY.md": "* [Knots](a/a.md)\n",
        "en/a/a.md": '# Knots\n\n{% include "/b.md" %}\n',
        "en/b.md": "Of {{ book.rope }}.\n",
        "de/SUMMARY.md": "* [Knoten](a.md)\n",
        "de/a.md": "# Knoten\n\nAus Hanf.\n",
    }
    told = collated(tmp_path, files)
    assert [chapter.title for chapter in told.book.chapters] == ["Knots"]
    (opening,) = (chapter.opening for chapter in told.book.chapters)
    assert opening and opening.text == "Of hemp."
    manuscript, _ = gather(write(tmp_path / "again", files), Config())
    assert manuscript.told.endswith("(a book of its own for each language: give that folder for de)")


def test_of_a_plugin_of_honkit_the_words_stay_and_are_told(tmp_path: Path) -> None:
    text = "{% filename %}*a*.py{% endfilename %}\n```\n{% a %}b{% enda %}\n```\n{% if x %}y{% endif %}\n"
    made, codes = prepared(tmp_path, text, honkit.FORM.prepare)
    assert made == "*a*.py\n```\n{% a %}b{% enda %}\n```\n{% if x %}y{% endif %}\n"
    assert codes == ["markup-unknown"]


def test_the_toc_of_myst_is_an_order(tmp_path: Path) -> None:
    toc = (
        "project:\n  title: M\n  toc:\n    - file: a.md\n    - title: P\n      children:\n"
        "        - file: b.md\n          children: [{file: c.md}]\n"
    )
    files = {f"{name}.md": f"# {name}\n\nx.\n" for name in "abc"}
    told = collated(tmp_path, {"myst.yml": toc, **files})
    assert chapters(told) == [("front", "", "a", "", []), ("chapter", "1", "b", "P", ["c"])]


def test_a_chunk_that_only_fetches_a_picture_is_that_picture(tmp_path: Path) -> None:
    text = """```{r}
#| label: fig-net
#| echo: false
#| fig-cap: |
#|   A net,
#|   mended.
#| fig-alt: Knots [many]
knitr::include_graphics("images/net one.png", dpi = 270)
```

See @fig-net."""
    made, codes = prepared(tmp_path, text)
    assert [line for line in made.split("\n") if line] == [
        "![Knots (many)](<images/net%20one.png>)",
        "Figure: A net, mended. {#fig-net}",
        "See [](#fig-net).",
    ]
    assert codes == ["code-not-run"]


def test_the_caption_of_a_drawing_that_is_not_run_is_that_of_its_code(tmp_path: Path) -> None:
    made, _ = prepared(
        tmp_path, '```{r nets, fig.cap="All \\\\"nets\\\\"", out.width="80%"}\nplot(nets)\n```'
    )
    assert made.strip() == '```r\nplot(nets)\n```\n\nListing: All "nets" {#fig:nets}'


def test_index_entries_of_myst_are_marks_and_dressed_words_their_words(tmp_path: Path) -> None:
    text = """```{index} knots, pair: rope; hemp
```

```{index}
single: nets; mending
see: mesh; nets
```

A {index}`reef <knots; reef>` and {index}`pair: bow; line`, a {term}`hitch <Hitch>`, {bdg-primary}`new`."""
    made, codes = prepared(tmp_path, text, jupyter_book.prepare)
    assert [line for line in made.split("\n") if line] == [
        "{^knots}{^pair: rope!hemp}",
        "{^nets!mending}{^mesh|see nets}",
        "A reef{^knots!reef} and bow line{^bow!line}{^line!bow}, a hitch, new.",
    ]
    assert codes == []


def test_a_listed_notebook_is_read_and_not_run(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Counting\n", "\n", "Birds."]},
        {"cell_type": "code", "source": "print('```')", "outputs": [{}]},
        {"cell_type": "code", "source": "secret", "metadata": {"tags": ["hide-input"]}},
        {"cell_type": "raw", "source": "raw"},
    ]
    notebook = json.dumps({"cells": cells, "metadata": {"kernelspec": {"language": "python"}}})
    files = {
        "_toc.yml": "root: intro\nchapters:\n- file: count\n",
        "intro.md": "# Hello\n\nHere.\n",
        "count.ipynb": notebook,
    }
    told = collated(tmp_path / "book", {**files, "other.ipynb": "{}"})
    (counting,) = (chapter for chapter in told.book.chapters if chapter.label == "1")
    assert counting.title == "Counting"
    assert counting.opening and counting.opening.text == "Birds.\n\n```python\nprint('```')\n```"
    assert told.codes == ["code-not-run"]
    broken = collated(tmp_path / "broken", {**files, "count.ipynb": "[1]"})
    assert "unreadable" in broken.codes


def test_a_quarto_website_is_read_in_the_order_of_its_sidebar(tmp_path: Path) -> None:
    bar = (
        "website:\n  title: On Tides\n  sidebar:\n    contents:\n      - index.qmd\n"
        "      - section: At Sea\n        href: sea/index.qmd\n        contents:\n"
        "          - sea/ebb.qmd\n          - text: The Flood\n            href: sea/flood/\n"
        "          - section: Far out\n            contents: [sea/deep.md]\n"
        "      - text: Elsewhere\n        href: https://tides.example\n      - sea/ebb.qmd\n"
    )
    files = {
        "_quarto.yml": bar,
        "index.qmd": "---\ntitle: Before\n---\n\nRead on.\n",
        "sea/index.qmd": "---\ntitle: The Sea\n---\n\nIt is wide.\n",
        "sea/ebb.qmd": "---\ntitle: Ebb\n---\n\nIt goes.\n",
        "sea/flood/index.qmd": "It comes.\n",
        "sea/deep.md": "# Deep\n\nIt is dark.\n",
        "about.qmd": "---\ntitle: About\n---\n\nUs.\n",
    }
    told = collated(tmp_path, files)
    assert [(title, part) for _, _, title, part, _ in chapters(told)] == [
        ("Before", ""),
        ("The Sea", "At Sea"),
        ("Ebb", "At Sea"),
        ("The Flood", "At Sea"),
        ("Deep", "At Sea"),
    ]
    assert told.codes == ["unlisted-file"]


def test_a_shortcode_of_quarto_includes_a_file_and_facts(tmp_path: Path) -> None:
    write(tmp_path, {"_quarto.yml": "book: {title: Knots}\n", "_variables.yml": "year: 2024\n"})
    write(tmp_path, {"_a.qmd": "---\ntitle: A\n---\nOne.\n\n{{< include sub/b.md >}}\n", "sub/b.md": "Two."})
    asked = "{{< include _a.qmd >}}\n\n{{< include /none.qmd >}}\n\n{{< meta book.title >}} {{< var year >}}"
    text, _ = prepared(tmp_path, asked)
    assert [line for line in text.split("\n") if line] == [
        "One.",
        "Two.",
        "{{< include /none.qmd >}}",
        "Knots 2024",
    ]


def test_a_file_that_includes_itself_comes_to_an_end(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "Again.\n{{< include a.md >}}\n{{< include a.md >}}"})
    assert len(prepared(tmp_path, "{{< include a.md >}}")[0].split("\n")) < 5_000


def test_what_is_included_in_quarto_is_in_no_list_and_not_told(tmp_path: Path) -> None:
    files = {
        "_quarto.yml": "book: {title: K, date: 2024-03-01, chapters: [index.qmd, a.qmd]}\n",
        "_b.qmd": "Two.\n",
    }
    pages = {
        "index.qmd": "# Preface {.unnumbered}\n\nOne.\n",
        "a.qmd": "---\ntitle: Nets\n---\n\n## Knots\n\n{{< include _b.qmd >}}\n",
    }
    told = collated(tmp_path, {**files, **pages})
    assert told.codes == []
    assert chapters(told)[1] == ("chapter", "1", "Nets", "", ["Knots"])


def test_front_matter_of_a_notebook_and_options_of_its_cells_are_read(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "raw", "source": "---\ntitle: Nets\n---"},
        {"cell_type": "markdown", "source": "## Knots\n\nWords."},
        {"cell_type": "code", "source": "#| label: a\nx = 1"},
        {"cell_type": "code", "source": "#| echo: false\ny = 2"},
    ]
    book = {"_quarto.yml": "book: {title: K, chapters: [a.ipynb]}\n", "a.ipynb": json.dumps({"cells": cells})}
    told = collated(tmp_path, book)
    assert chapters(told)[0][2:] == ("Nets", "", ["Knots"])
    text = told.chapter("1").sections[0].source.text
    assert "x = 1" in text and "label" not in text and "y = 2" not in text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{% hint style='danger' %} Wet. {% endhint %}", "!!! danger\n    Wet.\n"),
        ('{% tabs %}\n{% tab title="One" %}\nx\n{% endtab %}\n{% endtabs %}', "\n\n**One**\n\nx\n\n"),
        ('{% code title="a.js" %}\n```js\nx\n```\n{% endcode %}', '\n```js title="a.js"\nx\n```\n'),
        ('{% embed url="https://a.org" %}', "<https://a.org>"),
        ('{% content-ref url="b.md" %}\n[b](b.md)\n{% endcontent-ref %}', "\n[b](b.md)\n"),
        ("a {# unseen #} b {#id}", "a  b {#id}"),
        ("```\n{% tabs %}\n```", "```\n{% tabs %}\n```"),
    ],
)
def test_the_blocks_of_gitbook_are_what_they_hold(tmp_path: Path, text: str, made: str) -> None:
    assert prepared(tmp_path, text, honkit.FORM.prepare) == (made, [])


def test_of_the_settings_of_honkit_that_are_a_program_the_plain_texts_are_read(tmp_path: Path) -> None:
    program = (
        'module.exports = {\n  title: "Knots",\n  author: "Ann",\n  root: "./text", plugins: [x()]\n};\n'
    )
    files = {"book.js": program, "text/SUMMARY.md": "* [A](/text/a.md)\n* [B](b.adoc)\n"}
    told = collated(tmp_path, {**files, "text/a.md": "# A\n\nWords.\n", "text/b.adoc": "= B\n"})
    assert told.codes == ["unread-file", "unread-file"]
    assert gather(tmp_path, Config())[0].said == {"title": "Knots", "authors": ("Ann",)}
    assert [chapter.title for chapter in told.book.chapters] == ["A"]


def test_lists_with_letters_and_signs_of_pandoc_are_lists(tmp_path: Path) -> None:
    text, _ = prepared(
        tmp_path,
        "a.  one\n    more\nb.  two\n\n(1) one\n(2) two\n\n#. one\n#. two\n\nii. no list\n\n"
        "A. Lincoln\nB. not\n\nx\n\n    i) one\n    ii) two\n\n```\na. x\nb. y\n```\n",
    )
    assert text.split("\n") == [
        "1.  one", "    more", "1.  two", "{type=a}", "", "1.  one", "1.  two", "", "1. one", "1. two", "",
        "ii. no list", "", "A. Lincoln", "B. not", "", "x", "",
        "    1. one", "    1.  two", "    {type=i}", "",
        "```", "a. x", "b. y", "```", "",
    ]  # fmt: skip


def test_a_heading_between_brackets_is_a_link_to_it(tmp_path: Path) -> None:
    told = collated(
        tmp_path,
        {
            "index.Rmd": "---\nsite: bookdown::bookdown_site\n---\n# One\n\n"
            "[Spring *tides*], [it][Two], [Ebb], [no], `[Two]`.\n",
            "2.Rmd": "# Two {#two}\n\n[spring tides][] and [Two](x), [ebb].\n\n"
            "## Spring tides\n\nWords.\n\n[ebb]: https://a.org\n",
            "3.Rmd": "# Ebb\n\nWords.\n",
        },
    )
    opening, other = told.chapter("1").opening, told.chapter("2").opening
    assert opening and other
    assert (
        opening.text == "[Spring *tides*](<2.Rmd#spring-tides>), [it](<#two>), [Ebb](<3.Rmd>), [no], `[Two]`."
    )
    assert other.text.startswith("[spring tides](<2.Rmd#spring-tides>) and [Two](x), [ebb].")


def test_metadata_amid_a_file_layout_of_paragraphs_and_what_r_would_choose(tmp_path: Path) -> None:
    text, codes = prepared(
        tmp_path,
        "# One\n\n\\noindent By \\LaTeX\\ and `\\TeX`, $\\noindentx$.\n\n---\nnocite: '@a'\n...\n\n---\n\n"
        "Two.\n\n"
        "`r if (!knitr::is_latex_output()) '# Three {-}'`\n`r if (is_latex_output()) 'x' else 'Four'`\n",
    )
    assert [line for line in text.split("\n") if line] == [
        "---", "nocite: '@a'", "---", "# One", "By LaTeX and `\\TeX`, $\\noindentx$.", "---", "Two.",
        "# Three {.unnumbered}", "Four",
    ]  # fmt: skip
    assert codes == []


def test_the_profiles_of_a_quarto_project_that_are_on_are_read(tmp_path: Path) -> None:
    book = "book:\n  title: Boats\n  chapters: [index.qmd]\n"
    files = {
        "_quarto.yml": f"profile:\n  group:\n  - [print, web]\n{book}",
        "_quarto-print.yml": "book:\n  subtitle: On Paper\n  chapters: [one.qmd]\n",
        "_quarto-web.yml": "book:\n  chapters: [two.qmd]\n",
        "index.qmd": "# Preface {-}\n\nWords.\n", "one.qmd": "# One\n\nWords.\n",
    }  # fmt: skip
    told = collated(tmp_path / "a", files)
    assert [c.title for c in told.book.chapters] == ["Preface", "One"]
    files["_quarto.yml"] = "book:\n  title: Boats\n"
    assert [c.title for c in collated(tmp_path / "b", files).book.chapters] == ["One"]


def test_an_index_of_a_quarto_book_without_a_heading_of_its_own_has_no_number(tmp_path: Path) -> None:
    welcome = '::: {.content-visible when-format="html"}\n\n# Welcome {.unnumbered}\n\nWords.\n\n:::\n'
    files = {"_quarto.yml": "book:\n  chapters: [index.qmd, one.qmd]\n", "index.qmd": welcome}
    told = collated(tmp_path, {**files, "one.qmd": "# One {#sec-one}\n\nSee @sec-one---the one.\n"})
    assert chapters(told) == [("front", "", "Welcome", "", []), ("chapter", "1", "One", "", [])]
    opening = told.chapter("1").opening
    assert opening and opening.text == "See [](#sec-one)---the one."


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ('.content-visible when-profile="print"', True),
        ('.content-visible when-profile="web"', False),
        ('.content-hidden when-profile="print"', False),
        ('.content-hidden unless-profile="print"', True),
        ('.content-visible unless-profile="print"', False),
        ('.content-visible when-meta="book.draft"', True),
        ('.content-visible when-meta="book.ready"', False),
        ('.content-hidden unless-meta="none"', False),
        ('.content-visible when-profile="print" when-meta="none"', False),
        (".callout-note", True),
    ],
)
def test_what_a_profile_or_metadata_hides_is_not_in_the_book(
    tmp_path: Path, condition: str, shown: bool
) -> None:
    settings = (
        "profile:\n  default: print\nbook:\n  chapters: [a.qmd, b.qmd]\n  draft: true\n  ready: false\n"
    )
    division = f"::: {{{condition}}}\nOars.\n\n::: {{.x}}\nNets.\n:::\n:::\n"
    text = f"# A\n\n{division}\nAll [only]{{{condition}}} one.\n"
    told = collated(tmp_path, {"_quarto.yml": settings, "a.qmd": text, "b.qmd": "# B\n\nx.\n"})
    (made,) = (
        chapter.opening.text for chapter in told.book.chapters if chapter.opening and chapter.label == "1"
    )
    assert (("Oars." in made, "Nets." in made), "All" in made) == ((shown, shown), True)
    if ".content" in condition:
        assert ("only" in made) is shown


def test_a_span_for_one_format_is_in_the_book_of_that_kind(tmp_path: Path) -> None:
    page, screen = '{.content-visible when-format="pdf"}', '{.content-hidden when-format="pdf"}'
    text = f"# A\n\nOn [a page]{page}[a screen]{screen}.\n"
    told = collated(
        tmp_path,
        {"_quarto.yml": "book:\n  chapters: [a.qmd, b.qmd]\n", "a.qmd": text, "b.qmd": "# B\n\nx.\n"},
    )
    (made,) = (
        chapter.opening.text for chapter in told.book.chapters if chapter.opening and chapter.label == "1"
    )
    assert "On [a page]{.only-pdf}[a screen]{.only-epub}." in made
