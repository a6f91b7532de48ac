"""Roles of MyST, which stand in a line: references, citations, index entries, and words that are dressed.

https://mystmd.org/guide/cross-references, https://mystmd.org/guide/typography,
https://www.sphinx-doc.org/en/master/usage/restructuredtext/roles.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath, relpath

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.jupyter_book.directive_kinds import index_marks, plain_id
from recto.galley import NUMBER_ALONE

_ROLE = re.compile(
    r"\{(?P<role>ref|numref|eq|doc|download|prf:ref)\}`"
    r"(?:(?P<words>[^`<>]*?)\s*<(?P<to>[^`<>]+)>|(?P<alone>[^`<>]+))`"
)
# `[words](label)`: what has neither a dot nor a slash is no file
_BY_LABEL = re.compile(r"\]\((?P<label>[A-Za-z][\w:-]*)\)(?!:)")
# what an index entry is of, and words that a role only dresses
_INDEX = re.compile(r"\{index\}`(?:(?P<words>[^`<>]*?)\s*<(?P<entry>[^`<>]+)>|(?P<alone>[^`<>]+))`")
_PLAIN = re.compile(
    r"\{(?P<role>term|guilabel|menuselection|abbr|dfn|command|program|bdg[\w-]*)\}`(?P<words>[^`]+)`"
)
# what stands in text as Markdown has it
_DRESSED = re.compile(
    r"\{(?P<role>sub|subscript|sup|superscript|kbd|del|strike|u|underline|sc|smallcaps|literal|samp|file|code"
    r"|[a-z]+:[a-z]+)\}(?P<marks>`+)(?P<words>.+?)(?P=marks)(?!`)"
)
_DRESS = {
    "sub": "<sub>{}</sub>", "subscript": "<sub>{}</sub>", "sup": "<sup>{}</sup>",
    "superscript": "<sup>{}</sup>", "kbd": "<kbd>{}</kbd>", "del": "~~{}~~", "strike": "~~{}~~",
    "u": "<u>{}</u>", "underline": "<u>{}</u>", "sc": "[{}]{{.smallcaps}}", "smallcaps": "[{}]{{.smallcaps}}",
}  # fmt: skip
_FORMULA = re.compile(r"\{math\}(?P<marks>`+)(?P<formula>.+?)(?P=marks)(?!`)")
_TARGET = re.compile(r"(?P<words>[^<>]*?)\s*<[^<>]+>")  # `{py:func}`name <module.name>``
_PROJECT = re.compile(r"<project:(?P<to>[^<>\s]*)>|(?<=\]\()project:(?=[^()\s]*\))")
_NUMBERED = re.compile(r"%s|\{(?:number|name)\}")
_CITED = re.compile(r"\{cite(?P<how>:[a-z]+)?\}`(?P<keys>[^`<>]+)`")
# lists that Sphinx makes of a website, which every project begun by sphinx-quickstart links to
_OF_THE_SITE = re.compile(r"[ \t]*[-*+][ \t]+\{ref\}`(?:genindex|modindex|py-modindex|search)`[ \t]*")
_TEXTS = (".md", ".ipynb", ".rst", ".txt")


class RoleReader:
    """Reads the roles of one file, whose name and folder tell where the documents it refers to lie."""

    def __init__(self, name: str, folder: BookFolder) -> None:
        self._name, self._folder = name, folder
        self._cites: bool | None = None

    def read(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines with roles as Markdown has what they stand for."""
        for line, origin, code in with_code(_without_site(list(lines))):
            if not code and "}`" in line:
                line = _ROLE.sub(self._link, _CITED.sub(self._citing, line) if "{cite" in line else line)
                line = _FORMULA.sub(lambda found: f"${found['formula'].strip()}$", _INDEX.sub(_marked, line))
                line = _DRESSED.sub(_dressed, _PLAIN.sub(_shown, line))
            if not code and "project:" in line:
                line = _PROJECT.sub(lambda found: f"[]({found['to']})" if found["to"] else "", line)
            yield (line if code else _BY_LABEL.sub(r"](#\g<label>)", line)), origin

    def _link(self, found: re.Match[str]) -> str:
        target = (found["to"] or found["alone"]).strip()
        where = f"#{plain_id(target)}"
        if found["role"] == "doc":
            where = self._document(target)
        elif found["role"] == "download":
            where = target
        words = (found["words"] or "").strip()
        if found["role"] == "numref" and _NUMBERED.search(words):
            return _NUMBERED.sub(f"[]({where}){{.{NUMBER_ALONE}}}", words, count=1)
        return f"[{words}]({where})"

    def _document(self, target: str) -> str:
        """The path of a document, from this file on, which is named without its ending.

        `/gear/hull` begins at the folder of the index, which is this file's or one above it.
        """
        here = dirname(self._name)
        above = [here, *(here.rpartition("/")[0] for _ in range(here.count("/"))), ""]
        bases = dict.fromkeys(above) if target.startswith("/") else (here,)
        for base in bases:
            path = normpath(join(base, target.lstrip("/")))
            for ending in ("", *_TEXTS):
                if (path + ending).endswith(_TEXTS) and self._folder.holds(path + ending):
                    return relpath(path + ending, here or ".")
        return f"{target.removesuffix('.md')}.md"

    def _citing(self, found: re.Match[str]) -> str:
        """A role that cites works as Pandoc would; as typed where the book has no list of works.

        https://mystmd.org/guide/citations
        """
        if self._cites is None:
            self._cites = any(name.endswith(".bib") for name in self._folder.everything())
        if not self._cites:
            return found[0]
        keys = [f"@{{{key.strip()}}}" for key in found["keys"].split(",") if key.strip()]
        if (found["how"] or ":p") in (":t", ":ct", ":alt", ":author"):
            return " and ".join(keys)
        year = "-" if (found["how"] or "").startswith(":year") else ""
        return f"[{'; '.join(year + key for key in keys)}]"


def _without_site(lines: list[Line]) -> Iterator[Line]:
    """The lines without links to the lists of a website, and without the heading that has no others."""
    left = {number for number, (line, _) in enumerate(lines) if _OF_THE_SITE.fullmatch(line)}
    if left:
        before = next((at for at in range(min(left), -1, -1) if atx_heading(lines[at][0])), 0)
        after = next((at for at in range(max(left), len(lines)) if atx_heading(lines[at][0])), len(lines))
        others = (at for at in range(before + 1, after) if at not in left)
        if atx_heading(lines[before][0]) and not any(lines[at][0].strip() for at in others):
            left.add(before)
    return (("", at) if number in left else (line, at) for number, (line, at) in enumerate(lines))


def _dressed(found: re.Match[str]) -> str:
    """What a role dresses as Markdown; names of code, as `{py:func}`, are code."""
    words = found["words"]
    if found["role"] in _DRESS:
        return _DRESS[found["role"]].format(words.strip())
    target = _TARGET.fullmatch(words)
    shown = target["words"] if target and target["words"] else words
    return f"{found['marks']}{shown.lstrip('~!')}{found['marks']}"


def _shown(found: re.Match[str]) -> str:
    """The words of a role that says what they are: a way through menus, a name on a button, a term."""
    words = found["words"].strip()
    if found["role"] == "menuselection":
        return re.sub(r"\s*-->\s*", " → ", words)
    target = _TARGET.fullmatch(words)
    shown = target["words"] if target and target["words"] else words
    return re.sub(r"&(?=\w)", "", shown) if found["role"] == "guilabel" else shown


def _marked(found: re.Match[str]) -> str:
    """The words of an index role, with the marks that they make."""
    entry, words = found["entry"] or found["alone"], found["words"]
    shown = words if words is not None else re.sub(r"^\w+:\s*", "", found["alone"]).replace(";", "")
    return shown + "".join(index_marks(entry))
