"""Tables and listings where there is little room: what is said of them, and how long ones are parted."""

from __future__ import annotations

import re

import pytest

from recto.compose.epub.small import NAME, frame_tables, mark_formulas
from recto.compose.epub.splitting import files_of
from recto.notations import xhtml
from recto.notations.xhtml import XHTML, Element
from tests.sample_galleys import galley, sample_galleys, set_section


def framed(head: str, *rows: str) -> Element:
    """A table by its rows, cells apart by `|`, as the e-book has it."""
    cells = ["".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows]
    top = "".join(f"<th>{cell}</th>" for cell in head.split("|"))
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    root = xhtml.document(f'<div xmlns="{XHTML}">{table}</div>')
    frame_tables(root)
    return root


@pytest.mark.parametrize(
    ("head", "row", "step"),
    [
        ("Day|Low", "1|0.51", None),
        ("Day|Low|High", "1|0.51 m|12.02 m", 18),
        ("Port|What is to be said of it", "Dover|Its harbour is open at all states of the tide", 18),
        ("|".join("ABCDEFGHI"), "|".join(["Mediterranean"] * 9), 60),
    ],
)  # fmt: skip
def test_a_table_says_how_much_room_it_needs(head: str, row: str, step: int | None) -> None:
    (table,) = framed(head, row).iter(f"{{{XHTML}}}table")
    parent = table.getparent()
    assert parent is not None
    assert table.get("class") == (f"listed listed-{step}" if step else None)
    assert parent.get("class") == ("table-frame" if step else None)


def test_each_cell_has_the_name_of_its_column_but_an_empty_one() -> None:
    cells = framed("Sea|Depth in metres", "Baltic|459", "Aral|").iter(f"{{{XHTML}}}td")
    assert [cell.get(NAME) for cell in cells] == ["Sea: ", "Depth in metres: ", "Sea: ", None]


def test_a_table_with_merged_cells_stays_a_table() -> None:
    root = xhtml.document(
        f'<div xmlns="{XHTML}"><table><tr><td colspan="2">{"wide " * 9}</td></tr>'
        f"<tr><td>{'wide ' * 9}</td><td>{'wide ' * 9}</td></tr></table></div>"
    )
    frame_tables(root)
    assert root[0].tag == f"{{{XHTML}}}table"


@pytest.mark.parametrize(
    ("kind", "width", "classes"),
    [
        ("math display", "5em", "math display"),
        ("math display", "28.5em", "math display wide wide-33"),
        ("math display", "300em", "math display wide wide-80"),
        ("math", "28.5em", "math"),
    ],
)
def test_a_formula_on_a_line_of_its_own_says_how_wide_it_is(kind: str, width: str, classes: str) -> None:
    root = xhtml.document(
        f'<p xmlns="{XHTML}"><span class="{kind}" data-measure="width: {width}; height: 2em"/></p>'
    )
    mark_formulas(root)
    assert root[0].get("class") == classes


def pieces(html: str, limit: int) -> list[str]:
    chapter = sample_galleys()[2].chapter
    cut = files_of(galley(chapter, "", (set_section("s", 2, "1.1", "Long", html),)), limit=limit)
    return [piece.html for file in cut for piece in file if piece.html]


def test_a_table_too_long_for_a_file_is_cut_between_rows_under_its_head() -> None:
    body = "".join(f'<tr><td id="row-{n}">{n} {"word " * 20}</td></tr>' for n in range(200))
    head = "<caption>Long</caption><thead><tr><th>Head</th></tr></thead>"
    table = f'<table id="t">{head}<tbody>{body}</tbody></table>'
    cut = pieces(table, 12_000)
    assert len(cut) > 2
    assert [len(re.findall("<thead>", each)) for each in cut] == [1] * len(cut)
    assert [each.count("<caption>") for each in cut] == [1] + [0] * (len(cut) - 1)
    assert re.findall(r'id="([^"]+)"', "".join(cut)) == ["t", *(f"row-{n}" for n in range(200))]
    assert all(len(each) <= 12_000 for each in cut)


def test_a_listing_too_long_for_a_file_is_cut_between_lines() -> None:
    lines = "\n".join(f'<span class="line">{n} {"code " * 15}</span>' for n in range(300))
    cut = pieces(f'<pre class="code" data-b="c:1"><code>{lines}</code></pre><p>After.</p>', 12_000)
    assert len(cut) > 2
    assert re.findall(r'"line">(\d+)', "".join(cut)) == [str(n) for n in range(300)]
    assert "".join(cut).count('data-b="c:1"') == 1
    assert cut[-1].endswith("<p>After.</p>")
