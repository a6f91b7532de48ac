"""index.suggested.toml: the machine's headings with what speaks for them, to be made a list of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from recto.config import Config, shown
from recto.index.automatic import Found
from recto.index.choosing import refused, taken_headings
from recto.index.model import Index, Suggestion
from recto.index.places import label_of
from recto.index.prose import Prose
from recto.index.words import fold_all
from recto.problems import Place, Problem, warning

FILE_NAME = "index.suggested.toml"
_SEAL = "# Recto wrote this file, and writes it anew as long as nobody has changed it. Seal: "
_INTRODUCTION = """#
# These are headings that Recto would make, the best first, each with what speaks for it and the sections that
# treat it. Nothing of it is in the book yet. To use it:
#   1. Delete what is no term. To be rid of a heading for good, put it into `never`.
#   2. Rename headings (leave `find` as it is, or add it). Give two the same `term` to merge them.
#   3. Save the file as index.toml in the folder of book.toml, and take `automatic = "suggest"` out of that.

never = []
"""


def suggestions(candidates: Iterable[Found], book: Sequence[Prose], config: Config) -> tuple[Suggestion, ...]:
    """The machine's headings for the author to judge, without those that the list has settled already."""
    language = config.book.language
    settled = taken_headings(config, language).keys() | refused(config)
    settled |= {fold_all(term.term, language) for term in config.index.terms}
    return tuple(
        _suggestion(found, book, language)
        for found in candidates
        if not {fold_all(found.entry.term, language), fold_all(found.words, language)} & settled
    )


def _suggestion(found: Found, book: Sequence[Prose], language: str) -> Suggestion:
    sections = [book[number].section for number in dict.fromkeys(spot.section for spot in found.spots)]
    same = fold_all(found.words, language) == fold_all(found.entry.term, language)
    return Suggestion(
        found.entry.term,
        "" if same else found.words,
        tuple((label_of(section), section.heading.title) for section in sections),
        sum(share for _, share in found.reasons),
        found.reasons,
        found.entry.see[0][0] if found.entry.see else "",
    )


def suggested(index: Index, folder: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The file of suggestions by its name, to be written into a folder; none where the one that lies there
    has been edited (which is reported), for that is an author's work.
    """
    path = folder / FILE_NAME
    try:
        kept = path.is_file() and not is_untouched(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        kept = True
    if not kept:
        return {FILE_NAME: rendered(index.suggestions).encode()}, ()
    problem = warning(
        "index-suggestions-kept",
        f"{FILE_NAME} has been edited, and was left as it is",
        Place(shown(path)),
        hint="save it as index.toml in the folder of book.toml, or delete it to have it made anew",
    )
    return {}, (problem,)


def rendered(suggestions: Sequence[Suggestion]) -> str:
    """The text of index.suggested.toml: sealed, so that it can be told whether anybody has changed it."""
    body = "\n".join((_INTRODUCTION, *(_rendered(each) for each in suggestions)))
    return f"{_SEAL}{_digest(body)}\n{body}"


def is_untouched(text: str) -> bool:
    """Tell whether a file of suggestions is as Recto wrote it."""
    first, _, body = text.replace("\r\n", "\n").partition("\n")
    return first == f"{_SEAL}{_digest(body)}"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _rendered(suggestion: Suggestion) -> str:
    lines = []
    if not suggestion.see:
        reasons = ", ".join(
            f"{name} {share:+.1f}" for name, share in suggestion.reasons[:6] if abs(share) >= 0.05
        )
        lines.append(f"# {suggestion.score:.1f}: {reasons}")
        lines += [
            f"#   {label} {title if title != label else ''}".rstrip() for label, title in suggestion.sections
        ]
    lines += ["[[terms]]", f"term = {_quoted(suggestion.heading)}"]
    if suggestion.see:
        lines.append(f"see = [{_quoted(suggestion.see)}]")
    if suggestion.words:
        lines.append(f"find = [{_quoted(suggestion.words)}]")
    if suggestion.sections:
        lines.append(f"sections = [{', '.join(_quoted(label) for label, _ in suggestion.sections)}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON's escapes are among those of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
