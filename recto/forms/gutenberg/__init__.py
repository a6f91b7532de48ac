"""Project Gutenberg's texts: header and licence kept out, headings found, their conventions made Markdown.

What they are is in https://www.gutenberg.org/attic/volunteers_faq.html (`_italics_`, verse by indents, lines
wrapped by hand, `--` for a dash).
"""

from __future__ import annotations

from recto.forms.form import SourceForm
from recto.forms.gutenberg.boundaries import facts, is_gutenberg
from recto.forms.gutenberg.preparing import prepare
from recto.forms.markdown import MARKDOWN
from recto.forms.markdown.reading import outline, read

FORM = SourceForm(
    "Project Gutenberg",
    (),
    MARKDOWN,
    read,
    outline,
    prepare=prepare,
    facts=facts,
    recognises=is_gutenberg,
    in_order=True,
)
