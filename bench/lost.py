"""Runs of words of a source that its books have nowhere: `python -m bench.lost SOURCE BOOK… [--report FILE]`.

`--verify` holds the finished books against what was gathered; this holds them against the files as they lie
in the folder, read by no form at all, so it also finds what a form, or the gathering, left out in silence. A
letter of a source is found where a window of letters about it stands somewhere in the book, in whatever
order; runs of letters in no window are lost. What surely is no text (addresses, tags, settings, formulas,
options of listings) is cut out first, roughly: what is printed here is to be looked at by a person. A run on
a line, or next to one, of which the report has a problem was told.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recto.gather import gather
from recto.settings.config import Config
from recto.verify.bare import letters
from recto.verify.epub_reader import read_epub
from recto.verify.pdf_reader import read_pdf

_WINDOW = 12  # letters: so many seldom stand in a book by chance
_NO_TEXT = (".docx", ".odt", ".yml", ".yaml", ".json", ".toml")  # documents, and lists of other tools
_RUN = 24  # letters: fewer are a word or two beside markup that parts them
_NEAR = 1  # lines between a problem and the run that it tells of
_CUTS = re.compile(
    r"""
      \A---\n.*?\n(?:---|\.\.\.)(?=\n)                     # front matter
    | <!--.*?-->
    | <(?:style|script|svg|math)\b.*?</(?:style|script|svg|math)>
    | </?[A-Za-z][^<>]*>                                   # a tag
    | \$\$.*?\$\$ | \\\[.*?\\\] | \\\(.*?\\\) | (?<![\\$\w])\$[^$\n]+\$
    | \\begin\{(?P<env>[a-z*]+)\}.*?\\end\{(?P=env)\}
    | ^[ \t>]*(?:`{3,}|~{3,}|:{3,})[^\n]*                  # what a fence says of its listing
    | ^[ \t>]*:[\w-]+:[^\n]*                               # an option of a directive
    | !\[[^\]]*\](?:\([^)]*\))? | !\[\[[^\]]*\]\]          # a picture
    | (?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\) | (?<=\])\[[^\]\n]*\]
    | \[\^[^\]\s]+\] | ^[ \t>]*\[[^\]\n]+\]:[^\n]*
    | (?<!`)\{[^{}\n]*\}(?!`) | \{\{[^{}]*\}\} | %%.*?%%
    """,
    re.X | re.S | re.M,
)

_LISTING = re.compile(
    r"^[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>[^\n`]*)\n(?P<code>.*?)^[ \t>]*(?P=marks)[ \t]*$", re.S | re.M
)
_TEXT = re.compile(r"[ \t]*\{(?!code|python|r\b|sourcecode)")  # directives of MyST hold text
_HIDDEN = re.compile(r"^[ \t>]*#(?:[ ][^\n]*)?$", re.M)  # lines of Rust that mdBook hides
_STRETCH = re.compile(r"(?<![\w.])(?P<first>\d{1,6})–(?P<last>\d{1,6})(?!\w)")
_OPTION = re.compile(r"^[ \t>]*(?:\#\||:[\w-]+:)[^\n]*", re.M)  # of a chunk


@dataclass(frozen=True, slots=True)
class LostRun:
    """Letters of a file that stand in no window of the book: its first and last line, and those lines."""

    file: str
    first: int
    last: int
    text: str
    told: bool = False


def windows(text: str) -> frozenset[int]:
    """Every window of letters of a book, as a number."""
    return frozenset(hash(text[at : at + _WINDOW]) for at in range(max(0, len(text) - _WINDOW + 1)))


def lost_runs(
    file: str, source: str, book: Collection[int], told: Collection[int] = (), *, marked: bool = True
) -> Iterator[LostRun]:
    """The runs of a file's letters that are not in a book; `told` are the lines that problems speak of."""
    original, kept = source.split("\n"), _kept(source) if marked else source
    pieces = [letters(line) for line in kept.split("\n")]
    numbers = [number for number, piece in enumerate(pieces, start=1) for _ in piece]
    bare = "".join(pieces)
    covered = bytearray(len(bare))
    for at in range(len(bare) - _WINDOW + 1):
        if hash(bare[at : at + _WINDOW]) in book:
            covered[at : at + _WINDOW] = b"\1" * _WINDOW
    for run in re.finditer(rb"\0{%d,}" % _RUN, bytes(covered)):
        first, last = numbers[run.start()], numbers[run.end() - 1]
        known = any(first - _NEAR <= line <= last + _NEAR for line in told)
        yield LostRun(file, first, last, " ".join(original[first - 1 : last]), known)


def _kept(source: str) -> str:
    """A source without what surely is no text, line for line."""
    pieces, end = list[str](), 0
    for listing in _LISTING.finditer(source):
        if not _TEXT.match(listing["info"]):
            code = _HIDDEN.sub("", listing["code"]) if "rust" in listing["info"] else listing["code"]
            pieces += (_CUTS.sub(_blank, source[end : listing.start()]), "\n", _OPTION.sub("", code))
            end = listing.end()
    return "".join((*pieces, _CUTS.sub(_blank, source[end:])))


def _blank(cut: re.Match[str]) -> str:
    return "\n" * cut[0].count("\n")


def text_of(path: Path) -> str:
    """The text of a source file; of a notebook, that of its cells."""
    text = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return "\n\n".join("".join(cell["source"]) for cell in cells)
    return text


def sources(source: Path) -> dict[Path, bool]:
    """The files that a book was gathered from, and whether their text is marked up."""
    manuscript, _ = gather(source, Config())
    found = {Path(section.place.file): section.syntax != "text" for section in manuscript.sections}
    return {path: marked for path, marked in found.items() if path.suffix not in _NO_TEXT and path.is_file()}


def told_lines(report: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, set[int]]:
    """The lines of each file that problems speak of."""
    found: dict[str, set[int]] = {}
    for problem in report.get("problems", ()):
        lines = found.setdefault(str(Path(str(problem["file"])).resolve()), set())
        line = problem["line"]
        if isinstance(line, int):
            lines.add(line)
        for stretch in _STRETCH.finditer(str(problem["message"])):  # `lines 1–38`, of a licence
            lines.update(range(int(stretch["first"]), int(stretch["last"]) + 1))
    return found


def lost_of(source: Path, book: bytes, told: Mapping[str, Collection[int]]) -> list[LostRun]:
    """The runs of a source that a finished book has nowhere."""
    read = read_epub(book) if book.startswith(b"PK") else read_pdf(book)
    known = windows(read.letters)
    return [
        run
        for path, marked in sources(source).items()
        for run in lost_runs(
            str(path), text_of(path), known, told.get(str(path.resolve()), ()), marked=marked
        )
    ]


def main() -> None:
    """Print the runs that are lost without a word, and count those that were told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("books", nargs="+", type=Path)
    parser.add_argument("--report", type=Path)
    asked = parser.parse_args()
    told = told_lines(json.loads(asked.report.read_text(encoding="utf-8"))) if asked.report else {}
    for path in asked.books:
        runs = lost_of(asked.source, path.read_bytes(), told)
        silent = [run for run in runs if not run.told]
        print(f"{path.name}: {len(silent)} runs lost in silence, {len(runs) - len(silent)} told")
        for run in silent:
            print(f"  {run.file}:{run.first}-{run.last}: {run.text[:160]}")


if __name__ == "__main__":
    main()
