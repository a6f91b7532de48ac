"""Markdown: Python-Markdown and pymdown-extensions, configured once.

What is switched on here is read by those libraries; what is ours (index marks, captions, references, notes as
books have them, punctuation) happens before, in tokens, and after, on the tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import SubstituteTagInlineProcessor

from recto.typeset import sanitise
from recto.typeset.tokens import without

# A title such as "1. Why" must not become a list: this character in front keeps a line a paragraph.
_GUARD = "\ufdd6"


def convert(text: str, abbreviations: Mapping[str, str]) -> str:
    """Markdown as a well-formed, harmless XHTML fragment."""
    markdown = _markdown(tuple(sorted(abbreviations.items())))
    return sanitise.clean(markdown.reset().convert(text))


def convert_line(text: str, abbreviations: Mapping[str, str]) -> str:
    """One line of Markdown as XHTML, with the paragraph that Markdown puts around it."""
    return convert(_GUARD + " ".join(text.split()), abbreviations).strip().replace(_GUARD, "")


@lru_cache(maxsize=4)
def _markdown(abbreviations: tuple[tuple[str, str], ...]) -> Markdown:
    markdown = Markdown(
        output_format="xhtml",
        extensions=[
            "markdown.extensions.attr_list",
            "markdown.extensions.md_in_html",
            "markdown.extensions.def_list",
            "markdown.extensions.footnotes",
            "markdown.extensions.admonition",
            "markdown.extensions.sane_lists",  # also keeps the number an ordered list starts with
            "markdown.extensions.tables",
            "markdown.extensions.abbr",
            "pymdownx.superfences",
            "pymdownx.betterem",
            "pymdownx.caret",
            "pymdownx.tilde",
        ],
        extension_configs={
            "markdown.extensions.abbr": {"glossary": dict(abbreviations)},
            "markdown.extensions.footnotes": {"BACKLINK_TEXT": "", "SEPARATOR": ":"},
            "markdown.extensions.tables": {"use_align_attribute": True},
            "pymdownx.caret": {"insert": False},
            "pymdownx.superfences": {
                "relaxed_headers": True,
                "custom_fences": [
                    {"name": "*", "class": "", "format": _fence, "validator": _accept},
                ],
            },
        },
    )
    _guard_delimiters(markdown)
    # CommonMark 6.7: after code (priority 190) and escapes (180), in which a backslash stays one
    hard_break = SubstituteTagInlineProcessor(r"\\\n", "br")
    markdown.inlinePatterns.register(hard_break, "backslash_break", 175)
    return markdown


def _guard_delimiters(markdown: Markdown) -> None:
    """Leave text as it is where pymdown-extensions fails on it: 13.1 raises IndexError at `~~a ^b~~ *c`."""
    if "delimiter" not in markdown.inlinePatterns:  # versions before 13 read each delimiter by itself
        return
    processor: Any = markdown.inlinePatterns["delimiter"]
    read = processor.handleMatch

    def careful(found: re.Match[str], data: str) -> Any:
        try:
            return read(found, data)
        except IndexError:
            processor.reset()
            return None, None, None

    processor.handleMatch = careful


def _accept(
    language: str, inputs: Mapping[str, Any], options: dict[str, Any], attributes: dict[str, Any], _: Markdown
) -> bool:
    """Every fence is code of ours, whatever its options."""
    options.update(inputs)
    return True


def _fence(
    source: str,
    language: str,
    _class: str,
    options: Mapping[str, Any],
    _markdown: Markdown,
    classes: Iterable[str] = (),
    id_value: str = "",
    attrs: Mapping[str, Any] | None = None,
    **_: Any,
) -> str:
    """A fence as plain `pre` and `code`; listings.py sets it later, like indented code."""
    title = {**options, **(attrs or {})}.get("title")
    names = [*([f"language-{language}"] if language else []), *classes]
    attributes = {"id": id_value, "class": " ".join(names), "data-title": title if title is not True else ""}
    written = "".join(
        f' {name}="{html.escape(without(str(value)))}"' for name, value in attributes.items() if value
    )
    return f"<pre><code{written}>{html.escape(source, quote=False)}</code></pre>"
