"""A note as Markdown that Recto reads: links by name, pictures, callouts, comments, marks of its own.

https://help.obsidian.md/syntax, https://help.obsidian.md/callouts, https://help.obsidian.md/embeds
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import quote, unquote

from recto.forms.callouts import first_line
from recto.forms.fences import Line, outside_code, with_code
from recto.forms.folder import BookFolder
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.obsidian.embedding import embedded
from recto.forms.obsidian.ordering import called_like
from recto.forms.obsidian.plugins import QUERY_IN_LINE, properties_end, without_queries
from recto.forms.obsidian.vault import aliases, vault
from recto.forms.source_file import SourceFile
from recto.ids import github_slug
from recto.problems import Problem, warning

_EMBED = re.compile(r"!\[\[(?P<target>[^\[\]|\n]+)(?P<more>(?:\|[^\[\]|\n]*)*)\]\]")
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|\n]*)(?:\|(?P<words>[^\[\]\n]+))?\]\]")
_COMMENT = re.compile(r"%%.*?%%")
# links as Markdown has them, where Obsidian names a heading by its words: `[nets](Knots.md#Square%20nets)`
_TO_HEADING = re.compile(r"(?<=\]\()(?P<path>[^()<>\s#]*?\.md|)#(?P<heading>[^()<>\s^][^()<>\s]*)(?=\))")
_SIZED = re.compile(r"!\[(?P<words>[^\[\]|]*)\|(?P<size>\d{1,4})(?:x\d{1,4})?\]\((?P<to>[^()\n]+)\)")
_HIGHLIGHT = re.compile(r"==(?=\S)(?P<words>[^=\n]{1,500}?)(?<=\S)==")
_BLOCK_ID = re.compile(r"(?:[ \t]+|(?<=\]\]))\^[A-Za-z0-9-]{1,60}[ \t]*$")
_TAGS = re.compile(r"[ \t]*(?:#[^\W\d][\w/-]*|#\d*[^\W\d][\w/-]*)(?:[ \t,]+#\w[\w/-]*)*[ \t]*")
_CALLOUT = re.compile(r"(?P<indent>[ \t]*)>[ \t]?\[!(?P<kind>[\w-]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)")
_QUOTE = re.compile(r"[ \t]*> ?")
_DEEPEST = 20  # callouts in one another
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif")
_LEFT = {
    "tags": "was left out: tags are no text",
    "query": "asks a plug-in for something: it was left out",
    "drawing": "is a drawing that Recto can't read: its name alone is in the book",
    "note": "puts another note here: in the book there is a link to it",
    "file": "is no picture: its name alone is in the book",
}


def prepare(file: SourceFile, folder: BookFolder) -> tuple[SourceFile, tuple[Problem, ...]]:
    """A note as a file of Markdown."""
    reader = _NoteReader(file, folder)
    end = properties_end(file)
    first = read_front_matter(file)[0].body_line
    lines = [("" if number <= end else line, number) for number, line in enumerate(file.lines, 1)]
    body = list(_boxed(list(reader.lines(lines[first - 1 :]))))
    made = file.made_of((*lines[: first - 1], *_titled(body, file, first)))
    return made, tuple(reader.problems())


def _titled(body: list[Line], file: SourceFile, first: int) -> Iterator[Line]:
    """The text under its title: a note is called by its name, and need not say it again."""
    opening = next((line for line, _ in body if line.strip()), "")
    if not re.match(r" {0,3}#[ \t]", opening):
        yield f"# {called_like(file.name)}", first
        yield "", first
    yield from body


class _NoteReader:
    """Reads one note; `missing` are notes that it names and that aren't there, `left` what was left out."""

    def __init__(self, file: SourceFile, folder: BookFolder) -> None:
        self._file, self._folder, self._vault = file, folder, vault(folder)
        self._missing: dict[str, int] = {}
        self._left: dict[str, tuple[str, int]] = {}

    def lines(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines with Obsidian's own marks as Markdown's."""
        hidden = False
        for line, origin, code in with_code(self._without_queries(lines)):
            if code:
                yield ("" if hidden else line), origin
                continue
            shown, hidden = _without_comments(line, hidden)
            if found := _EMBED.fullmatch(shown.strip()):
                yield from ((text, origin) for text in self._put_in(found, origin))
                continue
            if _TAGS.fullmatch(shown):
                self._left.setdefault("tags", (shown.strip(), origin))
                shown = ""
            yield self._outside_code(_BLOCK_ID.sub("", shown), origin), origin

    def _without_queries(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line, origin, name in without_queries(lines):
            if name:
                self._left.setdefault("query", (name, origin))
            yield line, origin

    def problems(self) -> Iterator[Problem]:
        """What is told of the note."""
        at = self._file.at
        if self._missing:
            name, line = next(iter(self._missing.items()))
            more = f" and {len(self._missing) - 1} more" if len(self._missing) > 1 else ""
            message = f"there is no note “{name}”{more} in this vault: its name stands here without a link"
            hint = "write it, or take the brackets away"
            yield warning("note-unwritten", message, at(line), hint=hint, subject=name)
        for what, (words, line) in self._left.items():
            message = f"{words[:60]} {_LEFT[what]}"
            hint = "write in its place what is to be in the book"
            yield warning("vault-left-out", message, at(line), hint=hint, subject=words[:60])

    def _outside_code(self, line: str, origin: int) -> str:
        if "= " in line and (asked := QUERY_IN_LINE.search(line)):
            self._left.setdefault("query", (asked[0], origin))
            line = QUERY_IN_LINE.sub("", line)
        if "[[" not in line and "==" not in line and "](" not in line:
            return line
        return outside_code(line, lambda text: self._read(text, origin))

    def _read(self, text: str, origin: int) -> str:
        text = _EMBED.sub(lambda found: self._embedded(found, origin), text)
        text = _LINK.sub(lambda found: self._linked(found, origin), text)
        if "](" in text:
            text = _SIZED.sub(r"![\g<words>](\g<to>){width=\g<size>px}", text)
            text = _TO_HEADING.sub(
                lambda found: f"{found['path']}#{github_slug(unquote(found['heading']))}", text
            )
        return _HIGHLIGHT.sub(lambda found: f"<mark>{found['words']}</mark>", text)

    def _put_in(self, found: re.Match[str], origin: int) -> list[str]:
        """The lines that an embed on a line of its own stands for: part of another note, or a picture."""
        name, _, inside = found["target"].strip().partition("#")
        target = self._find(name) if inside and name else ""
        file = self._folder.text(target)[0] if target.endswith(".md") else None
        lines = embedded(file, inside.strip()) if file else []
        made = [_EMBED.sub(lambda other: other["target"], _BLOCK_ID.sub("", line)) for line in lines]
        return [self._outside_code(line, origin) for line in made] or [self._outside_code(found[0], origin)]

    def _find(self, name: str) -> str:
        """The file that a name means, its own or one that its properties give it; "" for none."""
        found = self._vault.find(name, self._file.name)
        return found or (aliases(self._folder).get(name.strip().casefold(), "") if name.strip() else "")

    def _embedded(self, found: re.Match[str], origin: int) -> str:
        name, more = found["target"].strip(), [each.strip() for each in found["more"].split("|")[1:]]
        target = self._find(name.split("#")[0])
        name = name.partition("#")[0] if _is_picture(name.partition("#")[0]) else name
        if _is_picture(name):
            size = next((each for each in more if re.fullmatch(r"\d+(?:x\d+)?", each)), "")
            words = next((each for each in more if each and each != size), "")
            width = f"{{width={size.split('x')[0]}px}}" if size else ""
            return f"![{words}](<{self._address(target or name)}>){width}"
        drawing = ".excalidraw" in name or target in self._vault.drawings
        if drawing and (saved := self._saved(target or name)):
            return f"![{splitext(basename(saved))[0]}](<{self._address(saved)}>)"
        if drawing:
            self._left.setdefault("drawing", (found[0], origin))
            return called_like(target or name).removesuffix(".excalidraw")
        if target.endswith(".md"):
            self._left.setdefault("note", (found[0], origin))
            return self._link(target, name.partition("#")[2], called_like(target))
        self._left.setdefault("file", (found[0], origin))
        return basename(name)

    def _saved(self, drawing: str) -> str:
        """The picture that Excalidraw saves of a drawing beside it, where it is set to; "" for none."""
        stem = basename(drawing).removesuffix(".md")
        stems = dict.fromkeys((stem, stem.removesuffix(".excalidraw")))
        names = (f"{each}.{ending}" for each in stems for ending in ("light.svg", "svg", "light.png", "png"))
        return next((found for name in names if (found := self._vault.find(name, self._file.name))), "")

    def _linked(self, found: re.Match[str], origin: int) -> str:
        name, _, inside = found["target"].partition("#")
        said = f"{name}#{inside}" if inside.strip() and not inside.startswith("^") else name
        words = (found["words"] or said.strip().lstrip("#").replace("#", " › ")).strip()
        if not name.strip():
            return self._link("", inside, words)
        target = self._find(name)
        if not target:
            self._missing.setdefault(name.strip(), origin)
            return words
        return self._link(target, inside, words)

    def _link(self, target: str, inside: str, words: str) -> str:
        heading = inside.rpartition("#")[2].strip()
        anchor = "" if not heading or heading.startswith("^") else "#" + quote(github_slug(heading))
        where = self._address(target) if target else ""
        return f"[{words}](<{where}{anchor}>)" if where or anchor else words

    def _address(self, target: str) -> str:
        return quote(relpath(target, dirname(self._file.name) or "."))


def _is_picture(name: str) -> bool:
    return splitext(name)[1].lower() in _PICTURES


def _without_comments(line: str, hidden: bool) -> tuple[str, bool]:
    """A line without what stands between `%%`, and whether a comment goes on after it."""
    if "%%" not in line:
        return ("" if hidden else line), hidden
    if hidden:
        line = line.partition("%%")[2]
    shown = _COMMENT.sub("", line)
    before, begins, _ = shown.partition("%%")
    return before, bool(begins)


def _boxed(lines: Sequence[Line], depth: int = 0) -> Iterator[Line]:
    """The lines with callouts, quotations that begin with their kind, as boxes, in one another too."""
    number = 0
    while number < len(lines):
        line, origin = lines[number]
        number += 1
        found = _CALLOUT.fullmatch(line) if depth < _DEEPEST else None
        if not found:
            yield line, origin
            continue
        inside = list[Line]()
        while number < len(lines) and _goes_on(lines[number][0]):
            text, at = lines[number]
            inside.append((_QUOTE.sub("", text, count=1), at))
            number += 1
        yield "", origin
        yield f"{found['indent']}{first_line(found['kind'], found['title'])}", origin
        for text, at in _boxed(inside, depth + 1):
            yield (f"{found['indent']}    {text}" if text.strip() else ""), at
        yield "", origin


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the callout above it, and begins none."""
    return bool(_QUOTE.match(line)) and not _CALLOUT.fullmatch(line)
