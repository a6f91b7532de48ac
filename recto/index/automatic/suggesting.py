"""index.suggested.toml: the machine's headings with what speaks for them, to be made a list of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from recto.door import LARGEST_SETTINGS, read
from recto.index.automatic.choosing import refused, taken_headings
from recto.index.automatic.finding import Found
from recto.index.automatic.reasons import reasons
from recto.index.index_model import Index, Suggestion
from recto.index.places import label_of, scope_of
from recto.index.reading.prose import Prose
from recto.index.reading.words import fold_all
from recto.model import Product
from recto.problems import Place, Problem, shown, warning
from recto.settings.config import Config

FILE_NAME = "index.suggested.toml"
_SEAL = "# Recto wrote this file, and writes it anew as long as nobody has changed it. Seal: "
_INTRODUCTION = """#
# These are headings that Recto would make, the best first, each with its score, what speaks for it, and the
# sections that treat it. Nothing of it is in the book yet. To use it:
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
    def label(number: int) -> str:
        return label_of(book[number].section)

    parts: dict[str, dict[str, str]] = {}
    for home in found.homes:
        section = book[home.spot.section]
        parts.setdefault(home.sub, {})[scope_of(section.section)] = section.title
    words = tuple(filter(None, (found.words, found.other)))
    same = [fold_all(each, language) for each in words] == [fold_all(found.entry.term, language)]
    return Suggestion(
        found.entry.term,
        () if same else words,
        tuple((sub, tuple(sections.items())) for sub, sections in sorted(parts.items())),
        found.score,
        tuple(reasons(found.candidate, found.words, found.other, label)) if found.candidate else (),
        found.entry.see[0][0] if found.entry.see else "",
    )


def suggested(index: Index, folder: Path) -> tuple[tuple[Product, ...], tuple[Problem, ...]]:
    """The file of suggestions, to be written into a folder; none where the one that lies there has been
    edited (which is reported), for that is an author's work.
    """
    path = folder / FILE_NAME
    try:
        kept = path.is_file() and not is_untouched(read(path, LARGEST_SETTINGS).decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        kept = True
    if not kept:
        return (Product("toml", FILE_NAME, "suggestions", rendered(index.suggestions).encode()),), ()
    problem = warning(
        "index-suggestions-kept",
        f"{FILE_NAME} has been edited, and was left as it is",
        Place(shown(path)),
        hint="save it as index.toml in the folder of book.toml, or delete it to have it made anew",
    )
    return (), (problem,)


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
    """A heading as tables of a list: one, and another for each of its subheadings."""
    if suggestion.see:
        return "\n".join((*_table(suggestion), f"see = [{_quoted(suggestion.see)}]", ""))
    lines = [f"# Score {suggestion.score:.1f}: {'; '.join(suggestion.reasons)}."]
    for sub, sections in suggestion.parts:
        lines += [f"#   {scope} {'' if title == scope else title}".rstrip() for scope, title in sections]
        lines += _table(suggestion, sub)
        lines.append(f"sections = [{', '.join(_quoted(scope) for scope, _ in sections)}]")
    return "\n".join((*lines, ""))


def _table(suggestion: Suggestion, sub: str = "") -> list[str]:
    words = suggestion.words or ((suggestion.heading,) if sub else ())
    return [
        "[[terms]]",
        f"term = {_quoted(suggestion.heading)}",
        *([f"sub = {_quoted(sub)}"] if sub else ()),
        *([f"find = [{', '.join(map(_quoted, words))}]"] if words else ()),
    ]


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON's escapes are among those of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
