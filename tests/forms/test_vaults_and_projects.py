"""Obsidian's vaults, Sphinx's projects, and what only a converter can read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from recto.door import Door
from recto.forms import obsidian, sphinx
from recto.forms.folder import BookFolder
from recto.forms.source_file import SourceFile
from tests.building import build
from tests.checkout import TESTS
from tests.collating import Collated, collated, write

BOOKS = TESTS / "books"


@pytest.fixture(autouse=True)
def no_converters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder is the path: no machine's own Pandoc takes part."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    return programs


def of(folder: Path, name: str) -> Collated:
    files = [path for path in (BOOKS / name).rglob("*") if path.is_file()]
    return collated(
        folder / "book", {str(path.relative_to(BOOKS / name)): path.read_bytes() for path in files}
    )


def chapters(told: Collated) -> list[tuple[str, str, str, list[str]]]:
    return [
        (c.label, c.title, c.part.title if c.part else "", [s.source.title for s in c.sections])
        for c in told.book.chapters
    ]


def test_a_vault_has_the_order_of_the_note_that_lists_the_others(tmp_path: Path) -> None:
    told = of(tmp_path, "obsidian")
    assert chapters(told) == [("1", "Welcome", "", []), ("2", "Nets", "Tools", ["Mending"])]
    assert sorted(told.codes) == ["note-unwritten", "vault-left-out", "vault-left-out"]


def test_a_note_is_markdown_without_marks_of_obsidian(tmp_path: Path) -> None:
    told = of(tmp_path, "obsidian")
    welcome, nets = (chapter.opening.text for chapter in told.book.chapters if chapter.opening)
    assert (
        "[the nets](<Nets/Nets.md#how-they-hang>), or [Mending](<Nets/Mending.md>).  There is no Whale."
        in welcome
    )
    assert "<mark>Mark this.</mark>" in welcome
    assert "Nothing" not in welcome
    assert "![A net](<../net.svg>){width=120px}" in nets
    assert '!!! note "Good to know"\n    They are *heavy*.\n    - when wet\n' in nets
    assert "Ends here.\n" in nets
    assert "[[not a link]] %%not a comment%%" in nets


def test_a_callout_in_a_callout_and_in_an_item_is_a_box_there(tmp_path: Path) -> None:
    note = "> [!note] Out\n> a\n> > [!todo] In\n> > b\n> c\n\n- d\n\n  > [!tip]\n  > e\n"
    told = collated(tmp_path / "book", {".obsidian/app.json": "{}", "A.md": note})
    (opening,) = (chapter.opening for chapter in told.book.chapters)
    assert opening and [line for line in opening.text.split("\n") if line.strip()] == [
        '!!! note "Out"', "    a", '    !!! note "In"', "        b", "    c", "- d", "  !!! tip", "      e",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "[x](Low%20Tide.md#At%20six) and [y](#Own%20heading)",
            "[x](Low%20Tide.md#at-six) and [y](#own-heading)",
        ),
        (
            "[x](https://a.org/b#C%20d) and `[x](a.md#B%20c)`",
            "[x](https://a.org/b#C%20d) and `[x](a.md#B%20c)`",
        ),
        (
            "![Moon|200](a.png) ![Sea|20x30](<b c.png>)",
            "![Moon](a.png){width=200px} ![Sea](<b c.png>){width=20px}",
        ),
    ],
)
def test_links_and_sizes_as_obsidian_writes_them_in_markdown(tmp_path: Path, text: str, made: str) -> None:
    write(tmp_path, {".obsidian/app.json": "{}", "A.md": "# A\n"})
    file, _ = obsidian.prepare(
        SourceFile("A.md", "A.md", f"# A\n{text}"), BookFolder(tmp_path, Door.of(tmp_path))
    )
    assert file.lines[-1] == made


def test_a_vault_without_such_a_note_goes_by_names_with_folders_as_parts(tmp_path: Path) -> None:
    files = {".obsidian/app.json": "{}", "2 Tides.md": "High.", "10 Ebb.md": "Low.", "Fish/Cod.md": "Cold."}
    told = collated(tmp_path / "book", {name: text.encode() for name, text in files.items()})
    assert chapters(told) == [("1", "Tides", "", []), ("2", "Ebb", "", []), ("3", "Cod", "Fish", [])]


def test_other_names_of_a_note_lead_to_it_and_parts_of_it_are_put_in(tmp_path: Path) -> None:
    files = {
        ".obsidian/app.json": "{}",
        "Sea.md": "See [[Ebb]], [[the flood|it]], [[Tide#^b1]].\n\n![[Tide#Neap]]\n\n![[Tide#^b1]]\n\n"
        "![[Tide#^b2]]\n\n![[Tide]]\n\n![[Tide#None]]\n",
        "Tide.md": "---\naliases: [Ebb, The flood]\n---\nTides\nturn. ^b1\n\n## Neap\n\n"
        "Small, [[Sea|seas]].\n\n### More\n\nWords.\n\n## Spring\n\n- one\n- two ^b2\n",
    }
    told = collated(tmp_path, files)
    opening = told.chapter("1").opening
    assert opening and [text.strip() for text in opening.text.split("\n\n")] == [
        "See [Ebb](<Tide.md>), [it](<Tide.md>), [Tide](<Tide.md>).",
        "Small, [seas](<Sea.md>).", "**More**", "Words.", "Tides\nturn.", "- two",
        "[Tide](<Tide.md>)", "[Tide](<Tide.md#none>)",
    ]  # fmt: skip
    assert told.codes == ["vault-left-out"]


DRAWING = (
    "---\n\nexcalidraw-plugin: parsed\ntags: [x]\n\n---\n# Excalidraw Data\n\n## Text Elements\nA tree ^a1\n"
)


def test_what_plug_ins_write_is_no_text_and_is_told(tmp_path: Path) -> None:
    note = (
        "# Nets\n\nA `= this.day` net.\n\n```dataview\nLIST\n```\n\n```js\nx = `= 1`\n```\n\n"
        "![[Hull.excalidraw]]\n\n![[Oar.excalidraw]]\n"
    )
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        "Nets.md": note,
        "Board.md": "---\n\nkanban-plugin: board\n\n---\n\n## To do\n\n- [ ] Row\n",
        "Hull.excalidraw.md": DRAWING,
        "Oar.excalidraw.md": DRAWING,
        "Oar.excalidraw.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    }
    told = collated(tmp_path / "book", files)
    assert [chapter.title for chapter in told.book.chapters] == ["Board", "Nets"]
    board, nets = (chapter.opening.text.strip() for chapter in told.book.chapters if chapter.opening)
    assert board == "## To do\n\n- [ ] Row"
    assert [line for line in nets.split("\n") if line.strip()] == [
        "A  net.", "```js", "x = `= 1`", "```", "Hull", "![Oar.excalidraw](<Oar.excalidraw.svg>)",
    ]  # fmt: skip
    assert told.codes == ["vault-left-out"] * 3


def test_a_link_of_a_note_leads_nowhere_outside_the_vault(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("a", encoding="utf-8")
    obsidian.order(BookFolder(vault, Door.of(vault)))
    file = SourceFile("a.md", "a.md", "[[../secret]] ![[../secret.md]]\n" + "[[" * 20_000 + "%%" * 20_001)
    made, problems = obsidian.prepare(file, BookFolder(vault, Door.of(vault)))
    assert "(" not in made.text
    assert {problem.code for problem in problems} == {"note-unwritten", "vault-left-out"}


def test_a_sphinx_project_has_the_order_of_its_toctrees(tmp_path: Path) -> None:
    told = of(tmp_path, "sphinx")
    assert [(c.label, c.title) for c in told.book.chapters] == [("", "Ropes"), ("1", "Hemp"), ("2", "Wire")]
    assert [s.source.title for s in told.chapter("2").sections] == ["Splices"]
    order = sphinx.order(BookFolder(BOOKS / "sphinx", Door.of(BOOKS / "sphinx")))
    assert order is not None
    assert order.book == {"title": "Ropes", "authors": ("Bo Ray",), "language": "en"}
    assert sorted(told.codes) == ["unread-file"]
    (problem,) = told.problems
    assert problem.hint == (
        "install Pandoc, and build again; or convert it: pandoc -f rst -t commonmark_x old.rst -o old.md"
    )


def test_a_toctree_may_name_other_places_and_be_called_contents(tmp_path: Path) -> None:
    index = "# Ropes\n\n```{toctree}\n:caption: Contents:\n\nhemp\nwire\nhttps://a.example\n```\n"
    files = {"conf.py": "", "index.md": index, "hemp.md": "# Hemp\n\nOld.\n", "wire.md": "# Wire\n\nNew.\n"}
    told = collated(tmp_path / "book", files)
    assert chapters(told) == [("1", "Hemp", "", []), ("2", "Wire", "", [])]
    assert told.codes == ["listed-missing"]
    told = collated(tmp_path / "other", {**files, "index.md": f"{index}\nThey are long.\n"})
    assert told.labels == ["unnumbered", "1", "2"]


def test_a_project_in_restructured_text_is_an_error_that_says_what_to_install(tmp_path: Path) -> None:
    files = {
        "docs/conf.py": "",
        "docs/index.rst": ".. include:: list.inc\n",
        "README.md": "# Ropes\n\nOld.\n",
    }
    files |= {
        "docs/list.inc": ".. toctree::\n\n   hemp\n   wire\n",
        "docs/hemp.rst": "A",
        "docs/wire.rst": "B",
    }
    told = collated(tmp_path / "book", files)
    assert told.errors == ["unread-file"] and told.labels == []
    problem = told.only("unread-file")
    assert problem.message.endswith("itself: docs/hemp.rst and 1 more")
    assert (problem.hint or "").startswith("install Pandoc, and build again")


def test_files_that_no_installed_program_reads_are_told_in_one_line(tmp_path: Path) -> None:
    told = collated(tmp_path / "book", {f"docs/{name}.rst": "Sea\n===\n" for name in "abcde"})
    assert told.codes == ["no-manuscript", "unread-file"]
    problem = told.only("unread-file")
    assert "5 reStructuredText files are not in the book (a.rst, b.rst, c.rst and 2 more)" in problem.message


def test_a_form_without_its_converter_is_told_with_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "sea song.rst").write_text("Sea\n===\n\nSalt.\n", encoding="utf-8")
    made = build(tmp_path / "sea song.rst", tmp_path / "out", "--check")
    assert made.exit_code == 1
    assert "pandoc -f rst -t commonmark_x 'sea song.rst' -o 'sea song.md'" in made.errors
    (tmp_path / "sea song.rst").rename(tmp_path / "sea.adoc")
    assert "asciidoctor -b docbook5" in build(tmp_path / "sea.adoc", tmp_path / "out", "--check").errors


def program(folder: Path, script: str) -> None:
    """A program of that name, of which all that is known is what it reads and writes."""
    path = folder / "pandoc"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def test_a_converter_is_given_the_text_alone_and_read_as_markdown(
    tmp_path: Path, no_converters: Path
) -> None:
    echo = 'echo "# Sea"; echo; while read l; do echo "$l"; done'
    program(no_converters, f'case "$*" in *--sandbox*) {echo};; esac')
    (tmp_path / "sea.rst").write_text("Salt.\n", encoding="utf-8")
    made = build(tmp_path / "sea.rst", tmp_path / "out", "--check")
    assert (made.exit_code, made.report["title"]) == (0, "Sea")
    program(no_converters, 'echo "no such thing" >&2; exit 3')
    made = build(tmp_path / "sea.rst", tmp_path / "out", "--check")
    assert (made.exit_code, "pandoc failed: no such thing" in made.errors) == (1, True)
