"""The Jinja2 environment: templates filled in a sandbox, their faults told as problems.

Templates may come with a manuscript, so they run in the immutable sandbox: no private attributes, nothing
that changes a value. Everything put into a page is escaped unless it is `Markup`, which only galleys are;
a name that is not there is a fault, never an empty place on a page.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from markupsafe import escape

from recto.account import in_hand
from recto.compose.sandbox import Sandbox
from recto.compose.title_lines import bound
from recto.door import LARGEST_PART, read
from recto.languages import numbered
from recto.problems import Place, Problem, error, shown
from recto.store.cache import digest
from recto.theme import Theme

# the templates of a theme: name (`print/chapter.html`), file, and bytes (None where it can't be read)
_Sources = tuple[tuple[str, Path, bytes | None], ...]


class _ThemeLoader(BaseLoader):
    """Takes templates out of a theme, under their names."""

    def __init__(self, sources: _Sources) -> None:
        self._sources = {name: (path, content) for name, path, content in sources}

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template not in self._sources:
            raise TemplateNotFound(template)
        path, content = self._sources[template]
        content = read(path, LARGEST_PART) if content is None else content  # raises what is wrong
        return content.decode("utf-8").replace("\r\n", "\n"), str(path), None

    def list_templates(self) -> list[str]:
        return sorted(self._sources)


@lru_cache(maxsize=2)
def _environment(sources: _Sources) -> Sandbox:
    """Templates are compiled once for a process, as long as none of them changes."""
    environment = Sandbox(
        loader=_ThemeLoader(sources),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["bound"] = bound
    environment.filters["numbered"] = _numbered
    return environment


def _numbered(word: str, number: str) -> str:
    """A word of the book with its number, as its language has it; `number` may be marked up."""
    return numbered(escape(word), number)


def _content(path: Path) -> bytes | None:
    try:
        return read(path, LARGEST_PART)
    except OSError:
        return None


class Templates:
    """The templates of a theme, ready to be filled."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        sources = tuple((name, path, _content(path)) for name, path in sorted(theme.templates.items()))
        self.environment = _environment(sources)
        # of the very bytes that are compiled: a file may be saved anew at any time
        self.digest = digest([(name, content) for name, _, content in sources])

    def fill(self, name: str, context: Mapping[str, Any], problems: list[Problem]) -> str:
        """Fill a template; on a fault of it, add an error with its file and line, and return ""."""
        in_hand.take(f"templates/{name}")
        self.environment.begin()
        filled = ""
        try:
            filled = self.environment.get_template(name).render(context)
        except Exception as fault:  # whatever a template raises is a fault of the template
            problem = self._problem(name, fault)
            if problem not in problems:
                problems.append(problem)
        in_hand.take("")
        return filled

    def compile(self, name: str) -> None:
        """Make a template ready to be filled; what is wrong with it is told when it is."""
        with suppress(Exception):
            self.environment.get_template(name)

    def place(self, name: str) -> Place:
        """The file of a template, to report something about it."""
        return Place(self._file(name))

    def _problem(self, name: str, fault: Exception) -> Problem:
        code, hint = "template-fault", f"correct the template, or delete it to use the shipped {name}"
        message = f"{type(fault).__name__}: {fault}"
        if isinstance(fault, TemplateSyntaxError):
            place = Place(self._file(fault.filename or name), fault.lineno)
            return error("template-syntax", f"the template can't be read: {fault.message}", place, hint=hint)
        place = self._place(name, fault)
        if isinstance(fault, TemplateNotFound):
            message = f"there is no template {fault.message or name!r}"
            code, hint = "template-missing", f"templates known: {', '.join(sorted(self.theme.templates))}"
        elif isinstance(fault, UndefinedError):
            message = f"the template uses a name that is not there: {fault.message}"
            code, hint = "template-undefined", f"{hint}; for a value that may be missing write `is defined`"
        elif isinstance(fault, SecurityError):
            message = f"the template does what templates may not: {fault}"
            code, hint = "template-forbidden", "templates can read values and loop over them, and no more"
        elif isinstance(fault, RecursionError):
            message = "the template calls itself, or lies in itself, without end"
        elif isinstance(fault, MemoryError | OverflowError):
            message = "the template asks for more than there is room for"
        elif isinstance(fault, UnicodeDecodeError):
            message, hint = "the template is not UTF-8 text", "save the file as UTF-8"
        return error(code, message, place, hint=hint, subject=name)

    def _place(self, name: str, fault: Exception) -> Place:
        """The innermost line of a template in a traceback, which Jinja maps back to the source."""
        ours = {str(path) for path in self.theme.templates.values()}
        frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename in ours]
        if frames:
            return Place(self._file(frames[-1].filename), frames[-1].lineno)
        return Place(self._file(name))

    def _file(self, name: str) -> str:
        path = self.theme.templates.get(name)
        if path is None:
            path = next((p for p in self.theme.templates.values() if str(p) == name), None)
        return shown(path) if path else f"templates/{name}"
