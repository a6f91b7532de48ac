"""The kinds of boxes that writers' tools have in common, each as the one of ours that says the same.

https://help.obsidian.md/callouts, https://tommilligan.github.io/mdbook-admonish/reference.html
"""

from __future__ import annotations

_KINDS = {
    "abstract": "note", "summary": "note", "tldr": "note", "info": "note", "todo": "note", "note": "note",
    "tip": "tip", "hint": "tip", "important": "important", "success": "tip", "check": "tip", "done": "tip",
    "question": "note", "help": "note", "faq": "note", "warning": "warning", "caution": "caution",
    "attention": "warning", "failure": "danger", "fail": "danger", "missing": "danger", "danger": "danger",
    "error": "danger", "bug": "danger", "example": "example",
}  # fmt: skip


def first_line(kind: str, title: str) -> str:
    """The line that begins a box; one without a title is called by its kind, where ours is another."""
    ours = _KINDS.get(kind.lower(), "note")
    called = title.strip().replace('"', "”") or ("" if ours == kind.lower() else _words(kind))
    return f'!!! {ours} "{called}"' if called else f"!!! {ours}"


def _words(kind: str) -> str:
    return kind.lower().replace("-", " ").capitalize()
