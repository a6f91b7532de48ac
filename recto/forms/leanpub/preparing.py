"""Leanpub's Markdown and Markua as Markdown that Recto reads: boxes, parts, ids, widths, where pictures lie.

https://leanpub.com/markua/read, https://leanpub.com/lfm/read
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from posixpath import dirname, join

from recto.forms.fences import Line, with_code
from recto.forms.folder import BookFolder
from recto.forms.leanpub.markua import MarkuaReader
from recto.forms.source_file import SourceFile
from recto.problems import Problem

PART = "⁂"  # at the end of a heading of a part, until the outline is read
_MATTER = re.compile(r"\s*\{(?:front|main|back)matter\}\s*", re.I)
_PART = re.compile(r"-# +(?P<title>\S.*)")
_BOX = re.compile(r"(?P<mark>[ATWIEDQXBG])>(?: (?P<words>.*)|$)")
_KINDS = {"T": "tip", "W": "warning", "E": "danger", "D": "note", "I": "note", "Q": "note", "X": "example"}
_CLASSES = {
    "information": "note", "discussion": "note", "question": "note", "tip": "tip", "warning": "warning",
    "error": "danger", "exercise": "exercise", "example": "example",
}  # fmt: skip
_CLASS = re.compile(r"(?:^|[,\s])class\s*[:=]\s*\"?(?P<class>[\w-]+)")
_CAPTION = re.compile(r"(?:^|[,\s])(?:caption|title)\s*[:=]\s*\"(?P<words>[^\"]+)\"")
_BEGIN = re.compile(r"\{(?P<what>blurb|aside)\b(?P<list>[^{}]*)\}\s*")
_END = re.compile(r"\{/(?:blurb|aside)\}\s*")
# of pages that another program makes, of lines of code, and of samples
_UNPRINTED = re.compile(
    r"\{\s*(?:pagebreak|/sample|/book|(?:line-?numbers|linenos|number-from|starting-line-number|full|community|sample|book|align"
    r"|type|icon|crop-[\w-]+)\s*[:=][^,{}]*(?:,\s*(?!caption|title|id\b|class|width)[\w-]+\s*[:=][^,{}]*)*)\}\s*"
)
_LIST = re.compile(r"\{(?P<list>[^{}]*)\}\s*")
_OF_PART = re.compile(r"(?:^|[,\s])class\s*[:=]\s*\"?part\b")
_ALT = re.compile(r"(?:^|[,\s])alt\s*[:=]\s*\"(?P<words>[^\"]+)\"")
_ID = re.compile(r"(?:^|[,\s])(?:id:\s*\"?|#)(?P<id>[\w-]+)")
_TITLED = re.compile(r"(?:^| )title=\"(?P<words>[^\"]+)\"")
_BARE_PICTURE = re.compile(r"(?P<picture>!\[[^\]]*\]\([^()\s]+)\)(?P<rest>\S*)[ \t]*")
_OF_CODE = ("lang=", "title=")
_WIDTH = re.compile(r"(?:^|[,\s])width\s*[:=]\s*\"?(?P<width>\d{1,3})%?\"?")
_LANG = re.compile(r"(?:^|[,\s])(?:lang|format)\s*[:=]\s*\"?(?P<lang>[\w+#-]+)")
_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})[ \t]*(?P<lang>[\w+#-]*)[ \t]*")
# formulas: in a line where both signs stand in it, else between lines
_FORMULA = re.compile(r"\{\$\$\}(?P<formula>(?:(?!\{/?\$\$\})[^\n])+)\{/\$\$\}")
_FORMULA_SIGN = re.compile(r"\{/?\$\$\}")
_PICTURE = re.compile(r"(!\[[^\]]*\]\()(?P<name>[^()\s]+)")


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A file of a Leanpub book as Markdown."""
    plain = MarkuaReader(file, folder)
    boxed = _boxed(list(_attributed(_lettered(plain.lines()))))
    return file.made_of(tuple(_pictured(boxed, file, folder)), plain.included), tuple(plain.problems)


def _lettered(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with `{blurb}` and `{aside}` to their ends as lines of a box, each with its letter."""
    letter = ""
    for line, origin in lines:
        if not letter and (found := _BEGIN.fullmatch(line)):
            letter = "B" if found["what"] == "blurb" else "A"
            kind = _CLASS.search(found["list"])
            yield (f"{{class: {kind['class']}}}" if kind else ""), origin
        elif letter and _END.fullmatch(line):
            letter = ""
            yield "", origin
        else:
            yield (f"{letter}> {line}".rstrip() if letter else line), origin


def _attributed(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without marks of matter, with parts marked and ids and widths where Markdown has them."""
    waiting, at = "", 0
    for line, origin, code in with_code(lines):
        if not code and (_MATTER.fullmatch(line) or _UNPRINTED.fullmatch(line)):
            yield "", origin
            continue
        if not code and _LIST.fullmatch(line) and (attributes := _ours(line)):
            waiting, at = _joined(waiting if at == origin - 1 else "", attributes), origin
            yield "", origin
            continue
        if waiting and line.strip():
            line = _with(line, waiting, code) if at == origin - 1 else line
            waiting = ""
        if not code and "$$}" in line:
            line = _with_formulas(line)
        part = None if code else _PART.fullmatch(line)
        yield (f"# {part['title']} {PART}" if part else line), origin


def _joined(before: str, attributes: str) -> str:
    """The attributes of two lines, one below the other, where both are for what stands below."""
    is_one = not before or attributes.startswith(_OF_CODE) or before.startswith(_OF_CODE)
    return attributes if is_one else f"{before} {attributes}"


def _with_formulas(line: str) -> str:
    """A line with the formulas of Leanpub's Markdown, `{$$}…{/$$}`, between dollars."""
    if alone := _FORMULA.fullmatch(line.strip()):
        return f"$${alone['formula'].strip()}$$"
    return _FORMULA_SIGN.sub("$$", _FORMULA.sub(lambda each: f"${each['formula'].strip()}$", line))


def _with(line: str, attributes: str, code: bool) -> str:
    """A line with the attributes above it, where it is what they are for: a heading, a picture, code."""
    if code:
        fence = _FENCE.fullmatch(line) if attributes.startswith(_OF_CODE) else None
        given = _LANG.search(attributes)
        lang = fence["lang"] or (given["lang"] if given else "") if fence else ""
        title = _LANG.sub("", attributes).strip()
        lang = lang or "text" * bool(title)  # a title stands behind a language
        return f"{fence['marks']}{lang} {title}".rstrip() if fence else line
    caption = _TITLED.search(attributes)
    if caption and (bare := _BARE_PICTURE.fullmatch(line)):
        return f'{bare["picture"]} "{caption["words"]}"){bare["rest"]}'
    if attributes == PART:
        return f"{line} {PART}" if line.startswith("#") else line
    fits = line.startswith("#" if attributes[0] == "#" else "![") and not attributes.startswith(_OF_CODE)
    return f"{line}{' ' * (attributes[0] == '#')}{{{attributes}}}" if fits else line


def _ours(line: str) -> str:
    """The attributes of a line that holds nothing else, as ours; "" where there are none that we have."""
    found = _LIST.fullmatch(line)
    if not found:
        return ""
    if _OF_PART.search(found["list"]):
        return PART
    if given := _ID.search(found["list"]):
        return f"#{given['id']}"
    caption = _CAPTION.search(found["list"]) if not _ALT.search(found["list"]) else None
    if (lang := _LANG.search(found["list"])) or caption:
        of_code = (f"lang={lang['lang']}" if lang else "", f'title="{caption["words"]}"' if caption else "")
        return " ".join(of_code).strip()
    width = _WIDTH.search(found["list"])
    alt = _ALT.search(found["list"])
    of_picture = (f"width={width['width']}%" if width else "", f'alt="{alt["words"]}"' if alt else "")
    return " ".join(filter(None, of_picture))


def _boxed(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with asides, warnings and tips (`A>`, `W>`, `T>` …) as boxes."""
    mark, given = "", ""
    for number, (line, origin, code) in enumerate(with_code(lines)):
        found = None if code else _BOX.fullmatch(line)
        if found:
            if found["mark"] != mark:
                mark = found["mark"]
                yield "", origin
                yield f"!!! {given or _KINDS.get(mark, 'note')}", origin
            words = found["words"] or ""
            yield (f"    {words}" if words.strip() else ""), origin
            continue
        if mark:
            mark = ""
            yield "", origin
        given = "" if code else _kind_of(lines[number : number + 2])
        yield ("" if given else line), origin


def _kind_of(lines: Sequence[Line]) -> str:
    """The kind that a line `{class: …}` gives the box on the next one; "" for any other line."""
    found = _LIST.fullmatch(lines[0][0])
    kind = _CLASS.search(found["list"]) if found else None
    is_box = bool(kind) and len(lines) > 1 and bool(_BOX.fullmatch(lines[1][0]))
    return _CLASSES.get(kind["class"], "note") if kind and is_box else ""


def _pictured(lines: Iterable[Line], file: SourceFile, folder: BookFolder) -> Iterator[Line]:
    """The lines with pictures by the names that they have below `resources`."""
    top = dirname(file.name).partition("/")[0]

    def found(picture: re.Match[str]) -> str:
        name = join("resources", picture["name"])
        return f"{picture[1]}{name}" if folder.holds(join(top, name)) else picture[0]

    for line, origin, code in with_code(lines):
        yield (line if code or "![" not in line else _PICTURE.sub(found, line)), origin
