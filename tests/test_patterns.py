"""What strangers type goes through patterns: the time that each takes grows as the text does."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from tinycss2 import parse_component_value_list

from recto.forms.gutenberg import own_contents
from recto.forms.leanpub import preparing
from recto.forms.markdown import endings
from recto.forms.markdown.blocks import indented, tables
from recto.forms.pandoc import chunk_captions
from recto.forms.sphinx import ordering
from recto.notations import custom_properties
from recto.print.layout import wide_tables
from recto.settings import people
from recto.typeset import sanitise

SHORT, LONG = 6_000, 24_000  # characters: by the length it takes 4 times as long, by its square 16 times


def seconds(work: Callable[[str], object], text: str) -> float:
    took = []
    for _ in range(3):
        begun = time.process_time()
        work(text)
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.parametrize(
    ("work", "piece"),
    [
        (lambda text: chunk_captions.chunk_options(text, []), "a.-"),
        (lambda text: custom_properties.doubling(parse_component_value_list(text)), "--a:var(--a);"),
        (endings._DASHES.fullmatch, "--"),
        (ordering._ENTRY.fullmatch, "\n\n"),
        (own_contents._PAGE.search, " \n"),
        (preparing._FORMULA.findall, "{$$} "),
        (wide_tables._JOINT.findall, "./"),
        (wide_tables._JOINT.findall, "&amp;"),
        (people.series, "aa,,"),
        (tables._DASHES.fullmatch, "--"),
        (indented._OF_CODE.search, "a "),
        (lambda text: sanitise.clean(f'<p title="{text}">a</p>'), "<br"),
    ],
)
def test_work_takes_no_longer_than_a_text_is_long(work: Callable[[str], object], piece: str) -> None:
    short, long = (seconds(work, piece * (length // len(piece)) + "\x01") for length in (SHORT, LONG))
    assert long < 9 * max(short, 0.0005)


def test_a_caption_of_a_chunk_may_have_quotation_marks_in_it() -> None:
    header = r'nets, fig.cap="The \"long\" net \\@ref(fig:nets)", echo=FALSE'
    assert chunk_captions.chunk_options(header, [])["fig-cap"] == 'The "long" net @ref(fig:nets)'
