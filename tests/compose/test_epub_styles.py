"""Style sheets of the e-book: nothing that makes an old reader drop the sheet, nothing forced on the reader.

Adobe's engine (in Kobo, Nook, Tolino readers) drops a whole sheet, or the book, over one value function that
it does not know; a fallback beside it does not help. EPUBCheck passes all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import tinycss2

from recto.theme import find

SHEETS = ("book.css", "epub.css")
FORBIDDEN_UNITS = {"rem", "vh", "vw", "vmin", "vmax", "ch", "lh"}
FORCED = {"font-family", "font-size", "color", "background", "background-color", "line-height", "text-align"}


def faults(css: str) -> list[str]:
    """Whatever in a sheet an old reader stumbles over, or a reader's own settings could not undo."""
    return list(_faults(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _faults(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "error":
            yield f"not CSS: {rule.message}"
        elif rule.type == "at-rule":
            yield f"at-rule: @{rule.at_keyword}"
        elif rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude).strip()
            yield from _selector_faults(selector)
            declared = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
            for declaration in declared:
                yield from _declaration_faults(selector, declaration)


def _selector_faults(selector: str) -> Iterator[str]:
    for part in selector.split(","):
        if part.strip() in ("div", "span", "*"):
            yield f"too wide a selector: {part.strip()}"
        if any(word in part for word in (":has(", ":is(", ":where(", ":not(")):
            yield f"selector unknown to old readers: {part.strip()}"


def _declaration_faults(selector: str, declaration: Any) -> Iterator[str]:
    if declaration.type == "error":
        yield f"{selector}: {declaration.message}"
        return
    name = declaration.lower_name
    if name in ("direction", "unicode-bidi", "position") or name.startswith("--"):
        yield f"{selector}: {name} may not be set in an EPUB"
    if selector in ("html", "body", "p") and name in FORCED:
        yield f"{selector}: {name} is the reader's to choose"
    for value in _tokens(declaration.value):
        if value.type == "function":
            yield f"{selector}: {name} uses {value.lower_name}()"
        if value.type == "dimension" and value.lower_unit in FORBIDDEN_UNITS:
            yield f"{selector}: {name} uses {value.lower_unit}"
    if name == "font-size" and any(v.type == "percentage" for v in declaration.value):
        yield f"{selector}: font-size in per cent (Kobo)"


def _tokens(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield value
        yield from _tokens(getattr(value, "arguments", None) or getattr(value, "content", None) or [])


@pytest.mark.parametrize("name", SHEETS)
def test_old_readers_can_read_the_sheet(name: str) -> None:
    assert faults(find().style(name)) == []


@pytest.mark.parametrize(
    "css",
    [
        "p.a { margin: calc(1em + 2px) }", "p.a { margin: var(--x) }", ".a { width: min(1em, 2em) }",
        ".a { width: clamp(1em, 2em, 3em) }", ".a { padding: env(x) }", ".a { margin: 1rem }",
        ".a { margin: 50vh 0 }", "@media print { }", "@supports (x: y) { a { b: c } }",
        "body { color: #000 }",
        "p { line-height: 1.4 }", "div { margin: 0 }", ".a { direction: rtl }", ".a { font-size: 80% }",
        ".a { b c }", "a:not(.b) { margin: 0 }",
    ],
)  # fmt: skip
def test_the_check_of_style_sheets_bites(css: str) -> None:
    assert faults(css)


def test_the_sheet_for_newer_readers_has_nothing_over_which_old_ones_would_refuse_the_book() -> None:
    """It stands apart and behind a media query; but a parser that reads it all the same must get through."""
    rules = tinycss2.parse_stylesheet(find().style("newer.css"), skip_comments=True, skip_whitespace=True)
    functions = {
        token.lower_name
        for rule in rules
        for token in _tokens([*rule.prelude, *(rule.content or [])])
        if token.type == "function"
    }
    assert functions == {"attr", "linear-gradient"}
    assert {rule.lower_at_keyword for rule in rules if rule.type == "at-rule"} == {"container"}


def test_the_bar_beside_the_rows_of_a_long_line_of_code_begins_below_the_first() -> None:
    """A browser rounds the height of a row up: at a whole row, a pixel of the bar shows below each line."""
    (found,) = re.findall(r"pre \.line \{[^}]* ([\d.]+)lh / 2px 100% no-repeat", find().style("newer.css"))
    assert 1 < float(found) < 1.3


def test_no_colour_vanishes_on_a_dark_page() -> None:
    """What book.css has in dark ink, epub.css must set anew: to the text's colour or a grey of the middle."""
    inked = {part for rule in _coloured("book.css", "#000", "#333", "#555") for part in rule}
    undone = {part for rule in _coloured("epub.css", "inherit", "#808080") for part in rule}
    assert inked
    assert inked - undone == set()


def _coloured(name: str, *colours: str) -> Iterator[list[str]]:
    for rule in tinycss2.parse_stylesheet(find().style(name), skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and any(c in tinycss2.serialize(rule.content) for c in colours):
            yield [part.strip() for part in tinycss2.serialize(rule.prelude).split(",")]
