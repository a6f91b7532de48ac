"""Leanpub's Markdown and Markua: boxes, attribute lists, parts and files without a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.door import Door
from recto.forms.folder import BookFolder
from recto.forms.leanpub.preparing import prepare
from recto.forms.source_file import SourceFile
from tests.collating import collated


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "{blurb, class:warning}\nIce.\n\n```c\n{ x }\n```\n{/blurb}\nOn.",
            "!!! warning\n    Ice.\n    ```c\n    { x }\n    ```\nOn.",
        ),
        ("{aside}\nIce.\n{/aside}", "!!! note\n    Ice."),
        ("{class: tip}\nB> Ice.", "!!! tip\n    Ice."),
        ("{class: odd}\nIce.", "{class: odd}\nIce."),
        ("{pagebreak}\n\nIce.", "Ice."),
        ("{line-numbers: false}\n```c\nx\n```", "```c\nx\n```"),
        ("{full: true, community: true}\n# Ice", "# Ice"),
        ('{caption: "Cold"}\n```c\nx\n```', '```c title="Cold"\nx\n```'),
        ('{caption: "Cold"}\n![Ice](a.png)', '![Ice](a.png "Cold")'),
        ('{alt: "Ice", width: 50%}\n![](a.png)', '![](a.png){width=50% alt="Ice"}'),
        ('{title: "Cold"}\n```\nx\n```', '```text title="Cold"\nx\n```'),
        ("{class: part}\n# Ice", "# Ice ⁂"),
        ("{#ice}\n{width: 80%}\n# Ice", "# Ice {#ice width=80%}"),
        ("G> Ice.", "!!! note\n    Ice."),
        ("C> Ice.", "Ice."),
        ("{icon: car}\n{crop-start-line=1,crop-end-line=2}\nIce.", "Ice."),
        ("%% unseen\nIce %% seen", "Ice %% seen"),
        ("{poem}\nIce\nSnow\n{/poem}\nOn.", "| Ice\n| Snow\nOn."),
        ('Ice{i: "water!ice"} and `{i: x}` `q`$', "Ice{^water!ice} and `{i: x}` $q$"),
        ("<<[A *b*](a.py)\n\n<<(none.py)", '```py title="A *b*"\n1\n2\n3\n```\n<<(none.py)'),
        ("{crop-start-line=2,crop-end-line=2}\n<<(a.py)", "```py\n2\n```"),
        ("![Lines](b.py)", '```py title="Lines"\n4\n```'),
        ("```\n{pagebreak}\n```", "```\n{pagebreak}\n```"),
        ('{title="Cold Snap", lang=ruby}\n~~~~\nx\n~~~~', '~~~~ruby title="Cold Snap"\nx\n~~~~'),
        ("{lang=ruby}\n```c\nx\n```", "```c\nx\n```"),
        ("Heat {$$}q = c{/$$} rises.", "Heat $q = c$ rises."),
        ("{$$}\nq = c\n{/$$}", "$$\nq = c\n$$"),
        ("{$$} q = c {/$$}", "$$q = c$$"),
    ],
)
def test_boxes_and_attribute_lists(tmp_path: Path, text: str, made: str) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code/a.py").write_text("1\n2\n3\n")
    (tmp_path / "b.py").write_text("4")
    file, _ = prepare(SourceFile("a.md", "a.md", text), BookFolder(tmp_path, Door.of(tmp_path)))
    assert "\n".join(line for line in file.text.split("\n") if line.strip()) == made


def test_a_part_without_a_chapter_keeps_its_text_and_a_file_without_a_heading_is_called_by_its_name(
    tmp_path: Path,
) -> None:
    files = {
        "manuscript/Book.txt": "a.md\nmore-weather.md\nend.md\nlinks.md\n",
        "manuscript/a.md": "-# Air\n\nIt moves.\n\n# Wind\n\nIt blows.\n",
        "manuscript/more-weather.md": "Hail, too.\n",
        "manuscript/end.md": "{backmatter}\n\n-# Afterwards\n\nThe sun came out.\n",
        "manuscript/links.md": "# Links\n\nNone.\n",
    }
    told = collated(tmp_path, files)
    assert [(c.kind, c.title, c.part.title if c.part else "") for c in told.book.chapters] == [
        ("chapter", "Wind", "Air"),
        ("back", "More weather", ""),
        ("back", "Afterwards", ""),
        ("back", "Links", ""),
    ]
    texts = [chapter.opening.text for chapter in told.book.chapters if chapter.opening]
    assert "The sun came out." in texts and told.codes == []


def test_a_file_that_only_divides_the_book_is_no_piece_of_it(tmp_path: Path) -> None:
    files = {
        "manuscript/Book.txt": "front.md\nnote.md\nmain.md\nrain.md\nback.md\nthanks.md\n",
        "manuscript/front.md": "{frontmatter}\n",
        "manuscript/note.md": "# A Word Before\n\nRead slowly.\n",
        "manuscript/main.md": "\n{mainmatter}\n",
        "manuscript/rain.md": "# Rain\n\nIt falls.\n",
        "manuscript/back.md": "{backmatter}",
        "manuscript/thanks.md": "# Many Thanks\n\nTo the clouds.\n",
    }
    told = collated(tmp_path, files)
    assert [(c.kind, c.title) for c in told.book.chapters] == [
        ("front", "A Word Before"),
        ("chapter", "Rain"),
        ("back", "Many Thanks"),
    ]
    assert told.codes == []


def test_a_mark_at_the_end_of_a_file_is_for_those_after_it(tmp_path: Path) -> None:
    files = {
        "manuscript/Book.txt": "a.md\nb.md\n", "manuscript/b.md": "# Nets\n\nWords.\n",
        "manuscript/a.md": "{frontmatter}\n\n# Thanks\n\nWords.\n\n{mainmatter}\n",
    }  # fmt: skip
    told = collated(tmp_path, files)
    found = [(c.kind, c.label, c.title) for c in told.book.chapters]
    assert found == [("front", "", "Thanks"), ("chapter", "1", "Nets")]
