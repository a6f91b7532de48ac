"""Index marks that can be told only in the finished tree."""

from __future__ import annotations

from recto.notations import xhtml
from recto.notations.xhtml import Element
from recto.typeset import mark_grammar
from recto.typeset.markup import MARK
from recto.typeset.work import Work, get_run, line_of, runs, set_run, verbatim


def marked(work: Work) -> None:
    """Let every `[words]{^…}` be a mark around its words; and find the marks that stand in HTML."""
    for span in work.blocks("span"):
        under = span.attrib.pop("data-under", None)
        if under is None:
            continue
        entered = work.enter(mark_grammar.read(under, xhtml.words(span)), line_of(span))
        if entered is None:
            xhtml.unwrap(span)
        else:
            span.attrib.update(entered)
    if work.raw_html:
        for node, tail in list(runs(work.root)):
            if MARK.search(get_run(node, tail)) and not verbatim(node, tail):
                _in_html(work, node, tail)


def _in_html(work: Work, node: Element, tail: bool) -> None:
    """Markdown is not read in blocks of HTML: their marks are still text here."""
    if not tail and node.get("data-kept") is not None:
        return
    text = get_run(node, tail)
    found = MARK.search(text)
    while found:
        line = work.source.line(max(0, work.source.text.find(found[0])))
        mark = xhtml.element("span", work.enter(mark_grammar.read(found[1]), line) or {"data-kept": ""})
        set_run(node, tail, text[: found.start()])
        if tail:
            node.addnext(mark)
        else:
            node.insert(0, mark)
        mark.tail = text[found.end() :]
        node, tail, text = mark, True, mark.tail
        found = MARK.search(text)
