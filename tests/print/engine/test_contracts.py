"""What Recto relies on of WeasyPrint's inside: a new version is tried with these before it is trusted.

The first test says which inner functions are no longer those that were read; the others, what each must do.
Whoever raises the version reads what has changed, and what is in its place here, then writes the digests anew
with --renew.
"""

from __future__ import annotations

import hashlib
import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from recto.model import LaidOut
from recto.print.engine import fine, gradients, inner, mending, proof, rendering, svg_fonts, weasy
from recto.print.engine.makeup import footnotes, table_setting
from recto.print.engine.sparing import box_sizes, cascade, columns, drawing, shaped_words, styles, word_lines
from tests.checkout import ROOT

# What takes the place of what; the parameters of the two have to agree.
REPLACED: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "make_margin_boxes": (inner.make_margin_boxes, box_sizes.margin_boxes),
    "resolve_percentages": (inner.resolve_percentages, box_sizes.percentages),
    "avoid_collisions": (inner.avoid_collisions, box_sizes.collisions),
    "layout_box_backgrounds": (inner.layout_box_backgrounds, box_sizes.backgrounds),
    "columns_layout": (inner.columns_layout, columns.columns),
    "table_wrapper_width": (inner.table_wrapper_width, table_setting.wrapper_width),
    "strut": (inner.strut, styles.strut_of),
    "split_text_box": (inner.split_text_box, word_lines.split),
    "add_word_spacing": (inner.add_word_spacing, word_lines.justify),
    "draw_text": (inner.draw_text, drawing.draw),
    "split_first_line": (mending._split_first_line, mending._split_hanging),
    "get_next_linebox": (inner.get_next_linebox, fine.planned_lines.next_line),
    "text_align": (mending._text_align, mending._align),
    "make_all_pages": (inner.make_all_pages, footnotes.all_pages),
    "LinearGradient.layout": (gradients._lay_out, gradients.lay_out),
    "RadialGradient._repeat": (gradients._repeat, gradients.repeat),
    "spread_linear_gradient": (inner.spread_linear_gradient, gradients.spread_linear),
    "parse_declarations": (inner.parse_declarations, svg_fonts.declarations),
    "block_level_layout": (inner.block_level_layout, footnotes.lay_out_block),
    "StyleFor.__init__": (cascade._init, cascade.cascade),
    "ComputedStyle.__missing__": (styles._compute, styles.computed),
    "ComputedStyle.copy": (styles._copy, styles.copied),
    "Layout.setup": (shaped_words._setup, shaped_words.set_up),
}
CALLED: dict[str, Callable[..., Any]] = {
    name: getattr(inner, name)
    for name in """atomic_box avoid_page_break block_box_layout block_level_width collapse_margin
    count_expandable_spaces float_layout get_log_attrs get_next_word_boundaries get_pango_font_key
    is_phantom_linebox line_box_verticality
    line_size percentage remove_last_whitespace remove_placeholders skip_first_whitespace split_inline_box
    remake_page split_inline_level table_and_columns_preferred_widths text_align
    process_color_stops spread_radial_gradient""".split()
}


def test_what_was_read_of_weasyprint_is_what_is_installed(golden: Callable[[str, str], None]) -> None:
    functions = {**{name: original for name, (original, _) in REPLACED.items()}, **CALLED}
    digests = {
        name: hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
        for name, function in functions.items()
    }
    golden("weasyprint.txt", "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())))


@pytest.mark.parametrize("name", REPLACED)
def test_what_is_replaced_is_called_as_before(name: str) -> None:
    original, ours = REPLACED[name]
    parameters = inspect.signature(original).parameters.values()
    needed = [each.name for each in parameters if each.default is inspect.Parameter.empty]
    options = [each.name for each in parameters if each.name not in needed]
    taken = inspect.signature(ours)
    taken.bind(*needed)
    assert binds(taken, *needed, *options) or binds(taken, *needed, **dict.fromkeys(options))
    assert not binds(taken)


def binds(signature: inspect.Signature, *given: object, **named: object) -> bool:
    try:
        signature.bind(*given, **named)
    except TypeError:
        return False
    return True


def test_a_break_is_the_first_bit_of_what_pango_says_of_a_character() -> None:
    marks = inner.get_log_attrs("an oar-lock", "en")
    found = bytes(inner.ffi.buffer(marks))[word_lines._LOW :: 4].translate(word_lines._IS_BREAK)
    assert [at for at, mark in enumerate(found) if mark and at < 11] == [3, 7]


def test_a_word_is_found_with_its_bounds() -> None:
    assert inner.get_next_word_boundaries(" “oar” ", "en") == (2, 5)
    assert inner.get_next_word_boundaries("  ", "en") is None


def test_units_of_pango_and_pixels_are_each_others_inverse() -> None:
    assert inner.FROM_UNITS * inner.TO_UNITS == 1
    assert inner.TO_UNITS == 1024


def test_margins_that_meet_collapse_to_the_widest_and_the_most_negative() -> None:
    assert inner.collapse_margin([3, 7, -2]) == 5


@pytest.fixture(scope="module")
def laid() -> LaidOut:
    return rendering.lay_out(proof.JOB)


def test_the_proof_stands_with_the_engine_that_was_read(laid: LaidOut) -> None:
    proof.check(laid, weasy.__version__)


@pytest.mark.parametrize(
    ("name", "tamper"),
    [
        ("text", {"text": "Proof Before and after."}),
        ("notes", {"notes": ""}),
        ("anchors", {"anchors": ("top", "head")}),
        ("beginnings", {"start": None}),
        ("blocks of lines", {"lines": ()}),
    ],
)
def test_a_page_that_is_read_otherwise_is_told(laid: LaidOut, name: str, tamper: dict[str, Any]) -> None:
    changed = replace(laid, pages=(replace(laid.pages[0], **tamper), laid.pages[1]))
    with pytest.raises(proof.UnreadableEngineError, match=rf"WeasyPrint 99\.0 .*{name}: .* install 70\.0"):
        proof.check(changed, "99.0")


@pytest.mark.parametrize(
    ("name", "tamper"),
    [("places", {"places": ()}), ("links", {"links": ()}), ("table headers", {"headers": ()})],
)
def test_tags_and_links_that_are_read_otherwise_are_told(
    laid: LaidOut, name: str, tamper: dict[str, Any]
) -> None:
    assert laid.quire is not None
    with pytest.raises(proof.UnreadableEngineError, match=name):
        proof.check(replace(laid, quire=replace(laid.quire, **tamper)), "99.0")


def run(program: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", program]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_a_version_that_nobody_read_is_neither_mended_nor_spared_and_that_is_said() -> None:
    said = run(
        "import sys, weasyprint\n"
        "weasyprint.__version__ = '99.0'\n"
        "from recto.print.engine import proof, rendering\n"
        "laid = rendering.lay_out(proof.JOB)\n"
        "print(len(laid.pages), 'recto.print.engine.inner' in sys.modules)\n"
        "print(laid.messages[0])\n"
    )
    first, told = said.splitlines()
    assert first == "2 False"
    assert "99.0" in told and "70" in told


def test_a_version_whose_pages_can_not_be_read_makes_no_book() -> None:
    said = run(
        "import weasyprint\n"
        "weasyprint.__version__ = '99.0'\n"
        "from recto.print.engine import page_reading, proof, rendering\n"
        "page_reading.BLOCK = 'data-other'\n"
        "try:\n    rendering.lay_out(proof.JOB)\n"
        "except proof.UnreadableEngineError as fault:\n    print(fault)\n"
    )
    assert said.startswith("WeasyPrint 99.0 gives pages that Recto can't read (")
