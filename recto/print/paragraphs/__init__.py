"""Paragraphs: where their lines end, and how each line is set. Nothing here knows of an engine or a page.

items         what a paragraph is made of: boxes, glue, penalties
costs         what is said against a break
line_ends     where lines may end, and what they are measured by
breaking      the breaks that are best for the paragraph as a whole
first_fit     those that fill each line, for what is no text to be read
line_setting  how a line is brought to its measure: glyphs, word spaces, letter-spacing
holding       where a text holds together, though a line could end there
margins       letters that stand in the margin by a part of their width

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11
(1981), 1119-1184, and Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system" (2000).
Lengths may be of any unit, as long as all of a paragraph are of the same.
"""
