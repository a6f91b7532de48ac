"""Files without a list: read by the numbers in them, or, without any, in the order that can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from recto import forms
from recto.account import in_hand
from recto.forms.folder import BookFolder
from recto.forms.form import SourceForm
from recto.forms.latex_macros import with_own_macros
from recto.forms.manuscript_files import FOREIGN, LISTED_ONLY, how_to_convert, is_readme, opens_folder
from recto.forms.naming.file_names import read_name
from recto.forms.order import Order, OutlinedFile, arrange
from recto.forms.order_typed import as_typed
from recto.forms.pandoc.title_block import metadata, without_title_block
from recto.forms.source_file import Outline, SourceFile
from recto.forms.unnumbered import seen
from recto.forms.unnumbered.anew import begin_anew, parted
from recto.forms.unnumbered.chapter_folders import are_chapters, with_sections
from recto.forms.unnumbered.typed_order import begins_anew, is_in_order
from recto.gather.extent import outsized
from recto.gather.gathered import GatheredText
from recto.gather.ordered import BY_NUMBERS
from recto.gather.part_folders import in_parts
from recto.model import Section
from recto.problems import Place, Problem, error, few, has_errors, how_to_silence, shown, warning
from recto.settings.config import FILE_NAME, OTHER_NAME, Config
from recto.store.cache import Memo, digest

# what the front matter of a chapter may say of its book
_OF_BOOKS = frozenset({"authors", "language", "publisher", "rights"})
_DATA = ("data", "datasets", "assets", "static", "downloads")
_COVERS = ("cover", "front-cover", "frontcover")  # of a file that may hold nothing else
_PICTURE = re.compile(r"!\[[^\[\]]*\]\((?P<name>[^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """A file, with what its numbers make of it."""

    path: Path
    source: SourceFile
    form: SourceForm
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    facts: Mapping[str, object]
    memo: Memo

    def outline(self, *, named: bool = True) -> Outline:
        """The headings of the file; of the whole book without its name, which tells nothing then."""
        source = self.source if named else replace(self.source, name="")
        return self.memo(digest("outline", self.form.name, source), partial(self.form.outline, source))


def in_sight(
    source: Path,
    folder: BookFolder,
    found: Sequence[Path],
    config: Config,
    problems: list[Problem],
    memo: Memo,
) -> GatheredText:
    """The text of the files of a source that can be read; adds to `problems`."""
    texts = [path for path in found if not source.is_dir() or _is_text(path)]
    texts, aside = _without_data(texts, source)
    problems += aside
    if too_long := outsized(folder, texts):
        problems += too_long
        return GatheredText((), ())
    alone = not source.is_dir() or (len(texts) == 1 and read_name(texts[0].name) is None)
    read = [each for path in texts if (each := _read(path, source, folder, problems, memo, alone=alone))]
    heads = [each for each in read if not each.source.text.strip()]
    told, faults = metadata(folder) if source.is_dir() else ({}, ())
    problems += faults
    made = _in_order([each for each in read if each not in heads], source, config, problems)
    for each in heads:
        told = {**told, **each.facts}
    files = (*(each.path for each in heads), *made.files)
    return replace(made, files=files, said={**told, **made.said})


def _in_order(
    read: Sequence[_ReadFile], source: Path, config: Config, problems: list[Problem]
) -> GatheredText:
    """The text of files in the order that their numbers give them, or the one that can be seen."""
    by_numbers = config.source.form.casefold() == BY_NUMBERS
    if not by_numbers and (_has_no_numbers(read) or _is_in_order(read)):
        return _as_it_stands(read, not source.is_dir() or len(read) == 1, problems)
    if not by_numbers and begin_anew(_chapters(read)):
        return _set_out(read, *parted(_outlined(read, problems)), problems)
    if not by_numbers and are_chapters(_chapters(read)):
        return _set_out(read, *with_sections(_outlined(read, problems)), problems)
    held: list[tuple[str, Section]] = []
    files: list[Path] = []
    for each in read:
        if each.path != source and is_readme(each.path) and _is_loose(each.sections):
            problems.append(_about_the_project(each.source, each.path.name))
            continue
        problems += each.problems
        files.append(each.path)
        if _is_cover(each):
            problems.append(_cover(each))
            continue
        held += ((each.source.name, section) for section in each.sections)
    sections, faults = in_parts(held)
    problems += faults
    return GatheredText(sections, tuple(files), None, _origins(read), _said(read))


def _without_data(texts: list[Path], source: Path) -> tuple[list[Path], list[Problem]]:
    """The files without those in folders that are called like data, where there are others; they are told.

    A number in its name makes a file a piece of the book wherever it lies.
    """

    def is_data(path: Path) -> bool:
        name = path.relative_to(source)
        below = any(folder.casefold() in _DATA for folder in name.parts[:-1])
        return below and read_name(name.as_posix()) is None

    aside = [path for path in texts if source.is_dir() and is_data(path)]
    if not aside or len(aside) == len(texts):
        return texts, []
    names = [path.relative_to(source).as_posix() for path in aside]
    message = f"{few(names)}: such a folder holds data, and its texts are not in the book"
    hint = "to have them in the book, give the folder another name, or the files numbers"
    told = warning("unread-file", message, Place(shown(source)), hint=hint, subject=names[0])
    return [path for path in texts if path not in aside], [told]


def _is_text(path: Path) -> bool:
    if path.suffix.lower() in LISTED_ONLY:
        return False
    return forms.form_of(path) is not None and path.name not in (FILE_NAME, OTHER_NAME)


def _read(
    path: Path, source: Path, folder: BookFolder, problems: list[Problem], memo: Memo, *, alone: bool
) -> _ReadFile | None:
    """One file, maybe the book `alone`; None where it can't be read or is empty; adds to `problems`."""
    form = forms.form_of(path)
    if form is None and path.suffix.lower() in FOREIGN:
        message = f"{path.name} is {FOREIGN[path.suffix.lower()]}, which Recto doesn’t read itself"
        problems.append(error("unread-file", message, Place(shown(path)), hint=how_to_convert(path)))
        return None
    form = form or forms.FORMS[0]
    name = path.relative_to(source).as_posix() if path != source else path.name
    file, faults = folder.read(path, name, form.document)
    problems += faults
    if file is None:
        return None
    in_hand.take(file.shown)
    form = forms.recognised(file, form)
    file, block = without_title_block(with_own_macros(file) if form.syntax.is_markdown else file)
    if block and not file.text.strip() and path != source:
        return _ReadFile(path, file, form, (), (), block, memo)
    # a number in the name of a file says where it stands among others: `1984.md` alone is no chapter 1984
    named = "" if alone else name
    bare = replace(file, name=named)
    said = memo(digest("facts", form.name, bare), partial(form.facts, bare)) if form.facts else file.said
    facts = {**said, **block}
    if form.recognises and form.prepare:
        file, faults = form.prepare(file, folder)
        problems += faults
    bare = replace(file, name=named)
    sections, faults = memo(digest(form.name, bare), partial(form.read, bare))
    if not sections and not form.syntax.printed(file.text).strip():
        problems += (*faults, _empty(file, path.name))
        return None
    return _ReadFile(path, file, form, sections, faults, facts, memo)


def _is_loose(sections: Sequence[Section]) -> bool:
    return all(section.kind == "stray" for section in sections)


def _has_no_numbers(read: Sequence[_ReadFile]) -> bool:
    """True for text under no number but those of parts, and not all of it under names known to books."""
    # the letters of appendices count no chapters
    sections = [section for each in read for section in each.sections if not _is_lettered(section)]
    loose = [section for section in sections if section.kind == "stray" or _is_text_of_part(section)]
    named = all(section.kind in ("matter", "part") for section in sections if section.kind != "stray")
    numbered = any(section.number for section in sections if section.kind != "part")
    return bool(loose) and named and not numbered and not any(has_errors(each.problems) for each in read)


def _is_lettered(section: Section) -> bool:
    return section.number is not None and section.number.lettered


def _is_text_of_part(section: Section) -> bool:
    return section.kind == "part" and bool(section.text.strip())


def _is_in_order(read: Sequence[_ReadFile]) -> bool:
    """True for a text that is a book in its order: it says so, or its chapters begin anew in each part.

    So is a document whose numbers are in order, and that has headings which numbers can't place.
    """
    if len(read) != 1:
        return False
    if read[0].form.in_order:
        return True
    headings = read[0].outline().headings
    if begins_anew(headings):
        return True
    if read[0].form.document is None:
        return False
    lost = any(section.kind == "stray" and section.title for section in read[0].sections)
    return lost and is_in_order(headings)


def _chapters(read: Sequence[_ReadFile]) -> list[tuple[str, str]]:
    """The chapters that have numbers, by file and number; an appendix has a letter."""
    return [
        (each.source.name, str(section.number))
        for each in read
        for section in each.sections
        if section.kind == "chapter" and section.number and not section.number.lettered
    ]


def _as_it_stands(read: Sequence[_ReadFile], single: bool, problems: list[Problem]) -> GatheredText:
    """Files without numbers, in the order that can be seen."""
    return _set_out(read, *seen(_outlined(read, problems), single), problems)


def _outlined(read: Sequence[_ReadFile], problems: list[Problem]) -> Mapping[str, OutlinedFile]:
    outlined: dict[str, OutlinedFile] = {}
    for each in read:
        outline = each.outline(named=len(read) > 1)
        problems += outline.problems
        source, syntax = outline.source(each.source), each.form.syntax
        outlined[each.source.name] = OutlinedFile(source, outline, syntax.name, syntax.printed)
    return outlined


def _set_out(
    read: Sequence[_ReadFile], order: Order, files: Mapping[str, OutlinedFile], problems: list[Problem]
) -> GatheredText:
    """The sections of files in an order."""
    problems += order.problems
    sections = arrange(*as_typed(order, files), forms.FORMS[0].syntax.name)
    paths = tuple(each.path for each in read)
    return GatheredText(sections, paths, order, _origins(read), _said(read))


def _origins(read: Sequence[_ReadFile]) -> Mapping[str, tuple[int, ...]]:
    """The lines that those of a text came from, of the files where they are others."""
    return {each.source.shown: each.source.origins for each in read if each.source.origins}


def _said(read: Sequence[_ReadFile]) -> Mapping[str, object]:
    """What the files of a book say of it: its one file; of several, the one that opens it.

    The first file may say who wrote the book, but its title is its own. What all files say alike is said
    of the book.
    """
    if len(read) == 1:
        return read[0].facts
    told = [each for each in read if each.facts.keys() & _OF_BOOKS]
    if len(told) == 1 and opens_folder(told[0].source.name):
        return told[0].facts
    if told != list(read[:1]):
        told = list(read)
    first = told[0].facts if told else {}
    return {key: value for key, value in first.items() if key in _OF_BOOKS and _all_say(told, key, value)}


def _all_say(read: Sequence[_ReadFile], key: str, value: object) -> bool:
    return all(each.facts.get(key) == value for each in read)


def _is_cover(read: _ReadFile) -> bool:
    """True for a file that is called so and holds a picture and nothing else."""
    text = "".join(section.text for section in read.sections)
    is_called_so = PurePosixPath(read.source.name).stem.casefold() in _COVERS
    return is_called_so and _is_loose(read.sections) and _PICTURE.fullmatch(text.strip()) is not None


def _cover(read: _ReadFile) -> Problem:
    picture = _PICTURE.fullmatch("".join(section.text for section in read.sections).strip())
    shown = picture["name"] if picture else ""
    message = f"this file holds the cover alone, {shown}, and is not in the book"
    hint = f'to have it as the cover, write in book.toml: [book] cover = "{shown}"'
    return warning("unread-file", message, read.source.at(None), hint=hint, subject=read.source.name)


def _about_the_project(file: SourceFile, name: str) -> Problem:
    message = "this file is about the project, and not in the book: it has no number"
    silence = how_to_silence("unread-file", name)
    hint = f"to have it in the book, give it a numbered heading; to leave it out, {silence}"
    return warning("unread-file", message, file.at(None), hint=hint, subject=name)


def _empty(file: SourceFile, name: str) -> Problem:
    hint = f"write in it, or move {name} away"
    return warning("empty-file", "this file is empty", file.at(None), hint=hint, subject=name)
