"""Chunks of code that knitr or Quarto would run: shown or hidden as their options say, and never run.

https://quarto.org/docs/computations/execution-options.html, https://yihui.org/knitr/options/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recto.forms.fences import Line, with_code
from recto.forms.pandoc.chunk_captions import captions, chunk_options
from recto.forms.pandoc.theorem_names import PROOFS
from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning

_OPEN = re.compile(
    r"(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*"
    r"\{(?P<language>[A-Za-z][\w.+-]*)(?P<options>[^}]*)\}[ \t]*"
)
# a chunk that is shown as it is written, ```{{r}}
_SHOWN = re.compile(r"^([ \t>]*(?:`{3,}|~{3,})[ \t]*)\{\{([A-Za-z][\w.+-]*)[^{}]*\}\}[ \t]*$")
_HIDING = re.compile(r"\b(?:echo|include)[ \t]*[=:][ \t]*(?:F\b|FALSE\b|false\b)")
_PICTURE = re.compile(r"\binclude_graphics\(\s*(?:path\s*=\s*)?[\"']([^\"']+)[\"']")
_OPTION = re.compile(r"[ \t>]*(?:#|//|--|%%)\|[ \t]?(?P<option>.*)")


# text for one kind of output: `r if (knitr::is_html_output()) '# References {-}'`
_CHOSEN = re.compile(
    r"`r if ?\((?P<not>!)?(?:knitr:{2,3})?is_(?P<output>html|latex)_output\(\)\)[ \t]*"
    r"(['\"])(?P<text>[^'\"`]*)\3(?:\s*else\s*(['\"])(?P<other>[^'\"`]*)\5)?[ \t]*`"
)
# engines of bookdown's that run nothing
_ENGINES = {word: short for short, word in PROOFS.items() if short != "alg"} | {"proof": "prf"}
_TYPE = re.compile(r"\btype\s*=\s*[\"'](?P<kind>[A-Za-z][\w-]*)[\"']")
_NAME = re.compile(r"\bname\s*=\s*[\"'](?P<name>[^\"']*)[\"']")
_LABEL = re.compile(r"\blabel\s*=\s*[\"'](?P<name>[\w-]+)[\"']|^[ ,]*(?P<other>[\w-]+)[ \t]*(?:,|$)")
# https://quarto.org/docs/authoring/cross-references.html#listings
_SHOWN_WITH = re.compile(r"^(?P<marks>[ \t>]*(?:`{3,}|~{3,})[ \t]*)\{(?P<list>[^{}=]*[#.][^{}]*)\}[ \t]*$")
_TITLES = re.compile(r"\b(?:lst-cap|filename)=(?P<words>\"[^\"]*\")")

_INLINE = re.compile(r"(?<!`)`r [^`\n]+`(?!`)")


def without_chunks(file: SourceFile) -> tuple[list[Line], tuple[Problem, ...]]:
    """The lines of a file, its chunks as plain listings, or left out where they are not to be seen."""
    lines = _CHOSEN.sub(_for_screens, file.text).split("\n")
    made: list[Line] = []
    number, starts = 0, list[int]()
    while number < len(lines):
        found = _OPEN.fullmatch(lines[number])
        if not found:
            made.append((_entitled(_SHOWN.sub(r"\1\2", lines[number])), number + 1))
            number += 1
            continue
        end = _end(lines, number, found["marks"])
        starts.append(number + 1)
        made += _chunk(lines, number, end, found)
        number = end + 1
    inline = [at for line, at, code in with_code(made) if not code and _INLINE.search(line)]
    at = sorted((*starts, *inline))
    if not (count := len(at)):
        return made, ()
    them = "a chunk of code is" if count == 1 else f"{count} chunks of code are"
    message = f"{them} not run: what the code would print or draw is not in the book"
    hint = "put tables and pictures that matter in the text"
    return made, (warning("code-not-run", message, file.at(at[0]), hint=hint, subject=file.name),)


def _entitled(line: str) -> str:
    """The first line of a listing with its caption, or the name of its file, as its title."""
    found = _SHOWN_WITH.fullmatch(line)
    titles = _TITLES.findall(found["list"]) if found else []
    if found is None or not titles:
        return line
    listed = " ".join(_TITLES.sub("", found["list"]).split())
    return f"{found['marks']}{{{listed} title={titles[0]}}}"


def _division(found: re.Match[str]) -> str:
    """The division that a chunk stands for whose engine only sets text, `{theorem, name="…"}`; "" for none.

    https://bookdown.org/yihui/bookdown/custom-blocks.html
    """
    language, options = found["language"], found["options"]
    if language in ("block", "block2"):
        kind = _TYPE.search(options)
        return f"::: {{.{kind['kind']}}}" if kind else "::: {.block}"
    if language not in _ENGINES:
        return ""
    name, label = _NAME.search(options), _LABEL.search(options)
    named = f" #{_ENGINES[language]}:{label['name'] or label['other']}" if label else ""
    return f"::: {{.{language}{named}" + (f' name="{name["name"]}"}}' if name else "}")


def _for_screens(found: re.Match[str]) -> str:
    """What R would write into a web page, in as many lines."""
    for_screens = (found["output"] == "html") != bool(found["not"])
    text = found["text"] if for_screens else found["other"] or ""
    return text + "\n" * (found[0].count("\n") - text.count("\n"))


def _end(lines: list[str], start: int, marks: str) -> int:
    """The line that ends a chunk, or the last of the file."""
    for number in range(start + 1, len(lines)):
        if lines[number].strip(" \t>") == marks:
            return number
    return len(lines) - 1


def _chunk(lines: list[str], start: int, end: int, found: re.Match[str]) -> Iterator[Line]:
    if division := _division(found):
        yield division, start + 1
        yield from ((lines[number], number + 1) for number in range(start + 1, end))
        yield ":::", end + 1
        return
    begin, told = start + 1, list[str]()
    while begin < end and (option := _OPTION.fullmatch(lines[begin])):
        told.append(option["option"])
        begin += 1
    options = chunk_options(found["options"], told)
    hidden = any(_HIDING.search(option) for option in (found["options"], *told))
    if not hidden:
        yield f"{found['indent']}{found['marks']}{found['language'].lower()}", start + 1
        for number in range(begin, end + 1):
            yield lines[number], number + 1
    pictures = _PICTURE.findall("\n".join(lines[begin:end]))
    if pictures or not hidden:
        yield from ((line, start + 1) for line in captions(options, pictures))
    elif hidden:
        yield "", start + 1
