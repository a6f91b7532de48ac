"""Index marks: makeindex's grammar, and the two other ways of writing it.

    {^sortkey@term!sub|role}      role: ( ) main, see other!sub, seealso other
    \\index{term!sub|see{other}}   LaTeX; textbf, emph … as a page format make the mark principal
    (((term,sub)))                Asciidoctor

A quotation mark takes the meaning from the `!`, `@`, `|` or `"` after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from recto.model import MarkRole

_SPECIAL = re.compile(r'"([!@|"])')
_PRIVATE = {"!": "\ufdd2", "@": "\ufdd3", "|": "\ufdd4", '"': "\ufdd5"}
_PUBLIC = str.maketrans({private: public for public, private in _PRIVATE.items()})
_SEE = re.compile(r"see[ \t]*(?P<also>also)?(?:\s+(?P<words>\S.*)|\s*\{(?P<braced>.*)\})$", re.DOTALL)
_QUOTED = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^,]*))\s*(?:,|$)')


@dataclass(frozen=True, slots=True)
class Mark:
    """An index mark as written; `fault` says in a sentence what is wrong with it."""

    terms: tuple[str, ...] = ()
    sort_keys: tuple[str, ...] = ()
    role: MarkRole = "point"
    target: str = ""
    principal: bool = False
    fault: str = ""


def read(text: str, words: str = "") -> Mark:
    """Read the inside of `{^…}` or `\\index{…}`; the marked `words` are the heading where none is given."""
    protected = _SPECIAL.sub(lambda match: _PRIVATE[match[1]], " ".join(text.split()))
    path, bar, role = protected.partition("|")
    levels = [level.partition("@") for level in path.split("!")] if path.strip() else []
    terms = tuple(_plain(after if at else before) for before, at, after in levels) or (words,)
    sort_keys = tuple(_plain(before) if at else "" for before, at, _ in levels) or ("",)
    if not all(terms):
        return Mark(fault="this index mark has an empty heading")
    return _with_role(Mark(terms, sort_keys), role.strip()) if bar else Mark(terms, sort_keys)


def read_asciidoctor(text: str) -> Mark:
    """Read the inside of `(((…)))`: headings separated by commas, quoted where they hold one."""
    terms, position = [], 0
    while position < len(text) and (found := _QUOTED.match(text, position)):
        terms.append((found["quoted"] if found["quoted"] is not None else found["plain"]).strip())
        position = found.end()
    if not terms or not all(terms):
        return Mark(fault="this index mark has an empty heading")
    return Mark(tuple(" ".join(term.split()) for term in terms), ("",) * len(terms))


def _with_role(mark: Mark, role: str) -> Mark:
    terms, sort_keys = mark.terms, mark.sort_keys
    if role[:1] in ("(", ")"):
        principal = role[1:].strip() in _PRINCIPAL
        return Mark(terms, sort_keys, "open" if role[0] == "(" else "close", principal=principal)
    if found := _SEE.match(role):
        target = _plain(found["words"] or found["braced"] or "")
        return Mark(terms, sort_keys, "see-also" if found["also"] else "see", target)
    if role in _PRINCIPAL:
        return Mark(terms, sort_keys, principal=True)
    if role in ("", "textit", "emph", "hyperpage"):
        return mark
    shown = role.translate(_PUBLIC)
    return Mark(fault=f"an index mark can't end in |{shown}: known are (, ), main, see …, seealso …")


_PRINCIPAL = ("main", "textbf", "bf", "hyperbf")


def _plain(text: str) -> str:
    # an index sets its headings in one face: code in them is code no longer
    return text.replace("`", "").strip().translate(_PUBLIC)
