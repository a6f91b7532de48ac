"""What the print engine is spared must not show on any page."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.checkout import ROOT
from tests.print_book import WORDS

# Everything that what is spared could hang on: each of these goes another way through the engine.
CSS = """
@page { size: 4in 4in; margin: 0.6in; @bottom-center { content: counter(page) " of " counter(pages) } }
@page :first { margin: 1in; @bottom-center { content: none } }
.folded { border-collapse: collapse } .folded td { border: 1px solid; padding: 3px }
.columns { columns: 2; column-gap: 1em }
.flex { display: flex; flex-wrap: wrap } .flex > * { flex: 1 1 30%; min-width: 3em; border: 1pt solid }
.grid { display: grid; grid-template-columns: 1fr 2fr; gap: 4pt }
.first::first-letter { font-size: 200%; float: left } .first::first-line { font-variant-caps: small-caps }
.led::after { content: leader(".") "7" }
.side { float: right; width: calc(20% + 12pt); margin-inline-start: 1em; padding-block: 2pt }
.high { position: relative; top: -2pt; text-decoration: underline overline }
.low { position: absolute; bottom: 0 }
.spaced { letter-spacing: 0.1em; word-spacing: 0.2em; text-indent: 10%; font-feature-settings: "onum" }
.boxed { box-sizing: border-box; width: 50%; min-width: 4em; max-height: 9em; border-radius: 10% }
.note { float: footnote } .head { position: running(head) } :root { --wide: 3em }
.var { margin-left: var(--wide) }
.narrow { width: 5em; text-align: justify } .narrow + .narrow { width: 2.5em; overflow-wrap: anywhere }
.just { text-align: justify; hyphens: auto; hyphenate-limit-zone: 4%; hyphenate-limit-chars: 6 3 3 }
.gap { word-spacing: 2pt } .wide { letter-spacing: 1pt } .small { font-variant-caps: all-small-caps }
.code { white-space: pre-wrap; overflow-wrap: anywhere; font-family: monospace }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left }
.two { columns: 2; column-gap: 1.6em } .two li { break-inside: avoid } .hang { text-indent: -1em }
.shift, .shift.shift.shift.heavy { margin-left: 3em } .shift.shift { margin-inline-start: 1em }
.mark { background: #eee; border-radius: 2pt; padding: 1pt } .rtl { direction: rtl }
"""
# Words that are kerned with spaces, broken within, hyphenated, not of one font, or not written as Latin is.
TEXTS = (
    "A Voyage To Wales: Why, Yes! T. V. Y. “Twas” W. P. ‘Very’ f f fi ffl office AVATAR 1/2 10–12 25 % No. 7",
    "non-breaking\u00a0words\u00a0kept, well-known half-baked—and em—dashed, and/or either/or e-mail a-b-c x",
    "incomprehensibilities internationalization responsibilities (characteristically) “extraordinarily” so",
    "mit\u00adein\u00adan\u00adder ge\u00adtrennt, na\u00efve caf\u00e9 \u0153uvre e\u0301toile \u2192",
    "\u03b1\u03b2\u03b3 \u0434\u0430 between words of Latin letters",
    "日本語の組版は禁則処理が要る。漢字とかなとLatinが混ざる。",
    "שלום עולם and العربية عالم in one line, 123 and (456)",
    "🙂 or ☺ and https://example.org/a/very/long/address?with=query&and=more#fragment-of-it end",
    "1, 2, 3–5; 17. 400 000",
)
KINDS = ("just", "narrow", "narrow", "gap", "wide", "small", "code", "rtl", "hang just")
BODY = f"""
<p class="first">{WORDS}</p><p class="head">Head</p><p>{WORDS}<span class="note">{WORDS}</span></p>
<table class="folded"><thead><tr><th>A</th></tr></thead>
<tbody><tr><td>{WORDS}</td><td>b</td></tr></tbody></table>
<table><tr><td>{WORDS}</td><td dir="rtl">שלום</td></tr></table><div class="columns">{WORDS} {WORDS}</div>
<div class="flex"><p>{WORDS}</p><p>two</p><div>three <b>four</b></div></div>
<div class="grid"><p>{WORDS}</p><p class="boxed">{WORDS}</p><i>six</i></div>
<p class="led">Led</p><aside class="side">{WORDS}</aside><p class="spaced">{WORDS}</p><pre>a\tb\n\tc</pre>
<p class="var">x<sup class="high">2</sup> and y<sub>3</sub> <span class="low">low</span> {WORDS}</p>
<p class="shift">{WORDS}</p><p class="shift heavy">{WORDS}</p>
<ul><li>{WORDS}</li><li><ol><li>inner</li></ol></li></ul><p lang="de">{WORDS}</p>
"""
PARTS = "".join(
    f'<p class="{kind}" id="p-{row}-{at}"{" lang=de" if at % 5 == 3 else ""}>{text} '
    f'<a href="#p-0-0">{text[:9]}</a><i>, {text}</i> <b class="mark">{text[4:20]} </b>{text}'
    f"<sup>{at}</sup></p>"
    for row, text in enumerate(TEXTS)
    for at, kind in enumerate(KINDS)
    if kind == "just" or (row + at) % 3
).replace("lang=de", 'lang="de"')
ITEMS = "".join(
    f'<li id="i-{at}">entry, <a href="#i-{at + 1}">{at}</a>, <a href="#i-{at}">{at + 1}</a>–{at + 9}</li>'
    for at in range(80)
)
LISTS = (
    f'<p class="cut">Overlong{WORDS}</p><h2 id="list">List</h2><div class="two"><ul>{ITEMS}</ul></div>'
    + "".join(
        f'<table id="t-{at}"><tr><td id="c-{at}">{text}</td><td>{at}</td></tr></table>'
        for at, text in enumerate(TEXTS)
    )
)
PROGRAM = """
import sys, hashlib
import recto.print.engine.sparing as sparing
if sys.argv[1] == "plain":
    sparing.spare = lambda: None
from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets, unit
from tests.print.engine.test_sparing import BODY, CSS as MORE, LISTS, PARTS
for name, body in (("parts", PARTS), ("lists", LISTS), ("all", BODY)):
    laid = run(LayoutJob(unit(name, body), (CSS, MORE), assets()))
    print(len(laid.pages), hashlib.sha256(laid.pdf).hexdigest(), laid.messages)
    if len(sys.argv) > 2:
        open(f"{sys.argv[2]}/{name}-{sys.argv[1]}.pdf", "wb").write(laid.pdf)
"""


def laid_out(how: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, how]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_pages_are_the_same_to_the_byte_whether_the_engine_is_spared_work_or_not() -> None:
    spared = laid_out("spared")
    assert int(spared.split()[0]) > 3
    assert spared == laid_out("plain")


def test_what_few_books_need_of_font_tools_is_imported_when_it_is_asked_for() -> None:
    program = """
import sys
import recto.print.engine.rendering
assert "fontTools.varLib" not in sys.modules
from weasyprint.pdf.fonts import instantiateVariableFont, subset
assert subset.Options().notdef_outline is False
try:
    instantiateVariableFont({}, {})
except ValueError as fault:
    print(fault)
from fontTools.varLib.instancer import instantiateVariableFont
print(instantiateVariableFont.__module__)
"""
    command = [sys.executable, "-W", "ignore", "-c", program]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert said == "Missing required table fvar\nfontTools.varLib.instancer\n"
