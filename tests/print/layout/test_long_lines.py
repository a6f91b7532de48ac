"""Lines of code in which no line may end at a space."""

from __future__ import annotations

from recto.model import LaidOut
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from recto.print.layout.wide_tables import fit
from recto.settings.config import Config, PrintSettings
from recto.settings.trim import geometry, page_css
from tests.print_book import CSS, assets, unit

NAMES = " ".join([".bstext .header .entrytext .inittext .initdata .text .text32 .rodata .videocards"] * 2)
SHEET = f"{CSS} pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}"


def fitted(body: str) -> tuple[str, LaidOut]:
    from recto.print.engine.rendering import lay_out

    page = page_css(geometry(Config(print=PrintSettings(trim="5x8in")), 100)[0])
    job, _ = fit(LayoutJob(unit("a", f'<h1 id="a">A</h1>{body}'), (SHEET, page), assets()), lay_out)
    return job.unit.html, run(job)


def test_a_line_of_names_that_begin_with_a_full_stop_is_divided_at_its_spaces() -> None:
    """UAX 14, LB13: a line ends at no space before a full stop."""
    html, laid = fitted(f'<pre data-b="c:1">  00     {NAMES}\n</pre>')
    assert html.count("\u200b.") == NAMES.count(" .") + 1
    assert [each for page in laid.pages for each in page.overruns] == []


def test_what_fits_and_what_is_no_listing_stays_as_it_is() -> None:
    for body in ('<pre data-b="c:1">ls . .. ?\n</pre>', '<p data-b="c:1">So . . . it went.</p>'):
        assert "\u200b" not in fitted(body)[0]
