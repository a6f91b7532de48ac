"""The engine: WeasyPrint and Pango behind one door. Nothing outside of this room imports either.

rendering.py     one unit: document in, pages and PDF or quire out
page_reading.py  anchors, text and lines of each page      finishing.py   the last touch on a unit's PDF
folding.py       a unit's PDF folded into a quire          leaders.py, ornaments.py  tags and dots
mending.py       the engine put right                      footnotes.py   notes that go on overleaf
overruns.py      what stands where it does not belong      sparing/       work it does in vain, spared
postponing.py    what it imports in vain, postponed        system.py      what it needs of the system
"""
