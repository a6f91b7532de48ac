"""Make-up: what a page needs beside its lines, and WeasyPrint 70 does not know.

    footnotes.py      notes that go on overleaf       side_notes.py     notes in the margin
    floats.py         figures and tables that move    table_setting.py  widths and captions of tables
    grid.py           lines on whole leadings         levelling.py      facing pages that end level
    heading_lines.py  titles in balanced lines        standstill.py     pages that bring a text no further
    bleeding.py       pictures that cover a page      openings.py       headings that would fill a page

Each takes the place of a function of the engine; `recto.print.engine.mending` puts them there.
"""
