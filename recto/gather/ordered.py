"""Files in an order that their folder gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from recto import forms
from recto.forms.folder import BookFolder
from recto.forms.form import SourceForm
from recto.forms.latex_macros import with_own_macros
from recto.forms.manuscript_files import FOREIGN, how_to_convert
from recto.forms.order import Order, OutlinedFile, arrange
from recto.forms.order_typed import as_typed
from recto.forms.source_file import SourceFile
from recto.gather.extent import is_overlong, overlong
from recto.gather.gathered import GatheredText
from recto.problems import Place, Problem, error, few, warning
from recto.settings.config import Config

BY_NUMBERS = "numbers"


def ordered(
    folder: BookFolder, found: tuple[Path, ...], config: Config, problems: list[Problem]
) -> GatheredText | None:
    """The sections of a folder in the order that it gives; None where it gives none. Adds to `problems`.

    `found` are the files below the folder: those of the form that no list names are told.
    """
    chosen = _chosen(folder, config, problems)
    if chosen is None:
        return None
    form, order = chosen
    problems += order.problems
    order, files = _read(folder, form, order, problems)
    problems += _unlisted(folder, form, order, found, files)
    return GatheredText(
        arrange(*as_typed(order, files), form.syntax.name),
        tuple(folder.path / name for name in (*order.lists, *files)),
        order,
        {each.source.shown: each.source.origins for each in files.values() if each.source.origins},
    )


def _chosen(folder: BookFolder, config: Config, problems: list[Problem]) -> tuple[SourceForm, Order] | None:
    """The form that a folder is read as: the one that the author says, else the first that it is of."""
    wanted = config.source.form.casefold()
    if wanted == BY_NUMBERS:
        return None
    found = list(forms.orders(folder))
    if wanted:
        found = [each for each in found if each[0].name.casefold() == wanted]
        if not found:
            known = [form.name for form in forms.FORMS if form.order]
            message = f"this folder can't be read as “{config.source.form}”"
            hint = f"known: {', '.join((BY_NUMBERS, *known))}; without `form`, it is found out"
            problems.append(error("setting-wrong", message, config.place_of("source", "form"), hint=hint))
        return found[0] if found else None
    if len(found) > 1:
        first, second = found[0][0].name, found[1][0].name
        message = f"this folder is of two forms, {first} and {second}: it was read as {first}"
        hint = f'to choose, write in book.toml: [source] form = "{second}"'
        place = Place(folder.shown(found[0][1].lists[0]) if found[0][1].lists else folder.shown(""))
        problems.append(warning("two-forms", message, place, hint=hint, subject=second))
    return found[0] if found else None


def _read(
    folder: BookFolder, form: SourceForm, order: Order, problems: list[Problem]
) -> tuple[Order, dict[str, OutlinedFile]]:
    """The files that an order names, by name, each once; and the order, with what its form adds to it."""
    files: dict[str, SourceFile] = {}
    readers: dict[str, SourceForm] = {}
    length = 0
    named = ((entry.file, entry.place) for entry in order.entries if entry.file)
    for name, place in named:
        if name in readers:
            message = f"{name} is listed a second time: it stands in the book once, where it came first"
            problems.append(warning("listed-twice", message, place, subject=name))
        elif not folder.holds(name):
            message = f"{name} is listed, but there is no such file in the folder: it was left out"
            hint = "write it, or take it out of the list"
            problems.append(warning("listed-missing", message, place, hint=hint, subject=name))
        else:
            readers[name], source = _prepared(folder, form, name, problems)
            files |= {name: source} if source else {}
            length += len(source.text) if source else 0
            if is_overlong(length):
                problems.append(overlong(folder.shown(name)))
                return order, {}
    added: Mapping[str, SourceFile] = files
    if form.finish:
        order, added, faults = form.finish(order, files, folder)
        problems += faults
    return order, {name: _outlined(file, readers.get(name, form), problems) for name, file in added.items()}


def _prepared(
    folder: BookFolder, form: SourceForm, name: str, problems: list[Problem]
) -> tuple[SourceForm, SourceFile | None]:
    """A file as its form reads it, and that form; None where it can't be read."""
    path = folder.path / name
    reader = form if path.suffix.lower() in form.suffixes else forms.form_of(path) or form
    if path.suffix.lower() in FOREIGN and path.suffix.lower() not in reader.suffixes:
        message = f"this {FOREIGN[path.suffix.lower()]} file is listed, and not in the book"
        place, hint = Place(folder.shown(name)), how_to_convert(path)
        problems.append(warning("unread-file", message, place, hint=hint, subject=path.name))
        return reader, None
    source, faults = folder.text(name, reader.document)
    problems += faults
    if source is None:
        return reader, None
    reader = forms.recognised(source, reader)
    if reader.prepare:
        source, faults = reader.prepare(source, folder)
        problems += faults
    return reader, with_own_macros(source) if reader.syntax.is_markdown else source


def _outlined(source: SourceFile, reader: SourceForm, problems: list[Problem]) -> OutlinedFile:
    outline = reader.outline(source)
    problems += outline.problems
    return OutlinedFile(outline.source(source), outline, reader.syntax.name, reader.syntax.printed)


def _unlisted(
    folder: BookFolder,
    form: SourceForm,
    order: Order,
    found: tuple[Path, ...],
    files: Mapping[str, OutlinedFile],
) -> tuple[Problem, ...]:
    """One warning of the files that could be chapters, and are in no list."""
    used = {*order.lists, *(entry.file for entry in order.entries)}
    used |= {name for file in files.values() for name in file.source.included}
    top = folder.path / order.top
    left = [
        name
        for path in found
        if path.suffix.lower() in form.suffixes and path.is_relative_to(top)
        if (name := path.relative_to(folder.path).as_posix()) not in used
    ]
    if not left:
        return ()
    message = f"{few(left)} {'is' if len(left) == 1 else 'are'} in no list, and so not in the book"
    place = Place(folder.shown(order.lists[0] if order.lists else ""))
    return (warning("unlisted-file", message, place, hint="list them, or move them away", subject=left[0]),)
