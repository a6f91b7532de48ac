"""Makes manuscripts of any length, always the same words for the same length."""

from __future__ import annotations

import random
from pathlib import Path

_CHARACTERS_A_PAGE = 1_750  # of Markdown, on Recto's 6 × 9 in page, openings and blank versos counted
_OTHER_PAGES = 12  # title and the like, contents, index
_SECTIONS = 8

_THINGS = """anchor ballast bilge bollard bowline bulkhead buoy capstan chart cleat compass current davit deck
dinghy draught fairlead fathom fender ferry fog foghorn gale galley gangway gauge groyne halyard harbour hatch
hawser headland helm hull jetty keel lamp lantern ledger lens lighthouse locker log lugger mast mooring oar
outrigger pier pilot plank pontoon port pump quay rigging rope rudder sail sandbar sextant shackle shoal shore
slipway sounding spar squall tackle thwart tide tiller topsail trawler tug wharf winch windlass""".split()
_KINDS = (
    "brass double eastern floating inner iron low northern old outer spare tarred timber upper wooden".split()
)
_SENTENCES = (
    "Nobody who has kept a {a} for one winter will ask why the {b} comes first.",
    "The {a} was mended in the spring, and the {b} beside it was left as it was found.",
    "Whoever signs for the {a} answers for the {b} too, in writing and before the evening tide.",
    "A good {a} is worth two of the {b}, but only while somebody remembers where it lies.",
    "We measured the {a} three times, and three times the {b} told another story.",
    "It took the crew an hour to carry the {a} past the {b}; on the way back it took them ten minutes.",
    "There is a rule about the {a}, older than the {b} and not much easier to read.",
    "In fog the {a} is a promise, and the {b} is the only one who believes it.",
    "The books say that a {a} lasts ten years; the {b} says seven, and the *{c}* says nothing at all.",
    "Once the {a} had been paid for, the question of the {b} was never raised again.",
)


def write(folder: Path, pages: int) -> None:
    """Write a manuscript of about `pages` pages: a file a chapter, eight sections a chapter."""
    folder.mkdir(parents=True, exist_ok=True)
    left, chapter = max(1, pages - _OTHER_PAGES) * _CHARACTERS_A_PAGE, 0
    while left > 0:
        chapter += 1
        text = _chapter(chapter)
        left -= len(text)
        (folder / f"{chapter:04}.md").write_text(text, encoding="utf-8")
    toml = f'[book]\ntitle = "The Harbour of {pages} Pages"\nauthors = ["A. Measure"]\n'
    (folder / "book.toml").write_text(toml, encoding="utf-8")


def _chapter(number: int) -> str:
    dice = random.Random(number)
    blocks = [f"# {number} {_thing(dice).title()}"]
    for section in range(1, _SECTIONS + 1):
        subject = _thing(dice)
        blocks.append(f"## {number}.{section} On the {subject.title()}")
        blocks += [_paragraph(dice, subject) for _ in range(dice.randint(3, 5))]
        if section % 4 == 0:
            blocks.append("\n".join(f"- the {_thing(dice)} and the {_thing(dice)}" for _ in range(4)))
    return "\n\n".join(blocks) + "\n"


def _paragraph(dice: random.Random, subject: str) -> str:
    sentences = [
        sentence.format(a=_thing(dice), b=_thing(dice), c=dice.choice(_THINGS))
        for sentence in dice.sample(_SENTENCES, dice.randint(3, 6))
    ]
    return f"{{^{subject}}}" + " ".join(sentences)


def _thing(dice: random.Random) -> str:
    return f"{dice.choice(_KINDS)} {dice.choice(_THINGS)}"
