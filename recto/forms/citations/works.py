"""Works out of BibTeX, BibLaTeX and CSL files; how each is named in the text and set in the bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recto.forms.citations.csl_data import csl_entries, entries_of
from recto.forms.folder import BookFolder
from recto.problems import Problem, warning

if TYPE_CHECKING:
    from pybtex.database import Entry

_MOST = 50_000  # works
# BibLaTeX's kinds and fields by the names that BibTeX has for them
_KINDS = {
    "online": "misc", "electronic": "misc", "www": "misc", "software": "misc", "dataset": "misc",
    "thesis": "phdthesis", "report": "techreport", "mvbook": "book", "collection": "book",
    "bookinbook": "inbook", "incollection": "incollection", "reference": "book", "periodical": "misc",
    "conference": "inproceedings", "manual": "manual",
}  # fmt: skip
_FIELDS = {
    "journaltitle": "journal", "location": "address", "maintitle": "booktitle", "institution": "school",
    "organisation": "organization",
}  # fmt: skip
_UNDATED = "n.d."
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work: its key, who made it and when, as the text names them; `entry` is as its file has it."""

    key: str
    by: str
    year: str
    entry: Entry

    @property
    def title(self) -> str:
        """Its title as text, "" for none."""
        return _plain(self.entry.fields.get("title", ""))

    @property
    def anchor(self) -> str:
        """The id of its entry."""
        return "ref-" + re.sub(r"[^\w-]+", "-", self.key)


def read_works(
    folder: BookFolder, names: Iterable[str], given: Iterable[Mapping[str, object]] = ()
) -> tuple[Mapping[str, CitedWork], tuple[Problem, ...]]:
    """The works of some files of a folder, by their keys; of two with one key the first counts.

    `given` are tables with works of CSL's form, as front matter may hold them.
    """
    works: dict[str, CitedWork] = {}
    problems: list[Problem] = []
    for name in names:
        file, faults = folder.text(name)
        problems += faults
        if file is None:
            continue
        entries, found = _entries(file.text, name)
        if found:
            message = f"this list of works can't be read as a whole: {found}"
            hint = "mend the entry; those that could be read are known"
            problems.append(warning("works-unreadable", message, file.at(None), hint=hint, subject=name))
        for key, entry in list(entries.items())[:_MOST]:
            works.setdefault(key, _work(key, entry))
    for data in given:
        for key, entry in entries_of(data):
            works.setdefault(key, _work(key, entry))
    return works, tuple(problems)


def _entries(text: str, name: str) -> tuple[Mapping[str, Entry], str]:
    """The entries of a file, and what kept others from being read, "" for nothing."""
    from pybtex import errors  # loads pybtex, where there are such files
    from pybtex.database import parse_string

    if not name.endswith(".bib"):
        try:
            return csl_entries(text, is_json=name.endswith(".json")), ""
        except (ValueError, RecursionError) as fault:
            return {}, str(fault)
    with errors.capture() as found:
        entries = parse_string(text, "bibtex").entries
    return entries, str(found[0]) if found else ""


def _work(key: str, entry: Entry) -> CitedWork:
    for name, plain in _FIELDS.items():
        if name in entry.fields and plain not in entry.fields:
            entry.fields[plain] = entry.fields[name]
    found = _YEAR.search(entry.fields.get("year", "") or entry.fields.get("date", ""))
    year = found[0] if found else entry.fields.get("year", "") or _UNDATED
    entry.fields["year"] = year
    entry.type = _KINDS.get(entry.type.casefold(), entry.type)
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_plain(" ".join((*person.prelast_names, *person.last_names))) for person in people]
    return CitedWork(key, _joined(names) or _plain(entry.fields.get("title", key)), year, entry)


def _plain(words: str) -> str:
    """What LaTeX writes, as text; what pybtex can't read (braces that don't match) without its braces."""
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text

    try:
        return str(Text.from_latex(words))
    except (PybtexError, ValueError, RecursionError):
        return re.sub(r"[{}]|\\(?=[{}&%$#_])", "", words)


def _joined(names: Sequence[str]) -> str:
    names = ["et al." if name == "others" else name for name in names]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " ".join(names) if names[-1:] == ["et al."] else " and ".join(names)


def told_apart(works: Iterable[CitedWork]) -> Mapping[str, str]:
    """The year of each work by its key, with letters for those of one year by the same people."""
    alike: dict[tuple[str, str], list[CitedWork]] = {}
    for work in works:
        alike.setdefault((work.by, work.year), []).append(work)
    years: dict[str, str] = {}
    for (_, year), group in alike.items():
        ordered = sorted(group, key=lambda work: work.title.casefold())
        for number, work in enumerate(ordered):
            years[work.key] = year + (_letter(number) if len(group) > 1 else "")
    return years


def _letter(number: int) -> str:
    more, last = divmod(number, 26)
    return (_letter(more - 1) if more else "") + chr(ord("a") + last)


def by_name(works: Iterable[CitedWork]) -> list[CitedWork]:
    """Works in the order of a bibliography."""
    return sorted(works, key=lambda work: (work.by.casefold(), work.year, work.title.casefold(), work.key))


def set_entry(work: CitedWork, year: str) -> str:
    """A work as Markdown, on one line; what its kind asks for and it lacks is left out."""
    from pybtex.exceptions import PybtexError
    from pybtex.plugin import find_plugin

    style: Any = find_plugin("pybtex.style.formatting", "plain")()
    backend: Any = find_plugin("pybtex.backends", "markdown")()
    work.entry.fields["year"] = year
    work.entry.persons.setdefault("author", work.entry.persons.get("editor", []))
    for kind in (work.entry.type, "misc"):
        work.entry.type = kind
        try:
            (made,) = style.format_entries([work.entry])
        except (AttributeError, PybtexError, ValueError, RecursionError):
            continue
        return " ".join(made.text.render(backend).split())
    return _plain(f"{work.by}. {work.entry.fields.get('title', '')}. {year}.")
