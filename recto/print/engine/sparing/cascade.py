"""Rules for pseudo-elements that an element can't have: calls where no note is, markers without a list.

The engine's own sheet gives each element six pseudo-elements, and a style is computed for each of them,
though one element in a hundred is a note, and few are items of lists.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from recto.print.engine.inner import Pending, StyleFor, cssselect2

_NOTES = ("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")
_PSEUDO = {"marker": "display", **dict.fromkeys(_NOTES, "float or position")}
_KEPT = 8  # sets of sheets
_init = StyleFor.__init__
_known: dict[tuple[int, ...], list[Any]] = {}


class _Who(NamedTuple):
    """The elements that some rules may apply to, by the last part of their selectors."""

    names: set[str]
    classes: set[str]

    def may_be(self, element: Any) -> bool:
        return (
            "" in self.names
            or element.local_name.lower() in self.names
            or not self.classes.isdisjoint(element.classes)
            or "style" in element.etree_element.attrib
        )


class _Sheet:
    """A style sheet, with the matcher exchanged."""

    def __init__(self, sheet: Any, items: _Who, notes: _Who) -> None:
        self.original = sheet
        self.page_rules, self.layers = sheet.page_rules, sheet.layers
        self.matcher = _Matcher(sheet.matcher, items, notes)


class _Matcher(cssselect2.Matcher):  # type: ignore[misc] # it has no types
    """Matches what the given matcher does, but for pseudo-elements that an element has no use of."""

    def __init__(self, matcher: Any, items: _Who, notes: _Who) -> None:
        self.__dict__.update(matcher.__dict__)
        self._items, self._notes = items, notes
        special = [entry for entry in matcher.other_selectors if entry[3] in _PSEUDO]
        self.other_selectors = [entry for entry in matcher.other_selectors if entry[3] not in _PSEUDO]
        self._markers = [entry for entry in special if entry[3] == "marker"]
        self._calls = [entry for entry in special if entry[3] in _NOTES]

    def match(self, element: Any) -> list[Any]:
        found: list[Any] = super().match(element)
        for entries, who in ((self._markers, self._items), (self._calls, self._notes)):
            if entries and who.may_be(element):
                self.add_relevant_selectors(element, entries, found)
                found.sort()
        return found


def cascade(style_for: Any, html: Any, sheets: Any, *options: Any) -> None:
    """In place of `StyleFor.__init__`."""
    key = tuple(id(sheet) for sheet, _, _ in sheets)
    if key not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        items, notes = (_Who(set(), set()), _Who(set(), set()))
        for sheet, _, _ in sheets:
            _find(sheet.matcher, items, notes)
        _known[key] = [_Sheet(sheet, items, notes) for sheet, _, _ in sheets]
    spared = [(sheet, *rest) for sheet, (_, *rest) in zip(_known[key], sheets, strict=True)]
    _init(style_for, html, spared, *options)


def _find(matcher: Any, items: _Who, notes: _Who) -> None:
    """Find who may be an item of a list, or a note."""
    for kind, tables in (
        ("name", matcher.lower_local_name_selectors),
        ("class", matcher.class_selectors),
        ("", matcher.id_selectors),
        ("", matcher.namespace_selectors),
        ("", {"": matcher.lang_attr_selectors + matcher.other_selectors}),
    ):
        for name, entries in tables.items():
            for *_, pseudo, (declarations, _layer) in entries:
                if pseudo is not None:
                    continue
                for who, makes in ((items, _makes_item), (notes, _makes_note)):
                    if any(makes(each, value) for each, value, _ in declarations):
                        (who.classes if kind == "class" else who.names).add(name if kind else "")


def _makes_item(name: str, value: Any) -> bool:
    return name == "display" and (isinstance(value, Pending) or "list-item" in str(value))


def _makes_note(name: str, value: Any) -> bool:
    return name in ("float", "position") and (isinstance(value, Pending) or "note" in str(value))
