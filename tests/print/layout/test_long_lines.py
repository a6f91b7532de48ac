"""Lines of code in which no line may end at a space."""

from __future__ import annotations

from pathlib import Path

from recto.model import Overrun
from recto.print.layout.long_lines import divisible
from tests.building import build

SECTIONS = ".bstext .header .entrytext .inittext .initdata .text .text32 .rodata .videocards .data .signature"


def test_a_line_of_names_that_begin_with_a_full_stop_is_divided_at_its_spaces(tmp_path: Path) -> None:
    """UAX 14, LB13: a line ends at no space before a full stop."""
    source = tmp_path / "a.md"
    source.write_text(f"# 1 Sections\n\n```bash\n   00     {SECTIONS} .bss\n```\n", encoding="utf-8")
    built = build(source, tmp_path / "out", "--check")
    assert (built.exit_code, "off-sheet" in built.errors) == (0, False), built.errors


def test_a_word_in_two_colours_is_divided_where_the_colour_changes(tmp_path: Path) -> None:
    """The engine divides `overflow-wrap: anywhere` within one element alone."""
    source = tmp_path / "a.md"
    line = "Harbour.boats.filter(moored_before__lte=calendar.today()).sorted_by('moored_at')"
    source.write_text(f"# 1 Boats\n\n```python\n{line}\n```\n", encoding="utf-8")
    built = build(source, tmp_path / "out", "--check")
    assert (built.exit_code, "in-margin" in built.errors) == (0, False), built.errors


def test_only_the_listing_that_runs_over_gets_places_to_end_its_lines() -> None:
    html = '<p data-b="p">a .b</p><pre data-b="x"><b>a</b> <i>.b</i> <br /> ?</pre><pre data-b="y">a .b</pre>'
    coloured = '<pre data-b="x"><b>sorted(</b><i>key</i>) <b>x</b></pre>'
    over = Overrun("off-sheet", "line", "a", 9.0, "x")
    made = divisible(html, [over])
    assert made == html.replace("<i>.b</i> <br /> ?", "<i>\u200b.b</i> <br /> \u200b?")
    assert divisible(made, [over]) == made  # once is enough
    made = divisible(coloured, [over])
    assert made == '<pre data-b="x"><b>sorted(</b><i>\u200bkey</i>\u200b) <b>x</b></pre>'
    assert divisible(made, [over]) == made
    assert divisible(html, [Overrun("off-sheet", "line", "a", 9.0, "p")]) == html
