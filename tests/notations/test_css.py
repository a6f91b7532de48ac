"""Style sheets are CSS, reach for nothing outside the book, and ask for nothing without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.notations import css
from recto.theme import find

BOMBS = {
    "brackets": "{" * 50_000,
    "nested tests": ":is(" * 3_000 + "p" + ")" * 3_000 + "{color:red}",
    "many tests": "p" + ":not(a)" * 5_000 + "{color:red}",
    "many steps": "p " * 70 + "{color:red}",
    "many steps in a test": ":is(" + "p > " * 70 + "p) {color:red}",
    "nested sums": "p{width:" + "calc(" * 3_000 + "1px" + ")" * 3_000 + "}",
    "doubling": ":root{--a0:x;"
    + "".join(f"--a{n}:var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 40))
    + "}",
    "doubling before it is defined": "p{"
    + "".join(f"--a{n}:var(--a{n + 1}) var(--a{n + 1});" for n in range(40))
    + "--a40:x}",
    "doubling over lines": "".join(f"p{{--a{n + 1}:\nvar(--a{n})\nvar(--a{n})}}" for n in range(40)),
    "doubling in disguise": "p{--a0:x;"
    + "".join(f"--a{n + 1}/**/:v\\61r(--a{n}) VAR( --q, VAR(--a{n}));" for n in range(40))
    + "}",
    "a text without end": "p::before{content:" + f'"{"x" * 600}"' * 2 + "}",
    "a name without end": "@counter-style s{system:symbolic; symbols:" + "x" * 1_200 + "}",
    "a counter padded without end": '@counter-style s{symbols: "0" "1"; pad: 90000000 "x"}',
    "a grid without end": "p{display:grid; grid-template-rows:repeat(1000000, [a] 1px)}",
    "never closed": "p{color:red",
    "a comment without end": "p{color:red} /* and so on",
    "no declaration": "p{color red}",
    "no rule": "p{color:red}} q{}",
    **{
        f"no selector {head!r}": f"{head} {{ color: red }}"
        for head in (
            "",
            "[]",
            "p >",
            "> p",
            "p,, q",
            "p + + q",
            "p ~",
            ". a",
            "p:",
            "p::",
            "#1",
            "[x]p",
            "p 3",
            "<div>",
            "(p)",
            "p!",
            '"p"',
            "@oth@oth p",
            "- p",
            "p = q",
            ":: p",
            "p{q:is(",
            "[1]",
        )
    },
    "no selector amid a query": "@media print {\n p > { color: red }\n}",
    "no value": "p { color: ; margin: 0 }",
    "a mark in an animation": "@keyframes a { from { color: red; ``` } to { color: blue } }",
    "a mark before a moment": "@keyframes a { ``` from { color: red } }",
    "a mark in a page": "@page { margin: 1cm; ` }",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_broken_or_without_end_is_told(bomb: str) -> None:
    assert css.faults(BOMBS[bomb])


@pytest.mark.parametrize(
    "sheet",
    ["", "/* nothing */", "@media print { p { color: red } }",
     "p > a:not(.x):is(b, c) { --x: 1; color: var(--x) }",
     "@page { margin: 2cm; @bottom-center { content: counter(page) } }", "p::before { content: '}' }",
     "@font-face { font-family: A; src: url(fonts/A.ttf) }", "p { color: RED; foo: bar }",
     "a.b#c[d]:e::f, *|*, svg|a > *:not(.x, #y) + q ~ r/**/ s , [lang|='en' i]::before { --x: ; color: red }",
     "@keyframes a { from { top: 0 } 50% { top: 1px } }", "p { color: red; & > b { top: 0 } }",
     "@supports (display: grid) and (not (top: 0)) { @media (min-width: 3em) { p { top: 0 } } }",
     "@container side (max-width: 18em) { .a, .a b { top: 0 } }", "@layer a, b;", ":root { top: 0 }",
     "p { --a: var(--b); --b: var(--a) var(--b); --c: var(--c) }",
     "a { --x: 1 } b { --x: var(--y, var(--z)) }"],
)  # fmt: skip
def test_what_is_css_is_none_of_our_business(sheet: str) -> None:
    assert css.faults(sheet) == []


def test_a_sheet_of_the_ebook_may_not_turn_the_text_around(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    for name in ("epub.css", "print.css"):
        sheet = "/* { direction: ltr */\np { top: 0; Direction: rtl;\n unicode-bidi: embed }\n"
        (tmp_path / "styles" / name).write_text(sheet)
    faults = find(tmp_path).faults()
    assert [(Path(each.place.file).name, each.place.line) for each in faults] == [
        ("epub.css", 2),
        ("epub.css", 3),
    ]


@pytest.mark.parametrize(
    "sheet",
    [
        '@import "http://x.example/a.css";', "@IMPORT url(http://x.example/a.css);",
        "p { background: url(http://x.example/a.png) }", "p { background: URL('//x.example/a.png') }",
        "@font-face { font-family: X; src: url(file:///etc/passwd) }",
        "p { background: url(../../secret.png) }",
        "p { background: image-set('http://far.example/a.png' 1x) }",
        "p { background: u\\72 l(http://far.example) }",
    ],
)  # fmt: skip
def test_a_sheet_that_reaches_outside_the_book_is_a_fault_of_its_line(sheet: str, tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/epub.css").write_text(f"p {{ color: red }}\n{sheet}\n")
    (problem,) = find(tmp_path).faults()
    assert (problem.severity, problem.code, problem.place.line) == ("error", "style-outside", 2)


def test_a_file_of_a_sheet_that_is_not_there_costs_no_book(tmp_path: Path) -> None:
    (tmp_path / "styles/fonts").mkdir(parents=True)
    (tmp_path / "styles/print.css").write_text("p { background: url(gone.png) }\n")
    (tmp_path / "styles/fonts/face.css").write_text("\np { background: url(../gone%20too.png) }\n")
    problems = find(tmp_path).faults()
    assert [(each.severity, each.code, each.place.line) for each in problems] == [
        ("warning", "style-outside", 2),
        ("warning", "style-outside", 1),
    ]


def test_a_sheet_may_name_what_lies_beside_it_and_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "styles/pictures").mkdir(parents=True)
    (tmp_path / "styles/pictures/rule.svg").write_text("<svg/>")
    (tmp_path / "styles/print.css").write_text(
        "hr { background: url(pictures/rule.svg) }\n"
        "@font-face { font-family: S; src: url(book:///styles/fonts/SourceSerif4-Regular.ttf) }\n"
    )
    assert find(tmp_path).faults() == ()
    assert find().faults() == ()


@pytest.mark.parametrize(
    "sheet",
    [
        "p{background:url(a.png)}", "p{background:\\75rl(a.png)}", '@IMPORT "a.png";',
        '@\\69mport "a.png";', 'p{background:Image-Set("a.png" 1x)}', 'p{--x:src("a.png")}',
    ],
)  # fmt: skip
def test_an_address_is_found_however_what_fetches_it_is_written(sheet: str) -> None:
    assert [address for _, address in css.sheet_addresses(sheet)] == ["a.png"]


@pytest.mark.parametrize(
    "sheet", ['@media all { @import "a.css"; }', '@media all { p { color: red } @\\69mport "a.css" }']
)
def test_an_import_is_no_rule_that_stays_wherever_it_stands(sheet: str) -> None:
    assert css.rules_within(f"p {{ color: red }} {sheet}") == ("p { color: red }", False)
