"""Index marks: makeindex's grammar, and the two other ways of writing it.

    {^sortkey@term!sub|role}      role: ( ) main, see other!sub, seealso other
    \\index{term!sub|see{other}}   LaTeX; textbf as a page format makes the mark principal, others say nothing
    (((term,sub)))  ((words))     Asciidoctor, and its macros indexterm:[term,sub] and indexterm2:[words];
                                  `>>` or see=… sends on, `&>` or see-also=… does beside locators

A quotation mark takes the meaning from the `!`, `@`, `|` or `"` after it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from recto.model import MarkRole

_SPECIAL = re.compile(r'"([!@|"])')
_PRIVATE = {"!": "\ufdd2", "@": "\ufdd3", "|": "\ufdd4", '"': "\ufdd5"}
_PUBLIC = str.maketrans({private: public for public, private in _PRIVATE.items()})
_QUOTING = str.maketrans({private: f'"{public}' for public, private in _PRIVATE.items()})
_SEE = re.compile(r"see[ \t]*(?P<also>also)?(?:\s+(?P<words>\S.*)|\s*\{(?P<braced>.*)\})$", re.DOTALL)
_QUOTED = re.compile(r'\s*(?:(?P<name>see|see-also)=)?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^,]*))\s*(?:,|$)')
_POINTERS = re.compile(r"\s+(?:(?P<see>>>)|&>)\s+")
_FACES = re.compile(r"\\[a-zA-Z]+\s*\{([^{}]*)\}")
_SIGNS = re.compile(r"\\([&%$#_{}])")
MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """An index mark as written; `fault` says in a sentence what is wrong with it.

    `is_markdown` tells that its headings are Markdown, as the text around it; `shown` are then these headings
    as XHTML, "" for one that is plain (see index_headings.py).
    """

    terms: tuple[str, ...] = ()
    sort_keys: tuple[str, ...] = ()
    role: MarkRole = "point"
    target: str = ""
    principal: bool = False
    fault: str = ""
    is_markdown: bool = False
    shown: tuple[str, ...] = ()


def read(text: str, words: str = "") -> Mark:
    """Read the inside of `{^…}` or `\\index{…}`; the marked `words` are the heading where none is given."""
    protected = _SPECIAL.sub(lambda match: _PRIVATE[match[1]], " ".join(text.split()))
    path, bar, role = protected.partition("|")
    levels = [level.partition("@") for level in path.split("!")] if path.strip() else []
    terms = tuple(_plain(after if at else before) for before, at, after in levels) or (words,)
    sort_keys = tuple(_plain(before) if at else "" for before, at, _ in levels) or ("",)
    mark = Mark(terms, sort_keys, fault=_fault(terms), is_markdown=bool(levels))
    return _with_role(mark, role.strip()) if bar and not mark.fault else mark


def read_latex(text: str) -> Mark:
    """Read the inside of `\\index{…}`: commands for faces and escapes give way to what they print."""
    plain = _SIGNS.sub(r"\1", _FACES.sub(r"\1", text))
    path, bar, role = _SPECIAL.sub(lambda match: _PRIVATE[match[1]], plain).partition("|")
    role = role.strip()
    told = role[:1] in ("(", ")") or role.startswith("see") or role in _PRINCIPAL
    mark = read((path + bar + role if told else path).translate(_QUOTING))
    return dataclasses.replace(mark, is_markdown=False)


def read_asciidoctor(text: str) -> Mark:
    """Read the inside of `(((…)))`: headings separated by commas, quoted where they hold one."""
    plain, *pointers = _POINTERS.split(" ".join(text.split()))
    terms: list[str] = []
    targets: dict[MarkRole, list[str]] = {"see": [], "see-also": []}
    position = 0
    while position < len(plain) and (found := _QUOTED.match(plain, position)):
        value = (found["quoted"] if found["quoted"] is not None else found["plain"]).strip()
        (targets[found["name"]] if found["name"] else terms).append(value)  # type: ignore[index]
        position = found.end()
    for sign, target in zip(pointers[::2], pointers[1::2], strict=True):
        targets["see" if sign else "see-also"].append(target.strip())
    mark = Mark(tuple(terms), ("",) * len(terms), fault=_fault(terms))
    for role, wanted in targets.items():
        if wanted and not mark.fault:
            return dataclasses.replace(mark, role=role, target=";".join(wanted))
    return mark


def _fault(terms: Sequence[str]) -> str:
    if not terms or not all(terms):
        return "this index mark has an empty heading"
    if len(terms) > MOST_LEVELS:
        return f"this index mark has {len(terms)} levels; an index has a heading and two levels below it"
    return ""


def _with_role(mark: Mark, role: str) -> Mark:
    if role[:1] in ("(", ")"):
        principal = role[1:].strip() in _PRINCIPAL
        return dataclasses.replace(mark, role="open" if role[0] == "(" else "close", principal=principal)
    if found := _SEE.match(role):
        target = _plain(found["words"] or found["braced"] or "")
        return dataclasses.replace(mark, role="see-also" if found["also"] else "see", target=target)
    if role in _PRINCIPAL:
        return dataclasses.replace(mark, principal=True)
    if role in ("", "textit", "emph", "hyperpage"):
        return mark
    shown = role.translate(_PUBLIC)
    return Mark(fault=f"an index mark can't end in |{shown}: known are (, ), main, see …, seealso …")


_PRINCIPAL = ("main", "textbf", "bf", "hyperbf")


def _plain(text: str) -> str:
    return text.strip().translate(_PUBLIC)
