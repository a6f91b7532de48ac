"""Works in CSL's form, JSON or YAML, as entries of BibTeX: what Zotero and Pandoc write.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types and -iv-variables,
https://pandoc.org/MANUAL.html#specifying-bibliographic-data
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recto.forms.list_files import words
from recto.notations.json_text import read_json
from recto.notations.yaml_text import read_yaml

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

_LONGEST = 20_000_000  # characters of a file
_KINDS = {
    "book": "book", "chapter": "incollection", "entry": "incollection", "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings", "thesis": "phdthesis", "report": "techreport",
    "article": "article", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "review": "article",
}  # fmt: skip
_FIELDS = {
    "title": "title", "publisher": "publisher", "publisher-place": "address", "volume": "volume",
    "issue": "number", "page": "pages", "edition": "edition", "DOI": "doi", "URL": "url", "note": "note",
    "collection-title": "series", "ISBN": "isbn",
}  # fmt: skip
_PARTICLES = ("dropping-particle", "non-dropping-particle")
_TAG = re.compile(r"</?(?:i|b|em|strong|sc|sup|sub|span)\b[^<>]*>")
_LATEX = re.compile(r"[\\{}$&#%_~^]")
_YEAR = re.compile(r"\d{4}")


def csl_entries(text: str, *, is_json: bool) -> dict[str, Entry]:
    """The entries of such a file by their keys. Raises ValueError for a text that can't be read."""
    data = read_json(text[:_LONGEST]) if is_json else read_yaml(text[:_LONGEST])
    return dict(entries_of(data))


def entries_of(data: object) -> Iterator[tuple[str, Entry]]:
    """The entries of a list of works, or of a table that holds one under `references` or `items`."""
    if isinstance(data, dict):
        data = data.get("references") or data.get("items")
    for item in data if isinstance(data, list) else ():
        key = str(item.get("id") or "") if isinstance(item, dict) else ""
        if key:
            yield key, _entry(item)


def _entry(item: Mapping[str, object]) -> Entry:
    from pybtex.database import Entry  # loads pybtex, where there are works

    kind = _KINDS.get(words(item, "type"), "misc")
    fields = {ours: _latex(item[name]) for name, ours in _FIELDS.items() if _is_said(item.get(name))}
    if "title" in fields:
        fields["title"] = f"{{{fields['title']}}}"  # in the case that it is written in
    if _is_said(item.get("container-title")):
        fields["journal" if kind == "article" else "booktitle"] = _latex(item["container-title"])
    if kind in ("phdthesis", "techreport") and "publisher" in fields:
        fields["school" if kind == "phdthesis" else "institution"] = fields.pop("publisher")
    if year := _year(item.get("issued")):
        fields["year"] = year
    people = {role: list(_people(item.get(role))) for role in ("author", "editor")}
    return Entry(kind, fields=fields, persons={role: each for role, each in people.items() if each})


def _is_said(value: object) -> bool:
    return isinstance(value, (str, int)) and bool(str(value).strip())


def _latex(value: object) -> str:
    """Plain text, with such tags as CSL allows taken out, as BibTeX writes it."""
    plain = " ".join(_TAG.sub("", str(value)).split())
    signs = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return _LATEX.sub(lambda sign: signs.get(sign[0], f"\\{sign[0]}"), plain)


def _people(given: object) -> Iterator[Person]:
    from pybtex.database import Person

    for each in given if isinstance(given, list) else ():
        if isinstance(each, str) or not isinstance(each, dict):
            yield Person(last=f"{{{_latex(each)}}}")
        elif name := words(each, "literal") or words(each, "family"):
            before = " ".join(words(each, key) for key in _PARTICLES if words(each, key))
            first, after = words(each, "given"), words(each, "suffix")
            yield Person(first=_latex(first), prelast=before, last=f"{{{_latex(name)}}}", lineage=after)


def _year(issued: object) -> str:
    """The year of a date, however it is given: parts, a text, a table with one of them."""
    if isinstance(issued, dict):
        issued = issued.get("date-parts") or issued.get("year") or issued.get("raw") or issued.get("literal")
    while isinstance(issued, list):
        issued = issued[0] if issued else ""
    if isinstance(issued, dict):
        issued = issued.get("year")
    found = _YEAR.search(str(issued or ""))
    return found[0] if found else str(issued or "").strip()
