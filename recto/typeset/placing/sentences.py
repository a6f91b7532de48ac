"""Where sentences begin: a reference that opens one is written with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recto.galley import NOTEREF
from recto.notations.xhtml import Element, has_class
from recto.typeset.work import VERBATIM, is_block

# Abbreviations in the languages of the labels after which a sentence goes on; single letters do, too.
_ABBREVIATIONS = frozenset(
    """abb abs al anm approx apr art aufl aug bd bl bzgl bzw ca cap cf ch chap col dec dept dr ed eds env
    esp evtl ex fasc feb fig figs fn ff gen ggf hr hrsg ibid id illus incl inkl jan jg jul jun kap lib lit
    mar max messrs min mme mr mrs ms mt nb no nos nov nr oct op p par pp prof pt resp rev rpt s sec sect
    sep sept sog sr st ss tab tel trans u univ usw v vgl viz vol vols vs z zb""".split()
)
_ENOUGH = 200  # characters before a reference
_OPENING = re.compile(r"[\s(\[“‘„‚«‹\"']*$")
_END = re.compile(r"(?:(?P<word>[^\W\d_]+(?:\.[^\W\d_]+)*)?(?P<stop>\.)|[!?…])[”’“»›\"')\]]*\Z")


def begins_sentence(element: Element) -> bool:
    """Tell whether an inline element stands first in its block or after the end of a sentence."""
    before = "".join(reversed(list(_nearest(_before(element)))))[-_ENOUGH:]
    text = _OPENING.sub("", before)
    if not text:
        return True
    end = _END.search(text)
    if end is None or not any(character.isspace() for character in before[len(text) :]):
        return False
    word = (end["word"] or "").lower()
    return not word or (len(word) > 1 and "." not in word and word not in _ABBREVIATIONS)


def _nearest(pieces: Iterable[str]) -> Iterator[str]:
    """As many pieces of the text as tell whether a sentence ends there, the nearest first."""
    length = 0
    for piece in pieces:
        yield piece
        length += len(piece) + 1
        if length > _ENOUGH:
            return


def _before(element: Element) -> Iterator[str]:
    """The text that stands before an element in its block, nearest first; calls of notes left out."""
    parent = element.getparent()
    if parent is None or is_block(element):
        return
    for sibling in element.itersiblings(preceding=True):
        yield sibling.tail or ""
        if is_block(sibling):
            return
        if not has_class(sibling, NOTEREF):
            yield "code" if sibling.tag in VERBATIM else "".join(sibling.itertext())
    yield parent.text or ""
    yield from _before(parent)
