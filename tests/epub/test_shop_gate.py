"""What shops for e-books ask is told before they are asked, with the place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from recto.epub.shop_gate import names, shop
from tests.building import Built, build

TABLE = "| A | B | C | D | E |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n"


def checked(folder: Path, settings: str, *arguments: str) -> Built:
    source = folder / "shelves"
    source.mkdir()
    (source / "a.md").write_text(f"# 1 Shelves\n\n## 1.1 Wood\n\nOak.\n\n{TABLE}\n", encoding="utf-8")
    Image.new("RGB", (1000, 1600), "#c9b79c").save(source / "cover.png")
    facts = f'[book]\ntitle = "Shelves"\nauthors = ["Ann Oak"]\n{settings}\n'
    (source / "book.toml").write_text(facts, encoding="utf-8")
    return build(source, folder / "out", *arguments)


def told(built: Built, code: str) -> list[dict[str, object]]:
    return [problem for problem in built.report["problems"] if problem["code"] == code]


def test_every_shop_is_a_file_that_can_be_read() -> None:
    assert names() == ("apple", "google", "ingramspark", "kdp", "kobo")
    assert all(shop(name).title for name in names())
    assert shop("kobo").advice.columns == 4


def test_a_cover_too_small_for_a_shop_is_told_at_its_line_in_a_check_alone(tmp_path: Path) -> None:
    built = checked(tmp_path, 'cover = "cover.png"', "--check", "--formats", "epub")
    (problem,) = told(built, "shop-cover")
    assert "Apple Books" in str(problem["message"])
    assert "Kobo" not in str(problem["message"])
    assert problem["line"] == 4
    assert "1400" in str(problem["hint"])
    plain = build(tmp_path / "shelves", tmp_path / "plain", "--formats", "epub")
    assert told(plain, "shop-cover") == []


def test_what_a_shop_advises_is_told_where_the_book_names_the_shop(tmp_path: Path) -> None:
    settings = '[epub]\nshops = ["kobo", "kdp"]\n[contents]\ndepth = 3'
    advice = [
        str(each["message"])
        for each in told(checked(tmp_path, settings, "--check", "--formats", "epub"), "shop-advice")
    ]
    assert any("a table of 5 columns" in each and "Kobo" in each for each in advice)
    assert any("`description`" in each for each in advice)
    assert any("shows 2 levels" in each for each in advice)
    assert not any("Apple" in each for each in advice)


def test_a_book_that_suits_all_shops_has_nothing_told_of_it(tmp_path: Path) -> None:
    built = checked(tmp_path, "", "--check", "--formats", "epub", "--strict")
    assert built.exit_code == 0, built.errors


@pytest.mark.parametrize("arguments", [("--check",), ()], ids=["checked", "built"])
def test_an_unknown_shop_is_an_error_with_the_nearest_name(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    built = checked(tmp_path, '[epub]\nshops = ["aple"]', *arguments, "--formats", "epub")
    (problem,) = told(built, "shop-unknown")
    assert problem["hint"] == "did you mean `apple`?"


@pytest.mark.parametrize(
    ("pixels", "shops"), [((2500, 2400), ("Apple Books", "IngramSpark")), ((2000, 1700), ("IngramSpark",))]
)
def test_a_picture_above_a_limit_is_told(
    pixels: tuple[int, int], shops: tuple[str, ...], tmp_path: Path
) -> None:
    from recto.epub.shop_gate import FinishedBook, shop_findings
    from recto.model import Asset
    from recto.settings.config import Config

    path = tmp_path / "big.png"
    Image.new("L", pixels).save(path)
    asset = Asset("images/big.png", path, "", "image/png", *pixels)
    (problem,) = shop_findings(FinishedBook((), (asset,), 9), Config())
    assert problem.code == "shop-picture"
    assert problem.message.endswith(", ".join(shops))
