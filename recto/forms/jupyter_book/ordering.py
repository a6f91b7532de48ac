"""The order of a Jupyter Book: `_toc.yml`, or `project: toc` of myst.yml.

https://jupyterbook.org/v1/structure/toc.html, https://mystmd.org/guide/table-of-contents: the root opens the
book, without a number; parts hold chapters, chapters hold sections. Notebooks are read, and not run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath

from recto.forms.folder import BookFolder
from recto.forms.list_files import elsewhere, matching, names, said, table, words, yaml_list
from recto.forms.markdown.book_facts import facts_of
from recto.forms.order import Order, OrderLine, counted
from recto.problems import Place, Problem, warning

_TOC, _CONFIG, _MYST = "_toc.yml", "_config.yml", "myst.yml"
_TEXTS = (".md", ".ipynb")
_DEEPEST = 8  # levels of a list, as many as a number has
Table = Mapping[str, object]


def order(folder: BookFolder) -> Order | None:
    """The order of a folder that is a Jupyter Book, or a book of MyST's; None for any other."""
    if folder.holds(_TOC):
        data, problems = yaml_list(folder, _TOC)
        facts, more = yaml_list(folder, _CONFIG) if folder.holds(_CONFIG) else ({}, ())
        if not problems and not (data.get("root") or data.get("file")):
            return None
        reader = _TocReader(folder, Place(folder.shown(_TOC)))
        lines = tuple(reader.book(data))
        author = facts.get("author")
        book = said(title=words(facts, "title"), authors=names(author), language=words(facts, "language"))
        return _made(lines, "a Jupyter Book", _TOC, book, (*problems, *more, *reader.problems))
    data, problems = yaml_list(folder, _MYST) if folder.holds(_MYST) else ({}, ())
    project = table(data, "project")
    listed = project.get("toc")
    if not isinstance(listed, list):
        return None
    reader = _TocReader(folder, Place(folder.shown(_MYST)))
    lines = tuple(reader.project(listed))
    book = said(
        title=words(project, "title"),
        authors=names(project.get("authors") or project.get("author")),
        description=words(project, "description"),
        date=facts_of({"date": str(project.get("date") or "")}).get("date"),
    )
    return _made(lines, "a book of MyST’s", _MYST, book, (*problems, *reader.problems))


def _made(
    lines: tuple[OrderLine, ...],
    what: str,
    name: str,
    book: Mapping[str, object],
    problems: tuple[Problem, ...],
) -> Order:
    return Order(
        lines, f"this is {what}: {counted(lines)} listed in {name}", book, (name,), problems=problems
    )


@dataclass(slots=True)
class _TocReader:
    """Reads lists of both kinds; `problems` are what they name that is no text."""

    folder: BookFolder
    place: Place
    problems: list[Problem] = field(default_factory=list)

    def book(self, data: Table) -> Iterator[OrderLine]:
        """The lines of `_toc.yml`."""
        yield from self._file(data.get("root") or data.get("file"), "", 1, numbered=False)
        for part in _tables(data.get("parts")):
            yield OrderLine("", words(part, "caption"), self.place, "part")
            yield from self._chapters(part.get("chapters") or part.get("sections"), 1)
        yield from self._chapters(data.get("chapters") or data.get("sections"), 1)

    def project(self, listed: list[object]) -> Iterator[OrderLine]:
        """The lines of `toc` in myst.yml: the first file is the root; a title without a file is a part."""
        first = True
        for each in _tables(listed):
            if pattern := words(each, "pattern"):
                yield from self._matching(pattern, 1, listed)
            elif address := words(each, "url"):
                self.problems.append(elsewhere(words(each, "title") or address, self.place))
            elif each.get("file"):
                yield from self._file(each.get("file"), words(each, "title"), 1, numbered=not first)
                yield from self._chapters(each.get("children"), 2)
            else:
                yield OrderLine("", words(each, "title"), self.place, "part")
                yield from self._chapters(each.get("children"), 1)
            first = False

    def _chapters(self, listed: object, depth: int) -> Iterator[OrderLine]:
        for each in _tables(listed) if depth <= _DEEPEST else ():
            if pattern := words(each, "pattern") or words(each, "glob"):
                yield from self._matching(pattern, depth, listed)
            if address := words(each, "url"):
                self.problems.append(elsewhere(words(each, "title") or address, self.place))
            yield from self._file(each.get("file"), words(each, "title"), depth)
            yield from self._chapters(each.get("sections") or each.get("children"), depth + 1)

    def _matching(self, pattern: str, depth: int, listed: object) -> Iterator[OrderLine]:
        """The files whose names fit a pattern, in their order, but for those that are listed by name."""
        others = {normpath(str(each["file"])) for each in _tables(listed) if each.get("file")}
        for name in matching(self.folder, pattern, _TEXTS):
            if name not in others and name.rpartition(".")[0] not in others:
                yield OrderLine(name, "", self.place, depth=depth)

    def _file(self, name: object, title: str, depth: int, *, numbered: bool = True) -> Iterator[OrderLine]:
        if not isinstance(name, str) or not name.strip():
            return
        path = normpath(name.strip())
        found = next(
            (path + end for end in ("", ".md", ".ipynb") if self.folder.holds(path + end)), path + ".md"
        )
        if found.endswith((".md", ".ipynb")) and (self.folder.holds(found) or not self._is_rst(path)):
            yield OrderLine(found, title, self.place, depth=depth, numbered=numbered)
            return
        other = found if self.folder.holds(found) else f"{path}.rst"
        message = f"{other} is no Markdown, and not in the book"
        hint = "save it as Markdown: rst-to-myst"
        self.problems.append(warning("unread-file", message, self.place, hint=hint, subject=other))

    def _is_rst(self, path: str) -> bool:
        return self.folder.holds(f"{path}.rst")


def _tables(listed: object) -> Iterator[Table]:
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            yield {str(key): value for key, value in each.items()}
