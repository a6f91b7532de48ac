"""The files of a theme: templates, style sheets and fonts, in layers.

At the bottom lie the shipped `templates/` and `styles/`, at the top of a checkout or inside the installed
package; above them those of the theme and of the themes that it extends, and on top the book's own. A
template or a font stands in for the file of the same name below it; a style sheet comes after the one below
it, so that it needs to say only what is other.

Names are paths below the folder with forward slashes: `print/chapter.html`, `fonts/SourceSerif4-Regular.ttf`.
In style sheets and documents a file of the theme is `book:///styles/NAME`.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from recto.door import LARGEST_PART, read, shipped_folder
from recto.galley import FILE_SCHEME
from recto.notations import css
from recto.problems import Place, Problem, error, shown, warning
from recto.theme.look import Look
from recto.theme.look_sheets import cover_sheet, paper_sheet, screen_sheet

# the first bytes of a sheet, or nothing (CSS Syntax 3, 3.2)
_CHARSET = re.compile(r'\A@charset "[^"]{0,100}";')
_OF_THE_EBOOK = ("book.css", "epub.css", "newer.css")


@dataclass(frozen=True)
class Theme:
    """A look and its files by name: `templates` and `styles` (style sheets, fonts and what they need).

    `layers` are the style sheets of each layer by name, the lowest first. `settings` are the theme.toml
    files. `unreadable` are files and folders that should belong to the theme but can't be read, each with the
    reason.
    """

    look: Look
    templates: Mapping[str, Path]
    styles: Mapping[str, Path]
    layers: tuple[Mapping[str, Path], ...]
    settings: tuple[Path, ...] = ()
    unreadable: tuple[tuple[Path, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """Every file that the theme is made of."""
        sheets = (path for layer in self.layers for path in layer.values())
        all_files = (*self.templates.values(), *self.styles.values(), *sheets, *self.settings)
        return tuple(dict.fromkeys(all_files))

    @cached_property
    def style_digests(self) -> Mapping[str, str]:
        """The SHA-256 of each file of `styles` in hex, read once. Raises OSError where one can't be read."""
        return _digests(self.styles)

    @cached_property
    def digest(self) -> str:
        """A digest of every name and every byte of the theme: two themes with one digest give one book."""
        whole = hashlib.sha256()
        folders = {"templates": self.templates, **{f"layer {n}": each for n, each in enumerate(self.layers)}}
        held = {folder: _digests(files) for folder, files in folders.items()} | {"styles": self.style_digests}
        for folder, digests in held.items():
            for name, content in sorted(digests.items()):
                whole.update(f"{folder}/{name}\0{content}\n".encode())
        whole.update(repr(self.look).encode())
        return whole.hexdigest()

    def style(self, name: str) -> str:
        """The text of a style sheet, all layers one after the other (`faults` tells if one is none).

        Raises KeyError for an unknown name.
        """
        paths = [layer[name] for layer in self.layers if name in layer]
        return "\n".join(map(_text, paths or [self.styles[name]]))

    def paper(self) -> tuple[str, ...]:
        """The style sheets of the print book, in the order of the cascade."""
        return self._cascade(("book.css", "print.css"), paper_sheet(self.look))

    def screen(self, *, fonts: bool = False) -> dict[str, str]:
        """The style sheets of the e-book by name, in the order of the cascade; with `fonts`, in its faces.

        What is no shipped sheet stands in one of its own: what an old reader can't read of it costs no other.
        """
        names = ("book.css", "epub.css", "newer.css")
        sheets = {name: _text(self.layers[0][name]) for name in names if name in self.layers[0]}
        above = self._cascade(names, screen_sheet(self.look, fonts=fonts))[len(sheets) :]
        upper = "\n".join(text for text in above if text.strip())
        return sheets | ({"look.css": upper} if upper else {})

    def cover(self) -> tuple[str, ...]:
        """The style sheets of a drawn cover."""
        return self._cascade(("cover.css",), cover_sheet(self.look))

    def _cascade(self, names: Sequence[str], look: str) -> tuple[str, ...]:
        """Sheets layer by layer; that of the look comes after the shipped ones."""
        first, *others = ([_text(layer[name]) for name in names if name in layer] for layer in self.layers)
        return (*first, look, *(text for layer in others for text in layer))

    def faults(self) -> tuple[Problem, ...]:
        """An error, with its line, for each file that can't be read, and each style sheet that is no text,
        that is broken (CSS Syntax 3), or that reaches for what is not in the book.
        """
        return (
            *self.problems,
            *(
                error("theme-unreadable", f"this can't be read: {reason}", Place(shown(path)))
                for path, reason in self.unreadable
            ),
            *(_encoding(path) for layer in self.layers for path in layer.values() if not _is_text(path)),
            *(
                problem
                for layer in self.layers
                for name, path in layer.items()
                if not path.is_relative_to(shipped_folder())
                for problem in self._sheet_faults(name, path)
            ),
        )

    def _sheet_faults(self, name: str, path: Path) -> Iterator[Problem]:
        """What is wrong in a style sheet of the book's own."""
        hint = f"see https://www.w3.org/TR/css-syntax-3/, or delete the file to use the shipped {name}"
        faults = css.faults(_text(path))
        if name in _OF_THE_EBOOK:
            faults += css.kept_from_ebooks(_text(path))
        for fault in faults:
            yield error("style-syntax", fault.message, Place(shown(path), fault.line), hint=hint)
        folder = PurePosixPath("styles", name).parent
        for line, address in css.sheet_addresses(_text(path)):
            found = self.resolve(f"{FILE_SCHEME}:///{folder}/{address.partition('#')[0].partition('?')[0]}")
            if found is None and self.resolve(address) is None and not address.startswith(("#", "data:")):
                message = f"the style sheet reaches for {address[:80]}, which is no file in styles/"
                fetch_hint = "copy it into styles/ and name it by its path from the sheet"
                tell = error if _leads_out(folder, address) else warning
                yield tell("style-outside", message, Place(shown(path), line), hint=fetch_hint)

    def resolve(self, url: str) -> Path | None:
        """The file behind a `book:///styles/…` name; None for any other address, or where there is none."""
        address = urlsplit(url)
        if address.scheme != FILE_SCHEME or address.netloc:
            return None
        parts = PurePosixPath(unquote(address.path)).parts
        if parts[:2] != ("/", "styles"):
            return None
        return self.styles.get("/".join(parts[2:]))


def _leads_out(folder: PurePosixPath, address: str) -> bool:
    """Whether an address is none below `styles/`, be there a file or not."""
    path = posixpath.normpath(folder / unquote(urlsplit(address).path))
    return bool(urlsplit(address).scheme or urlsplit(address).netloc) or not path.startswith("styles/")


def _digests(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: hashlib.sha256(read(path, LARGEST_PART)).hexdigest() for name, path in files.items()}


def _text(path: Path) -> str:
    text = read(path, LARGEST_PART).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    # sheets are joined, and packed as UTF-8, whatever this one says that it is
    return _CHARSET.sub(lambda rule: "\n" * rule[0].count("\n"), text, count=1)


def _is_text(path: Path) -> bool:
    try:
        read(path, LARGEST_PART).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(path: Path) -> Problem:
    hint = "save the file as UTF-8"
    return error("style-encoding", "the style sheet is not UTF-8 text", Place(shown(path)), hint=hint)
