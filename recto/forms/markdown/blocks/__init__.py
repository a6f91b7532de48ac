"""The blocks of Markdown: CommonMark 0.31, GitHub's tables, notes, definition lists, and our own.

markdown-it-py reads them; each construct that it lacks is a rule in a module of this folder. Where a text is
divided and how it is set both follow from what is found here, so that no line can be a heading to one and
code to the other.
"""

from recto.forms.markdown.blocks.block_grammar import BlockGrammar, ParsedBlocks

__all__ = ["BlockGrammar", "ParsedBlocks"]
