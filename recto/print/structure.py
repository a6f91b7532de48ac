"""The tag tree of the bound book: each unit's tree becomes a Part under one Document.

ISO 32000-1, 14.7: pages and annotations point into the ParentTree by number, so each unit's numbers are
moved up by how many stand before it; ids of table headers are unique already and only need one tree.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf


class TagTree:
    """Joins the structure trees of units, in order."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array())
        )
        self._parents = Array()
        self._ids: list[tuple[bytes, Object, Object]] = []
        self._next = 0

    def add(self, source: Pdf) -> int:
        """Take in the tree of a unit whose pages are copied already; returns what its numbers move by."""
        tree = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        part = tree.K[0]
        part.S = Name.Part
        part.P = self._document
        self._document.K.append(part)
        numbers, base = tree.ParentTree.Nums, self._next
        for at in range(0, len(numbers), 2):
            numbers[at] = base + int(numbers[at])
        count = len(numbers) // 2
        if count:
            self._next += count
            limits = Array([base, self._next - 1])
            self._parents.append(self._pdf.make_indirect(Dictionary(Nums=numbers, Limits=limits)))
        if "/IDTree" in tree:
            names = list(tree.IDTree.Names)
            self._ids += [
                (bytes(key), key, value) for key, value in zip(names[::2], names[1::2], strict=True)
            ]
        return base

    def close(self) -> None:
        """Hang the joined tree into the book."""
        self._root.K = Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Kids=self._parents))
        self._root.ParentTreeNextKey = self._next
        if self._ids:
            self._ids.sort(key=lambda entry: entry[0])
            pairs = [each for _, key, value in self._ids for each in (key, value)]
            self._root.IDTree = self._pdf.make_indirect(Dictionary(Names=Array(pairs)))
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)
