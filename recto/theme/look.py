"""A look as data: all that a `theme.toml` may set. Style sheets and templates of a theme stand on top of it.

Lengths along a line are ems of the text (`measure`, `indent`), those down the page whole and part leadings
(`sink`, `after`), shares are of the page. Nothing has a default here: the theme `manual` sets every key, and
other themes extend one that does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from recto.settings.settings_reader import BOUNDS

Align = Literal["start", "center"]
HeadText = Literal["book", "author", "part", "chapter", "none"]
Letters = Literal["roman", "italic", "bold", "small-capitals"]
Role = Literal["text", "titles", "headings", "small"]


def _between(least: float, most: float) -> dict[str, tuple[float, float]]:
    return {BOUNDS: (least, most)}


@dataclass(frozen=True, slots=True)
class PageLook:
    """`[page]`: the page and the block of text on it.

    `width` is the share of the page that lines take, never more than `measure` ems; of what is left the share
    `inner` lies at the spine. `top` and `bottom` are shares of the height. `side` is the width of a column
    for side notes in the outer margin, in ems; 0 for none.
    """

    trim: str
    font_size: str
    openings: Literal["recto", "any"]
    leading: float = field(metadata=_between(1, 2))
    width: float = field(metadata=_between(0.4, 0.9))
    measure: float = field(metadata=_between(15, 60))
    inner: float = field(metadata=_between(0.2, 0.6))
    top: float = field(metadata=_between(0.04, 0.25))
    bottom: float = field(metadata=_between(0.04, 0.3))
    side: float = field(metadata=_between(0, 16))


@dataclass(frozen=True, slots=True)
class FontFamily:
    """`[families."Name"]`: the files of a typeface below `styles/`; "" where it has no such style."""

    regular: str
    italic: str = ""
    bold: str = ""
    bold_italic: str = ""

    def file(self, letters: Letters) -> str:
        """The file that letters are drawn with; the regular one where there is none of their own."""
        return (letters == "italic" and self.italic) or (letters == "bold" and self.bold) or self.regular


@dataclass(frozen=True, slots=True)
class FacesLook:
    """`[faces]`: which family is for what. `small` is for captions, tables and the titles of boxes."""

    text: str
    titles: str
    headings: str
    small: str
    code: str

    def of(self, role: Role) -> str:
        """The name of the family that has a role."""
        return str(getattr(self, role))


@dataclass(frozen=True, slots=True)
class OpeningLook:
    """`[opening]`: how chapters begin.

    `sink` is the white above, `after` that below the title; the `plain` ones are for front and back matter.
    `size` is that of the title, in sizes of the text, `leading` that of its lines. `label` is what stands
    above the title, `ornament` a picture of `styles/` below it.
    """

    align: Align
    label: Literal["words", "number", "none"]
    label_face: Letters
    face: Letters
    ornament: str
    size: float = field(metadata=_between(1, 6))
    leading: float = field(metadata=_between(1, 6))
    sink: float = field(metadata=_between(0, 20))
    after: float = field(metadata=_between(0, 10))
    plain_sink: float = field(metadata=_between(0, 20))
    plain_after: float = field(metadata=_between(0, 10))


@dataclass(frozen=True, slots=True)
class HeadingsLook:
    """`[headings]`: of sections. `numbers` tells whether their numbers are printed."""

    align: Align
    face: Letters
    numbers: bool


@dataclass(frozen=True, slots=True)
class HeadsLook:
    """`[heads]`: what runs along the top of left-hand (`verso`) and right-hand (`recto`) pages.

    `typeface` is one of `[faces]`, `size` in sizes of the text; `rule` draws a line below.
    """

    verso: HeadText
    recto: HeadText
    place: Literal["outer", "center", "inner"]
    typeface: Role
    face: Letters
    rule: bool
    size: float = field(metadata=_between(0.5, 1.5))


@dataclass(frozen=True, slots=True)
class FolioLook:
    """`[folio]`: the page number; with `openings` the first page of a chapter has it too, at the foot."""

    place: Literal["head", "foot"]
    align: Literal["outer", "center"]
    typeface: Role
    face: Letters
    openings: bool
    size: float = field(metadata=_between(0.5, 1.5))


@dataclass(frozen=True, slots=True)
class TextLook:
    """`[text]`: paragraphs. `lead` is how the first words of a chapter are set, `drop_cap` how many lines its
    first letter takes (0 for none); `ornament` is the picture of a scene break.
    """

    paragraphs: Literal["indented", "spaced"]
    justify: bool
    lead: Letters
    scene_break: Literal["rule", "space", "ornament"]
    ornament: str
    indent: float = field(metadata=_between(0, 5))
    drop_cap: int = field(metadata=_between(0, 5))


@dataclass(frozen=True, slots=True)
class NotesLook:
    """`[notes]`: at the foot of the page, beside the line that calls them (`side` of `[page]` wide), or on
    paper at the end of the chapter or of the book.
    """

    place: Literal["foot", "side", "chapter", "book"]


@dataclass(frozen=True, slots=True)
class ApparatusLook:
    """`[apparatus]`: tables, figures, boxes. `accent` is the one colour of the e-book; print has none."""

    captions: Align
    rules: Literal["head", "rows"]
    boxes: Literal["rule", "frame", "tint"]
    accent: str


@dataclass(frozen=True, slots=True)
class CoverLook:
    """`[cover]`: a cover that is drawn, in one of the designs of recto/compose/epub/cover_designs.toml."""

    design: Literal["canon", "label", "rules"]


@dataclass(frozen=True, slots=True)
class Look:
    """The whole of a theme.toml, its parents' keys filled in."""

    title: str
    about: str
    page: PageLook
    faces: FacesLook
    families: dict[str, FontFamily]
    opening: OpeningLook
    headings: HeadingsLook
    heads: HeadsLook
    folio: FolioLook
    text: TextLook
    notes: NotesLook
    apparatus: ApparatusLook
    cover: CoverLook
