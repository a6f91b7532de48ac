"""Nothing leaves with the e-book that runs, sends, fetches or points outside, nor what EPUBCheck refuses."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from recto.epub import gate
from recto.store.cache import Memo
from tests.building import build
from tests.checkout import ROOT

DOCUMENT = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"><head>'
    '<title>t</title><link rel="stylesheet" href="styles/a.css"/>{head}</head><body{on}>{body}</body></html>'
)


def packed(body: str = "", head: str = "", on: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("EPUB/one.xhtml", DOCUMENT.format(body=body, head=head, on=on))
        package.writestr("EPUB/styles/a.css", "")
        package.writestr("EPUB/images/a.png", "")
    return written.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        "<script>x()</script>", "<SCRIPT/>", "<form action='http://x.example/'><input/></form>", "<button/>",
        "<iframe src='images/a.png'/>", "<object data='images/a.png'/>", "<embed src='images/a.png'/>",
        "<p onclick='x()'>a</p>", "<p onfoo='x()'>a</p>",
        "<a href='javascript:x()'>a</a>", "<a href='//far.example'>a</a>",
        "<a href='file:///etc/passwd'>a</a>", "<a href='data:text/html,x'>a</a>",
        "<a href='JAVASCRIPT:x()'>a</a>",
        "<img src='http://far.example/a.png' alt=''/>", "<img src='images/gone.png' alt=''/>",
        "<img src='' srcset='x' alt=''/>", "<blockquote cite='javascript:x()'><p>a</p></blockquote>",
        "<p style='background: url(http://far.example)'>a</p>",
        "<p dir='x'>a</p>", "<p lang='!!'>a</p>", "<p><div>a</div></p>", "<span><p>a</p></span>",
        "<blink>a</blink>",
        "<li>a</li>", "<table><td>a</td></table>", "<p>a <table/></p>", "<figcaption>a</figcaption>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>", "<x xmlns='urn:x'/>",
        "<a href='gone.xhtml'>a</a>", "<a href='#gone'>a</a>", "<p aria-labelledby='gone'>a</p>",
        "<p id='a' aria-describedby='a gone'>a</p>",
        "<ol>a<li>b</li></ol>", "<ul><li>b</li>a</ul>", "<table><tr>a<td>b</td></tr></table>",
        "<nav epub:type='toc'><ol><li>a</li></ol></nav>", "<nav epub:type='toc'><p>a</p><ol/></nav>",
        "<nav epub:type='toc'>a<ol><li><a href='#x'>b</a></li></ol></nav>", "<nav epub:type='toc'/>",
        "<nav epub:type='toc'><ol><li><a href='#x'>b</a>c</li></ol></nav>",
    ],
)  # fmt: skip
def test_what_may_not_leave_is_found(body: str) -> None:
    problems = gate(packed(body), "a.epub")
    assert problems
    assert {(each.severity, each.code) for each in problems} == {("error", "epub-forbidden")}


@pytest.mark.parametrize(
    ("head", "on"),
    [
        ("<script src='http://far.example/x.js'></script>", ""),
        ("<style>@import 'http://far.example/x.css';</style>", ""),
        ("<link rel='stylesheet' href='http://far.example/x.css'/>", ""),
        ("<base href='http://far.example/'/>", ""),
        ("", " onload='x()'"),
    ],
)
def test_the_head_and_the_body_itself_are_looked_at_too(head: str, on: str) -> None:
    assert gate(packed(head=head, on=on), "a.epub")


@pytest.mark.parametrize(
    "body",
    [
        "<p>a <a href='https://far.example/?a=b#c'>b</a> <a href='#x' id='x'>c</a></p>",
        "<p><a href='one.xhtml'>d</a></p>",
        "<p><a href='mailto:a@b.example'>a</a><img src='images/a.png' alt=''/></p>",
        "<section epub:type='chapter'><h1>a</h1><dl><div><dt>a</dt><dd>b</dd></div></dl></section>",
        "<a href='#x' id='x'><p>a block within a link</p></a><ins><div>a</div></ins>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><p/></td></tr></tbody></table>",
        "<figure><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math><figcaption>a</figcaption></figure>",
        "<blockquote cite='https://far.example/'><p dir='rtl' lang='ar-EG'>a</p></blockquote>",
        "<p id='a' aria-describedby='a b'>a <span id='b'>b</span> <a href='#%62'>c</a></p>",
        "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>",
    ],
)
def test_what_books_are_made_of_passes(body: str) -> None:
    assert gate(packed(body), "a.epub") == ()


@pytest.mark.slow
def test_a_template_of_a_stranger_gets_nothing_into_the_book(tmp_path: Path) -> None:
    (tmp_path / "book/templates/epub").mkdir(parents=True)
    (tmp_path / "book/a.txt").write_text("1.1 Oars\n\nAn oar is a lever.\n")
    shipped = (ROOT / "templates/epub/document.xhtml").read_text()
    assert "</head>" in shipped
    script = '<script src="http://far.example/x.js"></script></head>'
    (tmp_path / "book/templates/epub/document.xhtml").write_text(shipped.replace("</head>", script))
    built = build(tmp_path / "book", tmp_path / "out", "--formats", "epub", "--jobs", "1")
    assert built.exit_code == 1
    assert "<script> [epub-forbidden]" in built.errors
    assert list((tmp_path / "out").iterdir()) == []


def test_what_was_found_in_a_document_holds_as_long_as_the_package_is_the_same() -> None:
    memo = Memo()
    good = packed("<p><img src='images/a.png' alt=''/></p>")
    bad = packed("<p><img src='images/b.png' alt=''/></p>")
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        without = io.BytesIO()
        with zipfile.ZipFile(without, "w") as less:
            for name in package.namelist():
                if name != "EPUB/images/a.png":
                    less.writestr(name, package.read(name))
    for archive in (good, bad, without.getvalue(), good):
        assert gate(archive, "a.epub", memo) == gate(archive, "a.epub")
