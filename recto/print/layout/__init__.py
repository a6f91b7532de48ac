"""The layout of the book: jobs, rounds until the page map settles, the order of pages, and the gate.

job.py         the layout job as plain data           running.py     what it is to run one
depths.py      pages a line longer or shorter         paginate.py    rounds until the page map settles
wide_tables.py tables that are too wide, helped
imposition.py  order of pages, folios, blank versos
glyphs.py      characters that no font draws          positions.py   where in the text index marks stand
"""
