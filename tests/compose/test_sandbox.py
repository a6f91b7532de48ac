"""Templates do what templates are for, and ask for no more than a machine has."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, StrictUndefined
from jinja2.exceptions import SecurityError

from recto.compose import sandbox
from recto.compose.sandbox import Sandbox


def repeated(times: int, step: str, start: str = "'x'") -> str:
    return f"{{% set n = namespace(s={start}) %}}{{% for i in range({times}) %}}{step}{{% endfor %}}"


BOMBS = {
    "nested ranges": "{% for a in range(2000) %}{% for b in range(2000) %}{% endfor %}{% endfor %}",
    "nested lists": "{% set l = range(150)|list %}"
    + "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    + "{% endmacro %}{{ m(20) }}",
    "a power": "{{ 10 ** (10 ** 5) }}",
    "a tower": "{{ 9 ** (9 ** 6) }}",
    "a growing product": repeated(60, "{% set n.s = n.s * n.s %}", "9"),
    "a product of text": "{{ 'x' * 10000000000 }}",
    "a product of a list": "{{ 10000000000 * [0] }}",
    "doubling by ~": repeated(40, "{% set n.s = n.s ~ n.s %}"),
    "doubling by +": repeated(40, "{% set n.s = n.s + n.s %}"),
    "doubling by a block": repeated(40, "{% set s %}{{ n.s }}{{ n.s }}{% endset %}{% set n.s = s %}"),
    "center": "{{ 'x'|center(9999999999) }}",
    "indent": "{{ 'x\ny'|indent(9999999999) }}",
    "batch": "{{ range(5)|batch(9999999999, 'x')|list }}",
    "slice": "{{ range(5)|slice(999999999)|list }}",
    "format": "{{ '%09999999999d'|format(1) }}",
    "format by an argument": "{{ '%*d'|format(9999999999, 1) }}",
    "a method for it": "{{ 'x'.ljust(9999999999) }}",
    "format as a method": "{{ '{:>9999999999}'.format('x') }}",
    "format as a method, by an argument": "{{ '{:>{}}'.format('x', 9999999999) }}",
    "format as an operator": "{{ '%09999999999d' % 1 }}",
    "replace": "{{ ('a' * 100000)|replace('a', 'b' * 100000) }}",
    "replace as a method": "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
    "join": "{{ range(99999)|map('string')|join('x' * 100000) }}",
    "doubling by format": repeated(24, "{% set n.s = '%s%s'|format(n.s, n.s) %}"),
    "doubling by format as a method": repeated(24, "{% set n.s = '{0}{0}'.format(n.s) %}"),
    "doubling by join": repeated(24, "{% set n.s = [n.s, n.s]|join %}"),
    "doubling by a list": repeated(22, "{% set n.s = [n.s, n.s] %}") + "{{ n.s }}",
    "doubling by a list in a text": repeated(22, "{% set n.s = [n.s, n.s] %}") + "{{ 'x' ~ n.s }}",
    "doubling by a table": repeated(20, "{% set n.s = {'a': n.s, 'b': n.s} %}") + "{{ n.s|tojson }}",
    "the same text in a list": "{{ [['x' * 900] * 1000] * 10 }}",
    "the same text in a sum": "{{ (['x' * 90000] * 9000)|join|length }}",
    "the same text in a format": "{{ ('{0}' * 9000).format('x' * 90000)|length }}",
    "indented lines": "{{ ('\n' * 900000)|indent(99999)|length }}",
    "lines indented by a text": "{{ ('\n' * 900)|indent('x' * 90000)|length }}",
    "wrapped words": "{{ ('a' * 900000)|wordwrap(1, true, 'x' * 900000)|length }}",
    "a long text taken apart": repeated(999, "{% set l = ('a ' * 40000).split() %}"),
    "a long text filtered": repeated(999, "{% set l = ('a ' * 40000)|upper %}"),
    "output": "{% for i in range(90000) %}{{ 'x' * 1000 }}{% endfor %}",
}


def fill(source: str, **values: object) -> str:
    environment = Sandbox(loader=DictLoader({"t": source}), undefined=StrictUndefined, autoescape=True)
    environment.begin()
    return environment.get_template("t").render(values)


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_template_explodes(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # a hostile book (template-nested-ranges) is held to the limits that there are
    for name, fewer in {"MOST_STEPS": 20_000, "MOST_CHARACTERS": 1_000_000, "LONGEST": 100_000}.items():
        monkeypatch.setattr(sandbox, name, fewer)
    with pytest.raises(SecurityError):
        fill(BOMBS[bomb])


def test_what_is_written_is_measured_before_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_CHARACTERS", 1_000_000)
    with pytest.raises(SecurityError, match="a value has"):
        fill(BOMBS["the same text in a list"])


@pytest.mark.parametrize("name", ["lipsum()", "cycler(1)", "joiner()", "1|pprint", "[1]|random"])
def test_what_gives_another_text_each_time_is_not_there(name: str) -> None:
    with pytest.raises(Exception, match=r"undefined|No filter"):
        fill(f"{{{{ {name} }}}}")


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("{% for i in range(3) %}{{ loop.index }}{% if not loop.last %}, {% endif %}{% endfor %}", "1, 2, 3"),
        ("{{ 'a' ~ 1 ~ '<' }}", "a1&lt;"),
        ("{{ ('<b>'|safe) ~ '<' }}", "<b>&lt;"),
        ("{{ 'a' + 'b' }}{{ 'ab' * 2 }}{{ 2 ** 10 }}{{ 7 % 4 }}{{ 3 * 1.5 }}", "ababab102434.5"),
        ("{{ ['x', 'y']|join(' and ') }}", "x and y"),
        ("{{ 'a b'|replace('b', 'c')|upper }}", "A C"),
        ("{{ '%s of %d'|format('page', 3) }}", "page of 3"),
        ("{{ '{} of {:02d}: {x}'.format('page', 3, x='<') }}", "page of 03: &lt;"),
        ("{{ 'x'|center(5) }}", "  x  "),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m('<') }}", "[&lt;]"),
        ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}", "<x>"),
        ("{% set s %}<i>{{ '<' }}</i>{% endset %}{{ s }}", "<i>&lt;</i>"),
        ("{{ [1, 'a'] }} {{ (1, 2)|join }} {{ {'a': 1} }}", "[1, &#39;a&#39;] 12 {&#39;a&#39;: 1}"),
        ("{{ 'a\nb'|indent(2) }} {{ 'abc'|truncate(2, true, '…', 0) }}", "a\n  b a…"),
        ("{{ ('x' * 900000 ~ 'y' * 99999)|upper|safe|length }}", "999999"),
        ("{{ range(10)|batch(4, '-')|map('join')|join('/') }}", "0123/4567/89--"),
    ],
)
def test_what_templates_are_for_is_as_it_was(source: str, filled: str) -> None:
    assert fill(source) == filled


def test_steps_are_counted_for_one_template_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_STEPS", 10)
    environment = Sandbox(loader=DictLoader({"t": "{% for i in range(9) %}{{ i }}{% endfor %}"}))
    for _ in range(3):
        environment.begin()
        assert environment.get_template("t").render() == "012345678"
