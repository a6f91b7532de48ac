"""Binding: the quires of the units become one file.

bind.py      the whole                              binder.py    quires sewn one after the other
pdf_file.py  the file that a book is bound in       structure.py the tag tree
links.py     named destinations                     outline.py   bookmarks
facts.py     metadata, language, page labels        fonts.py     each font once
stamp.py     running heads and folios
"""
