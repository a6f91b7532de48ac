"""Page geometry: margins, the gutter that grows with the book, the block of text.

Everything here is arithmetic in PostScript points (1/72 in). Pages are mirrored: `inner` is the margin at the
spine, `outer` the one at the fore-edge.
"""

from __future__ import annotations

from dataclasses import dataclass

from recto.languages import direction
from recto.problems import Problem, error
from recto.settings.config import Config
from recto.settings.lengths import TRIMS, is_for_books, parse_length, parse_trim
from recto.theme import manual, shipped_folder
from recto.theme.look import PageLook
from recto.theme.look_sheets import SIDE_GAP

# KDP's least inside margin by page count (help page GVBQ3CMEQW3W2VL6), in inches: what the fold of a bound
# book takes. The clearance below comes on top, so that lines do not run into the fold.
_GUTTERS = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75))
_WIDEST_GUTTER = 0.875
_CLEARANCE = 0.3 * 72

# Names of pages other than usual: how many lines more they have, for chapters that would end in a scrap. A
# folio at the foot stands two lines below the text.
DEPTHS = {"long": 1, "short": -1, "shorter": -2, "shortest": -3}

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

    `page: long`, `page: short` and the like name pages with a line more or less, for chapters that would else
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
        f"@page {name}:{side} {{ margin-bottom: {_pt(page.bottom - more * page.leading)} }}\n"
        for name, more in DEPTHS.items()
        for side in ("right", "left")
    )


def _turned(page: Geometry) -> str:
    """The same type area for a page whose top is at the left edge of the sheet."""
    sides = (("right", page.inner, page.outer), ("left", page.outer, page.inner))
    return f"@page turned {{ size: {_pt(page.height)} {_pt(page.width)} }}\n" + "".join(
        f"@page turned:{side} {{ margin: {_pt(left)} {_pt(page.top)} {_pt(right)} {_pt(page.bottom)} }}\n"
        for side, left, right in sides
    )


def _trim(config: Config, default: str, faults: list[Problem]) -> tuple[float, float]:
    size = parse_trim(config.print.trim or default)
    if size is None:
        message = f"`print.trim` is no trim size: {config.print.trim!r}"
        hint = 'write it as "6x9in" or "140x216mm", or by name: ' + ", ".join(n for n in TRIMS if n.isalnum())
        faults.append(error("trim-unknown", message, config.place_of("print", "trim"), hint=hint))
    elif not is_for_books(size):
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
