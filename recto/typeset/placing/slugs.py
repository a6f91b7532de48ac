"""Headings by the names that GitHub, and most that show Markdown, link to them by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from recto.ids import composed, github_slug
from recto.typeset.language import reference
from recto.typeset.placing.placer import PlacedDraft

_WORDED = ("chapter", "appendix", "part")


class Slugs:
    """The anchors of all headings by slug, file by file: of doubles the second has `-1`, the third `-2`."""

    def __init__(self, drafts: Iterable[PlacedDraft], words: Mapping[str, str]) -> None:
        self._words = words
        self._files: dict[str, dict[str, str]] = {}
        ordered = sorted(drafts, key=lambda each: each.draft.section.place.line or 0)
        counts: Counter[tuple[str, str]] = Counter()
        for placed in ordered:
            file = placed.draft.section.place.file
            for number, heading in enumerate(placed.headings):
                forms = self._forms(placed) if number == 0 else [heading.title]
                for slug in dict.fromkeys(github_slug(form) for form in forms):
                    count = counts[file, slug]
                    counts[file, slug] += 1
                    self._enter(file, f"{slug}-{count}" if count else slug, heading.anchor)

    def find(self, target: str, file: str | None) -> str | None:
        """The anchor of the heading that a slug names: in a file, or (None) in the first that has it."""
        wanted = composed(target).lower()
        files = self._files.values() if file is None else [self._files.get(file, {})]
        for slug in (wanted, _plain(wanted)):
            found = next((slugs[slug] for slugs in files if slug in slugs), None)
            if found is not None:
                return found
        return None

    def known(self, file: str) -> tuple[str, ...]:
        """The slugs of a file."""
        return tuple(self._files.get(file, ()))

    def _forms(self, placed: PlacedDraft) -> list[str]:
        """How the heading of a section may be written: with its number and without."""
        heading, section = placed.headings[0], placed.draft.section
        forms = [heading.title]
        kind = placed.definitions[0].kind if placed.definitions else "other"
        if section.number:
            forms.append(f"{section.number} {heading.title}")
        if section.number and kind in _WORDED:
            forms.append(f"{reference(kind, str(section.number), self._words)} {heading.title}")
        return [form.strip() for form in forms if form.strip()]

    def _enter(self, file: str, slug: str, anchor: str) -> None:
        slugs = self._files.setdefault(file, {})
        slugs.setdefault(slug, anchor)
        slugs.setdefault(_plain(slug), anchor)


def _plain(slug: str) -> str:
    """A slug where a dash is the same as `--`, and an İ in lower case an i."""
    return re.sub("-+", "-", slug.replace("i\u0307", "i"))
