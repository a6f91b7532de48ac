"""What the shipped style sheets keep together at the end of a page leaves no hole there."""

from __future__ import annotations

from recto.print.layout.job import LayoutJob, asset_table
from recto.print.layout.running import run
from recto.settings.config import Config
from recto.settings.trim import geometry, page_css
from recto.theme import find
from tests.print_book import unit


def text(count: int, mark: str) -> str:
    return "<br/>".join(f"{mark}{at}." for at in range(count))


def test_a_heading_goes_overleaf_with_no_list_that_its_first_paragraph_leads_to() -> None:
    theme, (page, _) = find(), geometry(Config(), 100)
    after = f"<h3>Head</h3><p>{text(2, 'p')}</p><ul><li>{text(3, 'l')}</li><li>last</li></ul>"
    sheets, assets = (*theme.paper(), page_css(page)), asset_table(theme, ())
    stays = {}
    for count in range(page.lines - 8, page.lines - 1):
        made = unit("chapter-1", f"<p>{text(count, 'f')}</p>{after}")
        stays[count] = "Head p0. p1." in run(LayoutJob(made, sheets, assets)).pages[0].text
    assert {count for count, is_so in stays.items() if not is_so} == {page.lines - 3, page.lines - 2}
