"""Items of lists hold a label and a body, whatever stands in them: else a PDF is not accessible."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from recto.print.layout.job import LayoutJob
from recto.print.layout.running import run
from tests.print_book import CSS, assets, unit


def elements(node: Any) -> Iterator[Any]:
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


@pytest.mark.parametrize(
    "items",
    [
        "<li>tight</li><li>list</li>",
        "<li><p>One.</p><p>Two.</p></li><li><p>Three.</p></li>",
        "<li><p>One.</p><ul><li>nested</li></ul><p>After it.</p></li>",
        "<li><blockquote><p>Said.</p></blockquote></li>",
        "<li><pre><code>code</code></pre></li>",
        "<li><p>One.</p><table><tr><td>cell</td></tr></table></li>",
    ],
)
def test_an_item_has_a_label_and_a_body_and_nothing_else(items: str) -> None:
    laid = run(LayoutJob(unit("chapter-1", f"<ul>{items}</ul>"), (CSS,), assets()))
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        found = [each for each in elements(pdf.Root.StructTreeRoot) if each.get("/S") == "/LI"]
        kids = [[str(kid["/S"]) for kid in each["/K"]] for each in found]
        assert found and all(len(set(each)) == len(each) for each in kids)
        assert {kind for each in kids for kind in each} <= {"/Lbl", "/LBody"}
        for each in found:
            assert all(kid["/P"].objgen == each.objgen for kid in each["/K"])
