"""SVG keeps what draws and nothing else, and no more than can be drawn."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.images.svg import sanitise
from recto.images.svg_cost import DEEPEST, MOST_SHAPES
from tests.patience import goes_by_length

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def drawn(inside: str, before: str = "") -> str:
    return sanitise(f"{before}{OPEN}{inside}</svg>".encode()).content.decode()


# Each tries to get something in; what must not be in the picture afterwards.
INTRUDERS = [
    ("<script>alert(1)</script>", "alert"),
    ("<SCRIPT>alert(1)</SCRIPT>", "alert"),
    ('<rect onclick="alert(1)"/>', "alert"),
    ('<rect ONLOAD="alert(1)"/>', "alert"),
    ('<a href="javascript:alert(1)"><rect/></a>', "alert"),
    ('<a xlink:href="https://far.example/"><rect/></a>', "far.example"),
    ('<image href="http://far.example/a.png"/>', "far.example"),
    ('<image xlink:href="file:///etc/passwd"/>', "passwd"),
    ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "PHN2Zz4"),
    ('<use href="other.svg#a"/>', "other.svg"),
    ('<feImage href="https://far.example/"/>', "far.example"),
    ('<rect fill="url(http://far.example/#a)"/>', "far.example"),
    ('<rect fill="URL(http://far.example/#a)"/>', "far.example"),
    ('<rect fill="u\\72 l(http://far.example/#a)"/>', "far.example"),
    ('<rect fill="url( &quot;http://far.example/#a&quot; )"/>', "far.example"),
    ('<rect style="fill: Url(//far.example/a)"/>', "far.example"),
    ('<rect style="fill: image-set(&quot;//far.example/a&quot; 1x)"/>', "far.example"),
    ("<style>@import 'http://far.example/a.css';</style>", "far.example"),
    ("<style>@IMPORT url(http://far.example/a.css);</style>", "far.example"),
    ("<style>@\\69mport 'http://far.example/a.css';</style>", "far.example"),
    ("<style>rect { fill: url(http://far.example/a) }</style>", "far.example"),
    ("<style>@font-face { src: url(http://far.example/a.ttf) }</style>", "far.example"),
    ("<style><![CDATA[@import 'http://far.example/a.css';]]></style>", "far.example"),
    ("<style>rect { fill: url(http://far.example/" + "(" * 5000 + ") }</style>", "far.example"),
    ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>paragraph</p></foreignObject>", "paragraph"),
    ("<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='http://far.example/'/>", "far.example"),
    ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>", "alert"),
    ("<x:script xmlns:x='urn:anything'>alert(1)</x:script>", "alert"),
    ("<animate attributeName='href' to='javascript:alert(1)'/>", "alert"),
    ("<set attributeName='onclick' to='alert(1)'/>", "alert"),
    ("<handler type='x'>alert(1)</handler>", "alert"),
    ("<audio src='http://far.example/a.mp3'/>", "far.example"),
    ("<rect xml:base='http://far.example/'/>", "far.example"),
    ("<?xml-stylesheet href='http://far.example/a.css'?><rect/>", "far.example"),
    ("<unheardof href='http://far.example/'/>", "far.example"),
    ("<rect unheard='alert(1)'/>", "alert"),
    (f"<rect fill='{'x' * 5000}'/>", "xxxxx"),
]


@pytest.mark.parametrize(("inside", "word"), INTRUDERS)
def test_nothing_gets_in_that_does_not_draw(inside: str, word: str) -> None:
    drawing = sanitise(f"{OPEN}{inside}<circle r='1'/></svg>".encode())
    assert word not in drawing.content.decode()
    assert "<circle" in drawing.content.decode()
    assert drawing.removed or "urn:anything" in inside
    assert sanitise(drawing.content).removed == ()


@pytest.mark.parametrize("prolog", ["<?xml-stylesheet href='http://far.example/a.css'?>", "<?php x?>"])
def test_an_instruction_before_the_picture_is_taken_out(prolog: str) -> None:
    assert "<?" not in drawn("<rect/>", f"<?xml version='1.0'?>{prolog}").removeprefix("<?xml")
    assert sanitise(f"{prolog}{OPEN}<rect/></svg>".encode()).removed == ("a processing instruction",)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252"])
def test_a_picture_in_the_encoding_that_it_declares_is_read(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?>{OPEN}<text>café</text></svg>"
    assert "café" in sanitise(text.encode(encoding)).content.decode()


@pytest.mark.parametrize("encoding", ["zlib", "rot13", "idna", "nonsense", "utf-16"])
def test_an_encoding_that_is_none_is_told(encoding: str) -> None:
    with pytest.raises(ValueError, match=r"encoding|is not"):
        sanitise(f"<?xml version='1.0' encoding='{encoding}'?>{OPEN}<text>é</text></svg>".encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<defs><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient></defs>"
        "<style>.k{fill:url(#g)} text{font:italic 20px sans-serif}</style><rect class='k'/>",
        "<marker id='m'><path class='head' d='M0 0'/></marker>"
        "<style>.edge{marker-end:url(#m)}</style><path class='edge' d='M0 0L9 9'/>",
        "<symbol id='s'><circle r='1'/></symbol><use xlink:href='#s' x='5'/><use href='#s'/>",
        "<image href='data:image/png;base64,iVBORw0KGgo='/>",
        "<text x='1 2 3' font-family='&quot;A (B)&quot;'>(words)</text>",
        "<rect transform='rotate(45 1 1) translate(1,2)' style='fill: rgb(1, 2, 3); stroke: url(#a)'/>",
        "<rect filter='url(&quot;#f&quot;)'/><filter id='f'><feGaussianBlur stdDeviation='2'/></filter>",
        "<path d='" + "M 1.5 2.5 L 3 4 " * 5000 + "'/>",
    ],
)
def test_what_draws_stays_to_the_byte(inside: str) -> None:
    content = f"{OPEN}{inside}</svg>".encode()
    drawing = sanitise(content)
    assert (drawing.content, drawing.removed) == (content, ())


def test_what_an_editor_keeps_for_itself_goes_without_a_word() -> None:
    content = (
        f"{OPEN[:-1]} xmlns:ink='urn:ink' ink:version='1'><metadata><x/></metadata><ink:view/>"
        "<rect ink:label='a'/></svg>"
    )
    drawing = sanitise(content.replace("<rect", "<g data-cell-id='7'/><rect").encode())
    assert drawing.removed == ()
    assert b"<rect" in drawing.content and b"data-cell" not in drawing.content
    assert b"ink:" not in drawing.content.replace(b"xmlns:ink", b"")


def test_of_what_a_picture_offers_in_turn_the_rest_stays_and_nothing_is_missed() -> None:
    """Drawings of draw.io have labels as HTML, and as text for who draws no HTML (SVG 1.1, 5.8.2)."""
    html = '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Stack</div></foreignObject>'
    drawing = sanitise(f"{OPEN}<switch>{html}<text>Stack</text></switch></svg>".encode())
    assert drawing.removed == () and b"<text>Stack</text>" in drawing.content
    assert sanitise(f"{OPEN}<g>{html}</g></svg>".encode()).removed == ("<foreignObject>",)


def test_ids_are_names_each_once_and_references_go_with_them() -> None:
    inside = (
        "<style>.k{fill:url(#1:2)}</style><g id='a'><rect id='a'/></g><g id='1:2'/>"
        "<g id='1 2' fill='url( \"#1:2\" )'/>"
        "<use href='#1 2'/><use xlink:href='#a'/><g id=' '/>"
    )
    drawing = sanitise(f"{OPEN}{inside}</svg>".encode())
    assert drawing.removed == ()
    made = drawing.content.decode()
    assert re.findall(r' id="([^"]*)"', made) == ["a", "id-1-2", "id-1-2-"]
    assert re.findall(r"#([\w:-]+)", made.split("<style>")[1]) == ["id-1-2", "id-1-2", "id-1-2-", "a"]


def test_references_to_nothing_go_and_what_they_painted_has_its_other_colour() -> None:
    inside = (
        "<use href='#none'/><use xlink:href='#none'/><g id='a' clip-path='url(#none)' fill='url(#none) red'/>"
        "<g stroke='url(#none)' fill='url(#a)'/><g marker-end='url( \"#none\" )'/>"
    )
    drawing = sanitise(f"{OPEN}{inside}</svg>".encode())
    assert drawing.removed == ()
    made = drawing.content.decode()
    assert "none)" not in made and "#none" not in made
    assert 'fill="red"' in made and 'stroke="none" fill="url(#a)"' in made


@pytest.mark.parametrize("box", ["0 0z400 200", "0 0 4", "", "0 0 inf 9", "0 0 nan 9", "9" * 100_000])
def test_a_box_that_is_none_is_not_there(box: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="40" height="30"/>'
    drawing = sanitise(svg.encode())
    assert (drawing.width, drawing.height, b"viewBox" in drawing.content) == (40, 30, False)


def test_a_title_holds_text_alone() -> None:
    drawing = sanitise(f"{OPEN}<title>An <g><rect/></g>oar</title><rect/></svg>".encode())
    assert b"<title>An oar</title><rect>" in drawing.content


def doubling(step: str, levels: int = 40) -> str:
    """Parts that each hold the one before twice."""
    parts = "<g id='p0'><rect/></g>"
    for level in range(1, levels):
        parts += step.format(this=level, last=level - 1)
    return parts


BOMBS = {
    "rules": "<style>" + ".a rect{}" * 11_000 + "</style>" + "<rect/>" * 2_000,
    "attributes": "<rect " + " ".join(f'a{n}="1"' for n in range(2_000)) + "/>",
    "use": doubling("<g id='p{this}'><use href='#p{last}'/><use xlink:href='#p{last}'/></g>"),
    "pattern": doubling(
        "<pattern id='p{this}'><rect fill='url(#p{last})'/><rect stroke='url(#p{last})'/></pattern>"
    ),
    "mask": doubling("<mask id='p{this}'><rect mask='url(#p{last})'/><rect mask='url(#p{last})'/></mask>"),
    "marker": "<marker id='a'>" + "<path d='M0 0'/>" * 2000 + "</marker>"
    f"<path marker-mid='url(#a)' d='{'L1 1 ' * 5000}'/>",
    "itself": "<g id='a'><use href='#a'/></g>",
    "each other": "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
    "depth": "<g>" * 5000 + "</g>" * 5000,
    "number": "<g/>" * 60_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_could_not_be_drawn_is_refused_at_once(bomb: str) -> None:
    with pytest.raises(ValueError, match=r"more than|by means of itself|not well-formed"):
        drawn(BOMBS[bomb])


@pytest.mark.parametrize(
    ("before", "many", "after"),
    [
        ("<rect width='", "9" * 100_000, "'/>"),
        ("<rect width='", "9" * 100_000, "x'/>"),
        ("<rect fill='", "url(" * 50_000, "'/>"),
        ("<style>", "rect{fill:url(" * 50_000, "</style>"),
        ("<style>", "@import " * 50_000, "</style>"),
        ("<rect style='", "fill:url(_" * 10_000, "'/>"),
    ],
)
def test_long_values_take_no_long_time(before: str, many: str, after: str) -> None:
    def cleaned(many: str) -> str:
        return drawn(before + many.replace("_", "&quot;") + after)

    assert "999999" not in cleaned(many)
    assert goes_by_length(cleaned, many)


def test_a_width_of_a_hundred_thousand_digits_is_none() -> None:
    content = OPEN.replace("viewBox", f"width='{'9' * 100_000}' viewBox") + "</svg>"
    assert (sanitise(content.encode()).width, len(sanitise(content.encode()).content) < 1000) == (9, True)


def test_copies_are_counted_up_to_the_limit() -> None:
    row = "<g id='a'>" + "<rect/>" * 100 + "</g>"
    drawn(row + "<use href='#a'/>" * (MOST_SHAPES // 110))
    with pytest.raises(ValueError, match="more than"):
        drawn(row + "<use href='#a'/>" * (MOST_SHAPES // 90))
    drawn("<g>" * (DEEPEST - 2) + "</g>" * (DEEPEST - 2))


@given(st.text(alphabet="url(#)\"'\\ @importhx:/;{}[]<!-*/\n", max_size=60))
def test_whatever_stands_in_a_style_reaches_for_nothing(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    drawing = sanitise(
        f'{OPEN}<style>{escaped}</style><rect style="{escaped}" fill="{escaped}"/></svg>'.encode()
    )
    assert sanitise(drawing.content).removed == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [('<?xml version="1.0"?><?xml version="1.0"?>', ""), ("", "text"), ("\n<?xml version='1.0'?>", "")],
)
def test_a_picture_that_is_no_document_as_it_stands_is_written_anew(before, after):
    made = sanitise(f"{before}{OPEN}<rect/></svg>{after}".encode()).content
    assert made.startswith(b"<svg")
    assert made.endswith(b"</svg>")
    whole = f'<?xml version="1.0"?>\n{OPEN}<rect/></svg><!-- end -->'.encode()
    assert sanitise(whole).content == whole


@pytest.mark.parametrize(
    "part", ["<text id='a'>" + "letters " * 200 + "</text>", "<path id='a' d='" + "M0 0" * 300_000 + "'/>"]
)
def test_letters_and_corners_count_as_often_as_they_are_drawn(part: str) -> None:
    use = "<use href='#a'/>"
    sanitise(f"{OPEN}{part}{use * 5}</svg>".encode())
    with pytest.raises(ValueError, match="copies of copies"):
        sanitise(f"{OPEN}{part}{use * 400}</svg>".encode())
