"""What the indexer can decide, each as a change of the term list.

A decision is asked for by words: what to `do`, of which heading (`term`, and `sub` for a subheading), with
which other one (`to`) or of which place (`place`, as `omit` and `principal` name it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tomlkit.items import Table

from recto.desk.indexer.list_editing import ListEditing, UndecidedError, finds, joined, spelled

Asked = Mapping[str, str]
Act = Callable[[ListEditing, Asked], None]


def act_of(name: str) -> Act | None:
    """The decision of a name; None for a name that is none."""
    return _ACTS.get(name)


def _accept(editing: ListEditing, asked: Asked) -> None:
    """A heading of the machine's becomes the author's own."""
    if asked.get("sub"):
        raise UndecidedError("a subheading comes in with its heading")
    editing.leave("never", asked["term"])
    editing.join("accept", asked["term"])


def _refuse(editing: ListEditing, asked: Asked) -> None:
    """A heading leaves the index, with what stands below it, and does not come back."""
    term, sub = asked["term"], asked.get("sub", "")
    editing.leave("accept", spelled(term, sub))
    refused = [spelled(term, sub)]
    tables = editing.of(term) if not sub else filter(None, [editing.find(term, sub)])
    for table in list(tables):
        taken = (str(word) for word in table.get("takes", ()))
        refused += [word for word in taken if sub or not word.startswith(f"{term}!")]
        editing.remove(table)
    editing.join("never", *dict.fromkeys(refused))


def _add(editing: ListEditing, asked: Asked) -> None:
    """Words of the text become a term that is looked for."""
    editing.leave("never", asked["term"])
    if editing.find(asked["term"]) is None:
        editing.add(asked["term"])


def _rename(editing: ListEditing, asked: Asked) -> None:
    term, sub, to = asked["term"], asked.get("sub", ""), _to(asked)
    table = editing.own(term, sub)
    if sought := finds(table):
        table["find"] = sought  # it goes on looking for what it looked for
    if sub:
        table["sub"] = to
    else:
        editing.rehead(term, to)
        table["term"] = to


def _merge(editing: ListEditing, asked: Asked) -> None:
    """The places of a heading go to another one."""
    table = editing.own(*_target(asked))
    _move(editing, asked, table, finds(table))


def _subhead(editing: ListEditing, asked: Asked) -> None:
    """A heading becomes a subheading of another one."""
    term, below = _target(asked)
    name = asked.get("sub") or asked["term"]
    sub = f"{below}!{name}" if below else name
    held = editing.find(term, sub)
    table = editing.add(term, sub=sub) if held is None else held
    _move(editing, asked, table, [] if held is None else finds(held))


def _move(editing: ListEditing, asked: Asked, table: Table, own: list[str]) -> None:
    """The words and headings that lead to a heading lead to a table of the list from now on, which has words
    of its `own`.
    """
    term, sub = asked["term"], asked.get("sub", "")
    former = editing.find(term, sub)
    if former is table:
        raise UndecidedError("a heading can't be merged with itself")
    taken = [str(word) for word in former.get("takes", ())] if former is not None else [spelled(term, sub)]
    sought = [*own, *(finds(former) if former is not None else ())]
    if sought:
        joined(table, "find", sought)
    if taken:
        joined(table, "takes", taken)
    if former is not None:
        editing.remove(former)
    editing.leave("accept", spelled(term, sub))
    if not sub:
        editing.rehead(term, spelled(str(table["term"]), str(table.get("sub", ""))))


def _send(editing: ListEditing, asked: Asked) -> None:
    """A heading sends the reader to another one, and has no places any more."""
    if asked.get("sub"):
        raise UndecidedError("a subheading sends nobody elsewhere: merge it, or make it a heading first")
    if editing.origin(asked["term"]) != "":
        _refuse(editing, asked)
    editing.add(asked["term"], see=[_to(asked)])


def _send_also(editing: ListEditing, asked: Asked) -> None:
    """A heading sends the reader to another one as well."""
    joined(editing.own(asked["term"], asked.get("sub", "")), "see_also", [_to(asked)])


def _main(editing: ListEditing, asked: Asked) -> None:
    """A place is the main treatment of a heading; asked once more, there is none."""
    table = editing.own(asked["term"], asked.get("sub", ""))
    if [str(word) for word in table.get("principal", ())] == [_place(asked)]:
        table.remove("principal")
    else:
        table["principal"] = [_place(asked)]


def _omit(editing: ListEditing, asked: Asked) -> None:
    """A place of a heading is left out."""
    table = editing.own(asked["term"], asked.get("sub", ""))
    if "principal" in table and _place(asked) in table["principal"]:
        table.remove("principal")
    joined(table, "omit", [_place(asked)])


def _to(asked: Asked) -> str:
    if not asked.get("to"):
        raise UndecidedError("to which heading?")
    return asked["to"]


def _target(asked: Asked) -> tuple[str, str]:
    """The heading that is asked for, and what stands below it: `networks!mesh` is a subheading."""
    term, _, sub = _to(asked).partition("!")
    return term.strip(), sub.strip()


def _place(asked: Asked) -> str:
    if not asked.get("place"):
        raise UndecidedError("which place?")
    return asked["place"]


_ACTS: Mapping[str, Act] = {
    "accept": _accept,
    "never": _refuse,
    "add": _add,
    "rename": _rename,
    "merge": _merge,
    "sub": _subhead,
    "see": _send,
    "also": _send_also,
    "principal": _main,
    "omit": _omit,
}
