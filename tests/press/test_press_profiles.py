"""What each printer takes is read from its data file, and means what the printer says."""

from __future__ import annotations

import re

import pytest

from recto.press.press_profile import names, nearest, profile
from recto.press.sheet import settle
from recto.settings.config import Config
from recto.settings.trim import geometry
from tests.checkout import ROOT


@pytest.mark.parametrize("name", names())
def test_every_profile_is_whole(name: str) -> None:
    found = profile(name)
    assert found.title
    assert (found.flavour == "plain") == (not found.condition)
    pages = [most for most, _ in found.gutters]
    assert pages == sorted(pages)
    for paper in found.papers.values():
        assert 0 < paper.pages[0] < paper.pages[1]


def test_the_gutter_of_kdp_grows_at_151_and_at_301_pages() -> None:
    inside = {count: profile("kdp").least_inside(count) / 72 for count in (24, 150, 151, 300, 301, 828)}
    assert inside == {24: 0.375, 150: 0.375, 151: 0.5, 300: 0.5, 301: 0.625, 828: 0.875}


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("count", [32, 151, 198, 301, 500])
def test_what_hangs_out_of_a_line_stays_in_the_margin_of_every_printer(name: str, count: int) -> None:
    printer = profile(name)
    page, _ = geometry(Config(), count)
    hanging = 0.6 * 0.33 * page.font_size  # a hyphen, by recto/print/paragraphs/margins.toml
    inside = page.inner + settle(page, printer, count).outward
    assert inside - hanging >= printer.least_inside(count)


def test_a_printer_without_a_table_of_gutters_wants_one_margin_for_all() -> None:
    assert {profile("ingramspark").least_inside(count) for count in (20, 900)} == {36}


def test_a_profile_like_another_has_what_it_does_not_say_itself_from_there() -> None:
    hardcover, paperback = profile("kdp-hardcover"), profile("kdp")
    assert hardcover.gutters == paperback.gutters
    assert hardcover.papers["white"].pages == (75, 550)
    assert (hardcover.cover.barcode, paperback.cover.bleed) == (paperback.cover.barcode, 9)


def test_a_name_that_is_none_is_met_with_the_nearest() -> None:
    assert nearest("kpd") == "kdp"
    assert nearest("ingram") == "ingramspark"
    with pytest.raises(KeyError):
        profile("../kdp")


def test_the_handbook_lists_every_profile_with_its_papers() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.*) \|$", (ROOT / "book/appendices.md").read_text("utf-8"), re.M)
    said = {name: re.findall(r"`([\w-]+)` (\d+)–(\d+)", papers) for name, papers in rows if name in names()}
    known = {
        name: [(paper, *map(str, each.pages)) for paper, each in profile(name).papers.items()]
        for name in names()
        if profile(name).papers
    }
    assert said == known
    printers = (ROOT / "book/print.md").read_text("utf-8")
    assert [name for name in names() if f"| `{name}` |" not in printers] == []
