"""What is said against a break, in the demerits of TeX; the defaults are its, where it has some."""

from __future__ import annotations

from dataclasses import dataclass

AVOIDED = 1e9  # demerits of what is done only where there is no other way
BEARABLE = 9e7  # demerits of a whole paragraph that has no such thing, nor a break at a cost of FIRM


@dataclass(frozen=True, slots=True)
class Costs:
    """What breaks cost.

    pretolerance   how bad a line may be (100 r³, where r is the part of its stretch that it needs) without
                   dividing words
    tolerance      how bad it may be with words divided; where that does not do, four times as bad, or any
    line           added to the badness of each line: more is said against short paragraphs
    contrast       a tight line beside a loose one
    ladder         a second divided word below a first; a third makes a ladder, and is avoided
    before_last    a divided word in the last line but one
    meagre         a last line of fewer than `few` letters
    least          a last line of fewer letters is avoided, and so is one that is a part of a word
    """

    pretolerance: float = 50.0
    tolerance: float = 200.0
    line: float = 10.0
    contrast: float = 10_000.0
    ladder: float = 20_000.0
    before_last: float = 5_000.0
    meagre: float = 4_000.0
    few: int = 12
    least: int = 5


DEFAULT = Costs()
