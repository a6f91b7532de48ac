"""Front matter: YAML between two `---` lines at the head of a Markdown file, TOML between `+++`, or JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.matter import known_roles, role_of
from recto.forms.source_file import SourceFile
from recto.model import SectionKind
from recto.notations.toml import TomlError, parse
from recto.notations.yaml_text import YamlBombError, YamlError, read_yaml
from recto.numbering import Number
from recto.problems import Problem, warning

_KEY = re.compile(r"[\w-]{1,60}")
LONGEST = 50_000  # characters


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file sets; `body_line` is the line on which the text after it begins."""

    settings: Mapping[str, object] = field(default_factory=dict)
    body_line: int = 1

    def get(self, key: str) -> str:
        """A setting as text, "" where there is none."""
        value = self.settings.get(key, "")
        return value.strip() if isinstance(value, str) else ""


def read_front_matter(file: SourceFile) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """The front matter of a file (an empty one where it has none), and what is wrong in it."""
    lines = file.lines
    if end := _end(lines, "+++", "+++"):
        return FrontMatter(_toml(lines[1:end]), end + 2), ()
    if (end := _end(lines, "{", "}")) and '":' in lines[1]:  # JSON, which YAML reads as well
        settings, problems = _settings(lines[: end + 1], file)
        return FrontMatter(settings, end + 2 if settings else 1), problems
    if lines[0].rstrip() != "---" or len(lines) < 2 or not lines[1].strip():
        return FrontMatter(), ()
    closing = next((n for n, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), None)
    if closing is None:
        if ":" not in lines[1]:
            return FrontMatter(), ()  # a rule, not front matter
        hint = "end it with a line of three hyphens"
        return FrontMatter(), (
            warning("front-matter", "the front matter that begins here never ends", file.at(1), hint=hint),
        )
    settings, problems = _settings(lines[1 : closing - 1], file)
    return FrontMatter(settings, closing + 1), problems


def _end(lines: Sequence[str], opens: str, shuts: str) -> int:
    """The index of the line that ends what a file begins with; 0 where it begins with something else."""
    if lines[0].rstrip() != opens:
        return 0
    return next((index for index, line in enumerate(lines) if index and line.rstrip() == shuts), 0)


def _toml(lines: Sequence[str]) -> Mapping[str, object]:
    """What lines of TOML set, numbers and dates as typed; where they are none, what each sets by itself."""
    loose = _loosely(lines, "=")
    try:
        read, _ = parse("\n".join(lines))
    except TomlError:
        return loose
    return {
        key: value if isinstance(value, (str, list, dict)) else loose.get(key, str(value))
        for key, value in read.items()
    }


def _settings(lines: Sequence[str], file: SourceFile) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """What the lines of front matter, from line 2 of the file on, set."""
    source = "\n".join(lines)
    if len(source) > LONGEST:
        message = f"this front matter has more than {LONGEST:,} characters"
        hint = "end it with a line of three hyphens where the text begins"
        return {}, (warning("front-matter", message, file.at(1), hint=hint),)
    try:
        data = read_yaml(source)
    except YamlBombError as bomb:
        message = f"this front matter is not as Recto reads it: {bomb}"
        return {}, (warning("front-matter", message, file.at(bomb.line + 2)),)
    except YamlError as fault:
        return _despite(fault, lines, file)
    if data in (None, ""):
        return {}, ()
    if not isinstance(data, dict):
        message = "front matter must be lines of the form `key: value`"
        return {}, (warning("front-matter", message, file.at(2)),)
    settings = {str(key): value for key, value in data.items()}
    for key, value in _loosely(lines, ":").items():
        if settings.get(key) == "" and value.startswith("#"):  # `title: #hashtag`, a comment to YAML
            settings[key] = value
    return settings, ()


def _despite(
    fault: YamlError, lines: Sequence[str], file: SourceFile
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """What lines set that are no YAML, read each by itself: `title: The Oar: A Lever` is plain to people."""
    place = file.at(1 if fault.line is None else fault.line + 2)
    message = f"this front matter is not YAML: {fault}"
    hint = "write `key: value`, one a line; a value with a colon in it stands in quotes"
    if read := _loosely(lines, ":"):
        told = f"{message}; each line was read by itself, as it stands"
        return read, (warning("front-matter", told, place, hint=hint),)
    return {}, (warning("front-matter", message, place, hint=hint),)


def _loosely(lines: Sequence[str], sign: str) -> dict[str, str]:
    """The settings of lines that stand each by itself (`key: value`, `key = value`), the values as typed."""
    read: dict[str, str] = {}
    for line in lines:
        key, found, value = line.partition(sign)
        if not found or not _KEY.fullmatch(key.rstrip()):
            continue
        value = re.split(r"(?:^|\s)#(?=\s|$)", value.strip(), maxsplit=1)[0].strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        read.setdefault(key.rstrip(), value[1:-1] if quoted else "" if value in (">", "|") else value)
    return read


def heading_of(front: FrontMatter, file: SourceFile) -> tuple[HeadingText | None, tuple[Problem, ...]]:
    """The heading that front matter gives its file: by `number`, by `chapter` and `section`, by `role`, or by
    `title`.
    """
    number, role, title = front.get("number") or _in_two(front), front.get("role"), front.get("title")
    if role:
        if known := role_of(role.replace("-", " ")):
            return HeadingText("matter", None, title, known), ()
        message = f"`role: {role}` names no part of a book that I know"
        hint = f"known: {', '.join(known_roles())}"
        return None, (warning("front-matter", message, file.at(_line(file, "role")), hint=hint),)
    if number:
        parsed = Number.parse(number)
        if parsed is not None:
            kind: SectionKind = "chapter" if parsed.depth == 1 else "section"
            return HeadingText(kind, parsed, title), ()
        worded = read_heading(number)
        if worded and worded.number:
            return HeadingText(worded.kind, worded.number, title or worded.title), ()
        message = f"`number: {number}` is not a number such as 4, 4.2 or B.1"
        return None, (warning("front-matter", message, file.at(_line(file, "number"))),)
    return (read_heading(title), ()) if title else (None, ())


def _in_two(front: FrontMatter) -> str:
    """The number that `chapter: 4` and `section: 2` (or `4.2`) make; "" where they are no numbers."""
    chapter, section = (Number.parse(front.get(key)) for key in ("chapter", "section"))
    if chapter is None or section is None or chapter.depth > 1:
        alone = chapter if "section" not in front.settings else section
        return str(alone) if alone and (alone is chapter or alone.depth > 1) else ""
    return str(section if section.depth > 1 and section.chapter == chapter else f"{chapter}.{section}")


def _line(file: SourceFile, key: str) -> int:
    return next((n for n, line in enumerate(file.lines, 1) if line.lstrip().startswith(key)), 1)
