"""MyST's Markdown as Markdown that Recto reads: directives, labels, references, index entries, citations.

https://mystmd.org/guide/directives, https://mystmd.org/guide/cross-references
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.atx_headings import atx_heading
from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.jupyter_book.directive_kinds import index_marks, plain_id
from recto.forms.jupyter_book.directives import DirectiveReader
from recto.forms.latex_macros import Macros, macros_of, with_macros
from recto.forms.list_files import table, yaml_list
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile
from recto.galley import NUMBER_ALONE
from recto.problems import Problem

_LABEL = re.compile(r"\((?P<name>[^()\s]{1,200})\)=\s*")
_ROLE = re.compile(
    r"\{(?:ref|numref|eq|doc|download)\}`"
    r"(?:(?P<words>[^`<>]*?)\s*<(?P<to>[^`<>]+)>|(?P<alone>[^`<>]+))`"
)
# `[words](label)`: what has neither a dot nor a slash is no file
_BY_LABEL = re.compile(r"\]\((?P<label>[A-Za-z][\w:-]*)\)(?!:)")
# what an index entry is of, and words that a role only dresses
_INDEX = re.compile(r"\{index\}`(?:(?P<words>[^`<>]*?)\s*<(?P<entry>[^`<>]+)>|(?P<alone>[^`<>]+))`")
_PLAIN = re.compile(
    r"\{(?:term|guilabel|menuselection|abbr|dfn|command|program|bdg[\w-]*)\}`(?P<words>[^`<>(]*[^`<>(\s])[^`]*`"
)
# what stands in text as Markdown has it: https://mystmd.org/guide/typography
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
_COMMENT = re.compile(r"%(?:[ \t].*|%.*)?")
_BREAK = re.compile(r"\+{3}(?:[ \t]+.*)?")  # of blocks: https://mystmd.org/guide/blocks
_END_OF_FORMULA = re.compile(r"(?P<formula>.*\$\$)[ \t]*\((?P<name>[^()\s]{1,200})\)[ \t]*")
_PROJECT = re.compile(r"<project:(?P<to>[^<>\s]*)>|(?<=\]\()project:(?=[^()\s]*\))")
_NUMBERED = re.compile(r"%s|\{(?:number|name)\}")
_MYST, _CONFIG = "myst.yml", "_config.yml"
_MACROS = "math"  # the key that they stand under
_CITED = re.compile(r"\{cite(?P<how>:[a-z]+)?\}`(?P<keys>[^`<>]+)`")


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of MyST's Markdown as Markdown."""
    reader = DirectiveReader(file, folder)
    lines = reader.directed(list(_printed((line, number) for number, line in enumerate(file.lines, 1))))
    made = tuple(_referring(_labelled(with_macros(lines, _macros(file, folder)))))
    return file.made_of(made, reader.included), tuple(reader.problems)


def _macros(file: SourceFile, folder: BookFolder) -> Macros:
    """The macros of formulas that the settings of the book and the file's own front matter give."""
    project = table(yaml_list(folder, _MYST)[0], "project") if folder.holds(_MYST) else {}
    config = table(yaml_list(folder, _CONFIG)[0], "sphinx") if folder.holds(_CONFIG) else {}
    tex = table(table(table(config, "config"), "mathjax3_config"), "tex")
    own = read_front_matter(file)[0].settings
    given = (tex.get("macros"), project.get(_MACROS), own.get(_MACROS))
    return {name: body for each in given for name, body in macros_of(each).items()}


def _printed(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without comments and the marks between blocks, and with labels of formulas as ids."""
    for line, origin, code in with_code(lines):
        if not code and (_COMMENT.fullmatch(line) or _BREAK.fullmatch(line)):
            yield "", origin
        elif not code and "$$" in line and (found := _END_OF_FORMULA.fullmatch(line)):
            yield f"{found['formula']} {{#{plain_id(found['name'])}}}", origin
        else:
            yield line, origin


def _dressed(found: re.Match[str]) -> str:
    """What a role dresses as Markdown; names of code, as `{py:func}`, are code."""
    words = found["words"]
    if found["role"] in _DRESS:
        return _DRESS[found["role"]].format(words.strip())
    target = _TARGET.fullmatch(words)
    shown = target["words"] if target and target["words"] else words
    return f"{found['marks']}{shown.lstrip('~!')}{found['marks']}"


def _marked(found: re.Match[str]) -> str:
    """The words of an index role, with the marks that they make."""
    entry, words = found["entry"] or found["alone"], found["words"]
    shown = words if words is not None else re.sub(r"^\w+:\s*", "", found["alone"]).replace(";", "")
    return shown + "".join(index_marks(entry))


def _citing(found: re.Match[str]) -> str:
    """A role that cites works as Pandoc would: https://mystmd.org/guide/citations."""
    keys = [f"@{{{key.strip()}}}" for key in found["keys"].split(",") if key.strip()]
    if (found["how"] or ":p") in (":t", ":ct", ":alt", ":author"):
        return " and ".join(keys)
    year = "-" if (found["how"] or "").startswith(":year") else ""
    return f"[{'; '.join(year + key for key in keys)}]"


def _labelled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with `(name)=` as the id of the heading below it, or as a place of its own."""
    label, at = "", 0
    for line, origin, code in with_code(lines):
        if not code and (found := _LABEL.fullmatch(line)):
            label, at = plain_id(found["name"]), origin
            yield "", origin
            continue
        if label and (line.strip() or origin > at + 2):
            heading = None if code else atx_heading(line)
            if heading and heading.words and not heading.attributes:
                line = f"{line.rstrip()} {{#{label}}}"
            else:
                yield f'<a id="{label}"></a>', at
            label = ""
        yield line, origin


def _referring(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the roles that refer to something as links."""

    def link(found: re.Match[str]) -> str:
        target = (found["to"] or found["alone"]).strip()
        where = f"#{plain_id(target)}"
        if "{doc}" in found[0]:
            where = f"{target.removesuffix('.md')}.md"
        elif "{download}" in found[0]:
            where = target
        words = (found["words"] or "").strip()
        if "{numref}" in found[0] and _NUMBERED.search(words):
            return _NUMBERED.sub(f"[]({where}){{.{NUMBER_ALONE}}}", words, count=1)
        return f"[{words}]({where})"

    for line, origin, code in with_code(lines):
        if not code and "}`" in line:
            line = _INDEX.sub(_marked, _ROLE.sub(link, _CITED.sub(_citing, line)))
            line = _FORMULA.sub(lambda found: f"${found['formula'].strip()}$", line)
            line = _DRESSED.sub(_dressed, _PLAIN.sub(lambda found: found["words"], line))
        if not code and "project:" in line:
            line = _PROJECT.sub(lambda found: f"[]({found['to']})" if found["to"] else "", line)
        yield (line if code else _BY_LABEL.sub(r"](#\g<label>)", line)), origin
