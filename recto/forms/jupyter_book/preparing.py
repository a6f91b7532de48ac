"""MyST's Markdown as Markdown that Recto reads: labels, boxes, pictures, code, references.

https://mystmd.org/guide/directives, https://mystmd.org/guide/cross-references: a directive that is not known
here stays as it is typed, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.office.index_entries import heading_mark
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_LABEL = re.compile(r"\((?P<name>[^()\s]{1,200})\)=\s*")
_OPEN = re.compile(r"(?P<marks>`{3,}|:{3,}|~{3,})\{(?P<name>[\w:+-]+)\}[ \t]*(?P<words>.*?)[ \t]*")
_OPTION = re.compile(r"[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*)")
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
_CITED = re.compile(r"\{cite(?P<how>:[a-z]+)?\}`(?P<keys>[^`<>]+)`")
_BOXES = {
    "note": "note", "seealso": "note", "admonition": "note", "attention": "warning", "warning": "warning",
    "caution": "caution", "danger": "danger", "error": "danger", "important": "important", "hint": "tip",
    "tip": "tip", "example": "example",
}  # fmt: skip
# of the files, which is the order of the book, and of the works
_LISTS = {"toctree": "", "bibliography": "::: {#refs}"}
_DEEPEST = 20  # directives in one another
_CODE = ("code", "code-block", "code-cell", "sourcecode")
_PICTURES = ("figure", "image")


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of MyST's Markdown as Markdown."""
    del folder
    problems: list[Problem] = []
    lines = [(line, number) for number, line in enumerate(file.lines, 1)]
    return file.made_of(tuple(_referring(_labelled(_directed(lines, file, problems))))), tuple(problems)


def _directed(lines: list[Line], file: SourceFile, problems: list[Problem], depth: int = 0) -> Iterator[Line]:
    """The lines with directives as what they mean; each is as many lines as it was."""
    number = 0
    shut = {line.strip(): index for index, (line, _) in enumerate(lines) if line.strip()}
    while number < len(lines):
        line, origin = lines[number]
        found = _OPEN.fullmatch(line)
        closes = found is not None and depth < _DEEPEST and shut.get(found["marks"], 0) > number
        end = _end(lines, number, found["marks"]) if found and closes else 0
        if not found or not end:
            yield line, origin
            number += 1
            continue
        inside, options, head = _inside(lines, number, end)
        directed = list(_directed(inside, file, problems, depth + 1)) if found["name"] in _BOXES else inside
        yield from _directive(found, (lines[number], lines[end]), (head, directed), options, file, problems)
        number = end + 1


def _end(lines: list[Line], start: int, marks: str) -> int:
    for number in range(start + 1, len(lines)):
        if lines[number][0].strip() == marks:
            return number
    return 0


def _inside(lines: list[Line], start: int, end: int) -> tuple[list[Line], dict[str, str], int]:
    """What stands in a directive, its options, and how many lines they take."""
    options: dict[str, str] = {}
    first = start + 1
    while first < end and (option := _OPTION.fullmatch(lines[first][0])):
        options[option["key"]] = option["value"]
        first += 1
    return lines[first:end], options, first - start - 1


def _directive(
    found: re.Match[str],
    marks: tuple[Line, Line],
    held: tuple[int, list[Line]],
    options: dict[str, str],
    file: SourceFile,
    problems: list[Problem],
) -> Iterator[Line]:
    name, words = found["name"].lower(), found["words"]
    (opening, origin), (_, last), (head, inside) = *marks, held
    blank = [("", origin)] * head
    if name in _BOXES:
        titled = name == "admonition" and words
        yield (f'!!! {_BOXES[name]} "{words}"' if titled else f"!!! {_BOXES[name]}"), origin
        text = inside if titled or not words else [(words, origin), *inside]
        yield from blank
        yield from ((f"    {line}" if line.strip() else "", at) for line, at in text)
        yield "", last
    elif name in _CODE:
        yield f"```{words}", origin
        yield from (*inside, ("```", last))
    elif name in _PICTURES:
        caption = " ".join(line.strip() for line, _ in inside if line.strip())
        label = options.get("name") or options.get("label")
        named = f"{{#{label}}}" if label else ""
        titled = f' "{_quoted(caption)}"' if caption else ""
        yield f"![{options.get('alt', caption)}]({words}{titled}){named}", origin
        yield from (*blank, *(("", at) for _, at in inside), ("", last))
    elif name == "index":
        entries = [entry for entry in (words, *(line for line, _ in inside)) if entry.strip()]
        yield "".join(mark for entry in entries for mark in index_marks(entry)), origin
        yield from (*blank, *(("", at) for _, at in inside), ("", last))
    elif name in _LISTS:
        yield _LISTS[name], origin
        yield from ((("", at) for _, at in (*blank, *inside, marks[1])))
    else:
        message = f"the directive {{{name}}} is none that Recto knows: it was set as typed"
        hint = "write what it stands for in Markdown"
        problems.append(warning("directive-unknown", message, file.at(origin), hint=hint, subject=name))
        longest = max((len(run) for line, _ in inside for run in re.findall(r"`{3,}", line)), default=2)
        fence = "`" * (longest + 1)  # longer than any in it
        yield fence, origin
        yield opening.lstrip("`:~"), origin
        yield from (*((f":{key}: {value}", origin) for key, value in options.items()), *inside, (fence, last))


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


def index_marks(entry: str) -> list[str]:
    """Sphinx's index entry as marks of ours: `pair: a; b` is under both, `single: a; b` under a."""
    kind, colon, rest = entry.strip().removeprefix("!").partition(":")
    if not colon or kind.strip() not in ("single", "pair", "triple", "see", "seealso"):
        return [heading_mark([each]) for each in entry.removeprefix("!").split(",") if each.strip()]
    levels = [level.strip() for level in rest.split(";") if level.strip()]
    if kind in ("see", "seealso") and len(levels) == 2:
        return [heading_mark(levels[:1], f"{kind} {levels[1]}")]
    if kind == "pair" and len(levels) == 2:
        return [heading_mark(levels), heading_mark(levels[::-1])]
    return [heading_mark(levels)]


def _plain_id(label: str) -> str:
    """A label as an id of Markdown, which holds no slash: `start/install` is `start-install`."""
    return label.replace("/", "-")


def _quoted(words: str) -> str:
    return words.replace('"', "”")


def _labelled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with `(name)=` as the id of the heading below it, or as a place of its own."""
    label, at = "", 0
    for line, origin, code in with_code(lines):
        if not code and (found := _LABEL.fullmatch(line)):
            label, at = _plain_id(found["name"]), origin
            yield "", origin
            continue
        if label and (line.strip() or origin > at + 2):
            if not code and re.match(r" {0,3}#{1,6}\s", line) and not line.rstrip().endswith("}"):
                line = f"{line.rstrip()} {{#{label}}}"
            else:
                yield f'<a id="{label}"></a>', at
            label = ""
        yield line, origin


def _referring(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with the roles that refer to something as links."""

    def link(found: re.Match[str]) -> str:
        target = (found["to"] or found["alone"]).strip()
        where = f"#{_plain_id(target)}"
        if "{doc}" in found[0]:
            where = f"{target.removesuffix('.md')}.md"
        elif "{download}" in found[0]:
            where = target
        return f"[{(found['words'] or '').strip()}]({where})"

    for line, origin, code in with_code(lines):
        if not code and "}`" in line:
            line = _PLAIN.sub(
                lambda found: found["words"], _INDEX.sub(_marked, _ROLE.sub(link, _CITED.sub(_citing, line)))
            )
        yield (line if code else _BY_LABEL.sub(r"](#\g<label>)", line)), origin
