"""Pages too narrow for two columns: notes that a theme has beside the text stand at its foot there.

Beside notes the lines of a small page would hold so few words that none of them could be set evenly.
"""

from __future__ import annotations

from dataclasses import replace

from recto.settings.config import Config
from recto.settings.lengths import parse_length, parse_trim
from recto.theme.look import Look

_LEAST = 21.0  # ems, some 45 letters: what lines beside notes should hold
_WITHOUT = 0.72  # of the page, for lines that have it to themselves


def on_its_page(look: Look, config: Config) -> Look:
    """The look on the page that book.toml asks for. What can't be read there changes nothing here."""
    page = look.page
    trim = parse_trim(config.print.trim or page.trim)
    size = parse_length(config.print.font_size or page.font_size)
    if look.notes.place != "side" or not trim or not size or page.width * trim[0] >= _LEAST * size:
        return look
    alone = replace(page, side=0.0, width=max(page.width, _WITHOUT))
    return replace(look, page=alone, notes=replace(look.notes, place="foot"))
