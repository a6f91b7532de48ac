"""The press: what units with the same style sheets share - fonts, parsed sheets, counter styles.

It is kept in the process. A sheet is parsed once, whatever stands beside it: those of two presses differ by
a few lines at their end.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from recto.galley import FILE_SCHEME
from recto.print.engine.book_files import BookFetcher
from recto.print.engine.messages import messages
from recto.print.engine.weasy import CSS, CounterStyle, FontConfiguration
from recto.print.layout.job import LayoutJob

_STYLES_BASE = f"{FILE_SCHEME}:///styles/"
_PRESSES_KEPT = 2  # the style sheets before and after the gutter is known
_SHEETS_KEPT = 16
_VIEWPORT = re.compile(r"\dv(?:w|h|i|b|min|max)\b", re.IGNORECASE)  # units: parts of a document's first page
LARGEST_COUNTED = 20_000  # no shipped style of letters or signs goes further: that of Georgian ends at 19,999
LONGEST_COUNTED = 1_000  # characters
_IMPORTING = "@import"  # of a sheet that says so, more is parsed than its own text


@dataclass(frozen=True)
class Press:
    """What jobs with the same style sheets share; `messages` are what was said when it was made."""

    fonts: Any
    sheets: tuple[Any, ...]
    counters: Any
    messages: tuple[str, ...]


@dataclass(frozen=True)
class _ParsedSheet:
    """A parsed style sheet: the faces of fonts that it names (by their descriptors), its counter styles."""

    parsed: Any
    faces: tuple[Mapping[str, Any], ...]
    counters: Mapping[str, Any]
    messages: tuple[str, ...]


class _Faces(list[Mapping[str, Any]]):
    """In place of a font configuration: notes the faces that a sheet names."""

    def add_font_face(self, descriptors: Mapping[str, Any], _fetcher: BookFetcher) -> None:
        """Note a face."""
        self.append(descriptors)


class ShortCounters(CounterStyle):  # type: ignore[misc] # WeasyPrint has no types
    """Counter styles, of which some give a text as long as the number is large: to a limit.

    Beyond it a number is set as it is; CSS Counter Styles 3 lets a style do so from 60 characters on (3.1.4).
    """

    def render_value(self, counter_value: int, *others: Any, **named: Any) -> str:
        """A number as a style writes it."""
        if abs(counter_value) > LARGEST_COUNTED:
            return str(counter_value)
        written: str = super().render_value(counter_value, *others, **named)
        return written if len(written) <= LONGEST_COUNTED else str(counter_value)

    def copy(self) -> ShortCounters:
        """The same counter styles, for one document."""
        return ShortCounters(self)


_presses: OrderedDict[str, Press] = OrderedDict()


def press_of(job: LayoutJob, fetcher: BookFetcher) -> Press:
    """The press for a job's style sheets, made anew where one of them or a file they name has changed."""
    key = hashlib.sha256("\0".join(job.sheets).encode())
    for name, asset in job.files.items():
        if any(name.rpartition("/")[2] in sheet for sheet in job.sheets):
            key.update(f"\0{name}\0{asset.digest}".encode())
    digest = key.hexdigest()
    if digest in _presses:
        _presses.move_to_end(digest)
        return _presses[digest]
    press = _made(job, fetcher)
    fetcher.check()
    if any(_VIEWPORT.search(sheet) for sheet in job.sheets):
        return press  # what is known of its styles is true of one document
    _presses[digest] = press
    while len(_presses) > _PRESSES_KEPT:
        _presses.popitem(last=False)
    return press


def parse_ahead(sheets: Iterable[str]) -> None:
    """Parse style sheets that jobs are likely to come with; those that import others wait for their job."""
    for text in sheets:
        if _IMPORTING not in text.lower():
            _parsed(text)


def _made(job: LayoutJob, fetcher: BookFetcher) -> Press:
    fonts, counters = FontConfiguration(), ShortCounters()
    parsed, said = [], list[str]()
    for text in job.sheets:
        sheet = _parse(text, fetcher) if _IMPORTING in text.lower() else _parsed(text)
        parsed.append(sheet.parsed)
        counters.update(sheet.counters)
        with messages() as about_fonts:
            for face in sheet.faces:
                fonts.add_font_face(face, fetcher)
        said += (*sheet.messages, *about_fonts)
    return Press(fonts, tuple(parsed), counters, tuple(said))


def _parse(text: str, fetcher: BookFetcher | None) -> _ParsedSheet:
    faces, counters = _Faces(), ShortCounters()
    with messages() as said:
        sheet = CSS(
            string=text,
            base_url=_STYLES_BASE,
            url_fetcher=fetcher,
            font_config=faces,
            counter_style=counters,
        )
    return _ParsedSheet(sheet, tuple(faces), counters, tuple(said))


@lru_cache(_SHEETS_KEPT)
def _parsed(text: str) -> _ParsedSheet:
    """A sheet that names no other: parsing it fetches nothing."""
    return _parse(text, None)
