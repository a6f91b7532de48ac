"""The layout job: all that the look of one unit depends on, and nothing else.

A job is plain data, so it can be pickled, sent to another process or machine, and named by its digest.
Running it is a pure function: the same job gives the same LaidOut, byte for byte, in whatever process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from recto.door import LARGEST_IMAGE, read
from recto.model import Asset, LaidOut, Page, Unit
from recto.problems import shown
from recto.theme import Theme

GRID = "data-grid"
"""The attribute by which the root of a document asks for lines on a grid (recto.print.engine.makeup.grid)."""


class ChangedError(Exception):
    """A file is not the one any more that a job was given."""


@dataclass(frozen=True, slots=True)
class AssetFile:
    """A file that units or style sheets may name: where it lies, and the SHA-256 of its bytes in hex.

    On another machine it lies nowhere, and has its bytes with it.
    """

    path: str
    digest: str
    content: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, path: Path) -> AssetFile:
        """A file as it is now. Raises OSError where it can't be read."""
        return cls(str(path), hashlib.sha256(read(path, LARGEST_IMAGE)).hexdigest())

    def read(self) -> bytes:
        """The bytes of the file, none but those that its digest is of.

        Raises OSError where it can't be read, ChangedError where it was saved anew since the build began.
        """
        content = read(Path(self.path), LARGEST_IMAGE) if self.content is None else self.content
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise ChangedError(f"{shown(Path(self.path))} was changed while the book was made; build again")
        return content


@dataclass(frozen=True)
class LayoutJob:
    """A unit, the style sheets (as text, in cascade order), and the files by name below `book:///`.

    With `alone` False the PDF is made for binding: fonts out of the assets are named in it but not embedded,
    which saves a good part of the time. Only the files that a text names can be used by it (`files`), so that
    nothing is drawn that the digest does not know of.

    `style` are CSS declarations for the root element: what is the matter of one unit alone, so that all units
    share their sheets. `depths` are the names of the pages to try where the unit would end in a scrap.
    """

    unit: Unit
    sheets: tuple[str, ...]
    assets: Mapping[str, AssetFile]
    alone: bool = True
    style: str = ""
    depths: tuple[str, ...] = ()

    @cached_property
    def files(self) -> Mapping[str, AssetFile]:
        """The assets that the document or a style sheet names, be it by the end of their path."""
        names = tuple(sorted(self.assets))
        found = _named_in_sheets(self.sheets, names) | _named_in((self.unit.html,), names)
        return {name: self.assets[name] for name in names if name in found}

    @cached_property
    def digest(self) -> str:
        """A digest of everything that can change the pages: texts, and each file that a text names.

        Running heads, folios and the outline are made at binding and don't count.
        """
        whole = hashlib.sha256(b"alone" if self.alone else b"bound")
        for text in (self.unit.name, self.unit.html, self.style, *self.depths):
            whole.update(_sha256(text))
        for sheet in self.sheets:
            whole.update(_sha256_of_sheet(sheet))
        for name, file in self.files.items():
            whole.update(f"\0{name}\0{file.digest}".encode())
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Forme:
    """A unit in pages of which no PDF is written yet; `printed` writes it.

    What is tried with a unit is judged by its pages, and of all trials one alone is printed.
    """

    pages: tuple[Page, ...]
    printed: Callable[[], LaidOut]


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _named_in(texts: tuple[str, ...], names: tuple[str, ...]) -> frozenset[str]:
    """The names, of files, whose last part stands in one of some texts."""
    return frozenset(name for name in names if any(name.rpartition("/")[2] in text for text in texts))


# all the jobs of a book share their sheets
_sha256_of_sheet = lru_cache(maxsize=8)(_sha256)
_named_in_sheets = lru_cache(maxsize=8)(_named_in)


def asset_table(theme: Theme, images: Iterable[Asset]) -> dict[str, AssetFile]:
    """The files of a theme (named below `styles/`) and the images of a book as an asset table.

    Raises OSError where a file of the theme can't be read.
    """
    table = {image.name: AssetFile(str(image.path), image.digest, image.content) for image in images}
    for name, path in theme.styles.items():
        table[f"styles/{name}"] = AssetFile(str(path), theme.style_digests[name])
    return table
