"""The line that opens a fence: its language, attributes, title. What else stands there is reported."""

from __future__ import annotations

import re

from markdown_it.common.utils import unescapeAll

from recto.typeset.work import Work

# `{note}`, `{r, echo=FALSE}`, `{figure} net.png`: MyST, Quarto, knitr
_DIRECTIVE = re.compile(r"\{[\w:-][^{}]*\}")
_LANGUAGE = re.compile(r"(?P<language>[^\s{},]+)(?P<more>(?:,[^\s{},]+)*)")
_WORD = re.compile(r"""[^\s{}"'=]+=(?:"[^"]*"|'[^']*'|[^\s{}]+)|\{[^{}.#=]*\}|[^\s{}]+""")


def read_info(info: str, work: Work, line: int) -> dict[str, str]:
    """The attributes that the opening line of a fence gives to its code."""
    info = unescapeAll(info).strip()
    if _DIRECTIVE.match(info):
        hint = "Recto does nothing with it; what it says is printed above the text in it"
        work.warning("markup-unknown", f"{info[:60]} is markup of another program", line, hint)
        return {"data-title": info}
    made: dict[str, str] = {}
    classes: list[str] = []
    first = _LANGUAGE.match(info)
    if first:
        classes = [f"language-{first['language']}", *first["more"].split(",")[1:]]
    unknown = []
    for found in _WORD.finditer(info, first.end() if first else 0):
        word = found[0]
        name, equals, value = word.partition("=")
        if word[0] == "." and len(word) > 1:
            classes.append(word[1:] if classes else f"language-{word[1:]}")
        elif word[0] == "#" and len(word) > 1:
            made["id"] = word[1:]
        elif equals and name == "title":
            made["data-title"] = value.strip("\"'")
        else:
            unknown.append(word)
    if unknown:
        message = f"{' '.join(unknown)[:500]} on this fence means nothing to Recto, and was left out"
        work.warning("fence-unknown", message, line, 'after the language may stand title="…", .class and #id')
    if classes:
        made["class"] = " ".join(classes)
    return made
