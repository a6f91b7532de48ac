"""Styles: properties that no style sheet sets, and what hangs on many of them."""

from __future__ import annotations

from typing import Any

from weasyprint.css import ComputedStyle, Style
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.text.line_break import strut

_PLAIN = {
    key
    for key in INITIAL_VALUES
    if key not in ("float", "display", "position", "page") and not key.startswith("text_decoration_")
}
_LEFT_ALONE = {key: INITIAL_VALUES[key] for key in _PLAIN - INHERITED - INITIAL_NOT_COMPUTED}
_PASSED_ON = _PLAIN & INHERITED
_LOGICAL = frozenset(name for name in INITIAL_VALUES if "_inline" in name or "_block" in name)
_OWN = "anchor"  # what tells elements apart that no rule does
_compute = ComputedStyle.__missing__
_copy = ComputedStyle.copy
_make_anonymous = Style.anonymous_style.func


def kept(style: Any) -> dict[str, Any]:
    """What is known of a style beside its properties; twins share it."""
    known = style.__dict__
    if "_recto" not in known:
        twin = _twin(style) if isinstance(style, ComputedStyle) else None
        known["_recto"] = {} if twin is None or twin is style else kept(twin)
    found: dict[str, Any] = known["_recto"]
    return found


def copied(style: Any) -> Any:
    """In place of `ComputedStyle.copy`: a copy is made to be changed, so it is no one's twin."""
    copy = _copy(style)
    copy._recto_twin = None
    return copy


class _Anonymous:
    """In place of `anonymous_style`, a property: nothing of it is a style's own, so twins share it."""

    def __get__(self, style: Any, kind: Any = None) -> Any:
        known = style.__dict__
        if "_recto_anonymous" not in known:
            twin = _twin(style) if isinstance(style, ComputedStyle) else None
            if twin is None or twin is style:
                known["_recto_anonymous"] = _make_anonymous(style)
            else:
                known["_recto_anonymous"] = twin.anonymous_style
        return known["_recto_anonymous"]


anonymous = _Anonymous()


def _twin(style: Any) -> Any:
    """The first style like this one but for its anchor, or itself; None if it has no part in that.

    WeasyPrint shares one style among the elements that the same rules apply to, but not among those with an
    id, nor among what is in them: each heading, each entry of the index computes a hundred properties.
    """
    known = style.__dict__
    if "_recto_twin" not in known:
        known["_recto_twin"] = _find_twin(style)
    return known["_recto_twin"]


def _find_twin(style: Any) -> Any:
    parent, cascaded = style.parent_style, style.cascaded
    if not isinstance(parent, ComputedStyle):
        return None
    family = _twin(parent)
    if family is None and _OWN not in cascaded:
        return None
    if "table" in str(cascaded.get("display")) or not _LOGICAL.isdisjoint(cascaded):
        return None  # WeasyPrint changes the styles of tables; with logical properties, weights matter too
    rules = tuple([(name, id(value)) for name, (value, _) in cascaded.items() if name != _OWN])
    key = ("_recto_twins", id(parent if family is None else family), style.pseudo_type, rules)
    return style.cache.setdefault(key, style)


def computed(style: Any, key: str) -> Any:
    """In place of `ComputedStyle.__missing__`: what no sheet sets need not go through all it could be."""
    if key != _OWN and (twin := _twin(style)) is not None and twin is not style:
        value = twin[key]
        style[_OWN]  # so that it is not taken from the twin
        style.update({**twin, **style})
        style.specified.update({**twin.specified, **style.specified})
        return value
    if key not in style.cascaded and (
        (logical := PHYSICAL_FUNCTIONS.get(key)) is None
        or logical(block="ttb", inline=style["direction"]) not in style.cascaded
    ):
        if key in _LEFT_ALONE:
            value = style[key] = _LEFT_ALONE[key]
            return value
        if key in _PASSED_ON and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
    return _compute(style, key)


def strut_of(style: Any) -> Any:
    """In place of `strut`, which looks a line's height up by a text made of fourteen properties."""
    known = kept(style)
    if "strut" not in known:
        known["strut"] = strut(style)
    return known["strut"]
