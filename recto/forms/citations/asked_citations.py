"""What a book says of its citations: lists of works, works that it names nowhere, and the style.

https://pandoc.org/MANUAL.html#citations, https://quarto.org/docs/authoring/citations.html. Of a style file
of CSL its class and format are read: notes, numbers, or author and year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Literal

from recto.forms.folder import BookFolder
from recto.forms.list_files import yaml_list
from recto.forms.markdown.front_matter import read_front_matter
from recto.forms.source_file import SourceFile

Manner = Literal["author-year", "notes", "numbers"]
_SETTINGS = ("_quarto.yml", "_quarto.yaml", "metadata.yaml", "_output.yml")
_ENDINGS = (".bib", ".json", ".yaml", ".yml")
_KEY = re.compile(r"@(\*|[^\s,;\[\]@\"']+)")
_NOTES = re.compile(r'<style\b[^>]*\bclass="note"|citation-format="note"')
_NUMBERS = re.compile(r'citation-format="(?:numeric|label)"')
_CALLED_NOTES = re.compile(r"note|footnote|oscola|bluebook|mhra", re.I)
_CALLED_NUMBERS = re.compile(
    r"ieee|vancouver|nature|numeric|acm-|american-medical|springer-basic|science\b", re.I
)


@dataclass(frozen=True, slots=True)
class AskedCitations:
    """`lists` are files of works, `also` keys of those that are listed without being cited (`*`: all)."""

    lists: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    manner: Manner = "author-year"
    works: tuple[Mapping[str, object], ...] = ()


def asked(files: Mapping[str, SourceFile], folder: BookFolder) -> AskedCitations:
    """What settings and front matter ask for; every `.bib` file of the folder is a list of works."""
    said = list(_said(files, folder))
    named = [normpath(join(below, name)) for below, data in said for name in _texts(data.get("bibliography"))]
    bibs = [name for name in folder.everything() if name.endswith(".bib")]
    also = [key for _, data in said for text in _texts(data.get("nocite")) for key in _KEY.findall(text)]
    styles = [normpath(join(below, name)) for below, data in said for name in _texts(data.get("csl"))]
    return AskedCitations(
        tuple(
            dict.fromkeys(name for name in (*named, *bibs) if name.endswith(_ENDINGS) and folder.holds(name))
        ),
        tuple(dict.fromkeys(key.rstrip(".,") or key for key in also)),
        _manner(styles[0], folder) if styles else "author-year",
        tuple({"references": data["references"]} for _, data in said if data.get("references")),
    )


def _said(files: Mapping[str, SourceFile], folder: BookFolder) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The settings of the book, then those of each file, with the folder that they are in."""
    for name in _SETTINGS:
        if folder.holds(name):
            yield "", yaml_list(folder, name)[0]
    for name, file in files.items():
        yield dirname(name), read_front_matter(file)[0].settings


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each.strip() for each in values if isinstance(each, str) and each.strip()]


def _manner(name: str, folder: BookFolder) -> Manner:
    """How a style cites: what its file says, or its name where the file is not there."""
    file = folder.text(name)[0] if folder.holds(name) else None
    if file is not None:
        return (
            "notes"
            if _NOTES.search(file.text)
            else "numbers"
            if _NUMBERS.search(file.text)
            else "author-year"
        )
    called = name.rpartition("/")[2]
    if _CALLED_NOTES.search(called):
        return "notes"
    return "numbers" if _CALLED_NUMBERS.search(called) else "author-year"
