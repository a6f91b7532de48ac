"""What counts through a chapter, in print and in the e-book, which may count differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from recto.galley import ONLY
from recto.notations import xhtml
from recto.notations.xhtml import Element


@dataclass(slots=True)
class Series:
    """What counts through one chapter (or the text of a part).

    anchor   the prefix of its block numbers: `chapter-4`
    prefix   the prefix of its other ids: `4`, `a`, `preface`
    label    what stands before the dot in "Figure 4.1"; "" for none
    """

    anchor: str
    prefix: str
    label: str
    counts: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, kind: str) -> int:
        """The next number of a kind."""
        self.counts[kind] += 1
        return self.counts[kind]

    def numbers(self, kind: str, medium: str) -> tuple[str, str]:
        """The number of what was counted last as print shows it, and as the e-book does.

        The one that is not the `medium` that it is for doesn't count it.
        """
        self.elsewhere.update((kind, other) for other in ONLY.values() if medium and other != medium)
        counts = {each: self.counts[kind] - self.elsewhere[kind, each] for each in ONLY.values()}
        if medium:
            counts = dict.fromkeys(counts, counts[medium])
        before = f"{self.label}." if self.label else ""
        return f"{before}{counts['paper']}", f"{before}{counts['screen']}"


def if_other(screen: str, printed: str) -> str:
    """The number in the e-book where it is another one than in print, else ""."""
    return screen if screen != printed else ""


def set_number(holder: Element, printed: str, screen: str) -> None:
    """Set words with a number into an element, once for each edition where these count differently."""
    if printed == screen:
        holder.text = printed
        return
    words = {"paper": printed, "screen": screen}
    holder.extend(xhtml.element("span", {"class": name}, words[medium]) for name, medium in ONLY.items())
