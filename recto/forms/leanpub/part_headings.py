"""Headings of Leanpub's: `-# Title` (its Markdown) and `# Title #` (Markua) are those of parts.

https://leanpub.com/markua/read#parts, https://leanpub.com/lfm/read
"""

from __future__ import annotations

import re
from dataclasses import replace

from recto.forms.leanpub.preparing import PART
from recto.forms.markdown.reading import outline as outline_of_markdown
from recto.forms.source_file import Outline, SourceFile, SourceHeading

_MARKUA = re.compile(r"# +\S.* +# *")


def outline(file: SourceFile) -> Outline:
    """The headings of a file, those of parts told from chapters."""
    found, lines = outline_of_markdown(file), file.lines

    def special(heading: SourceHeading) -> SourceHeading:
        if heading.words.endswith(PART):
            return replace(heading, words=heading.words.removesuffix(PART).rstrip(), begins="part")
        is_part = heading.level == 1 and _MARKUA.fullmatch(lines[heading.line - 1])
        return replace(heading, begins="part") if is_part else heading

    return replace(found, headings=tuple(map(special, found.headings)))
