"""Problems as GitHub's workflow commands, which it shows at their lines in a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recto.problems import Problem

# In this order, for the first makes the sign of all others.
_IN_TEXT = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_VALUE = (*_IN_TEXT, (":", "%3A"), (",", "%2C"))


def github(problems: Sequence[Problem]) -> Iterator[str]:
    """A command for each problem: GitHub itself shows no more than it likes of them."""
    for problem in problems:
        place = f"file={_escaped(problem.place.file, _IN_VALUE)}"
        line = f",line={problem.place.line}" if problem.place.line else ""
        text = problem.message if problem.hint is None else f"{problem.message}\n{problem.hint}"
        title = _escaped(problem.code, _IN_VALUE)
        yield f"::{problem.severity} {place}{line},title={title}::{_escaped(text, _IN_TEXT)}"


def _escaped(text: str, signs: Sequence[tuple[str, str]]) -> str:
    for sign, written in signs:
        text = text.replace(sign, written)
    return text
