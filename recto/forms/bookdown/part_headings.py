"""Headings of bookdown that are no chapters: `# (PART) Title {-}` and `# (APPENDIX) Title {-}`.

https://bookdown.org/yihui/bookdown/markdown-extensions-by-bookdown.html
"""

from __future__ import annotations

import re
from dataclasses import replace

from recto.forms.markdown.reading import outline as outline_of_markdown
from recto.forms.source_file import Outline, SourceFile, SourceHeading

_SPECIAL = re.compile(r"\((?P<what>PART|APPENDIX)(?:\\?\*)?\)[ \t]*(?P<title>.*)")


def outline(file: SourceFile) -> Outline:
    """The headings of a file, those of parts and of the appendices told from chapters."""
    found = outline_of_markdown(file)
    return replace(found, headings=tuple(map(_special, found.headings)))


def _special(heading: SourceHeading) -> SourceHeading:
    found = _SPECIAL.fullmatch(heading.words) if heading.level == 1 else None
    if not found:
        return heading
    return replace(heading, words=found["title"], begins="part" if found["what"] == "PART" else "appendices")
