"""Markdown read: CommonMark 0.31, GitHub's tables, autolinks and strikethrough, and constructs of our own.

    read(text, work)             a text of many lines; its blocks become the children of work.root
    read_line(text, work, line)  one line: a heading, without any block
    read_definitions(sections)   what the sections of a file define for each other
    MARK                         an index mark, for where no Markdown is read: in blocks of HTML

Python-Markdown is the frame: every inline construct of ours is one of its inline patterns, what comes out is
its tree, abbreviations are its tree processor, and an extension of its can be registered like any other. Its
block level gives way to markdown-it-py, which also knows CommonMark's own inline constructs: patterns that
each run over the whole text can't tell those apart. So the text is gone through once, from left to right
(inline_scan.py); at each place our patterns are tried, then CommonMark's rules; and every element knows its
line. Each construct of ours is a module of rules/.
"""

from recto.typeset.markup.reader import read, read_definitions, read_line
from recto.typeset.markup.rules.index_marks import MARK

__all__ = ["MARK", "read", "read_definitions", "read_line"]
