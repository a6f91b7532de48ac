"""book.json: where the text of a HonKit book lies, how its files are called, and what is said of the book.

https://honkit.netlify.app/config.html, https://honkit.netlify.app/structure.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath

from recto.forms.folder import BookFolder
from recto.forms.list_files import json_list, names, picture, said, table, words
from recto.problems import Place, Problem, warning

FILES = ("book.json", "honkit.json")
_PROGRAM = "book.js"
_TEXT = re.compile(
    r"^[ \t{,]*[\"']?(?P<key>[a-z]+)[\"']?[ \t]*:[ \t]*(?P<q>[\"'`])(?P<words>[^\"'`\n]{1,500})(?P=q)", re.M
)
_LANGUAGES = "LANGS.md"  # lists a folder for each language that the book is in
_FOLDER = re.compile(r"\[[^\]]*\]\((?:\./)?(?P<folder>[\w.-]+)/?\)")
_COVER = "cover.jpg"  # by this name, in the book's folder


@dataclass(frozen=True, slots=True)
class HonKitSettings:
    """`name` is the file of settings, "" without one; `variables` are those of `{{ book.x }}`.

    `languages` are the folders of a book in several; the first of them is its root.
    """

    name: str = ""
    root: str = ""
    summary: str = "SUMMARY.md"
    readme: str = "README.md"
    book: Mapping[str, object] = field(default_factory=dict)
    variables: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    languages: tuple[str, ...] = ()


def settings(folder: BookFolder) -> HonKitSettings:
    """The settings of a folder, or the defaults."""
    name = next((name for name in FILES if folder.holds(name)), "")
    languages = _languages(folder)
    if not name and folder.holds(_PROGRAM):
        return _of_program(folder, languages)
    if not name:
        root = languages[0] if languages else ""
        return HonKitSettings(root=root, languages=languages, book=said(cover=picture(folder, _COVER)))
    data, problems = json_list(folder, name)
    structure = table(data, "structure")
    facts = said(
        title=words(data, "title"),
        authors=names(data.get("author") or data.get("authors")),
        language=words(data, "language"),
        description=words(data, "description"),
        isbn=words(data, "isbn"),
        cover=picture(folder, words(data, "cover"), _COVER),
    )
    root = normpath(words(data, "root") or (languages[0] if languages else "."))
    return HonKitSettings(
        name,
        "" if root == "." else root,
        words(structure, "summary") or "SUMMARY.md",
        words(structure, "readme") or "README.md",
        facts,
        table(data, "variables"),
        problems,
        languages,
    )


def _of_program(folder: BookFolder, languages: tuple[str, ...]) -> HonKitSettings:
    """The settings of book.js, which is not run: what is a plain text in it counts.

    https://honkit.netlify.app/config.html: it may take the place of book.json.
    """
    file, problems = folder.text(_PROGRAM)
    found = {text["key"]: text["words"] for text in _TEXT.finditer(file.text)} if file else {}
    facts = {key: found.get(key) for key in ("title", "author", "language", "description", "isbn")}
    book = said(**{**facts, "author": None}, authors=names(facts["author"]), cover=picture(folder, _COVER))
    root = normpath(found.get("root") or (languages[0] if languages else "."))
    message = f"{_PROGRAM} is a program and was not run: only the plain texts in it were read"
    hint = "write title, authors and language in book.toml under [book]"
    place = Place(folder.shown(_PROGRAM))
    told = warning("unread-file", message, place, hint=hint, subject=_PROGRAM)
    return HonKitSettings(
        _PROGRAM, "" if root == "." else root, book=book, problems=(*problems, told), languages=languages
    )


def _languages(folder: BookFolder) -> tuple[str, ...]:
    """The folders of a book in several languages, as far as they hold a book.

    https://honkit.netlify.app/languages.html: each is a book of its own.
    """
    file = folder.text(_LANGUAGES)[0] if folder.holds(_LANGUAGES) else None
    named = _FOLDER.findall(file.text) if file else ()
    return tuple(each for each in named if folder.holds(join(each, "SUMMARY.md")))


def below(root: str, name: str) -> str:
    """The path of a file below the root of the text."""
    return normpath(join(root, name))
