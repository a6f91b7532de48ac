"""The tag tree of the bound book: each unit's tree is a Part under one Document.

ISO 32000-1, 14.7: pages and annotations point into the ParentTree by number, so each unit takes the next
numbers; ids of table headers are unique already and only need one tree.
"""

from __future__ import annotations

import pydyf

from recto.model import Quire
from recto.print.binding.pdf_file import PdfFile, reference, sort_key


class TagTree:
    """Joins the tags of quires, in order."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self.root, self.document = file.allot(), file.allot()
        self._parts, self._leaves = pydyf.Array(), pydyf.Array()
        self._ids: list[tuple[str, int]] = []
        self._keys = 0

    def add(self, quire: Quire, first: int) -> range:
        """Take in a quire whose lines are numbered from `first`; returns its numbers of the parent tree."""
        part, leaf = (reference(first + at) for at in quire.tags)
        self._parts.append(part)
        self._leaves.append(leaf)
        self._ids += [(name, first + at) for name, at in quire.headers]
        keys = range(self._keys, self._keys + quire.keys)
        self._keys = keys.stop
        return keys

    def close(self) -> None:
        """Write what holds the joined tree together."""
        document = {
            "Type": "/StructElem",
            "S": "/Document",
            "P": reference(self.root),
            "K": self._parts,
        }
        self._file.add(pydyf.Dictionary(document), self.document)
        root = {
            "Type": "/StructTreeRoot",
            "K": pydyf.Array([reference(self.document)]),
            "ParentTree": reference(self._file.add(pydyf.Dictionary({"Kids": self._leaves}))),
            "ParentTreeNextKey": self._keys,
        }
        if self._ids:
            self._ids.sort(key=lambda entry: sort_key(entry[0]))
            pairs = (each for name, at in self._ids for each in (pydyf.String(name), reference(at)))
            names = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
            root["IDTree"] = reference(self._file.add(names))
        self._file.add(pydyf.Dictionary(root), self.root)
