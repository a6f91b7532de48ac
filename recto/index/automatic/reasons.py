"""What speaks for a heading of the machine's, in sentences for its author: `defined in 3.2`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from recto.index.automatic.candidate import Candidate

_MOST_NAMED = 3  # sections in a sentence
_MOST_NAMES = 0.5  # the share of capitals above which a word is written as a name

Label = Callable[[int], str]


def reasons(candidate: Candidate, form: str, other: str, label: Label) -> Iterator[str]:
    """What speaks for a candidate, roughly the weightiest first.

    `form` is how its heading writes it, `other` its other form, short or long, "" where it has none; `label`
    names a section.
    """
    places: tuple[tuple[Collection[int], str, str], ...] = (
        (candidate.titles, "in the title of", "in the titles of"),
        (candidate.subtitles, "in an unnumbered heading in", "in unnumbered headings in"),
        (_definition(candidate), "defined in", "defined in"),
        (candidate.apart, "set apart from the text around it in", "set apart from the text around it in"),
        (candidate.captions, "in a caption in", "in captions in"),
    )
    for sections, one, several in places:
        if sections:
            yield f"{one if len(sections) == 1 else several} {_sections(sections, label)}"
    if other:
        yield f"explained as the {'short' if len(form) < len(other) else 'long'} form of {other}"
    if kind := _kind(candidate):
        yield kind
    yield _use(candidate, label)


def _definition(candidate: Candidate) -> tuple[int, ...]:
    """The section of the sentence that defines it."""
    defined = candidate.defined
    return (defined.section,) if defined and defined.section not in candidate.apart else ()


def _kind(candidate: Candidate) -> str:
    if candidate.coded:
        return "set as code, and followed by the word for its kind"
    if candidate.code > candidate.count / 2:
        return "set as code"
    is_name = candidate.names > _MOST_NAMES * max(1, candidate.count - candidate.openings)
    return "written as a name" if is_name else ""


def _use(candidate: Candidate, label: Label) -> str:
    """How often it is used, and where most."""
    count, most = candidate.count, candidate.most
    if not count:
        return "not used outside of headings"
    times = "once" if count == 1 else f"{count} times"
    fullest = label(candidate.fullest)
    if len(candidate.sections) == 1:
        return f"used {times}, {'in' if count == 1 else 'all in'} {fullest}"
    where = f"used {times} in {len(candidate.sections)} sections"
    return f"{where}, {most} of them in {fullest}" if most > 1 else where


def _sections(sections: Collection[int], label: Label) -> str:
    """`1.2`, `1.2 and 3`, `1.2, 3, 4.1 and 5 more`."""
    named = [label(section) for section in sorted(sections)]
    rest = len(named) - _MOST_NAMED
    if rest > 0:
        return f"{', '.join(named[:_MOST_NAMED])} and {rest} more"
    return " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
