"""Styles: properties that no style sheet sets, and what hangs on many of them."""

from __future__ import annotations

from typing import Any

from recto.print.engine.inner import (
    INHERITED,
    INITIAL_NOT_COMPUTED,
    INITIAL_VALUES,
    PHYSICAL_FUNCTIONS,
    ComputedStyle,
    Style,
    strut,
)

_PLAIN = {
    key
    for key in INITIAL_VALUES
    if key not in ("float", "display", "position", "page") and not key.startswith("text_decoration_")
}
_LEFT_ALONE = {key: INITIAL_VALUES[key] for key in _PLAIN - INHERITED - INITIAL_NOT_COMPUTED}
_PASSED_ON = _PLAIN & INHERITED
_LOGICAL = frozenset(name for name in INITIAL_VALUES if "_inline" in name or "_block" in name)
_OWN = "anchor"  # what tells elements apart that no rule does
_KINDS_KEPT = 5_000
_compute = ComputedStyle.__missing__
_copy = ComputedStyle.copy
_make_anonymous = Style.anonymous_style.func


def kept(style: Any) -> dict[str, Any]:
    """What is known of a style beside its properties; styles of one model share it."""
    known = style.__dict__
    if "_recto" not in known:
        model = _model(style)
        known["_recto"] = {} if model is style else kept(model)
    found: dict[str, Any] = known["_recto"]
    return found


def copied(style: Any) -> Any:
    """In place of `ComputedStyle.copy`: a copy is made to be changed, so it has no model but itself."""
    copy = _copy(style)
    copy._recto_model, copy._recto_kind = copy, None
    return copy


class _Anonymous:
    """In place of `anonymous_style`, a property: nothing of it is a style's own."""

    def __get__(self, style: Any, kind: Any = None) -> Any:
        known = style.__dict__
        if "_recto_anonymous" not in known:
            model = _model(style)
            known["_recto_anonymous"] = _make_anonymous(style) if model is style else model.anonymous_style
        return known["_recto_anonymous"]


anonymous = _Anonymous()


def _model(style: Any) -> Any:
    """The style to take properties from: the first of its kind, in this document or one before; or itself.

    Those of the root and its children are computed anew each time, since the print engine changes them.
    """
    known = style.__dict__
    if "_recto_model" not in known:
        parent = getattr(style, "parent_style", None)  # texts of drawings have none
        alone = not isinstance(parent, ComputedStyle) or parent.is_root_element
        known["_recto_model"] = style if alone else _kind(style) or style
    return known["_recto_model"]


def _kind(style: Any) -> Any:
    """The first style that the same rules made, below parents of a kind; None if it is of none.

    WeasyPrint shares one style among elements of one document, but for those with an id, and what is in them.
    Here it is shared among all documents with the same fonts and sheets.
    """
    known = style.__dict__
    if "_recto_kind" not in known:
        known["_recto_kind"] = _find_kind(style) if isinstance(style, ComputedStyle) else None
    return known["_recto_kind"]


def _find_kind(style: Any) -> Any:
    parent, cascaded = style.parent_style, style.cascaded
    family = parent and _kind(parent)
    if parent is not None and family is None:
        return None
    mark = repr if parent is None else id  # attributes of the root are alike in all documents
    # the heavier of a logical property and the physical one that it stands for is taken
    weighs = not _LOGICAL.isdisjoint(cascaded)
    rules = tuple(
        [
            (name, mark(value), weight if weighs else None)
            for name, (value, weight) in cascaded.items()
            if name != _OWN
        ]
    )
    kinds = style.font_config.__dict__.setdefault("_recto_kinds", {})
    if len(kinds) > _KINDS_KEPT:
        kinds.clear()
    return kinds.setdefault((id(family), style.pseudo_type, rules), style)


def computed(style: Any, key: str) -> Any:
    """In place of `ComputedStyle.__missing__`: what no sheet sets need not go through all it could be."""
    if key != _OWN and (model := _model(style)) is not style:
        value = model[key]
        style[_OWN]  # so that it is not taken from the model
        style.update({**model, **style})
        style.specified.update({**model.specified, **style.specified})
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
