"""Line breaks of the source between Chinese or Japanese letters go, across emphasis and links too."""

from __future__ import annotations

from recto.east_asian import LINE_BREAK, joined, run_together
from recto.notations.xhtml import Element
from recto.typeset.work import VERBATIM, Work, get_run, is_block, set_run

_OBJECT = "x"  # stands for what is not text


def join_lines(work: Work) -> None:
    """Take out the line breaks of a section that would part what is written without spaces."""
    joiner = _Joiner()
    stack: list[tuple[Element, bool]] = [(work.root, False)]
    while stack:
        node, tail = stack.pop()
        if is_block(node) or node.tag == "br":
            joiner.begin("")
        if not tail and (node.tag in VERBATIM or node.tag == "img"):
            joiner.begin(_OBJECT)
            continue
        if text := get_run(node, tail):
            joiner.join(node, tail, text)
        if not tail:
            for child in reversed(node):
                stack += ((child, True), (child, False))


class _Joiner:
    """Joins the lines of one block after another, remembering what stood before."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, before: str) -> None:
        """What stands before the next run; none waits for what comes after its break."""
        self._before, self._waiting = before, list[tuple[Element, bool]]()

    def join(self, node: Element, tail: bool, text: str) -> None:
        """A run of text without breaks between letters that run on."""
        last = text.rstrip()[-1:]
        if last and self._waiting and self._runs_on(text[0]):
            set_run(*self._waiting[0], get_run(*self._waiting[0]).rstrip())
        made = joined(self._before + text)[len(self._before) :]
        set_run(node, tail, made)
        if last:
            self._before, self._waiting = last, []
        if LINE_BREAK.search(text[len(text.rstrip()) :]) and not self._waiting:
            self._waiting.append((node, tail))

    def _runs_on(self, following: str) -> bool:
        return bool(self._before) and run_together(self._before, following)
