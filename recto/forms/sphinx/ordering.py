"""The order of a Sphinx project: the toctrees of its index, and those of the files that they name.

https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#directive-toctree: an entry is the
name of a file without its ending, alone or in `Title <name>`; a caption is the title of a part. conf.py is
read and never run: only what is a plain text in it counts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath

from recto.forms.atx_headings import atx_heading
from recto.forms.converted.converters import CONVERTERS
from recto.forms.folder import BookFolder
from recto.forms.list_files import elsewhere, matching, names, said
from recto.forms.manuscript_files import how_to_convert
from recto.forms.naming.matter import reserved
from recto.forms.order import Order, OrderLine, counted
from recto.forms.source_file import SourceFile
from recto.problems import Place, Problem, error, warning

_TOPS = ("", "docs/", "doc/", "source/", "docs/source/", "doc/source/")
_OPEN = re.compile(
    r"(?P<indent>[ \t]*)(?:\.\.[ \t]+toctree::|(?P<marks>`{3,}|:{3,})\{toctree\})[ \t]*(?P<words>.*)"
)
_OPTION = re.compile(r"[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*)")
_ENTRY = re.compile(r"(?:(?P<title>[^<>]+)<(?P<target>[^<>]+)>|(?P<name>[^<>\s]+))")
# beside a heading: a label, and what every project's index ends with
_UNSAID = re.compile(r"\(\S+\)=|[*-][ \t]+\{ref\}`(?:\w*index|search)`")
_INCLUDE = re.compile(
    r"[ \t]*(?:\.\.[ \t]+include::|`{3,}\{include\}|:{3,}\{include\})[ \t]*(?P<name>\S+)[ \t]*"
)
_DEEPEST = 8
_SUFFIXES = (".md", ".rst", ".txt")


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a Sphinx project; None for any other."""
    top = next((top for top in _TOPS if folder.holds(f"{top}conf.py")), None)
    if top is None:
        return None
    index = next((name for end in _SUFFIXES if folder.holds(name := f"{top}index{end}")), "")
    reader = _TreeReader(folder, top)
    lines = tuple(reader.book(index)) if index else ()
    problems = (*reader.problems, *reader.unread())
    if sum(bool(line.file) for line in lines) < 2:  # the index alone
        if not any(problem.severity == "error" for problem in problems):
            return None
        lines = ()
    told = f"this is a Sphinx project: {counted(lines)} listed in the toctrees of {index}"
    lists = (f"{top}conf.py", index)
    return Order(lines, told, _facts(folder, lists[0]), lists, top.rstrip("/"), problems=problems)


def _facts(folder: BookFolder, name: str) -> Mapping[str, object]:
    file, _ = folder.text(name)
    try:
        tree = ast.parse(file.text if file else "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    found[target.id] = node.value.value.strip()
    return said(
        title=found.get("project"), authors=names(found.get("author")), language=found.get("language")
    )


class _TreeReader:
    """Reads toctrees; `problems` are what they name that is no file."""

    def __init__(self, folder: BookFolder, top: str) -> None:
        self._folder, self._top = folder, top
        self._seen: set[str] = set()
        self._converts = any(".rst" in each.suffixes and each.is_installed() for each in CONVERTERS)
        self._left: list[tuple[str, Place]] = []
        self.problems: list[Problem] = []

    def book(self, index: str) -> Iterator[OrderLine]:
        """The index, and all below it."""
        file, _ = self._folder.text(index)
        if file is None:
            return
        self._seen.add(index)
        says = prose_of(file)
        if says and (index.endswith(".md") or self._converts):
            yield OrderLine(index, "", file.at(1), numbered=False)
        elif says:
            self._left.append((index, file.at(1)))
        yield from self._below(file, 1)

    def _below(self, file: SourceFile, depth: int) -> Iterator[OrderLine]:
        """What the toctrees of a file name."""
        for caption, lines, entries in self._toctrees(file):
            if caption and depth == 1 and not reserved(caption.rstrip(": ")):
                yield OrderLine("", caption, file.at(lines[0]), "part")
            named = {target for _, target, _ in entries}
            for title, target, at in entries:
                for each in self._globbed(file, target, named) if "*" in target else (target,):
                    yield from self._entry(file, title, each, at, depth)

    def _toctrees(self, file: SourceFile) -> Iterator[Toctree]:
        """Those of a file, and of pieces that it includes: their entries are found from the file itself."""
        yield from toctrees(file)
        for line in file.lines:
            found = _INCLUDE.fullmatch(line)
            name = normpath(join(dirname(file.name), found["name"])) if found else ""
            piece = self._folder.text(name)[0] if found and self._folder.holds(name) else None
            if piece is not None:
                yield from toctrees(piece)

    def _globbed(self, file: SourceFile, pattern: str, named: Collection[str]) -> Iterator[str]:
        """The files that a pattern of a toctree fits and that are not in it by name, from the top.

        They are in no order but that of their names:
        https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#toctree-directive
        """
        base = self._top if pattern.startswith("/") else dirname(file.name)
        for name in matching(self._folder, join(base, pattern.lstrip("/")), _SUFFIXES):
            own = name.removeprefix(f"{base}/") if base else name
            if name != file.name and not {own, own.rpartition(".")[0]} & set(named):
                yield f"/{name.removeprefix(self._top)}"

    def _entry(self, file: SourceFile, title: str, target: str, at: int, depth: int) -> Iterator[OrderLine]:
        base = self._top if target.startswith("/") else dirname(file.name)
        path = normpath(join(base, target.lstrip("/")))
        stems = (path, *(path + end for end in _SUFFIXES))
        name = next(
            (each for each in stems if each.endswith(_SUFFIXES) and self._folder.holds(each)), f"{path}.md"
        )
        if "://" in target:
            self.problems.append(elsewhere(target, file.at(at)))
        if target == "self" or "://" in target or name in self._seen:
            return
        self._seen.add(name)
        if name.endswith(".md") or self._converts:
            yield OrderLine(name, title, file.at(at), depth=depth)
        else:
            self._left.append((name, file.at(at)))
        other = self._folder.text(name)[0] if depth < _DEEPEST and self._folder.holds(name) else None
        if other is not None:
            yield from self._below(other, depth + 1)

    def unread(self) -> Iterator[Problem]:
        """What is told of reStructuredText that nothing reads; an error where there is nothing else."""
        if not self._left:
            return
        (first, place), more = self._left[0], len(self._left) - 1
        named = f"{first} and {more} more" if more else first
        hint = how_to_convert(self._folder.path / first)
        if len(self._seen) - len(self._left) > 1:
            message = f"{named} {'are' if more else 'is'} reStructuredText, and not in the book"
            yield warning("unread-file", message, place, hint=hint, subject=first)
        else:
            message = (
                f"this is a Sphinx project in reStructuredText, which Recto doesn’t read itself: {named}"
            )
            yield error("unread-file", message, place, hint=hint)


def prose_of(file: SourceFile) -> bool:
    """Tell whether an index says anything but what it is called and where the others are."""
    held = {number for _, lines, _ in toctrees(file) for number in lines}
    lines = [line for number, line in enumerate(file.lines, 1) if number not in held and line.strip()]
    if file.name.endswith(".md"):
        return any(not atx_heading(line) and not _UNSAID.match(line) for line in lines)
    text = [line for line in lines if not line.startswith((" ", "\t", ".."))]
    return sum(not re.fullmatch(r"([=\-~*#^\"'+`])\1+|\*.*", line.strip()) for line in text) > 1


Toctree = tuple[str, range, list[tuple[str, str, int]]]


def toctrees(file: SourceFile) -> Iterator[Toctree]:
    """The toctrees of a file: the caption of each, its lines, and its entries (title, target, line)."""
    lines, number = file.lines, 0
    while number < len(lines):
        found = _OPEN.fullmatch(lines[number])
        number += 1
        if not found:
            continue
        start, caption, entries = number, "", list[tuple[str, str, int]]()
        while number < len(lines) and not _ends(lines[number], found):
            line = lines[number].strip()
            number += 1
            if option := _OPTION.fullmatch(line):
                caption = option["value"].strip() if option["key"] == "caption" else caption
            elif entry := _ENTRY.fullmatch(line):
                title = (entry["title"] or "").strip()
                entries.append((title, (entry["target"] or entry["name"]).strip(), number))
        yield caption, range(start, number + 1 + bool(found["marks"])), entries


def _ends(line: str, found: re.Match[str]) -> bool:
    """Whether a toctree ends: at its marks, or, without any, where a line stands no further in than it."""
    if found["marks"]:
        return line.strip() == found["marks"]
    return bool(line.strip()) and not line.startswith((f"{found['indent']} ", f"{found['indent']}\t"))
