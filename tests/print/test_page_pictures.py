"""A few pages as pictures: what text and boxes can't tell, an eye once approved and these keep.

`--renew` writes the pictures anew; look at them before committing. They are small and blurred by size, so
that another version of a font rasterizer makes no difference, but a heading, a rule or a column does.
"""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.building import build
from tests.checkout import TESTS

PICTURES = TESTS / "golden" / "pages"
WIDTH = 144  # pixels: a pixel is 1/24 in of a 6 in page
UNLIKE = 3.0  # mean difference of grey, of 255, at which two pages are no longer the same

# name of the picture: a text that stands on the page, and on how many pages before it
PAGES = {
    "title-page": ("Every element of a page, once", 0),
    "contents": ("On the Water", 0),
    "part": ("On the Water", 1),
    "chapter-opening": ("An oar is a lever", 0),
    "table-and-definitions": ("What keeps the water out", 0),
    "index": ("See oarlock", 0),
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """The chosen pages of the book of every element, as grey pictures."""
    built = build(
        TESTS / "books" / "every-element", tmp_path_factory.mktemp("book") / "out", "--formats", "pdf"
    )
    assert built.exit_code == 0, built.errors
    document = pypdfium2.PdfDocument(built.output(".pdf"))
    texts = [document[index].get_textpage().get_text_range().casefold() for index in range(len(document))]
    return {name: picture(document[_pages_with(words, texts)[nth]]) for name, (words, nth) in PAGES.items()}


def _pages_with(words: str, texts: list[str]) -> list[int]:
    return [at for at, text in enumerate(texts) if words.casefold() in text]


def picture(page: pypdfium2.PdfPage) -> Image.Image:
    """A page drawn large, then made small: greys stand for lines of text."""
    drawn = page.render(scale=4 * WIDTH / page.get_width()).to_pil().convert("L")
    return drawn.resize((WIDTH, round(drawn.height * WIDTH / drawn.width)), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of grey over the darker half of the page's ink, 0 to 255."""
    if one.size != other.size:
        return 255.0
    inked = ImageChops.darker(one, other).point(lambda grey: 255 if grey < 250 else 0)
    return float(ImageStat.Stat(ImageChops.difference(one, other), inked).mean[0]) if inked.getbbox() else 0.0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_approved(
    name: str, pages: dict[str, Image.Image], request: pytest.FixtureRequest
) -> None:
    path = PICTURES / f"{name}.png"
    if request.config.getoption("--renew"):
        path.parent.mkdir(parents=True, exist_ok=True)
        pages[name].save(path, optimize=True)
    assert path.is_file(), f"no picture {path.name}; write it with --renew"
    assert difference(pages[name], Image.open(path)) < UNLIKE


def test_a_page_moved_by_one_line_is_noticed(pages: dict[str, Image.Image]) -> None:
    page = pages["chapter-opening"]
    moved = ImageChops.offset(page, 0, 4)
    assert difference(page, moved) > 5 * UNLIKE
