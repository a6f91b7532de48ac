"""What each directive of MyST stands for, as lines of Markdown.

https://mystmd.org/guide/directives, https://jupyterbook.org/en/stable/reference/cheatsheet.html,
https://ebp-sphinx-exercise.readthedocs.io, https://sphinx-design.readthedocs.io
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from recto.forms.fences import Line
from recto.forms.office.index_entries import heading_mark
from recto.forms.pandoc.output_formats import class_of

_BOXES = {
    "note": "note", "seealso": "note", "admonition": "note", "attention": "warning", "warning": "warning",
    "caution": "caution", "danger": "danger", "error": "danger", "important": "important", "hint": "tip",
    "tip": "tip", "example": "example", "dropdown": "note", "toggle": "note", "margin": "note",
    "sidebar": "note", "aside": "note", "topic": "note", "exercise": "exercise", "solution": "answer",
}  # fmt: skip
# their words are a title; those of other boxes are the beginning of their text
_TITLED = ("admonition", "dropdown", "margin", "sidebar", "aside", "topic", "exercise")
_PROOFS = ("prf", "proof")  # `{prf:theorem}`: a box of that kind
# hold text, and say how it stands on a screen
_HOLDERS = ("grid", "grid-item", "tab-set", "div", "container", "hlist", "figure-md", "card-carousel")
_CARDS = ("card", "grid-item-card", "tab-item", "tab", "rubric")
_CARD_RULE = re.compile(r"[ \t]*(?:\^{3,}|\+{3,})[ \t]*")  # between the head of a card, its text and its foot
_QUOTATIONS = ("epigraph", "pull-quote", "blockquote", "highlights")
_CODE = ("code", "code-block", "code-cell", "sourcecode")
_PICTURES = ("figure", "image")
# of the order of the files, and of what a screen shows beside the text: a book has its own
_LISTS = ("toctree", "tableofcontents", "contents", "toc", "nb-exec-table", "show-index", "printindex")
_ITEM = re.compile(r"[ \t]*(?P<row>[*-][ \t]+)?[-*](?:[ \t]+(?P<text>.*))?")
_TERM = re.compile(r"[^ \t:].*")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: its name, the words behind it, its options, the lines in it.

    `origin` and `last` are the lines that it begins and ends on; `inside` is as typed, `directed` the same
    with the directives in it as what they stand for.
    """

    name: str
    words: str
    options: Mapping[str, str]
    inside: tuple[Line, ...]
    directed: tuple[Line, ...]
    origin: int
    last: int

    @property
    def label(self) -> str:
        """The id that others refer to it by, "" for none."""
        return plain_id(self.options.get("label") or self.options.get("name") or "")

    @property
    def named(self) -> str:
        """The same as an attribute list."""
        return f" {{#{self.label}}}" if self.label else ""

    @property
    def caption(self) -> str:
        """Its caption, where an option or the words behind its name are one."""
        return (self.options.get("caption") or "").strip()


Meaning = Callable[[Directive], Iterator[Line]]


def meaning(name: str) -> Meaning | None:
    """What makes lines of a directive; None where nothing here knows it."""
    family, _, kind = name.partition(":")
    return _of_a_proof if kind and family in _PROOFS else _MEANINGS.get(name)


def _boxed(box: Directive) -> Iterator[Line]:
    titled = box.name in _TITLED and box.words
    kind, title = _BOXES[box.name], f' "{_quoted(box.words)}"' if titled else ""
    text = box.directed
    if box.words and not titled and box.name != "solution":  # the words of a solution name its exercise
        text = ((box.words, box.origin), *text)
    yield from _in_box(box, f"!!! {kind}{title}", text)


def _of_a_proof(proof: Directive) -> Iterator[Line]:
    kind = proof.name.partition(":")[2]
    title = f' "{kind.capitalize()} ({_quoted(proof.words)})"' if proof.words else ""
    yield from _in_box(proof, f"!!! {kind}{title}", proof.directed)


def _in_box(box: Directive, first: str, text: tuple[Line, ...]) -> Iterator[Line]:
    if box.label:
        yield f'<a id="{box.label}"></a>', box.origin
        yield "", box.origin
    yield first, box.origin
    yield from ((f"    {line}" if line.strip() else "", at) for line, at in text)
    yield "", box.last


def _held(holder: Directive) -> Iterator[Line]:
    yield "", holder.origin
    yield from holder.directed
    yield "", holder.last


def _of_a_card(card: Directive) -> Iterator[Line]:
    yield (f"**{card.words}**" if card.words else ""), card.origin
    yield "", card.origin
    yield from (("", at) if _CARD_RULE.fullmatch(line) else (line, at) for line, at in card.directed)
    yield "", card.last


def _quotation(quotation: Directive) -> Iterator[Line]:
    text = quotation.directed
    if quotation.words:
        text = ((quotation.words, quotation.origin), *text)
    yield from ((f"> {line}".rstrip(), at) for line, at in text)
    if quotation.name == "epigraph":
        yield "{.epigraph}", quotation.last
    yield "", quotation.last


def _listing(code: Directive) -> Iterator[Line]:
    longest = max((len(run) for line, _ in code.inside for run in re.findall(r"`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}{code.words}", code.origin
    yield from (*code.inside, (fence, code.last))
    if code.caption:
        yield "", code.last
        yield f"Listing: {code.caption}{code.named}", code.last
        yield "", code.last


def _drawing(code: Directive) -> Iterator[Line]:
    yield f"```{code.name}", code.origin
    yield from (*code.inside, ("```", code.last))


def _picture(picture: Directive) -> Iterator[Line]:
    caption = " ".join(line.strip() for line, _ in picture.inside if line.strip())
    titled = f' "{_quoted(caption)}"' if caption else ""
    alt = picture.options.get("alt", caption)
    yield f"![{alt}]({picture.words}{titled}){picture.named.strip()}", picture.origin
    yield "", picture.last


def _entries(index: Directive) -> Iterator[Line]:
    entries = [entry for entry in (index.words, *(line for line, _ in index.inside)) if entry.strip()]
    yield "".join(mark for entry in entries for mark in index_marks(entry)), index.origin
    yield "", index.last


def _formula(formula: Directive) -> Iterator[Line]:
    text = ((formula.words, formula.origin), *formula.inside) if formula.words else formula.inside
    yield "$$", formula.origin
    yield from ((line, at) for line, at in text if line.strip())  # a blank line would end it
    yield f"$${formula.named}", formula.last
    yield "", formula.last


def _table(table: Directive) -> Iterator[Line]:
    yield from _captioned(table)
    yield from table.directed
    yield "", table.last


def _captioned(table: Directive) -> Iterator[Line]:
    yield "", table.origin
    if table.words or table.label:
        yield f"Table: {table.words}{table.named}", table.origin
        yield "", table.origin


def _list_table(table: Directive) -> Iterator[Line]:
    """Rows are items, cells are items in them: https://docutils.sourceforge.io, list-table."""
    rows: list[tuple[int, list[str]]] = []
    for line, at in table.inside:
        found = _ITEM.fullmatch(line)
        if found and (found["row"] or not rows):
            rows.append((at, [found["text"] or ""]))
        elif found and len(line) - len(line.lstrip()) <= 3:
            rows[-1][1].append(found["text"] or "")
        elif rows and line.strip():
            rows[-1][1][-1] += f" {line.strip()}"
    width = max((len(cells) for _, cells in rows), default=0)
    if not int(table.options.get("header-rows") or 0):
        rows.insert(0, (table.origin, [""] * width))
    yield from _captioned(table)
    for number, (at, cells) in enumerate(rows):
        padded = [*cells, *[""] * (width - len(cells))]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in padded) + " |", at
        if not number:
            yield "|" + "---|" * width, at
    yield "", table.last


def _csv_table(table: Directive) -> Iterator[Line]:
    """Rows are lines of values between commas: https://docutils.sourceforge.io, csv-table."""
    header = table.options.get("header", "")
    rows = [
        (cells, at)
        for line, at in table.inside
        for cells in csv.reader([line.strip()], skipinitialspace=True)
        if cells
    ]
    width = max((len(cells) for cells, _ in rows), default=0)
    given = next(csv.reader([header], skipinitialspace=True), [])
    if header or not int(table.options.get("header-rows") or 0):
        rows.insert(0, (given or [""] * width, table.origin))
    width = max(width, len(given))
    yield from _captioned(table)
    for number, (cells, at) in enumerate(rows):
        padded = [*cells, *[""] * (width - len(cells))]
        yield "| " + " | ".join(cell.strip().replace("|", "\\|") for cell in padded) + " |", at
        if not number:
            yield "|" + "---|" * width, at
    yield "", table.last


def _of_a_version(box: Directive) -> Iterator[Line]:
    """What came with a version, or went: https://www.sphinx-doc.org, versionadded."""
    version, _, words = box.words.partition(" ")
    head = _VERSIONS[box.name].format(version)
    text = ((words, box.origin), *box.directed) if words else box.directed
    yield from _in_box(box, f'!!! note "{_quoted(head)}"', text)


def _glossary(glossary: Directive) -> Iterator[Line]:
    """Terms with `: ` before what they mean, or with that indented below them, as in Sphinx."""
    before = ""
    yield "", glossary.origin
    for line, at in glossary.inside:
        if _TERM.fullmatch(before) and line[:1] in (" ", "\t") and line.strip():
            line = f":   {line.strip()}"
        elif line[:1] in (" ", "\t") and line.strip() and before[:1] == ":":
            line = f"    {line.strip()}"
        yield line, at
        before = line
    yield "", glossary.last


def _frame(frame: Directive) -> Iterator[Line]:
    """What another page shows here: a book has its address."""
    yield f"<{frame.words}>", frame.origin
    yield "", frame.origin
    yield from frame.directed
    yield "", frame.last


def _for_one_book(only: Directive) -> Iterator[Line]:
    """What is for one kind of output: https://www.sphinx-doc.org, only. Text for any other stays in both."""
    tags = re.findall(r"\w+", only.words)
    classes = {class_of(tag, shown="not" not in tags) for tag in tags} - {""}
    named = next(iter(classes)) if len(classes) == 1 else ""
    yield (f"::: {{.{named}}}" if named else ""), only.origin
    yield from only.directed
    yield (":::" if named else ""), only.last


def _works(works: Directive) -> Iterator[Line]:
    yield "::: {#refs}", works.origin
    yield "", works.origin


def _nothing(left: Directive) -> Iterator[Line]:
    yield "", left.origin


# as Sphinx words them
_VERSIONS = {
    "versionadded": "New in version {}", "versionchanged": "Changed in version {}",
    "versionremoved": "Removed in version {}", "deprecated": "Deprecated since version {}",
}  # fmt: skip
_MEANINGS: dict[str, Meaning] = {
    **dict.fromkeys(_BOXES, _boxed), **dict.fromkeys(_HOLDERS, _held), **dict.fromkeys(_CARDS, _of_a_card),
    **dict.fromkeys(_QUOTATIONS, _quotation), **dict.fromkeys(_CODE, _listing), "mermaid": _drawing,
    **dict.fromkeys(_PICTURES, _picture), "index": _entries, "math": _formula, "table": _table,
    "list-table": _list_table, "csv-table": _csv_table, **dict.fromkeys(_VERSIONS, _of_a_version),
    "centered": _of_a_card, "glossary": _glossary, "iframe": _frame, "bibliography": _works,
    "only": _for_one_book,
    **dict.fromkeys(_LISTS, _nothing),
}  # fmt: skip


def index_marks(entry: str) -> list[str]:
    """Sphinx's index entry as marks of ours: `pair: a; b` is under both, `single: a; b` under a."""
    kind, colon, rest = entry.strip().removeprefix("!").partition(":")
    if not colon or kind.strip() not in ("single", "pair", "triple", "see", "seealso"):
        listed = (each for each in entry.removeprefix("!").split(",") if each.strip())
        return [
            heading_mark([level.strip() for level in each.split(";") if level.strip()]) for each in listed
        ]
    levels = [level.strip() for level in rest.split(";") if level.strip()]
    if kind in ("see", "seealso") and len(levels) == 2:
        return [heading_mark(levels[:1], f"{kind} {levels[1]}")]
    if kind == "pair" and len(levels) == 2:
        return [heading_mark(levels), heading_mark(levels[::-1])]
    return [heading_mark(levels)]


def plain_id(label: str) -> str:
    """A label as an id of Markdown, which holds no slash: `start/install` is `start-install`."""
    return label.replace("/", "-")


def _quoted(words: str) -> str:
    return words.replace('"', "”")
