"""Where templates run: Jinja's immutable sandbox, with a budget.

Templates may come with a stranger's book. Jinja keeps them from all that is private and from changing what
they are given; it does not keep them from asking for more than any machine has. So every turn of a loop and
every call of a macro is counted, what grows (products, powers, sums of texts, filters) may grow to a limit,
and a template gives so many characters and no more, be it by lists that hold the same many times over. What
gives another text each time is not there at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial, update_wrapper
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MOST_STEPS = 1_000_000  # turns of loops, and calls of macros, to fill one template
_STEP = 1_000  # characters or items that count as a step where a filter or a method goes through them
MOST_CHARACTERS = 32_000_000  # that a template gives: five times the largest book
LONGEST = 1_000_000  # characters or items of what a template builds itself
LARGEST = 100_000  # of a number that tells a filter how far to go
_LONGEST_TOLD = 1_000  # characters of a text that does
_MOST_BITS = 10_000
_WIDE = re.compile(r"%[-+ #0]*(?:\d{5,}|\*)|\.(?:\d{5,}|\*)")
_WIDE_FIELD = re.compile(r"\{[^{}:]*:[^{}]*(?:\d{5}|\{)")
# They grow by a number that they are told: filters do the same, within limits.
_GROWING = frozenset("center expandtabs join ljust replace rjust translate zfill __mul__ __rmul__".split())
_NEVER_THE_SAME = ("random", "pprint")  # by chance, or with places in memory


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment that templates are compiled and filled in.

    It is asked once about each attribute of a type: the rules look at nothing else.
    """

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, finalize=_written)
        self._known: dict[tuple[type, str], bool] = {}
        self._steps = 0
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]
        for name in _NEVER_THE_SAME:
            del self.filters[name]
        self.filters |= {name: _bounded(self.filters[name]) for name in _TOLD}
        self.filters |= {"replace": _replace, "join": _join, "format": _format, "indent": _indent}
        self.filters |= {name: self._measured(filter_) for name, filter_ in self.filters.items()}

    def begin(self) -> None:
        """Count anew: a template is about to be filled."""
        self._steps = 0

    def step(self) -> str:
        """One turn of a loop, or one call of a macro."""
        self._spend(1)
        return ""

    def _spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise SecurityError(f"it takes more than {MOST_STEPS:,} steps")

    def call(self, context: Any, called: Any, /, *values: Any, **named: Any) -> Any:
        """What a call gives: a method takes the longer, the longer that is which has it."""
        if (length := _length(getattr(called, "__self__", None))) >= _STEP:
            self._spend(length // _STEP)
        return super().call(context, called, *values, **named)

    def joined(self, *parts: Any) -> str:
        """What `~` gives."""
        if characters(*parts) > LONGEST:
            raise SecurityError(f"it builds a text of more than {LONGEST:,} characters")
        return markup_join(parts) if self.autoescape else str_join(parts)

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """The text of a template, a macro or a block."""
        kept, length = [], 0
        for part in parts:
            length += len(part)
            if length > MOST_CHARACTERS:
                raise SecurityError(f"it gives more than {MOST_CHARACTERS:,} characters")
            kept.append(part)
        return "".join(kept)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As Jinja has it, but for what grows without a limit."""
        if attr in _GROWING and isinstance(obj, str | bytes | list | tuple):
            return False
        key = type(obj), attr
        if key not in self._known:
            self._known[key] = super().is_safe_attribute(obj, attr, value)
        return self._known[key]

    def _measured(self, filter_: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that takes no more than a template may give, and makes no long text longer."""

        def measured(*values: Any, **named: Any) -> Any:
            given = characters(*values, *named.values())
            self._spend(given // _STEP)
            made = filter_(*values, **named)
            if isinstance(made, str) and len(made) > max(given, LONGEST):
                raise SecurityError(f"a filter builds a text of more than {LONGEST:,} characters")
            return made

        return update_wrapper(measured, filter_)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`format` as a method, but for places beyond measure, told as numbers or by other values."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text = value.__self__
        return (
            _refuse_format
            if _WIDE_FIELD.search(text)
            else self._measured(partial(_filled, wrapped, text, "{"))
        )

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The value of a sum, product, power or remainder, where it is none without measure."""
        check = _CHECKS[operator]
        check(left, right)
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        bodies = [each.body for each in tree.find_all(nodes.For)]
        bodies += [each.body for each in tree.find_all(nodes.Macro)]
        for body in bodies:
            counting = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None)
            body.insert(0, nodes.ExprStmt(counting))
        _Joining().visit(tree)
        tree.set_environment(self)
        return tree


class _Joining(NodeTransformer):
    """Has `~` done by the environment."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja calls it by this name
        """A call in the place of an operator."""
        self.generic_visit(node)
        return nodes.Call(
            nodes.EnvironmentAttribute("joined"), node.nodes, [], None, None, lineno=node.lineno
        )


def _refuse_format(*_: Any, **__: Any) -> str:
    raise SecurityError("`format` is told of too wide a place")


def characters(*values: Any) -> int:
    """How many characters texts have, and lists and tables of them, what stands in one twice counted twice.

    Raises SecurityError for more than a template may give.
    """
    count, seen, waiting = 0, 0, list(values)
    while waiting:
        each = waiting.pop()
        if isinstance(each, str | bytes):
            count += len(each)
        elif isinstance(each, list | tuple | dict):
            seen += len(each)
            waiting += (*each.keys(), *each.values()) if isinstance(each, dict) else each
        if count > MOST_CHARACTERS or seen > LONGEST:
            raise SecurityError(f"a value has more than {MOST_CHARACTERS:,} characters, or {LONGEST:,} parts")
    return count


def _written(value: Any) -> Any:
    """What stands in `{{ … }}`, before it is written."""
    if isinstance(value, list | tuple | dict):
        characters(value)
    return value


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | bytes | list | tuple) else 0


def _check_sum(left: Any, right: Any) -> None:
    if _length(left) + _length(right) > LONGEST:
        raise SecurityError(f"a sum has more than {LONGEST:,} characters")


def _check_product(left: Any, right: Any) -> None:
    for value, times in ((left, right), (right, left)):
        if isinstance(times, int) and _length(value) * times > LONGEST:
            raise SecurityError(f"a product has more than {LONGEST:,} characters")
    _check_bits(left, right)


def _check_power(base: Any, exponent: Any) -> None:
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * exponent > _MOST_BITS:
        raise SecurityError("a power is too large")


def _check_bits(left: Any, right: Any) -> None:
    numbers = isinstance(left, int) and isinstance(right, int)
    if numbers and left.bit_length() + right.bit_length() > _MOST_BITS:
        raise SecurityError("a product is too large")


def _check_remainder(left: Any, right: Any) -> None:
    if isinstance(left, str):
        raise SecurityError("`%` formats no text here; write `text|format(…)`")


_CHECKS: dict[str, Callable[[Any, Any], None]] = {
    "+": _check_sum, "*": _check_product, "**": _check_power, "%": _check_remainder,
}  # fmt: skip


def _bounded(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is told no number, and no text, beyond measure."""

    def bounded(*values: Any, **named: Any) -> Any:
        for value in (*values[1:], *named.values()):
            if isinstance(value, int) and abs(value) > LARGEST:
                raise SecurityError(f"a filter is told to go further than {LARGEST:,}")
            if isinstance(value, str) and len(value) > _LONGEST_TOLD:
                raise SecurityError(f"a filter is told a text of more than {_LONGEST_TOLD:,} characters")
        return filter_(*values, **named)

    return update_wrapper(bounded, filter_)


def _replace(context: Any, text: Any, old: str, new: str, count: int | None = None) -> Any:
    times = str(text).count(str(old)) if count is None else count
    if len(str(text)) + times * len(str(new)) > LONGEST:
        raise SecurityError(f"`replace` builds a text of more than {LONGEST:,} characters")
    return FILTERS["replace"](context, text, old, new, count)


def _join(context: Any, items: Iterable[Any], between: str = "", attribute: Any = None) -> Any:
    listed = list(items)
    if len(listed) * len(str(between)) > LONGEST:
        raise SecurityError(f"`join` builds a text of more than {LONGEST:,} characters")
    characters(*listed)
    return FILTERS["join"](context, listed, between, attribute)


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    if (str(text).count("\n") + 1) * (width if isinstance(width, int) else len(width)) > LONGEST:
        raise SecurityError(f"`indent` builds a text of more than {LONGEST:,} characters")
    return str(FILTERS["indent"](text, width, first, blank))


def _format(text: str, *values: Any, **named: Any) -> str:
    if _WIDE.search(text):
        raise SecurityError("`format` is told of too wide a place")
    return str(_filled(partial(FILTERS["format"], text), text, "%", *values, **named))


def _filled(fill: Callable[..., str], text: str, mark: str, *values: Any, **named: Any) -> str:
    """What `format` gives: each of its places may take the longest value."""
    longest = max(map(characters, (*values, *named.values())), default=0)
    if text.count(mark) * longest > MOST_CHARACTERS:
        raise SecurityError(f"`format` builds a text of more than {MOST_CHARACTERS:,} characters")
    return fill(*values, **named)


# they are told by numbers how far to go, or by texts what to go with
_TOLD = ("center", "batch", "slice", "truncate", "wordwrap", "round", "tojson", "urlize")
_replace.jinja_pass_arg = FILTERS["replace"].jinja_pass_arg  # type: ignore[attr-defined]  # as Jinja marks them
_join.jinja_pass_arg = FILTERS["join"].jinja_pass_arg  # type: ignore[attr-defined]
