"""Profiles of printers: what each takes, as a data file each in `profiles/`.

Lengths are in inches in the files and in points here. What a file leaves out has the default below, which
asks for nothing; `like` names a profile to begin with.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from recto.notations.toml import parse

_FOLDER = Path(__file__).parent / "profiles"
_INCHES = frozenset(
    ("inside", "outside", "outside_bleeding", "bleed", "safe", "spine_allowance", "spine_clear", "barcode",
     "barcode_clear", "panel", "sheet", "trims", "custom")
)  # fmt: skip

Flavour = Literal["plain", "x-1a:2001", "x-1a:2003", "x-3:2002", "x-4"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: least and most pages, what a page adds to the spine, whether it takes colour.

    `spines` are widths of the whole spine that a printer's calculator gave for so many pages, where no width
    of a page explains them. `largest` are trims that take fewer pages: width, height, most pages.
    """

    pages: tuple[int, int] = (1, 10_000)
    sheet: float = 0.0
    color: bool = False
    spines: tuple[tuple[int, float], ...] = ()
    largest: tuple[tuple[float, float, int], ...] = ()

    def spine(self, pages: int) -> float:
        """How thick so many pages are; between two widths of a calculator on the line from one to the other.

        0 where it is not known.
        """
        if not self.spines or pages <= self.spines[0][0]:
            return self.spines[0][1] if self.spines else pages * self.sheet
        for (fewer, thin), (more, thick) in itertools.pairwise(self.spines):
            if pages <= more:
                return thin + (thick - thin) * (pages - fewer) / (more - fewer)
        return self.spines[-1][1]


@dataclass(frozen=True, slots=True)
class CoverRules:
    """What a printer wants of a cover; one without `bleed` is not made, for its measures are not known.

    `panel` is what back and front are wider and higher than the page: hinge and overhang of a board. Of a
    case, `bleed` is what is turned in.
    """

    bleed: float = 0.0
    safe: float = 0.0
    spine_allowance: float = 0.0
    spine_text_pages: int = 10_000
    spine_clear: float = 0.0
    barcode: tuple[float, float] = (0.0, 0.0)
    barcode_clear: float = 0.0
    panel: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PressProfile:
    """What a printer takes.

    flavour       the kind of PDF; `condition` is the printing condition that it names
    trims, custom sizes taken; least and most width and height of others. Neither: any
    even          the count of pages is even; `last_blank`: and the last page blank
    gutters       least inside margin up to so many pages; else `inside`
    outside       least distance from every other edge, `outside_bleeding` in a book that bleeds
    bleed         and whether it is wanted at the spine too, and where nothing bleeds
    resolution    of pictures as they are placed, in pixels an inch; below `resolution_least` it is an error
    line, type    least width of lines and size of type, in points
    tint, ink     least and most ink, in percent; all inks together for the most
    whole_fonts   fonts are to be embedded whole
    marks         printer's marks may stand beside the page
    claims        words that the printer will not have on a copyright page
    """

    name: str
    title: str
    flavour: Flavour = "plain"
    condition: str = ""
    condition_info: str = ""
    trims: tuple[tuple[float, float], ...] = ()
    custom: tuple[float, ...] = ()
    even: bool = False
    last_blank: bool = False
    metadata: bool = True
    gutters: tuple[tuple[int, float], ...] = ()
    inside: float = 0.0
    outside: float = 0.0
    outside_bleeding: float = 0.0
    bleed: float = 0.0
    bleeds_at_spine: bool = True
    bleeds_always: bool = False
    blank_run: int = 0
    resolution: float = 0.0
    resolution_least: float = 0.0
    line: float = 0.0
    type: float = 0.0
    tint: float = 0.0
    ink: float = 400.0
    megabytes: float = 0.0
    whole_fonts: bool = False
    marks: bool = False
    claims: tuple[str, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    cover: CoverRules = field(default_factory=CoverRules)

    def least_inside(self, pages: int) -> float:
        """The least margin at the spine of a book of so many pages."""
        for most, inside in self.gutters:
            if pages <= most:
                return inside
        return self.gutters[-1][1] if self.gutters else max(self.inside, self.outside)

    def least_outside(self, *, bleeding: bool) -> float:
        """The least distance from head, foot and fore-edge."""
        return max(self.outside, self.outside_bleeding) if bleeding else self.outside

    @property
    def flattens(self) -> bool:
        """Tell whether nothing may shine through: PDF/X-1a has no transparency, others refuse it (KDP)."""
        return self.flavour != "x-4"


@cache
def names() -> tuple[str, ...]:
    """The profiles that there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def nearest(name: str) -> str | None:
    """The profile whose name is most like one that there is not."""
    found = difflib.get_close_matches(name.lower(), names(), n=1, cutoff=0.4)
    return found[0] if found else None


@cache
def profile(name: str) -> PressProfile:
    """A profile by its name. Raises KeyError where there is none."""
    if name not in names():
        raise KeyError(name)
    return _made(name, _read(name))


def _read(name: str) -> dict[str, Any]:
    data, _ = parse((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {**_read(data.pop("like")), **data} if "like" in data else data


def _made(name: str, data: Mapping[str, Any]) -> PressProfile:
    tables = ("papers", "gutters", "cover")
    return PressProfile(
        name,
        papers={paper: Paper(**_facts(said)) for paper, said in data.get("papers", {}).items()},
        gutters=tuple((each["pages"], each["inside"] * 72) for each in data.get("gutters", ())),
        cover=CoverRules(**_facts(data.get("cover", {}))),
        **_facts({key: value for key, value in data.items() if key not in tables}),
    )


def _facts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _points(key, value) for key, value in data.items()}


def _points(key: str, value: Any) -> Any:
    """A value of a file with its lists as tuples and its lengths in points."""
    if key == "spines":
        return tuple((pages, width * 72) for pages, width in value)
    if key == "largest":
        return tuple((width * 72, height * 72, pages) for width, height, pages in value)
    if isinstance(value, list):
        return tuple(_points(key, each) for each in value)
    return value * 72 if key in _INCHES and isinstance(value, int | float) else value
