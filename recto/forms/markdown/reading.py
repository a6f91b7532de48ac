"""Markdown: headings with a number, or a name known to books, divide the file; all other headings are text.

A file as a whole can get its number from front matter or from its name; its first heading is then its title.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import takewhile

from recto.forms.markdown.file_headings import opening_of, titles
from recto.forms.markdown.front_matter import FrontMatter, heading_of, read_front_matter
from recto.forms.markdown.own_chapters import with_own_chapters
from recto.forms.markdown.typed_numbers import numbered_chapters, numbered_sections
from recto.forms.markdown.unprinted import prints
from recto.forms.naming.file_names import read_name
from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.matter import reserved, role_of
from recto.forms.source_file import Outline, SourceFile, SourceHeading, body
from recto.model import Section
from recto.problems import Problem, warning


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading that begins a section: the line it stands on (None: the file as a whole), what it says."""

    line: SourceHeading | None
    text: HeadingText

    @property
    def level(self) -> int:
        """Its heading level; a title in front matter stands above all headings, a number beside them."""
        if self.line:
            return self.line.level
        return 0 if self.text.kind == "stray" else 1


def read(file: SourceFile) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections of a Markdown file, divided by its numbers; see SourceForm."""
    front, problems = read_front_matter(file)
    headings, scanned = titles(file, front.body_line)
    headings = numbered_sections(numbered_chapters(_with_titles_below(file, headings)))
    headings = with_own_chapters(headings, whole=not file.name)
    first, more = _first_head(file, front, headings)
    heads, unclear = _divide(file, headings, first)
    sections = _sections(file, front, first, heads)
    return sections, (*problems, *scanned, *more, *unclear)


def _with_titles_below(file: SourceFile, headings: list[SourceHeading]) -> list[SourceHeading]:
    """`# Chapter 2` with its title in the heading directly below, `## The Road`, as one heading.

    So it is where the chapter has no other heading of that level, nor text between the two.
    """
    made = list(headings)
    for index in range(len(headings) - 2, -1, -1):
        above, below = made[index], made[index + 1]
        said = read_heading(above.words)
        if not said or said.kind != "chapter" or not said.worded or said.title or below.level <= above.level:
            continue
        alone = all(other.level > below.level for other in _held(made[index:])[1:])
        if alone and not read_heading(below.words) and _is_blank(file, above.text_line, below.line):
            words, anchor = f"{above.words}: {below.words}", above.anchor or below.anchor
            made[index : index + 2] = [
                dataclasses.replace(above, words=words, anchor=anchor, text_line=below.text_line)
            ]
    return made


def _held(headings: list[SourceHeading]) -> list[SourceHeading]:
    """The headings that stand under the first of some."""
    return list(takewhile(lambda other: other.level > headings[0].level, headings[1:]))


def outline(file: SourceFile) -> Outline:
    """The headings of a Markdown file, whatever they say; see SourceForm."""
    front, problems = read_front_matter(file)
    headings, scanned = titles(file, front.body_line)
    return Outline(tuple(headings), front.body_line, front.settings, (*problems, *scanned))


def _first_head(
    file: SourceFile, front: FrontMatter, headings: list[SourceHeading]
) -> tuple[_Head | None, tuple[Problem, ...]]:
    """The heading that the file has as a whole, by front matter or by name; None where it has none."""
    given, problems = heading_of(front, file)
    is_set = given is not None
    opening = opening_of(file, front.body_line, headings)
    said = read_heading(opening.words) if opening else None
    if given is None:
        given = read_name(file.name, opening.words if opening else "")
        if given is None and front.get("title"):
            return _titled(front, opening, said), problems
        if given is None or (said and not _agrees(said, given)):
            return None, problems  # a number in the text goes before one in the name
        if given.kind == "chapter" and said is None and _holds_others(headings, given):
            return None, problems
    if said is None and _says_below(file, headings, given):
        return None, problems  # the title of the book stands above the chapter's own heading
    if is_set and opening and said and _contradicts(said, given):
        return None, (*problems, _mismatch(file, opening, said, given))
    return _joined(front, given, opening, said), problems


def _says_below(file: SourceFile, headings: list[SourceHeading], given: HeadingText) -> bool:
    """True where the second heading, directly below the first, says what the file as a whole is."""
    if len(headings) < 2 or not given.number or not _is_blank(file, headings[0].text_line, headings[1].line):
        return False
    said = read_heading(headings[1].words)
    return said is not None and _same(said, given)


def _joined(
    front: FrontMatter, given: HeadingText, opening: SourceHeading | None, said: HeadingText | None
) -> _Head:
    """The head of a file with a number or role of its own; its first heading may give the title."""
    if opening is None:
        return _Head(None, given)
    if said and said.kind == "matter" and given.number:  # `number: 1` over `# Introduction`
        said = HeadingText(given.kind, given.number, said.title)
    if said is None and (opening.level == 1 or not front.get("title")):
        said = HeadingText(given.kind, given.number, opening.words, given.role)
    if said and _same(said, given):
        title = said.title or front.get("title")
        return _Head(opening, HeadingText(given.kind, given.number, title, given.role, given.worded))
    return _Head(None, given)


def _agrees(said: HeadingText, given: HeadingText) -> bool:
    """True where heading and file name say one thing: `01-introduction.md` is a chapter `# Introduction`."""
    numbered = given.number is not None and said.kind == "matter"
    return _same(said, given) or (numbered and role_of(given.title) == said.role)


def _contradicts(said: HeadingText, given: HeadingText) -> bool:
    """True for a heading `4.3` in a file of number 4.2; `4.2.1` there is only the first section below."""
    if said.number is None or given.number is None or said.number == given.number:
        return False
    return said.number.parts[: given.number.depth] != given.number.parts


def _mismatch(file: SourceFile, opening: SourceHeading, said: HeadingText, given: HeadingText) -> Problem:
    message = f"the heading says {said.number}, the front matter {given.number}; the heading was taken"
    where = file.at(opening.line)
    return warning("number-mismatch", message, where, hint="delete one of the two", subject=str(said.number))


def _titled(front: FrontMatter, opening: SourceHeading | None, said: HeadingText | None) -> _Head:
    """The head of a file with a title in front matter but no number; `_with_titles` gives it a meaning."""
    if opening and said is None and opening.level == 1:
        return _Head(opening, HeadingText("stray", None, opening.words))
    return _Head(None, HeadingText("stray", None, front.get("title")))


def _same(said: HeadingText, given: HeadingText) -> bool:
    return (said.number, said.role) == (given.number, given.role)


def _holds_others(headings: list[SourceHeading], given: HeadingText) -> bool:
    """True for a file like `2-notes.md` whose headings number other chapters: its name only sorts it.

    Below its highest two levels, `#### 12 things to do` numbers no chapter.
    """
    highest = min((heading.level for heading in headings), default=1)
    texts = (read_heading(heading.words) for heading in headings if heading.level <= highest + 1)
    read = [text for text in texts if text and text.number]
    return bool(read) and all(text.number and text.number.chapter != given.number for text in read)


def _is_blank(file: SourceFile, first: int, before: int) -> bool:
    return not any(line.strip() for line in file.lines[first - 1 : before - 1])


def _divide(
    file: SourceFile, headings: list[SourceHeading], first: _Head | None
) -> tuple[list[_Head], tuple[Problem, ...]]:
    """The headings that begin a section, after the one of the file itself; the others are text."""
    heads = [first] if first else []
    problems: list[Problem] = []
    for heading in headings:
        if first and heading is first.line:
            continue
        text = read_heading(heading.words)
        if text is None and heading.level == 1:
            role = reserved(heading.words)
            if first and first.text.number and not role:  # the file as a whole has its place
                above = next(head for head in reversed(heads) if head.text.number)
                problems.append(_unnumbered(file, heading, above))
                continue
            text = HeadingText("stray", None, heading.words, role)
        around = _enclosing(heads, heading.level)
        if text and not _is_subheading(text, around):
            heads.append(_Head(heading, text))
        elif text and text.kind == "section":
            problems.append(_foreign(file, heading, text))
        elif heads and heads[-1].text.kind == "section" and heading.level <= heads[-1].level:
            problems.append(_unnumbered(file, heading, heads[-1]))
    return _with_titles(file, heads), tuple(problems)


def _enclosing(heads: list[_Head], level: int) -> _Head | None:
    """The head that a heading of this level stands below, parts aside."""
    above = next((head for head in reversed(heads) if head.level < level), None)
    return None if above is None or above.text.kind in ("part", "stray") else above


def _is_subheading(text: HeadingText, around: _Head | None) -> bool:
    """True for a heading inside a section that only looks like the heading of one.

    Below a numbered heading, `### 1 Install`, `### Part 1: Setup` and `### Notes` are steps of it, and
    `### 2.0 release` is a number of something else.
    """
    if around is None or (text.worded and text.kind != "part"):
        return False
    if text.kind == "section" and text.number:
        held = around.text.number
        return text.title[:1].islower() and (held is None or text.number.chapter != held.chapter)
    return True


def _with_titles(file: SourceFile, heads: list[_Head]) -> list[_Head]:
    """Gives headings without a number their meaning, where what stands below them has one.

    Above sections of one chapter, such a heading is the title of that chapter. Above parts, or numbered
    headings of lower levels, the first of a file is the title of the book (a stray of role `title`).
    """
    named = list(heads)
    for index, head in enumerate(heads):
        if head.text.kind != "stray" or head.text.role:
            continue
        below = _below(head, heads[index + 1 :])
        chapters = {other.text.number.chapter if other.text.number else None for other in below}
        chapter = next(iter(chapters), None)
        if chapter and len(chapters) == 1 and all(other.text.kind == "section" for other in below):
            named[index] = _Head(head.line, HeadingText("chapter", chapter, head.text.title))
        elif index == 0 and (_is_book(below, heads[1:]) or _is_above(file, heads)):
            named[index] = _Head(head.line, HeadingText("stray", None, head.text.title, "title"))
    return named


def _is_above(file: SourceFile, heads: list[_Head]) -> bool:
    """True where nothing stands between the first heading and that of a chapter or a preface beside it."""
    first, second = heads[0].line, heads[1].line if len(heads) > 1 else None
    if first is None or second is None or heads[1].text.kind not in ("chapter", "matter"):
        return False
    return _is_blank(file, first.text_line, second.line)


def _below(head: _Head, after: list[_Head]) -> list[_Head]:
    """The heads that stand under a head: up to the next one of its level or above."""
    return list(takewhile(lambda other: other.level > head.level, after))


def _is_book(below: list[_Head], rest: list[_Head]) -> bool:
    """True where the headings below, or the parts beside, make the heading above that of a whole book."""
    whole = len(below) == len(rest) and any(head.text.number for head in below)
    return whole or any(head.text.kind == "part" for head in rest)


def _unnumbered(file: SourceFile, heading: SourceHeading, above: _Head) -> Problem:
    message = (
        f"“{heading.words}” has no number; it stays in section {above.text.number}, after which it stands"
    )
    hint = f"give it a number, or make it a subheading of {above.text.number} with one # more"
    return warning("unnumbered-heading", message, file.at(heading.line), hint=hint, subject=heading.words)


def _foreign(file: SourceFile, heading: SourceHeading, text: HeadingText) -> Problem:
    message = f"“{heading.words}” may be section {text.number} or a subheading; it was left as a subheading"
    hint = "to make it a section, begin its title with a capital"
    return warning("unclear-heading", message, file.at(heading.line), hint=hint, subject=str(text.number))


def _sections(
    file: SourceFile, front: FrontMatter, first: _Head | None, heads: list[_Head]
) -> tuple[Section, ...]:
    lines = file.lines
    sections: list[Section] = []
    starts = [head.line.line if head.line else front.body_line for head in heads]
    above: int | None = None  # the line from which on text that goes with it stands above a heading
    if not heads or starts[0] > front.body_line:
        text, text_line, last = body(lines, front.body_line, (starts or [len(lines) + 1])[0] - 1)
        if prints(text) and not (first and first.line and first is heads[0]):
            place = file.at(text_line)
            sections.append(Section("stray", None, "", "markdown", text, place, text_line, last))
        elif text:
            above = text_line
    for head, end in zip(heads, [*starts, len(lines) + 1][1:], strict=True):
        begin = head.line.text_line if head.line else front.body_line
        if above is not None and head.line:  # definitions and comments go with the section below them
            lines[head.line.line - 1 : begin - 1] = [""] * (begin - head.line.line)
            begin, above = above, None
        text, text_line, last = body(lines, begin, end - 1)
        if head.text.role == "title" and head is not heads[-1] and not prints(text):
            above = text_line if text else None
            text, last = "", begin - 1
        is_first = head is first
        sections.append(
            Section(
                head.text.kind,
                head.text.number,
                head.text.title,
                "markdown",
                text,
                file.at(head.line.line if head.line else None),
                text_line,
                max(last, head.line.text_line - 1 if head.line else 1),
                role=head.text.role,
                anchor=(head.line.anchor if head.line else "") or (front.get("id") if is_first else ""),
                settings=front.settings if is_first else {},
                medium=head.line.medium if head.line else "",
            )
        )
    if not first and sections and front.settings:
        sections[0] = dataclasses.replace(sections[0], settings=front.settings)
    return tuple(sections)
