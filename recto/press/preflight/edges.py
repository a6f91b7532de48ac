"""How near to its edges a page is printed: measured on a picture of it, which shows whatever is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from recto.settings.trim import Geometry

_SCALE = 1.0  # pixels a point
_WHITE = 250  # grey from which on a pixel counts as paper
SOFT = 1.0  # points that a soft edge may reach out


def _beside(sheet: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """What the sheet has beyond the bleed, left, bottom, right and top: there stand printer's marks alone."""
    media, bleed = sheet.get_mediabox(), sheet.get_bleedbox()
    return bleed[0] - media[0], bleed[1] - media[1], media[2] - bleed[2], media[3] - bleed[3]


Margins = tuple[float, float, float, float]  # left, top, right, bottom


def margins(content: bytes, page: Geometry) -> Iterator[Margins | None]:
    """For each page how far from the edges of its trimmed page it is printed; None where it is blank."""
    document = pypdfium2.PdfDocument(content)
    try:
        for sheet in document:
            left, bottom, right, top = sheet.get_trimbox()
            box = sheet.get_bleedbox()
            image = sheet.render(scale=_SCALE, grayscale=True, crop=_beside(sheet)).to_pil()
            found = image.point(lambda value: 255 if value < _WHITE else 0).getbbox()
            sheet.close()
            if found is None:
                yield None
                continue
            yield (
                found[0] / _SCALE - (left - box[0]) + SOFT,
                found[1] / _SCALE - (box[3] - top) + SOFT,
                (right - box[0]) - found[2] / _SCALE + SOFT,
                (box[3] - bottom) - found[3] / _SCALE + SOFT,
            )
    finally:
        document.close()
