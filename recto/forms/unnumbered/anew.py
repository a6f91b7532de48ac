"""Folders that each count their chapters from one: several books side by side, as parts of one.

Each folder is a part. In it stand its README or index, its foreword and the like, the chapters by their
numbers, then appendices; what heads several of its files alike, above their own headings, is its title.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from recto.forms.manuscript_files import opens_folder
from recto.forms.naming.file_names import called, read_name
from recto.forms.naming.heading_text import HeadingText, read_heading
from recto.forms.naming.matter import reserved, role_of
from recto.forms.order import Order, OrderLine, OutlinedFile, counted
from recto.model import BACK_MATTER
from recto.problems import Place, Problem, warning

_LISTS = ("toc", "contents", "table-of-contents", "summary")


def begin_anew(numbered: Iterable[tuple[str, str]]) -> bool:
    """Tell whether chapters, given by file and number, count anew in each of several folders.

    No folder may have a number twice, and the folders must begin alike: with their first number.
    """
    rows = list(numbered)
    wrapper = _wrapper([name for name, _ in rows])
    held: dict[str, list[str]] = defaultdict(list)
    for name, number in rows:
        held[top(name.removeprefix(wrapper))].append(number)
    several = len(held) > 1 and "" not in held
    once = all(len(set(numbers)) == len(numbers) for numbers in held.values())
    return several and once and all("1" in numbers for numbers in held.values())


def _wrapper(names: Sequence[str]) -> str:
    """The folder that holds all of them, as in `Draft/01 Land/02 Stone.md`, with its slash; "" for none."""
    folders = [PurePosixPath(name).parts[:-1] for name in names]
    is_one = len({parts[:1] for parts in folders}) == 1 and all(len(parts) > 1 for parts in folders)
    return f"{folders[0][0]}/" if is_one else ""


def top(name: str) -> str:
    """The folder that a file lies in, below the book's own; "" for a file of that one."""
    parts = PurePosixPath(name).parts
    return parts[0] if len(parts) > 1 else ""


def parted(files: Mapping[str, OutlinedFile]) -> tuple[Order, Mapping[str, OutlinedFile]]:
    """The order of such folders, and the files as they are to be read in it.

    Folders stand as the README at the top links to them, others after these by their names. A folder around
    all that have numbers says nothing.
    """
    wrapper = _wrapper([name for name, file in files.items() if _number(file) is not None])
    whole = {name.removeprefix(wrapper): name for name in files}
    if len(whole) < len(files):  # a README beside that folder, and another in it
        whole = {name: name for name in files}
    order, own = _parted({name: files[path] for name, path in whole.items()})
    lines = (replace(line, file=whole.get(line.file, "")) for line in order.entries)
    return replace(order, entries=tuple(lines)), {whole[name]: file for name, file in own.items()}


def _parted(files: Mapping[str, OutlinedFile]) -> tuple[Order, Mapping[str, OutlinedFile]]:
    titles = _shared_titles(files)
    problems: list[Problem] = []
    own: dict[str, OutlinedFile] = {}
    for name, file in files.items():
        bare = without_title(file, titles.get(top(name), ""))
        is_list = bare.opening and reserved(bare.opening.words) == "contents"
        if is_list or PurePosixPath(name).stem.casefold() in _LISTS:
            problems.append(_contents(file))
        else:
            own[name] = _labelled(bare)
    lines = tuple(_lines(own, titles))
    tops = {top(name) for name in own} - {""}
    told = f"chapters count anew in each folder: {len(tops)} folders as parts, {counted(lines, 'file')}"
    return Order(lines, told, problems=tuple(problems)), own


def _shared_titles(files: Mapping[str, OutlinedFile]) -> Mapping[str, str]:
    """By its folder, the words that head several files of it above their own headings."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, file in files.items():
        if file.opening:
            found[top(name)][file.opening.words] += 1
    most = {folder: counts.most_common(1)[0] for folder, counts in found.items()}
    return {folder: words for folder, (words, count) in most.items() if count > 1}


def without_title(file: OutlinedFile, title: str) -> OutlinedFile:
    """The file without the title of its folder, or of the whole book, above its own heading."""
    opening, headings = file.opening, file.outline.headings
    if opening is None or len(headings) < 2 or read_heading(opening.words):
        return file
    if opening.words != title and not (
        headings[1].level == opening.level and read_heading(headings[1].words)
    ):
        return file
    lines = file.source.lines
    between = "\n".join(lines[opening.text_line - 1 : headings[1].line - 1])
    if file.printed(between).strip():
        return file
    lines[opening.line - 1 : opening.text_line - 1] = [""] * (opening.text_line - opening.line)
    source = replace(file.source, text="\n".join(lines))
    return replace(file, source=source, outline=replace(file.outline, headings=headings[1:]))


def _labelled(file: OutlinedFile) -> OutlinedFile:
    """The file with the number of its heading, or its name, as a label: its place is counted otherwise."""
    said, opening = _said(file), file.opening
    if opening is None or said is None or said.kind != "chapter" or not said.number or said.number.lettered:
        return file
    words = said.title if read_heading(opening.words) and said.title else opening.words
    made = replace(opening, words=words, label=str(said.number))
    return replace(file, outline=replace(file.outline, headings=(made, *file.outline.headings[1:])))


def _said(file: OutlinedFile) -> HeadingText | None:
    """What the heading of a file says, or, where that says nothing, its name."""
    said = read_heading(file.opening.words) if file.opening else None
    return said or read_name(PurePosixPath(file.source.name).name)


def _number(file: OutlinedFile) -> int | None:
    """The number that a file's chapter has in its folder."""
    if file.opening and file.opening.label:
        return int(re.sub(r"\D", "", file.opening.label) or 0)
    said = _said(file)
    number = said.number.last if said and said.kind == "chapter" and said.number else None
    return number if isinstance(number, int) else None


def _lines(files: Mapping[str, OutlinedFile], titles: Mapping[str, str]) -> Iterator[OrderLine]:
    for folder in _folders(files):
        names = sorted((name for name in files if top(name) == folder), key=lambda name: _key(files[name]))
        readme = next((name for name in names if opens_folder(name)), "") if folder else ""
        if folder and not all(map(_is_matter, (files[name] for name in names))):
            place = Place(files[readme or names[0]].source.shown)
            yield OrderLine(readme, titles.get(folder) or called(folder), place, "part")
        for name in names:
            if name != readme:
                numbered = _number(files[name]) is not None
                yield OrderLine(name, called(name), Place(files[name].source.shown), numbered=numbered)


def _is_matter(file: OutlinedFile) -> bool:
    """True for a foreword, a glossary and the like; a folder of nothing else is no part."""
    return role_of(file.opening.words if file.opening else called(file.source.name)) is not None


def _folders(files: Mapping[str, OutlinedFile]) -> Sequence[str]:
    """The folders in order, that of the book first."""
    texts = (file.source.text for name, file in files.items() if not top(name) and opens_folder(name))
    text = next(texts, "")
    names = list(dict.fromkeys(top(name) for name in files))
    at = {name: text.find(f"]({name}/") for name in names}
    return sorted(names, key=lambda name: (name != "", at[name] < 0, at[name], names.index(name)))


def _key(file: OutlinedFile) -> tuple[int, tuple[int, str]]:
    """Where a file stands in its folder; files that are alike keep the order of their names."""
    if opens_folder(file.source.name):
        return 0, (0, "")
    number, said = _number(file), _said(file)
    if number is not None:
        return 2, (number, "")
    if said and said.kind == "chapter":
        return 3, (0, str(said.number or ""))
    front = said is not None and said.role is not None and said.role not in BACK_MATTER
    return (1 if front else 4), (0, "")


def _contents(file: OutlinedFile) -> Problem:
    message = "this file is a list of contents, and was left out: Recto makes its own"
    hint = "take it out of the folder"
    return warning(
        "contents-left-out", message, Place(file.source.shown), hint=hint, subject=file.source.name
    )
