"""What is for one kind of output, as the class of a division that stands in one of the two books."""

from __future__ import annotations

_CLASSES = {"only-epub": ("epub", "html"), "only-pdf": ("pdf", "latex", "typst", "beamer")}


def only_class(attributes: str) -> str:
    """The class among the words of an attribute list, "" for none."""
    return next((name for name in _CLASSES if name in attributes.replace(".", " ").split()), "")


def class_of(wanted: str, *, shown: bool = True) -> str:
    """The class for a format, or for all but that one; "" for a format of neither book."""
    named = next((name for name, formats in _CLASSES.items() if wanted in formats), "")
    if not named or shown:
        return named
    return next(name for name in _CLASSES if name != named)
