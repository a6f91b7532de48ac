"""What the print engine is spared must not show on any page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.print_book import WORDS

ROOT = Path(__file__).resolve().parent.parent
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
"""
BODY = f"""
<p class="first">{WORDS}</p><p class="head">Head</p><p>{WORDS}<span class="note">{WORDS}</span></p>
<table class="folded"><thead><tr><th>A</th></tr></thead>
<tbody><tr><td>{WORDS}</td><td>b</td></tr></tbody></table>
<table><tr><td>{WORDS}</td><td dir="rtl">שלום</td></tr></table><div class="columns">{WORDS} {WORDS}</div>
<div class="flex"><p>{WORDS}</p><p>two</p><div>three <b>four</b></div></div>
<div class="grid"><p>{WORDS}</p><p class="boxed">{WORDS}</p><i>six</i></div>
<p class="led">Led</p><aside class="side">{WORDS}</aside><p class="spaced">{WORDS}</p><pre>a\tb\n\tc</pre>
<p class="var">x<sup class="high">2</sup> and y<sub>3</sub> <span class="low">low</span> {WORDS}</p>
<ul><li>{WORDS}</li><li><ol><li>inner</li></ol></li></ul><p lang="de">{WORDS}</p>
"""
PROGRAM = """
import sys, hashlib
import recto.print.sparing as sparing
if sys.argv[1] == "plain":
    sparing.spare = lambda: None
from recto.print.job import LayoutJob, run
from tests.print_book import CSS, assets, unit
from tests.test_print_sparing import BODY, CSS as MORE
laid = run(LayoutJob(unit("a", BODY), (CSS, MORE), assets()))
print(len(laid.pages), hashlib.sha256(laid.pdf).hexdigest(), laid.messages)
"""


def laid_out(how: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, how]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_pages_are_the_same_to_the_byte_whether_the_engine_is_spared_work_or_not() -> None:
    spared = laid_out("spared")
    assert int(spared.split()[0]) > 3
    assert spared == laid_out("plain")
