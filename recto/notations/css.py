"""What style sheets and declarations reach for, beyond themselves: the one place that reads CSS by tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import tinycss2

from recto.notations import custom_properties, selectors

DEEPEST = 40  # brackets in one another
MOST_TESTS = 50  # pseudo-classes with arguments in one selector
MOST_LETTERS = 1_000  # of the text that a style sets
MOST_TRACKS = 1_000  # of a grid
MOST_TOLD = 20
_END = "recto-end{}"  # a rule that is found at the end where all before it is closed
_DIRECTION = re.compile(r"[{;]\s*(direction|unicode-bidi)\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OF_RULES = frozenset("media supports container layer scope".split())  # at-rules that hold rules
_OF_DECLARATIONS = frozenset("font-face page counter-style property font-palette-values".split())
_FETCHING = frozenset("url src image image-set -webkit-image-set cross-fade element paint expression".split())
_IMPORTING = frozenset(("import", "namespace"))
# what a sheet without addresses has none of; a name may also be written with escapes (CSS Syntax 3, 4.1)
_MAY_REACH = re.compile(rf"\\|@import|(?:{'|'.join(sorted(_FETCHING))})\(", re.IGNORECASE)


def addresses(tokens: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Every address that component values reach for, with its line: of `url()` and of what else fetches.

    An `@import` is an address even where it names none. Raises RecursionError for brackets without end.
    """
    waiting = [(token, 0, False) for token in tokens]
    waiting.reverse()
    while waiting:
        token, depth, fetches = waiting.pop()
        if depth > DEEPEST:
            raise RecursionError
        if token.type == "url" or (token.type == "string" and fetches):
            yield token.source_line, token.value
        elif token.type == "at-keyword" and token.lower_value in _IMPORTING:
            yield token.source_line, f"@{token.value}"
        elif token.type == "error":
            yield token.source_line, f"({token.kind})"
        inside = getattr(token, "arguments" if token.type == "function" else "content", None)
        if isinstance(inside, list):
            fetches = token.type == "function" and token.lower_name in _FETCHING
            waiting += ((each, depth + 1, fetches) for each in reversed(inside))


def within(text: str) -> bool:
    """Tell whether declarations or a value reach for nothing but parts of the same document (`url(#a)`)."""
    try:
        found = addresses(tinycss2.parse_component_value_list(text, skip_comments=True))
        return all(address.startswith("#") for _, address in found)
    except RecursionError:
        return False


def rules_within(sheet: str) -> tuple[str, bool]:
    """A style sheet without the rules that reach for anything else, and whether all of them stayed."""
    kept, whole = [], True
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        text = "" if rule.type == "error" else rule.serialize() if _is_shallow(rule) else ""
        if text and not text.lower().startswith(("@import", "@namespace")) and within(text):
            kept.append(text)
        else:
            whole = False
    return "\n".join(kept), whole


def readdressed(sheet: str, address_of: Callable[[str], str | None]) -> str:
    """A style sheet with other addresses; a rule with one that there is no other for (None) is left out."""
    if not sheet_addresses(sheet):
        return sheet
    kept = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True):
        text = "" if rule.type == "error" else rule.serialize()
        for _, address in sheet_addresses(text):
            new = address_of(address)
            text = "" if new is None else text.replace(address, new)
        kept.append(text)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class StyleFault:
    """What is wrong in a style sheet, and on which line."""

    message: str
    line: int


def faults(sheet: str) -> list[StyleFault]:
    """What in a style sheet is no CSS, or would keep whoever reads it busy without end; the first few."""
    found: list[StyleFault] = []
    try:
        rules = tinycss2.parse_stylesheet(f"{sheet}\n{_END}", skip_comments=True, skip_whitespace=True)
        if not rules or rules[-1].type == "error" or rules[-1].serialize().strip() != _END:
            found.append(
                StyleFault("a bracket, a comment or a quotation is never closed", sheet.count("\n") + 1)
            )
        _look_at_rules(rules, found)
    except RecursionError:
        found.append(StyleFault(f"more than {DEEPEST} brackets lie in one another", 1))
    tokens = tinycss2.parse_component_value_list(sheet if "--" in sheet else "", skip_comments=True)
    if (line := custom_properties.doubling(tokens)) is not None:
        message = f"a variable stands for more than {custom_properties.MOST_COPIES:,} others"
        found.append(StyleFault(message, line))
    return found[:MOST_TOLD]


def sheet_addresses(sheet: str) -> list[tuple[int, str]]:
    """Every address that a style sheet reaches for, with its line."""
    if not _MAY_REACH.search(sheet):
        return []  # most sheets: their tokens need not be told apart
    tokens = tinycss2.parse_component_value_list(sheet, skip_comments=True)
    try:
        imported = [
            (token.source_line, next((each.value for each in tokens[at + 1 : at + 4] if _names(each)), ""))
            for at, token in enumerate(tokens)
            if token.type == "at-keyword" and token.lower_value == "import"
        ]
        reached = [(line, each) for line, each in addresses(tokens) if each[:1] not in ("@", "(")]
    except RecursionError:
        return []
    return list(dict.fromkeys((*imported, *reached)))


def _names(token: Any) -> bool:
    return token.type in ("string", "url")


def _look_at_rules(rules: Iterable[Any], found: list[StyleFault]) -> None:
    for rule in rules:
        if len(found) >= MOST_TOLD:
            return
        if rule.type == "error":
            found.append(StyleFault(f"this is not CSS: {rule.message.lower()}", rule.source_line))
            continue
        within_it = [*(rule.prelude or ()), *(rule.content or ())]
        for line, address in addresses(within_it):
            if address.startswith("("):
                found.append(StyleFault("a bracket or a quotation mark stands alone", line))
        if rule.type == "qualified-rule":
            _look_at_selectors(rule.prelude, rule.source_line, found)
            _look_at_declarations(rule.content, found)
        else:
            _look_at_block(rule, found)


def _look_at_selectors(prelude: Any, line: int, found: list[StyleFault]) -> None:
    if (tests := _pseudo_classes(prelude)) > MOST_TESTS:
        message = f"a selector asks {tests:,} questions; more than {MOST_TESTS} are not answered"
        found.append(StyleFault(message, line))
    elif not prelude:
        found.append(StyleFault("a rule has no selector", line))
    elif (steps := selectors.most_steps(prelude)) > selectors.MOST_STEPS:
        message = f"a selector goes {steps:,} steps from element to element; more than {selectors.MOST_STEPS}"
        found.append(StyleFault(f"{message} are not followed", line))
    elif (token := selectors.unfit(prelude)) is not None:
        message = f"this is no selector: “{token.serialize()[:40]}” can't stand here"
        found.append(StyleFault(message, token.source_line))


def _look_at_block(rule: Any, found: list[StyleFault]) -> None:
    """What stands in an at-rule: other rules, or declarations."""
    lost = next((token for token in rule.prelude if token.type == "at-keyword"), None)
    if lost is not None:
        found.append(StyleFault(f"this is not CSS: @{lost.value[:40]} stands amid a rule", lost.source_line))
    elif rule.content is not None and rule.lower_at_keyword in _OF_RULES:
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        _look_at_rules(inside, found)
    elif rule.content is not None and rule.lower_at_keyword in _OF_DECLARATIONS:
        _look_at_declarations(rule.content, found)
    elif rule.content is not None and rule.lower_at_keyword.endswith("keyframes"):
        for frame in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
            if frame.type == "error":
                found.append(StyleFault(f"this is not CSS: {frame.message.lower()}", frame.source_line))
            elif any(_is_no_moment(token) for token in frame.prelude):
                found.append(
                    StyleFault("an animation has moments, as in 50%, and nothing else", frame.source_line)
                )
            else:
                _look_at_declarations(frame.content, found)


def _is_no_moment(token: Any) -> bool:
    """Whether a token can't stand before a moment of an animation (CSS Animations 1, 3)."""
    return token.type not in ("percentage", "whitespace", "ident") and token != ","


def _look_at_declarations(content: Any, found: list[StyleFault]) -> None:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "error":
            found.append(StyleFault(f"this is not CSS: {each.message.lower()}", each.source_line))
        elif each.type == "declaration":
            said, tracks = _letters(each), sum(_tracks(token) for token in each.value)
            if said > MOST_LETTERS:
                message = f"a text of {said:,} characters stands here; more than {MOST_LETTERS:,} are not set"
                found.append(StyleFault(message, each.source_line))
            elif tracks > MOST_TRACKS:
                message = f"a grid has {tracks:,} tracks here; more than {MOST_TRACKS:,} are not laid out"
                found.append(StyleFault(message, each.source_line))
            elif not each.name.startswith("--") and all(token.type == "whitespace" for token in each.value):
                found.append(StyleFault(f"the property {each.name[:40]} has no value", each.source_line))


def _letters(declaration: Any) -> int:
    """How many characters a declaration sets by itself: in texts and names, or by padding a counter."""
    said = sum(len(token.value) for token in declaration.value if token.type in ("string", "ident"))
    if declaration.lower_name == "pad":
        said += sum(token.int_value or 0 for token in declaration.value if token.type == "number")
    return said


def _tracks(token: Any) -> int:
    """How many tracks `repeat(…)` makes (CSS Grid Layout 2, 7.2.3); 0 for any other component value."""
    if token.type != "function" or token.lower_name != "repeat":
        return 0
    within_it = len(token.arguments)
    return within_it * next((each.int_value or 0 for each in token.arguments if each.type == "number"), 1)


def kept_from_ebooks(sheet: str) -> Iterator[StyleFault]:
    """What the style sheet of an e-book may not have: two properties (EPUB 3.3, 6.3.1.3), rules in rules."""
    yield from islice(_rules_in_rules(sheet), MOST_TOLD)
    for found in _DIRECTION.finditer(_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), sheet)):
        message = f"the style sheet of an e-book may not set {found[1]}; set dir in the text, or `language`"
        yield StyleFault(message, sheet.count("\n", 0, found.start(1)) + 1)


def _rules_in_rules(sheet: str) -> Iterator[StyleFault]:
    """Rules within others (CSS Nesting 1), for which many e-readers drop a rule or a whole sheet."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _OF_RULES:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        else:
            inside = [rule]
        for each in inside:
            if each.type != "qualified-rule" or all(token.type != "{} block" for token in each.content):
                continue
            for part in tinycss2.parse_blocks_contents(
                each.content, skip_comments=True, skip_whitespace=True
            ):
                if part.type in ("qualified-rule", "at-rule"):
                    message = "a rule stands within another, which many e-readers don't know"
                    yield StyleFault(message, part.source_line)


def _pseudo_classes(prelude: Iterable[Any]) -> int:
    """How many pseudo-classes with arguments a selector has, at any depth."""
    count, waiting = 0, list(prelude)
    while waiting:
        token = waiting.pop()
        if token.type == "function":
            count += 1
            waiting += token.arguments
    return count


def _is_shallow(rule: Any) -> bool:
    try:
        for _ in addresses([*(rule.prelude or ()), *(rule.content or ())]):
            pass
    except RecursionError:
        return False
    return True
