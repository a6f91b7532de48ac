"""Titles of chapters: the manuscript's, book.toml's, or inferred where section titles leave no doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from recto.collate.assembly import Shelf
from recto.numbering import Number
from recto.problems import Place, Problem, error, warning
from recto.settings.config import Config

_FEWEST_SECTIONS = 4  # below, titles share a word by chance
_SHARE = 0.8  # of the section titles must have the phrase
_ELSEWHERE = 0.1  # of the other chapters may speak of it in a section title
_LONGEST = 4  # words
_FEW = 3  # untitled chapters are named one by one; more of them in one warning
_COUNT = r"\d+|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten"
# Titles are looked through for every chapter, and under --watch at every build: `lru_cache`
_WORD = re.compile(r"[^\W_](?:[\w’'.&/+@#-]*[\w+#])?")
_SMALL = frozenset(
    "a an the and or of for in on to with from by at as is are vs your our its how why what when where who "
    "der die das den dem des ein eine und oder von für im in am zu mit aus bei als wie was warum wann "
    "le la les l un une des du de et ou en dans pour sur avec par comment pourquoi".split()
)


def titles_of(
    shelves: Sequence[Shelf], config: Config, placed: Mapping[Number, str]
) -> tuple[dict[str, str], list[Problem]]:
    """Titles by the keys of shelves where they are not the manuscript's own, with their problems."""
    titles = {str(number): title for number, title in placed.items()}
    problems = []
    for name, title in config.chapters.items():
        key = name.strip().upper() if len(name.strip()) == 1 else name.strip()
        if any(key == shelf.key for shelf in shelves):
            titles[key] = title
        else:
            problems.append(_unused(name, config))
    for shelf in shelves:
        if not shelf.number and not shelf.title and shelf.key not in titles:
            words = " ".join(shelf.role.split("-"))
            titles[shelf.key] = words[:1].upper() + words[1:]
    untitled = [shelf for shelf in shelves if shelf.number and not titles.get(shelf.label, shelf.title)]
    inferred = _without_doubles({shelf.label: infer(shelf, shelves) for shelf in untitled})
    nameless = [shelf for shelf in untitled if not inferred[shelf.label]]
    problems += (
        [_untitled(shelf) for shelf in nameless] if len(nameless) <= _FEW else [_many_untitled(nameless)]
    )
    for shelf in untitled:
        if title := inferred[shelf.label]:
            titles[shelf.label] = title
            problems.append(_inferred(shelf, title))
    return titles, problems


def infer(shelf: Shelf, shelves: Sequence[Shelf]) -> str:
    """The phrase that names a chapter: shared by nearly all its section titles, and a name in its text.

    Conservative: "" where two phrases could be it, where too few sections have it, where other chapters
    speak of it too, or where it is a common word (`Using`, `Day`) rather than a name; a wrong title is worse
    than none.
    """
    titles = tuple(_section_titles(shelf))
    if len(titles) < _FEWEST_SECTIONS:
        return ""
    phrase, title = _shared(titles, "\n".join(piece.section.text for piece in shelf.sections))
    return "" if not title or _is_everywhere(phrase, shelf, shelves) else title


@lru_cache(maxsize=2048)
def _shared(titles: tuple[str, ...], text: str) -> tuple[tuple[str, ...], str]:
    """The phrase that section titles share and that is a name in their text, as stems and as a title; ""."""
    spread: Counter[tuple[str, ...]] = Counter()
    forms: dict[tuple[str, ...], Counter[str]] = {}
    for title in titles:
        seen = set()
        for phrase in _phrases(title):
            key = tuple(_stem(word) for word in phrase)
            forms.setdefault(key, Counter())[" ".join(phrase)] += 1
            seen.add(key)
        spread.update(seen)
    common = [key for key, count in spread.items() if count >= _SHARE * len(titles)]
    names = [key for key in common if any(_is_name(word, text) for word in _best(forms[key]).split())]
    longest = [key for key in names if not any(_holds(other, key) for other in names if other != key)]
    if len(longest) != 1:
        return (), ""
    title = _best(forms[longest[0]])
    counted = sum(bool(re.search(rf"\b{re.escape(title)}\s+(?:{_COUNT})\b", other, re.I)) for other in titles)
    if counted * 2 >= len(titles):  # `Day 1`, `Day 2`: the word counts the sections, it does not name them
        return (), ""
    return longest[0], title[:1].upper() + title[1:] if title.islower() else title


def _section_titles(shelf: Shelf) -> list[str]:
    return [
        piece.title for piece in shelf.sections if piece.number and piece.number.depth == 2 and piece.title
    ]


def _is_everywhere(phrase: tuple[str, ...], shelf: Shelf, shelves: Sequence[Shelf]) -> bool:
    """True where the section titles of too many other chapters have the phrase as well."""
    others = [other for other in shelves if other is not shelf and other.number]
    found = sum(any(phrase in _stems(title) for title in _section_titles(other)) for other in others)
    return found > max(1, _ELSEWHERE * len(others))


def _without_doubles(titles: dict[str, str]) -> dict[str, str]:
    """Two chapters of one title would be worse than two without."""
    counts = Counter(titles.values())
    return {label: title if counts[title] == 1 else "" for label, title in titles.items()}


@lru_cache(maxsize=65536)
def _phrases(title: str) -> tuple[tuple[str, ...], ...]:
    """Runs of up to four words that begin and end with a word of weight and cross no comma or colon."""
    found = []
    for clause in re.split(r"[,:;()]|\s[—–-]\s", title):
        words = _WORD.findall(clause)
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                ends = (words[start], words[end - 1])
                if all(word.casefold() not in _SMALL and not word.isdecimal() for word in ends):
                    found.append(tuple(words[start:end]))
    return tuple(found)


@lru_cache(maxsize=65536)
def _stems(title: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a title without their plurals."""
    return frozenset(tuple(_stem(word) for word in phrase) for phrase in _phrases(title))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A word without its plural: `AMIs` and `AMI` are one."""
    if re.fullmatch(r"[A-Z\d]{2,}s", word):
        return word[:-1].casefold()
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def _best(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    width = len(shorter)
    return any(longer[i : i + width] == shorter for i in range(len(longer) - width + 1))


def _is_name(word: str, text: str) -> bool:
    """True for `DynamoDB`, `S3`, `CDK`, and for a word that the text capitalises in mid-sentence."""
    if re.search(r"\w[A-Z]", word) or (re.search(r"[A-Z]", word) and re.search(r"\d", word)):
        return True
    inside: list[str] = [found[1] for found in re.finditer(rf"[\w,;] ({re.escape(word)})\b", text, re.I)]
    capital = sum(found[:1].isupper() for found in inside)
    return capital >= 3 and capital >= 0.9 * len(inside)


def _place(shelf: Shelf) -> Place:
    return shelf.first.place


def _name(shelf: Shelf) -> str:
    return f"{'appendix' if shelf.kind == 'appendix' else 'chapter'} {shelf.label}"


def _unused(name: str, config: Config) -> Problem:
    message = f"[chapters] gives “{name}” a title, but there is no chapter {name}"
    return error("setting-unused", message, config.place_of("chapters", name))


def _inferred(shelf: Shelf, title: str) -> Problem:
    message = f"{_name(shelf)} has no title; “{title}” was taken, which its sections share"
    hint = f'to keep or change it, write in book.toml under [chapters]: "{shelf.label}" = "{title}"'
    return warning("chapter-title-inferred", message, _place(shelf), hint=hint, subject=shelf.label)


def _untitled(shelf: Shelf) -> Problem:
    message = f"{_name(shelf)} has no title"
    hint = f'write in book.toml under [chapters]: "{shelf.label}" = "…"'
    return warning("chapter-untitled", message, _place(shelf), hint=hint, subject=shelf.label)


def _many_untitled(shelves: Sequence[Shelf]) -> Problem:
    labels = _ranges([shelf.label for shelf in shelves])
    first = _name(shelves[0]).capitalize()
    message = f"{len(shelves)} chapters have no title ({labels}); they are set as “{first}” and so on"
    hint = 'if that is not meant, write in book.toml under [chapters]: "1" = "…"'
    return warning("chapter-untitled", message, _place(shelves[0]), hint=hint, subject="several")


def _ranges(labels: Sequence[str]) -> str:
    """`1–6, 8, A`: labels in order, rows of numbers joined."""
    rows: list[list[str]] = []
    for label in labels:
        if rows and label.isdecimal() and rows[-1][-1].isdecimal() and int(label) == int(rows[-1][-1]) + 1:
            rows[-1].append(label)
        else:
            rows.append([label])
    return ", ".join(row[0] if len(row) == 1 else f"{row[0]}–{row[-1]}" for row in rows)
