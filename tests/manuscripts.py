"""Makes manuscripts in the shapes that real ones have, in words of our own."""

from __future__ import annotations

import random

SUBJECTS = {
    1: ("Harbor Lights", ("Lamps", "Lenses", "Towers", "Keepers")),
    2: ("Tide Tables", ("Spring Tides", "Neap Tides", "Tide Gauges", "Predictions")),
    3: ("Knots", ("The Bowline", "The Clove Hitch", "The Sheet Bend", "Whipping")),
    4: ("Charts", ("Soundings", "Projections", "Compass Roses", "Corrections")),
    5: ("Weather", ("Fronts", "Squalls", "Fog Banks", "Barometers")),
    6: ("Pilotage", ("Bearings", "Transits", "Leading Lines", "Clearing Lines")),
}
FOREIGN_RUN = ("Oars", "Thwarts", "Rowlocks", "Sculls")
FAR_RUN = ("Kites", "Reels", "Wind Meters")

_OPENINGS = (
    "Nobody told the {a} about the {b}, and it shows.",
    "“Keep the {a} dry,” the old hands say—and they are right, mostly.",
    "A {a} costs $1,200 & lasts as long as its {b}; the * in the price list explains why.",
    "There are 3.5 reasons to own a {a} … the half is the {b}.",
    "Ask for the {a} < {b} rule, or type `{a} --{b}` and wait.",
    "The log reads {{\"status\": \"¯\\_(ツ)_/¯\"}}, which is what a {a} says about a {b}.",
)  # fmt: skip
_SENTENCES = (
    "Every {a} needs a {b} that someone has looked after through at least one winter.",
    "When the {a} fails, the {b} fails with it, usually at night and usually in the rain.",
    "The best {a} is the one that the crew can mend with a {b} and a short piece of wire.",
    "It is tempting to trust the {a}; the {b} on the other side of the bay has no such illusions.",
    "We measured the {a} twice, wrote the figure beside the {b}, and still came out a fathom short.",
)
_THINGS = ("lantern", "mooring", "halyard", "gauge", "chart table", "anchor", "fender", "sextant", "winch")


def field_guide(*, sections_per_chapter: int = 4) -> str:
    """A text as an author left it: newest chapter first, sections descending, no chapter titles.

    After chapter 1 a second run numbered 3 follows, then a run numbered 30 from some other book, and two
    stray lines at the very end.
    """
    dice = random.Random(7)
    runs = [(number, titles) for number, (_, titles) in sorted(SUBJECTS.items(), reverse=True)]
    runs += [(3, FOREIGN_RUN), (30, FAR_RUN)]
    blocks = []
    for number, titles in runs:
        subject = SUBJECTS[number][0] if titles is not FOREIGN_RUN and number in SUBJECTS else titles[0]
        for position, title in reversed(list(enumerate(titles[:sections_per_chapter], 1))):
            blocks.append(f"{number}.{position} {subject}: {title} in Practice")
            blocks.extend(_paragraph(dice) for _ in range(dice.randint(2, 5)))
    return "\n\n".join([*blocks, "— a joke —", "..."]) + "\n"


def paragraphs(text: str) -> list[str]:
    """The blocks between blank lines, headings and all."""
    return [block.strip() for block in text.split("\n\n") if block.strip()]


def _paragraph(dice: random.Random) -> str:
    sentences = [dice.choice(_OPENINGS), *dice.choices(_SENTENCES, k=dice.randint(3, 9))]
    return " ".join(sentence.format(a=dice.choice(_THINGS), b=dice.choice(_THINGS)) for sentence in sentences)
