"""Raw HTML: every tag read, written anew with what may stay of it, and what may not is reported.

What comes out holds only tags of the allow-list with attributes of the allow-list; any other `<` is text. So
what is reported and what is done can't differ, and an attribute of ours (`data-…`) is surely ours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from recto.galley import MATH
from recto.typeset import sanitise
from recto.typeset.markup.rules.formulas import set_given
from recto.typeset.markup.writer import write
from recto.typeset.work import Work

_ATTRIBUTE = r"""\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*/?>")
_PIECE = re.compile(r"<!--|<")
_MATH = re.compile(r"<math\b(?:[^<]|<(?!/math))*</math>")
# these are told apart from text by a line of their own
_DRAWN = frozenset({"svg", MATH})
DEEPEST_HTML = 60
# those that hold nothing, or that need no end (HTML 13.1.2.4)
_NOT_COUNTED = frozenset("br hr img col wbr p li dt dd tr td th thead tbody tfoot colgroup rt rp".split())
_WITH_LINE = frozenset({"a", "img"})


def html(raw: str, work: Work, line: int) -> str:
    """A piece of HTML that begins on a line of the file, harmless; tags of one element may stand in two."""
    work.raw_html = True
    made: list[str] = []
    position, last_comment = 0, raw.rfind("-->")
    while found := _PIECE.search(raw, position):
        start = found.start()
        made.append(_text(raw[position:start]))
        if found[0] == "<!--" and last_comment >= start + 2:
            position = raw.index("-->", start + 2) + 3
        elif formula := _MATH.match(raw, start):
            made.append(_formula(raw, formula[0], work, line + raw.count("\n", 0, start)))
            position = formula.end()
        elif tag := _TAG.match(raw, start):
            made.append(_tag(tag, work, line + raw.count("\n", 0, start)))
            position = tag.end()
        else:
            made.append("&lt;")
            position = start + 1
    made.append(_text(raw[position:]))
    return "".join(made)


def _formula(raw: str, source: str, work: Work, line: int) -> str:
    """A formula in MathML; one that is a block by itself stands by itself."""
    made = set_given(source, work, line)
    if made is None:
        return escape(source, quote=False)
    alone = raw.strip() == source
    return f'<div class="formula" data-line="{line}">{write(made)}</div>' if alone else write(made)


def _is_closed(name: str, work: Work, line: int) -> bool:
    """Tell whether an element that begins on a line ends on that line of the section, or below it."""
    return line - work.source.section.text_line <= _last_end(name, work.source.text)


@lru_cache(maxsize=8)
def _last_end(name: str, text: str) -> int:
    """The line on which a text ends an element for the last time; -1 where it never does."""
    found = text.lower().rfind(f"</{name}")
    return text.count("\n", 0, found) if found >= 0 else -1


def _text(text: str) -> str:
    """Text between tags: entities in it are HTML already."""
    return text.replace(">", "&gt;")


def _lies_too_deep(name: str, ends: bool, work: Work, line: int) -> bool:
    """Tell whether a tag lies in more elements than any book has, and is left out; what it holds is not."""
    if name in _NOT_COUNTED or not sanitise.reads(name):
        return False
    if ends:
        if not work.open_html:
            work.warning("html-removed", f"</{name}> ends nothing, and was left out", line, "delete it")
        work.open_html = max(0, work.open_html - 1)
        was_left_out = work.deep_html > 0
        work.deep_html -= was_left_out
        return was_left_out
    work.open_html += 1
    if work.open_html <= DEEPEST_HTML:
        return False
    if not work.deep_html:
        message = f"elements of HTML that lie more than {DEEPEST_HTML} deep in one another were left out"
        work.warning("too-deep", message, line, "take out levels; what they hold is still there")
    work.deep_html += 1
    return True


def _named(tag: re.Match[str]) -> tuple[str, str]:
    """The name and the attributes of a tag; `<center>` is a division in the middle (HTML, 15.3.3)."""
    name = tag["name"].lower()
    return ("div", f"{tag['attributes']} align=center") if name == "center" else (name, tag["attributes"])


def _tag(tag: re.Match[str], work: Work, line: int) -> str:
    name, given = _named(tag)
    if work.drawn:  # inside of a drawing or a formula, which goes as a whole
        if tag["slash"] and name == work.drawn:
            work.drawn = ""
        return ""
    if name in _DRAWN and not tag["slash"] and _is_closed(name, work, line):
        work.drawn = name
    if not sanitise.is_html(name) or (not tag["slash"] and sanitise.only_words(name, given)):
        hint = "write &lt; for the character <, or set code in backticks"
        message = f"{tag[0][:60]} is no HTML element and was set as text"
        work.warning("html-as-text", message, line, hint)
        return escape(tag[0], quote=False)
    too_deep = _lies_too_deep(name, bool(tag["slash"]), work, line)
    if too_deep or tag["slash"]:
        return f"</{name}>" if sanitise.reads(name) and not too_deep else ""
    kept, lost = sanitise.attributes(name, given)
    if lost:
        hint = "no scripts, forms, frames, events, inline styles; use a class and your own style sheet"
        work.warning("html-removed", f"{lost} was taken out of the HTML", line, hint)
    if not sanitise.reads(name) or (name in sanitise.WITH_CONTENT and not _is_closed(name, work, line)):
        return ""  # what never ends takes no words with it
    if name in _WITH_LINE:
        kept["data-line"] = str(line)
    written = "".join(f' {key}="{value}"' for key, value in kept.items())
    return f"<{name}{written}>"
