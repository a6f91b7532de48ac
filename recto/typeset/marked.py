"""Words that are marked for the index: once they are set, the mark can take its heading from them."""

from __future__ import annotations

from recto import xhtml
from recto.typeset import marks
from recto.typeset.work import Work, line_of


def marked(work: Work) -> None:
    """Let every `[words]{^…}` be an index mark around its words."""
    for span in work.blocks("span"):
        under = span.attrib.pop("data-under", None)
        if under is None:
            continue
        entered = work.enter(marks.read(under, xhtml.words(span)), line_of(span))
        if entered is None:
            xhtml.unwrap(span)
        else:
            span.attrib.update(entered)
