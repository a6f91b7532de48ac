"""Pictures of every theme for the Handbook: `python -m bench.specimens`.

    python -m bench.specimens [THEME …]       draws book/images/theme-THEME.png anew, of all themes or of some

Each shows four pages of the specimen in `tests/books/specimen`: the title page, the first page of the story,
and two pages further on that have what the theme is for. Greys are rounded to sixteen, so that a picture has
some fifty kilobytes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from bench.books import ROOT

SPECIMEN = ROOT / "tests" / "books" / "specimen"
# what stands on the pages to be shown, beside title page and opening
_SHOWN = {
    "manual": ("It struck eleven", "When to Cross"),
    "novel": ("My dear Ada", "It struck eleven"),
    "essay": ("On Keeping Still", "A Note on Method"),
    "textbook": ("Measuring a Tide", "When to Cross"),
}
_TITLE_PAGE, _OPENING = "Ines Marrow", "without a bell"
_HEIGHT, _GAP, _EDGE = 560, 14, 170  # pixels; the grey of the line around a page


def main() -> None:
    """Draw the pictures that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.specimens", description="Pictures of the themes")
    parser.add_argument("themes", nargs="*", help="of these alone")
    asked = parser.parse_args().themes or sorted(_SHOWN)
    for name in asked:
        picture = ROOT / "book" / "images" / f"theme-{name}.png"
        drawn(name).save(picture, optimize=True)
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size / 1000:.0f} KB")


def drawn(theme: str) -> Image.Image:
    """Four pages of the specimen in a theme, side by side."""
    with tempfile.TemporaryDirectory(prefix="recto-specimens-") as folder:
        book = Path(folder) / "specimen"
        shutil.copytree(SPECIMEN, book)
        settings = book / "book.toml"
        named = settings.read_text("utf-8").replace("[book]", f'[book]\ntheme = "{theme}"', 1)
        settings.write_text(named, "utf-8")
        command = [sys.executable, str(ROOT / "build.py"), str(book), "-o", folder, "--formats", "pdf", "-q"]
        subprocess.run(command, check=True)
        (pdf,) = Path(folder).glob("*.pdf")
        document = pypdfium2.PdfDocument(pdf)
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
        wanted = (_TITLE_PAGE, _OPENING, *_SHOWN[theme])
        return _in_a_row([_page(document[_find(texts, words)]) for words in wanted])


def _find(texts: list[str], words: str) -> int:
    """The first page after the contents, or the title page itself, on which some words stand."""
    first = 2 if words == _TITLE_PAGE else next(at for at, text in enumerate(texts) if "Preface" in text) + 2
    return next(at for at, text in enumerate(texts) if at >= first and words in text)


def _page(page: pypdfium2.PdfPage) -> Image.Image:
    """A page with a thin edge."""
    scale = 3 * _HEIGHT / page.get_height()
    large = page.render(scale=scale, grayscale=True).to_pil()
    small = large.resize((round(large.width / 3), _HEIGHT), Image.Resampling.LANCZOS)
    framed = Image.new("L", (small.width + 2, small.height + 2), _EDGE)
    framed.paste(small, (1, 1))
    return framed


def _in_a_row(pages: list[Image.Image]) -> Image.Image:
    width = sum(page.width for page in pages) + _GAP * (len(pages) - 1)
    row = Image.new("L", (width, pages[0].height), 255)
    left = 0
    for page in pages:
        row.paste(page, (left, 0))
        left += page.width + _GAP
    return row.point([17 * round(grey / 17) for grey in range(256)])  # no palette: a PDF takes it as it is


if __name__ == "__main__":
    main()
