"""Plain text: a heading is a line `N.M Title` (or `Chapter 4: Title`, `Preface` …) alone between blank lines.

Rules below it and asterisks around it are taken off first (dressed.py); where a file has no such line,
simpler ones are looked for (simple.py).

Everything else is text, character by character. What only looks like a heading (`3.5 million users did
this.`) is told from one by its form, and where form does not tell, by the numbers around it; where that does
not tell either, the author is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from recto.forms.list_files import said
from recto.forms.naming.file_names import read_name
from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.likeness import Likeness, likeness
from recto.forms.naming.matter import reserved
from recto.forms.source_file import Outline, SourceFile, SourceHeading, body
from recto.forms.text.called import chapters_called
from recto.forms.text.doubts import doubts, in_capitals, unclear
from recto.forms.text.dressed import undressed
from recto.forms.text.numerals import decimals
from recto.forms.text.page_marks import stands_alone
from recto.forms.text.simple import Found, above_sections, crowded, lines_alone, lone_numbers, missing
from recto.forms.text.title_page import title_facts
from recto.forms.text.titles_by_look import title_above, titles_by_look
from recto.model import Section
from recto.numbering import Number
from recto.problems import Problem

_LONGEST_TITLE = 200
_FEW = "other chapters that have sections have no such line"


@dataclass(frozen=True, slots=True)
class _PossibleHeading:
    """A line that may be a heading, and how sure its form makes us."""

    line: int
    heading: HeadingText
    form: Likeness


def read(file: SourceFile) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections of a text file, divided by its numbers, or by the one in its name; see SourceForm."""
    headings, file, problems = _headings(file)
    lines = file.lines
    if not headings and (named := read_name(file.name)):
        return _whole(file, named), problems
    starts = [heading.line for heading in headings]
    sections = []
    if stray := _section(file, lines, None, (starts or [len(lines) + 1])[0]):
        sections.append(stray)
    for heading, end in zip(headings, [*starts, len(lines) + 1][1:], strict=True):
        section = _section(file, lines, heading, end)
        if section:
            sections.append(section)
    return tuple(sections), problems


def outline(file: SourceFile) -> Outline:
    """The headings of a text file: those with a number, or a name known to books; see SourceForm.

    Where none has a number, titles that are set off by their look are, too.
    """
    headings, file, problems = _headings(file)
    lines = file.lines
    stand = [_as_it_stands(each, lines) for each in headings]
    if not any(each.heading.number and each.heading.kind != "part" for each in headings):
        known = {each.line for each in stand}
        stand += [each for each in titles_by_look(lines) if each.line not in known]
    return Outline(tuple(sorted(stand, key=lambda each: each.line)), problems=problems, text=file.text)


def _headings(file: SourceFile) -> tuple[list[_PossibleHeading], SourceFile, tuple[Problem, ...]]:
    """The headings of a file, the file without what was around them, and what was hard to tell."""
    file, problems = undressed(file)
    lines = file.lines
    headings, hard = _decide(list(_candidates(lines)), file)
    # of a text in parts the chapters may be numbers alone
    known = {each.heading.number for each in headings if each.heading.number and each.heading.kind != "part"}
    parts = [each.line for each in headings if each.heading.kind == "part"]
    alone = [] if known else _called(file) or lone_numbers(lines, parts)
    guessed, passed = ([], []) if alone else missing(lines, known) if known else (crowded(lines, parts), [])
    above, fit = above_sections(lines, {*known, *(each.number for _, each in guessed if each.number)})
    more = (*alone, *guessed, *(above if fit else ()))
    taken = [_PossibleHeading(line, heading, "certain") for line, heading in more]
    plain = fit and len(above) > 1 and all(stands_alone(lines, line - 1) for line, _ in above)
    told = [unclear(heading, line, file, taken=fit, why=_FEW) for line, heading in above if not plain]
    found = sorted([*headings, *taken], key=lambda each: each.line)
    doubtful = [*doubts(file, guessed, passed, counted=bool(known or alone or guessed))]
    if known or alone:
        doubtful += in_capitals(file, [each.line for each in found])
    certain = {line for line, _ in alone}
    doubtful = [each for each in doubtful if each.place.line not in certain]
    return found, file, (*problems, *hard, *told, *doubtful)


def _called(file: SourceFile) -> list[Found]:
    """Chapters by another name; in one of several files it stays in their titles."""
    lines = file.lines
    word, found = chapters_called(lines)
    if file.name and word:
        return [(line, replace(heading, title=lines[line - 1].strip())) for line, heading in found]
    return found


def facts(file: SourceFile) -> Mapping[str, object]:
    """What a text that is the whole book says of it, by the keys of `[book]`: see SourceForm."""
    return {**title_facts(file), **said(chapter_word=_chapter_word(file))}


def _chapter_word(file: SourceFile) -> str:
    """What the chapters of a text are called that have no other numbers; "" for chapters, or none."""
    bare, _ = undressed(file)
    word = "" if file.name else chapters_called(bare.lines)[0]
    certain = _decide(list(_candidates(bare.lines)), bare)[0] if word else []
    return "" if any(each.heading.number and each.heading.kind != "part" for each in certain) else word


def _as_it_stands(candidate: _PossibleHeading, lines: list[str]) -> SourceHeading:
    number = candidate.heading.number
    level = number.depth if number and candidate.heading.kind == "section" else 1
    return SourceHeading(level, lines[candidate.line - 1].strip(), "", candidate.line, candidate.line + 1)


def _candidates(lines: list[str]) -> Iterator[_PossibleHeading]:
    """Every line that stands alone and reads like a heading."""
    alone = dict(lines_alone(lines, _LONGEST_TITLE))
    decimal = decimals(alone)
    for number, words in alone.items():
        heading = read_heading(decimal.get(number, words)) or _reserved(words)
        if heading is None or (heading.kind == "chapter" and not heading.worded):
            continue  # `12 Angry Men` in plain text: no heading without a dot or the word Chapter
        yield _PossibleHeading(number, heading, likeness(heading))


def _reserved(words: str) -> HeadingText | None:
    made = reserved(words)
    return HeadingText("stray", None, words, made) if made else None


def _decide(
    found: list[_PossibleHeading], file: SourceFile
) -> tuple[list[_PossibleHeading], tuple[Problem, ...]]:
    """The candidates that are headings, and a warning for each that was hard to tell.

    Looks at the numbers of the whole file, never at their order, so that a shuffled file reads the same.
    """
    certain = {c.heading.number for c in found if c.form == "certain" and c.heading.kind == "section"}
    likely = Counter(c.heading.number for c in found if c.form != "no" and c.heading.number)
    names = Counter(c.heading.title.casefold() for c in found if c.heading.kind == "matter")
    headings: list[_PossibleHeading] = []
    problems: list[Problem] = []
    for candidate in found:
        heading = candidate.heading
        if heading.kind == "matter" and names[heading.title.casefold()] > 1:
            problems.append(
                unclear(
                    candidate.heading,
                    candidate.line,
                    file,
                    taken=False,
                    why="this name stands alone more than once",
                )
            )
        elif candidate.form == "certain":
            headings.append(candidate)
        elif candidate.form == "perhaps":
            number = heading.number
            neighbours = _neighbours(number, set(likely)) if number else 0
            taken = bool(number and neighbours and number not in certain and likely[number] == 1)
            if taken:
                headings.append(candidate)
            if not taken or neighbours < 2:
                problems.append(unclear(candidate.heading, candidate.line, file, taken=taken))
    return headings, tuple(problems)


def _neighbours(number: Number, numbers: set[Number]) -> int:
    """How many of the numbers just before and just after this one are there (being first counts as one)."""
    last = number.last
    if isinstance(last, str):
        return 0
    before = last == 1 or Number((*number.parts[:-1], last - 1)) in numbers
    after = Number((*number.parts[:-1], last + 1)) in numbers
    return before + after


def _whole(file: SourceFile, named: HeadingText) -> tuple[Section, ...]:
    """The one section of a file without headings, which its name tells of; its title may stand above it."""
    title, begins = title_above(file.lines)
    if not title or (named.title and named.title.casefold() != title.casefold()):
        title, begins = named.title, 1
    text, text_line, last = body(file.lines, begins, len(file.lines))
    place = file.at(None)
    section = Section(named.kind, named.number, title, "text", text, place, text_line, last, role=named.role)
    return (section,) if text else ()


def _section(
    file: SourceFile, lines: list[str], candidate: _PossibleHeading | None, end: int
) -> Section | None:
    """The section of a heading up to the line before `end`; the stray text before the first one (None)."""
    start = candidate.line + 1 if candidate else 1
    text, text_line, last = body(lines, start, end - 1)
    if candidate is None:
        if not text:
            return None
        return Section("stray", None, "", "text", text, file.at(text_line), text_line, last)
    heading = candidate.heading
    last = max(last, candidate.line)
    place = file.at(candidate.line)
    return Section(
        heading.kind, heading.number, heading.title, "text", text, place, text_line, last, role=heading.role
    )
