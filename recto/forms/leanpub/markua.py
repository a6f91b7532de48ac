"""What Leanpub and Markua write on lines of their own and in the text: comments, code in files, verse, index.

https://leanpub.com/markua/read, https://leanpub.com/lfm/read
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join

from recto.forms.fences import Line, outside_code, with_code
from recto.forms.folder import BookFolder
from recto.forms.office.index_entries import heading_mark
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_COMMENT = re.compile(r"%%(?:\s.*)?")
_CODE = re.compile(
    r"(?:<<\[(?P<title>[^\[\]]*)\]\((?P<name>[^()\s]+)\)|<<\((?P<bare>[^()\s]+)\)"
    r"|!\[(?P<words>[^\[\]]*)\]\((?P<code>[^()\s]+)(?:\s+\"[^\"]*\")?\))\s*"
)
_PICTURES = tuple(".png .jpg .jpeg .gif .svg .webp .avif .tif .tiff .bmp .pdf .eps".split())
_CROP = re.compile(r"crop-(?P<which>start|end)(?:-line)?\s*[:=]\s*(?P<line>\d{1,6})")
_SETTINGS = re.compile(r"\{(?P<list>[^{}]*)\}\s*")
_VERSE = re.compile(r"\{(?P<end>/)?poem\b[^{}]*\}\s*")
_TASK = re.compile(r"\{/?(?:quiz|exercise|quiz-version|course)\b[^{}]*\}\s*")
_CENTRED = re.compile(r"C>[ \t]?(?P<words>.*)")
_INDEX = re.compile(r"\{i:\s*\"?(?P<entry>[^{}\"]+?)\"?\s*\}")
_FORMULA = re.compile(r"(?<!`)`(?P<formula>[^`\n]+)`\$")
_MOST_LINES = 100_000  # of the code in files of one


class MarkuaReader:
    """Reads one file; `included` names the files of code in it, `problems` what is told."""

    def __init__(self, file: SourceFile, folder: BookFolder) -> None:
        self._file, self._folder, self._count = file, folder, 0
        self.included: set[str] = set()
        self.problems: list[Problem] = []

    def lines(self) -> Iterator[Line]:
        """The lines of the file with these as Markdown."""
        in_verse, settings = False, ""
        for line, origin, code in with_code(
            (line, number) for number, line in enumerate(self._file.lines, 1)
        ):
            verse = None if code else _VERSE.fullmatch(line)
            if verse:
                in_verse = not verse["end"]
                yield "", origin
            elif not code and (_COMMENT.fullmatch(line) or self._is_of_a_course(line, origin)):
                yield "", origin
            elif (
                not code
                and (asked := _CODE.fullmatch(line))
                and (code_lines := self._listing(asked, settings))
            ):
                yield from ((each, origin) for each in code_lines)
            elif code or not line.strip():
                yield line, origin
            else:
                settings = line
                yield (f"| {line}" if in_verse else _text(line)), origin

    def _listing(self, asked: re.Match[str], settings: str) -> list[str]:
        """The code of a file as a listing; [] for a picture, and for what is not there."""
        name = asked["name"] or asked["bare"] or asked["code"]
        if name.lower().endswith(_PICTURES) or "://" in name:
            return []
        top = dirname(self._file.name).partition("/")[0]
        places = (join(top, below, name) for below in ("", "code", "resources", "resources/code"))
        path = next((place for place in places if self._folder.holds(place)), "")
        file = self._folder.text(path)[0] if path else None
        if file is None:
            return []
        self.included.add(path)
        lines = file.text.rstrip("\n").split("\n")
        given = _SETTINGS.fullmatch(settings)
        crop = {each["which"]: int(each["line"]) for each in _CROP.finditer(given["list"])} if given else {}
        lines = lines[max(0, crop.get("start", 1) - 1) : crop.get("end", len(lines))]
        self._count += len(lines)
        if self._count > _MOST_LINES:
            return []
        title = (asked["title"] or asked["words"] or "").replace('"', "”")
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", "\n".join(lines)) or [""]))
        kind = path.rpartition(".")[2] if "." in path.rpartition("/")[2] else ""
        return ["", f"{fence}{kind}" + (f' title="{title}"' if title else ""), *lines, fence, ""]

    def _is_of_a_course(self, line: str, origin: int) -> bool:
        """Whether a line begins or ends an exercise of a course; that is told."""
        found = _TASK.fullmatch(line)
        if found:
            message = f"{line.strip()[:60]} is of a course, not of a book: what stands in it is set as text"
            hint = "take out what is for a course alone"
            place = self._file.at(origin)
            self.problems.append(warning("markup-unknown", message, place, hint=hint, subject="course"))
        return found is not None


def _text(line: str) -> str:
    """A line of text with marks for the index and formulas as ours; code in it stays."""
    if centred := _CENTRED.fullmatch(line):
        line = centred["words"]
    line = _FORMULA.sub(r"$\g<formula>$", line)
    return outside_code(line, lambda text: _INDEX.sub(_mark, text)) if "{i:" in line else line


def _mark(found: re.Match[str]) -> str:
    return heading_mark([level.strip() for level in found["entry"].split("!") if level.strip()])
