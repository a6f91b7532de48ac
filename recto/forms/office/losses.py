"""What a document has that a book can't, told in one warning each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from recto.forms.source_file import SourceFile
from recto.problems import Problem, warning


def lost(file: SourceFile, counts: Mapping[str, int], losses: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """The warnings: `counts` of all the document, `losses` with the paragraph of each; `file` is its text."""
    hint = "look at it in the book; to have it otherwise, change the document"
    for what, count in counts.items():
        message = f"not in the book as they are in the document: {what}" + (
            f" ({count})" if count > 1 else ""
        )
        yield warning("document-loss", message, file.at(None), hint=hint, subject=what[:60])
    places: dict[str, list[int]] = {}
    for what, paragraph in losses:
        places.setdefault(what, []).append(paragraph)
    for what, paragraphs in places.items():
        more = f", and {len(paragraphs) - 1} more like it" if len(paragraphs) > 1 else ""
        line = file.origins.index(paragraphs[0]) + 1 if paragraphs[0] in file.origins else None
        yield warning("document-loss", f"{what}{more}", file.at(line), hint=hint, subject=what[:60])
