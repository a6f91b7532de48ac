"""A small book with every way to be in colour, for the tests of press files."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">
<defs><linearGradient id="fade" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#f00"/>
<stop offset="0.5" stop-color="#0f0"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect x="5" y="5" width="290" height="50" fill="url(#fade)"/>
<circle cx="70" cy="120" r="50" fill="#c03" opacity="0.5"/>
<g opacity="0.4"><rect x="150" y="70" width="100" height="100" fill="#06c" stroke="#0a0" stroke-width="6"/>
<text x="160" y="120" font-size="20">in a group</text></g>
<path d="M10 190H290" stroke="#369" stroke-width="2"/></svg>
"""


def press_book(folder: Path, settings: str = "", *, chapters: int = 6) -> Path:
    """The manuscript, in a folder of its own; `settings` is its book.toml."""
    source = folder / "colours"
    source.mkdir()
    (source / "drawing.svg").write_text(DRAWING, encoding="utf-8")
    grey = Image.radial_gradient("L").resize((1200, 800))
    flat = Image.new("L", grey.size, 120)
    Image.merge("RGB", (grey, grey.rotate(180), flat)).save(source / "photo.jpg")
    Image.merge("RGBA", (grey, flat, grey, grey)).save(source / "clear.png")
    pictures = "".join(f"![What is shown]({name})\n\n" for name in ("drawing.svg", "photo.jpg", "clear.png"))
    text = "Every colour is a grey when the lamp is out, and a page of black ink is no poorer for it. " * 12
    parts = [
        f"# {n} Lamps\n\n## {n}.1 Light\n\n{text}\n\n## {n}.2 Dark\n\n{text}\n"
        for n in range(1, chapters + 1)
    ]
    (source / "a.md").write_text("\n".join([*parts, pictures]), encoding="utf-8")
    (source / "book.toml").write_text(settings, encoding="utf-8")
    return source
