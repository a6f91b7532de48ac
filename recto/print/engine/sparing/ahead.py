"""What a process reads once, however many documents it lays out: read ahead of the first."""

from __future__ import annotations

from recto.print.engine.inner import ffi, pyphen

# of C, as WeasyPrint and Recto name them: cffi parses all declarations again for each that it first meets
_TYPES = (
    "FcChar8 **",
    "PangoFcFontMap *",
    "PangoFont *",
    "PangoLogAttr[]",
    "PangoRectangle *",
    "PangoRectangle[2]",
    "char[4]",
    "char[]",
    "hb_tag_t[100]",
    "unsigned int *",
)


def read_ahead(language: str) -> None:
    """Read the types, and the patterns by which words of a language (a BCP 47 tag) are divided."""
    for name in _TYPES:
        ffi.typeof(name)
    if dictionary := pyphen.language_fallback(language):
        pyphen.Pyphen(lang=dictionary)  # it keeps the patterns, whatever limits they are asked for with
