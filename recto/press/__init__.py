"""The press: a bound book becomes a file that a printer takes, and is held to what that printer asks.

press_profile.py  what each printer takes, out of a data file each (profiles/)
flavours.py       kinds of PDF: plain, PDF/X-1a, PDF/X-4
inks.py           colours in the inks of the press       streams.py, objects.py  and where they are turned
sheet.py          margins, boxes, pages at the end       making.py               the whole
printers_marks.py crop and registration marks, colour bar, slug
signatures.py     two pages a side, on sheets to be folded
preflight/        the finished file, looked at with other eyes
"""

from recto.press.flavours import bound_as
from recto.press.making import PressFile, PressOrder, press
from recto.press.preflight import preflight
from recto.press.printers_marks import NO_SLUG, Slug
from recto.press.sheet import Displacement, settle

__all__ = [
    "NO_SLUG", "Displacement", "PressFile", "PressOrder", "Slug", "bound_as", "preflight", "press", "settle",
]  # fmt: skip
