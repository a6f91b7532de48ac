"""The engine: WeasyPrint and Pango behind one door. Nothing outside of this room imports either.

rendering.py     one unit: document in, pages and PDF or quire out
weasy.py         WeasyPrint as any version has it     inner.py       its inside, read in one version
proof.py         what a version that nobody has read must show before it makes a book
page_reading.py  anchors, text and lines of each page overruns.py    what stands where it does not belong
quire/           the last touches on a unit's PDF, and folding it into a quire
mending.py       the engine put right             makeup/        notes, floats, tables, grid, level pages
sparing/         work it does in vain, spared
postponing.py    what it imports in vain, postponed   system.py      what it needs of the system
fine/            paragraphs broken and set as a whole
"""
