"""Whatever is put into a book's folder, a build ends with 0, 1 or 2, with plain words, and within its budget.

A short slice runs with the tests; `make torture` runs as many as an hour holds. Most are checked alone, which
goes through every stage; one of twenty is built, and what was built is read again (`--verify` finds no book
that can't be read, and whatever else it says is the manuscript's: chance writes no grammar).
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.building import build

BOOKS = int(os.environ.get("RECTO_TORTURE", "12"))
NASTY = (
    "# 1 Oars",
    "## 1.1 Blades",
    "1.1 Oars",
    "---",
    "...",
    "title: [",
    "a: &a *a",
    "```",
    "~~~",
    "![x](",
    "](",
    "[^a]",
    "[^a]: b",
    "|a|b|",
    "|-|-|",
    "- ",
    "> ",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<p dir=x>",
    "{^a!b|main}",
    "{#x .y}",
    "$$",
    "$",
    "\\",
    "*[A]: b",
    "[a]: <b",
    "***",
    "_",
    "~",
    "``",
    "&#x0;",
    "&amp",
    "\u202e",
    "\ufffe",
    "\x00",
    "\x0c",
    "\U000e0041",
    "é",
    "日本",
    "שלום",
    "a" * 300,
    " " * 50,
    "\t",
    "\r",
    ":::",
    "!!! note",
    "Table: x",
    "[[",
    "]]",
    "::",
    "[book]",
    "title = ",
    '"',
    "'''",
    "= {",
    "x.y.z = 1",
    "[limits]",
    "seconds = -1",
    "memory = 0",
    "[[place]]",
    "{{ x }}",
    "{% for i in range(9) %}",
    "{% endfor %}",
    "{{ ''.__class__ }}",
    "{% include 'a' %}",
    "p { color: red }",
    "@import 'x';",
    "url(",
    ":is(",
    "/*",
    "*/",
    "}",
    "<svg xmlns='http://www.w3.org/2000/svg'>",
    "<use href='#a'/>",
    "</svg>",
)
PICTURES = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0",
    b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"RIFF\x10\0\0\0WEBPVP8 ",
    b"%PDF-1.7\n",
    b"PK\3\4",
    b"\0\1\0\0\0\x0c\0\x80",
    b"OTTO\0\x0a",
    b"wOFF\0\1\0\0",
    b"\xff\xfe\0\0",
    b"\xef\xbb\xbf# 2",
)
NAMES = (
    "a.md",
    "b.txt",
    "SUMMARY.md",
    "book.toml",
    "index.toml",
    "styles/book.css",
    "styles/epub.css",
    "images/x.svg",
    "templates/print/chapter.html",
    "templates/epub/chapter.xhtml",
    "images/x.png",
    "x.jpg",
    "styles/fonts/x.ttf",
    "styles/print.css",
    "templates/print/page.html",
    "src/SUMMARY.md",
    "book.json",
    "_quarto.yml",
    "_bookdown.yml",
    "_toc.yml",
    "Book.txt",
    "c.ipynb",
    "d.docx",
    "e.odt",
    "f.rst",
    "g.adoc",
    "themes/x/theme.toml",
    ".rectoignore",
    "02 \udcff.md",
)
text = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=25).map("\n".join)
pictures = st.tuples(st.sampled_from(PICTURES), st.binary(max_size=200)).map(b"".join)
content = text.map(lambda each: each.encode("utf-8", "surrogatepass")) | st.binary(max_size=60) | pictures


@settings(
    max_examples=BOOKS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.dictionaries(st.sampled_from(NAMES), content, max_size=4), text, st.integers(0, 19))
def test_a_build_of_anything_ends_with_plain_words(
    files: dict[str, bytes], manuscript: str, number: int
) -> None:
    with TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        whole = f"# 1 Oars\n\n## 1.1 Blades\n\n![A](images/x.svg)\n\n{manuscript}".encode("utf-8", "replace")
        for name, written in {"a.md": whole, **files}.items():
            (book / name).parent.mkdir(parents=True, exist_ok=True)
            (book / name).write_bytes(written)
        arguments = ["--verify"] if number == 0 else ["--check"]
        built = build(book, Path(folder) / "out", "--jobs", "1", "--max-seconds", "60", *arguments)
        assert built.exit_code in (0, 1, 2), built.errors
        assert "Traceback" not in built.errors
        assert "budget" not in built.errors
        assert "book-unreadable" not in built.errors
        assert built.exit_code == 0 or not list((Path(folder) / "out").glob("*"))
