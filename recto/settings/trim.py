"""Page geometry: trim sizes by name, margins, the gutter that grows with the book, the block of text.

Everything here is arithmetic in PostScript points (1/72 in). Pages are mirrored: `inner` is the margin at the
spine, `outer` the one at the fore-edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recto.languages import direction
from recto.problems import Problem, error
from recto.settings.config import Config
from recto.theme import manual, shipped_folder
from recto.theme.look import PageLook
from recto.theme.look_sheets import SIDE_GAP

_POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1.0}

# KDP paperback trims (help page G201834180), the ISO sizes, and the names printers use.
TRIMS = {
    "5x8in": (5, 8, "in"),
    "5.06x7.81in": (5.06, 7.81, "in"),
    "5.25x8in": (5.25, 8, "in"),
    "5.5x8.5in": (5.5, 8.5, "in"),
    "6x9in": (6, 9, "in"),
    "6.14x9.21in": (6.14, 9.21, "in"),
    "6.69x9.61in": (6.69, 9.61, "in"),
    "7x10in": (7, 10, "in"),
    "7.44x9.69in": (7.44, 9.69, "in"),
    "7.5x9.25in": (7.5, 9.25, "in"),
    "8x10in": (8, 10, "in"),
    "8.25x6in": (8.25, 6, "in"),
    "8.25x8.25in": (8.25, 8.25, "in"),
    "8.5x8.5in": (8.5, 8.5, "in"),
    "8.5x11in": (8.5, 11, "in"),
    "8.27x11.69in": (8.27, 11.69, "in"),
    "pocket": (4.25, 6.87, "in"),
    "novella": (5, 8, "in"),
    "digest": (5.5, 8.5, "in"),
    "us-trade": (6, 9, "in"),
    "royal": (6.14, 9.21, "in"),
    "crown-quarto": (7.44, 9.69, "in"),
    "executive": (7, 10, "in"),
    "letter": (8.5, 11, "in"),
    "a6": (105, 148, "mm"),
    "a5": (148, 210, "mm"),
    "b5": (176, 250, "mm"),
    "a4": (210, 297, "mm"),
    "demy": (138, 216, "mm"),
    "b-format": (129, 198, "mm"),
}

# KDP's least inside margin by page count (help page GVBQ3CMEQW3W2VL6), in inches: what the fold of a bound
# book takes. The clearance below comes on top, so that lines do not run into the fold.
_GUTTERS = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75))
_WIDEST_GUTTER = 0.875
_CLEARANCE = 0.3 * 72

_SMALLEST, _LARGEST = 3.5 * 72, 17 * 72
_LEAST_MARGIN = 0.5 * 72
_FOOT = 2.0  # leadings from the last line to the baseline of a folio below it


@dataclass(frozen=True, slots=True)
class Geometry:
    """A page, in points.

    width, height       the trimmed page
    inner, outer, top, bottom   margins; the text stands inside them
    bleed               0 without bleed
    font_size, leading  of the text; `lines` of it fill the text block exactly
    head                from the top of the trimmed page to the baseline of the running head
    foot                from the bottom of the trimmed page to the baseline of a folio at the foot
    side, side_gap      width of a column for side notes in the outer margin, and its distance from the text
    mirrored            True where the book is read from right to left, and bound on the right
    """

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    bleed: float
    font_size: float
    leading: float
    lines: int
    head: float
    mirrored: bool = False
    foot: float = 0.0
    side: float = 0.0
    side_gap: float = 0.0

    @property
    def text_width(self) -> float:
        """The measure."""
        return self.width - self.inner - self.outer

    @property
    def text_height(self) -> float:
        """The height of the text block."""
        return self.height - self.top - self.bottom

    @property
    def characters(self) -> int:
        """About how many characters of running text fill a page."""
        return max(1, round(1.57 * self.lines * self.text_width / self.font_size))

    def left(self, *, recto: bool) -> float:
        """The left edge of the text block on a recto or a verso."""
        return self.inner if recto is not self.mirrored else self.outer


def gutter(pages: int) -> float:
    """What the binding of a book of so many pages swallows at the spine."""
    for most, inches in _GUTTERS:
        if pages <= most:
            return inches * 72
    return _WIDEST_GUTTER * 72


def geometry(
    config: Config, page_count: int = 0, look: PageLook | None = None
) -> tuple[Geometry, tuple[Problem, ...]]:
    """The page of `[print]` for a book of `page_count` pages (0: not known yet), in a look; None is `manual`.

    The measure does not depend on the page count (but on the smallest trims): a thicker book moves its text
    block outward and keeps its line breaks. What can't be read is an error at its line of book.toml, and its
    default is used.
    """
    faults: list[Problem] = []
    look = look or manual(shipped_folder()).page
    width, height = _trim(config, look.trim, faults)
    size = _length(config, "font_size", look.font_size, faults, least=6, most=20)
    bleed = _length(config, "bleed", "0mm", faults, least=0, most=36)
    wanted = (
        _length(config, "gutter", "0mm", faults, least=0, most=width / 4) if config.print.gutter else None
    )
    binding = gutter(page_count) if wanted is None else wanted
    leading = round(size * look.leading * 4) / 4
    side = (look.side + SIDE_GAP) * size if look.side else 0.0
    # 34 em hold some 72 characters of the text face: no wider, however large the page
    measure = min(look.width * width, look.measure * size)
    inner, outer = _side_margins(width - measure - side, binding, look.inner)
    top = max(look.top * height, 3.2 * leading)
    lines = int((height - top - look.bottom * height) / leading)
    bottom = height - top - lines * leading
    page = Geometry(
        width=width,
        height=height,
        inner=inner,
        outer=outer + side,
        top=top,
        bottom=bottom,
        bleed=bleed,
        font_size=size,
        leading=leading,
        lines=lines,
        head=top - 1.6 * leading,
        mirrored=direction(config.book.language) == "rtl",
        foot=max(bottom - _FOOT * leading, 0.25 * 72),
        side=look.side * size,
        side_gap=SIDE_GAP * size if look.side else 0.0,
    )
    return page, tuple(faults)


def _side_margins(both: float, binding: float, share: float) -> tuple[float, float]:
    """Inner and outer margin out of the width that both share; neither falls below half an inch."""
    inner = max(binding + _CLEARANCE, share * both)
    outer = max(both - inner, _LEAST_MARGIN)
    return inner, outer


# where notes begin: at the right in a book that is read so
_NOTE_RULE = "@page { @footnote { background-position: 100% 0 } }\n"


def page_css(page: Geometry) -> str:
    """The geometry as a style sheet: page boxes, and the size and leading that `rem` lengths hang on.

    `page: long` and `page: short` name pages with a line more and a line less, for chapters that would else
    end in a scrap; `page: turned` one that is turned to the left on its sheet, for wide tables.
    """
    bleed = f" bleed: {_pt(page.bleed)};" if page.bleed else ""
    margins = {
        side: f"{_pt(page.top)} {_pt(right)} {_pt(page.bottom)} {_pt(left)}"
        for side, right, left in (
            ("right", page.outer, page.inner),
            ("left", page.inner, page.outer),
        )
    }
    return (
        f"@page {{ size: {_pt(page.width)} {_pt(page.height)};{bleed} }}\n"
        f"@page :right {{ margin: {margins['right']} }}\n"
        f"@page :left {{ margin: {margins['left']} }}\n"
        f"{_depths(page)}"
        f"{_turned(page)}"
        f"{_NOTE_RULE if page.mirrored else ''}"
        f"html {{ font-size: {_pt(page.font_size)}; line-height: {_pt(page.leading)} }}\n"
        f".leaf {{ height: {_pt(page.text_height)} }}\n"
        f"img {{ max-height: {_pt(page.text_height - 5 * page.leading)} }}\n"
        f"figure.bleed, figure.bleed img {{ height: {_pt(page.text_height - 1)}; max-height: none }}\n"
    )


def _depths(page: Geometry) -> str:
    return "".join(
        f"@page {name}:{side} {{ margin-bottom: {_pt(page.bottom + more)} }}\n"
        for name, more in (("long", -page.leading), ("short", page.leading))
        for side in ("right", "left")
    )


def _turned(page: Geometry) -> str:
    """The same type area for a page whose top is at the left edge of the sheet."""
    sides = (("right", page.inner, page.outer), ("left", page.outer, page.inner))
    return f"@page turned {{ size: {_pt(page.height)} {_pt(page.width)} }}\n" + "".join(
        f"@page turned:{side} {{ margin: {_pt(left)} {_pt(page.top)} {_pt(right)} {_pt(page.bottom)} }}\n"
        for side, left, right in sides
    )


def parse_trim(text: str) -> tuple[float, float] | None:
    """A trim size: a name out of TRIMS, or `6x9in`, `140x216mm`, `15,5 × 22 cm`; None if it is neither.

    Without a unit it is in inches, or in millimeters where it would be no page in inches.
    """
    plain = text.strip().lower().replace("×", "x").replace(",", ".").replace(" ", "")
    if plain in TRIMS:
        width, height, unit = TRIMS[plain]
        return width * _POINTS[unit], height * _POINTS[unit]
    found = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)(in|mm|cm|pt)?x(\d{1,4}(?:\.\d+)?)(in|mm|cm|pt)?", plain)
    if not found or (found[2] and found[2] != found[4]):
        return None
    width, height = float(found[1]), float(found[3])
    points = _POINTS[found[4] or ("in" if max(width, height) * 72 <= _LARGEST else "mm")]
    return width * points, height * points


def is_page(text: str) -> bool:
    """Whether a text names a trim size that a book can have."""
    size = parse_trim(text)
    return size is not None and _is_for_books(size)


def _is_for_books(size: tuple[float, float]) -> bool:
    return all(_SMALLEST <= side <= _LARGEST for side in size)


def parse_length(text: str) -> float | None:
    """A length with its unit (`3mm`, `0.125in`, `10pt`, plain `0`) in points; None if it is none."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(in|mm|cm|pt)", text.strip().lower())
    if found:
        return float(found[1]) * _POINTS[found[2]]
    return 0.0 if text.strip() == "0" else None


def _trim(config: Config, default: str, faults: list[Problem]) -> tuple[float, float]:
    size = parse_trim(config.print.trim or default)
    if size is None:
        message = f"`print.trim` is no trim size: {config.print.trim!r}"
        hint = 'write it as "6x9in" or "140x216mm", or by name: ' + ", ".join(n for n in TRIMS if n.isalnum())
        faults.append(error("trim-unknown", message, config.place_of("print", "trim"), hint=hint))
    elif not _is_for_books(size):
        message = f"`print.trim` is no size for a book: {config.print.trim!r}"
        hint = "each side must be between 3.5 and 17 inches (89 and 432 mm)"
        faults.append(error("trim-size", message, config.place_of("print", "trim"), hint=hint))
    else:
        return size
    return 6 * 72.0, 9 * 72.0


def _length(
    config: Config, key: str, default: str, faults: list[Problem], *, least: float, most: float
) -> float:
    text: str = getattr(config.print, key) or default
    value = parse_length(text)
    if value is not None and least <= value <= most:
        return value
    message = f"`print.{key}` must be a length from {least:g}pt to {most:g}pt, not {text!r}"
    hint = 'write it with its unit: "10pt", "3mm", "0.125in"'
    faults.append(error("print-length", message, config.place_of("print", key), hint=hint))
    return parse_length(default) or 0.0


def _pt(points: float) -> str:
    return f"{points:.3f}".rstrip("0").rstrip(".") + "pt"
