"""Formulas: what is one, what becomes of it in both books, and what of LaTeX is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recto.notations import xhtml
from recto.typeset.formulas.formula import FormulaError, formula
from recto.typeset.formulas.formula_pieces import pieces
from tests.typeset_books import BookOf, found, set_text

FORMULAS = (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").splitlines()
# of other packages than amsmath, or no formulas
NOT_KNOWN = {
    r"\eqref{a}",
    r"\ce{H2O}",
    r"\SI{3}{m}",
    r"\backslash \textbackslash",
    r"\S \P \copyright",
    r"\rule{1em}{1em}",
}


def test_what_of_latex_is_known():
    assert len(FORMULAS) == len(set(FORMULAS)) == 200
    refused = set()
    for tex in FORMULAS:
        try:
            made = formula(tex, display=True)
        except FormulaError:
            refused.add(tex)
            continue
        assert xhtml.document(made.mathml).get("alttext") == tex
        assert made.width > 0
    assert refused == NOT_KNOWN


@pytest.mark.parametrize(
    ("tex", "message", "offset"),
    [
        (r"\frac{a", "what opens here is never closed", 5),
        (r"\frac{a}{b", "what opens here is never closed", 8),
        (r"\frac{a}b}", "nothing is open here", 9),
        (r"a + \foo{x}", r"\foo is not known", 4),
        ("x^", "nothing follows", 0),
        (r"\left( x", "don't match", 0),
        (r"1 + \begin{pmatrix} a", "never closed", 4),
        ("a & b", "an & stands outside", 2),
        ("x" * 6_000, "longer than", 0),
        ("{" * 2_000, " ", 0),
        (r"\frac" * 900, " ", 0),
        (r"\sqrt{" * 400 + "x" + "}" * 400, " ", 0),
    ],
)
def test_what_is_wrong_with_a_formula_is_told(tex, message, offset):
    with pytest.raises(FormulaError, match=re.escape(message)) as told:
        formula(tex, display=False)
    assert told.value.offset == offset


def texts(html):
    return re.findall(r'data-tex="([^"]*)"', html)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("It costs $50 to $100, or 35$ there, $5 or $6.", []),
        ("From $20 and$30, a $ sign, US$ and CA$, $x $y.", []),
        ("US$20 and CA$30, or A$ 5; $3 or less, or 4$; $a lot or b$.", []),
        ("The sides $ab$ and $AB + cd$.", ["ab", "AB + cd"]),
        ("Mass $m$, and $E = mc^2$.", ["m", "E = mc^2"]),
        ("Sums $1 + 1$ and $2$-fold, not $3$4.", ["1 + 1", "2"]),
        (r"A \$5 note and `$x$` and \(a_1 * b_1\).", ["a_1 * b_1"]),
        (r"Words \(see below\) and \[note\] stay, \[ x^2 \] not.", ["x^2"]),
        ("A $$\\frac{1}{2}$$ in the line.", [r"\frac{1}{2}"]),
        ("Over\n$a +\nb$ lines, not over\n\n$paragraphs\n\nhere$.", ["a + b"]),
        ("| $x$ | b |\n|---|---|\n| c | $y$ |\n\n- $z$\n\n> $w$\n", ["x", "y", "z", "w"]),
        ("$$\na \\\\\nb * c * d\n\n- e\n$$\n", [r"a \\ b * c * d - e"]),
        ("```math\nx_1\n```\n\nWords\n\\[ y = 1 \\]\n", ["x_1", "y = 1"]),
        (r"Signs: $+$, $<$ and $\%$, but not $.$ nor $, $.", ["+", "&lt;", r"\%"]),
        ("As GitHub has it: $`b^2`$.", ["b^2"]),
    ],
)
def test_what_is_a_formula(text, formulas):
    html, problems = set_text(text)
    assert texts(html) == formulas
    assert problems == ()


def test_no_backslash_in_a_formula_is_eaten_and_no_star_is_emphasis():
    html, _ = set_text('$x\\,dx$ and $\\{a\\}$ and $a*b$ and $c*d$ "$q$"\n')
    assert texts(html) == ["x\\,dx", "\\{a\\}", "a*b", "c*d", "q"]
    assert "<em>" not in html
    assert "“<span" in html


def test_an_operator_of_letters_is_a_word_and_one_of_signs_a_row():
    assert "<mo>Var</mo>" in formula(r"\mathop{\mathrm{Var}} S", display=False).mathml
    assert "<mo><mrow" not in formula(r"\mathop{x+y} S", display=False).mathml


def test_a_broken_formula_prints_as_typed_and_is_reported_with_line_and_column():
    html, problems = set_text("One $\\frac{a$ two.\n\n$$\nx +\n  \\foo\n$$\n\n```math\n\\bar\n```\n")
    assert found(problems) == [("warning", "formula-broken", line) for line in (3, 7, 11)]
    assert [re.search(r"column (\d+)", p.message)[1] for p in problems] == ["11", "3", "1"]
    assert r'One <span class="typed">$\frac{a$</span> two.' in html
    assert "$$\nx +\n  \\foo\n$$" in html


def test_a_formula_with_a_name_has_a_number_and_is_referred_to_like_a_figure():
    book = BookOf().chapter("4", "Four").section("4.1", "T", "$$ a $$\n\n$$\nE = mc^2\n$$ {#eq-e}\n")
    galleys, problems = book.section("4.2", "U", "See [](#eq-e).\n\n$$ b $$ {#eq-b .wide}\n").set("de")
    first, second = (section.html for section in galleys[0].sections)
    assert problems == ()
    assert re.search(r'<div class="formula" id="eq-e"[^>]*><span class="number">\(4.1\)</span><span', first)
    assert first.count('class="number"') == 1
    assert 'data-kind="equation">Gleichung 4.1</a>' in second
    assert re.search(r'<div class="wide formula" id="eq-b"[^>]*><span class="number">\(4.2\)', second)


@pytest.mark.parametrize(
    "name", ["equation", "equation*", "align", "gather", "multline*", "eqnarray", "displaymath"]
)
def test_an_environment_of_latex_on_lines_of_its_own_is_a_formula(name: str):
    html, problems = set_text(f"Before:\n\\begin{{{name}}}\na^2 = b\n\\end{{{name}}}\nafter.\n")
    assert len(texts(html)) == 1
    assert "begin" not in "".join(xhtml.parse(html).itertext())
    assert problems == ()


@pytest.mark.parametrize("label", [r"\label{eq:cut}", r"(\#eq:cut)"])
def test_a_label_within_a_formula_is_its_name_and_asks_for_a_number(label: str):
    text = f"$$\nx^2 {label}\n$$\n\n\\begin{{align}}\na &= b {label.replace('cut', 'bow')}\n\\end{{align}}\n"
    book = BookOf().chapter("4", "Four")
    galleys, problems = book.section("4.1", "T", text + "\nSee [](#eq:cut) and [](#eq:bow).\n").set()
    assert re.findall(r'data-kind="equation">[^<]*', galleys[0].sections[0].html) == [
        'data-kind="equation">equation 4.1',
        'data-kind="equation">equation 4.2',
    ]
    assert problems == ()


def test_a_number_that_a_formula_gives_itself_stands_beside_it():
    html, problems = set_text("$$ a = b \\tag{3a} $$\n\n$$ a \\tag{1} \\\\ b \\tag{2} $$\n")
    assert re.findall(r'<span class="number">([^<]*)', html) == ["(3a)"]
    assert texts(html)[0] == "a = b"
    assert r"\tag{1}" in texts(html)[1]
    assert problems == ()


def test_a_formula_in_a_title_is_words_where_there_are_only_words():
    galleys, _ = BookOf().chapter("1").section("1.1", "The law $x^2$", "# On $y$\n\nx\n").set()
    section = galleys[0].sections[0]
    assert section.heading.title == "The law x²"
    assert "data-mathml" in section.heading.html
    assert galleys[0].headings[-1].title == "On y"


GIVEN = "<math{}><msup><mi>x</mi><mn>2</mn></msup><mo>&plus;</mo><mn>1</mn></math>"


def test_mathml_stays_as_it_is_and_is_drawn():
    plain, alone = GIVEN.format(""), GIVEN.format(' display="block" alttext="a square"')
    text = f"In {plain} line.\n\n{alone}\n\n<div>\n{plain}\n</div>\n"
    html, problems = set_text(text)
    assert problems == ()
    holders = [each for each in xhtml.parse(html).iter("span") if each.get("data-mathml")]
    assert [each.get("data-tex") for each in holders] == ["x2+1", "a square", "x2+1"]
    assert [each.get("class") for each in holders] == ["math", "math display", "math"]
    assert [each.getparent().tag for each in holders] == ["p", "p", "div"]
    assert all("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo>" in each.get("data-mathml") for each in holders)
    assert all("<path" in each.get("data-svg") for each in holders)


def test_mathml_on_lines_of_its_own_stands_by_itself():
    html, _ = set_text("a\n\n<math>\n<mi>x</mi>\n</math>\n")
    assert re.search('<div class="formula"[^>]*><span class="math"', html)


def test_tex_beside_mathml_is_its_description():
    words = '<annotation encoding="application/x-tex">y_1</annotation>'
    html, _ = set_text(f"a <math><semantics><mi>y</mi>{words}</semantics></math>\n")
    assert 'data-tex="y_1"' in html and "annotation" not in html


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<mi href="https://example.org" onclick="x()">x</mi>', "href of <mi>, onclick of <mi>"),
        ("<mi>x</mi><script>1</script>", "<script>"),
        ('<mi>x</mi><mglyph src="x"/>', "<mglyph>"),
    ],
)
def test_what_belongs_to_no_formula_is_taken_out_and_told(inside, said):
    html, problems = set_text(f"a <math>{inside}</math>\n")
    assert "example.org" not in html and "script" not in html and "mglyph" not in html
    assert [p.message for p in problems] == [f"{said} was taken out of the formula"]


@pytest.mark.parametrize("inside", ["<mi>x", "", "<mfrac><mi>a</mi></mfrac>", "<mrow>" * 70 + "</mrow>" * 70])
def test_mathml_that_makes_no_formula_prints_as_typed_and_is_told(inside):
    html, problems = set_text(f"a <math>{inside}</math> b\n")
    assert "&lt;math&gt;" in html
    assert [p.code for p in problems] == ["formula-broken"]


def _parted(tex: str) -> list[str]:
    made = pieces(formula(tex, display=True))
    return ["".join(xhtml.document(each.mathml).itertext()) for each in made]


def test_a_long_formula_may_be_parted_before_signs_and_after_commas_outside_of_brackets():
    long = "x_1 x_2 x_3 x_4 x_5 x_6 x_7"
    assert _parted(rf"y=-a+(b+c)\cdot\left[d-e\right] \le {long}") == [
        "y", "=−a", "+(b+c)", "·[d−e]", "≤x1x2x3x4x5x6x7",
    ]  # fmt: skip
    assert _parted(rf"f(a,b), g, {long} x_8") == ["f(a,b),", "g,", "x1x2x3x4x5x6x7x8"]
    assert _parted("a=b") == []
    assert _parted(rf"\frac{{{long}+{long}}}{{2}}") == []


def test_a_parted_formula_is_as_wide_as_the_whole():
    whole = formula("a_1+b_1=c_1-d_1+e_1 f_1+g_1=h_1+i_1-j_1+k_1", display=True)
    assert abs(sum(each.width for each in pieces(whole)) - whole.width) < 0.03 * whole.width


@pytest.mark.parametrize("columns", ["x = 1", "x &= 1"])
def test_an_alignment_has_no_attribute_without_a_value(columns: str) -> None:
    """MathML 3, appendix A: `columnspacing` has at least one length."""
    assert '=""' not in formula(rf"\begin{{align}} {columns} \end{{align}}", display=True).mathml


@pytest.mark.parametrize(
    "text",
    [
        "> $$\n> a + b\n\n$$\n\nWords that must stay here.\n\n$$\nc = d\n$$\n",
        "> $$\n> a + b\n\n$$\n\n這裡的文字。\n\n$$\nc = d\n$$\n",
    ],
)
def test_a_sign_without_its_other_takes_no_text_for_a_formula(text):
    html, problems = set_text(text)
    assert "Words that must stay here." in html or "這裡的文字。" in html
    assert html.count('class="formula"') == 1
    assert [each.code for each in problems] == ["markup-unknown", "markup-unknown"]
    assert [each.place.line for each in problems] == [3, 6]


def test_a_formula_may_have_blank_lines_and_words_in_its_text():
    html, problems = set_text("$$\na = b\n\n+ c \\text{ as we have seen it before}\n\n- d\n$$\n")
    assert (html.count('class="formula"'), problems) == (1, ())
