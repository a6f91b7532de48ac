"""Preflight: a finished press file is read with other eyes than those that made it, and held to its profile.

page_boxes.py the boxes of its pages, and their count
drawn.py     what is drawn on a page: inks, lines, type, pictures, what shines through
edges.py     how near to its edges a page is printed
findings.py  what the profile says to all that
"""

from recto.press.preflight.findings import preflight

__all__ = ["preflight"]
