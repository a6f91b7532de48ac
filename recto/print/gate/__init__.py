"""The completeness gate: everything that was set must have come out in the pages, in order, and can be read.

Print engines have lost the end of long books without a word (research on WeasyPrint's tracker: content
after a page is missing, no error), and let what does not fit run off the sheet. So before a book is bound

    sections    each section is looked for in the pages, with its last words and the amount of its text
    lost_notes  each note among the notes
    standing    each line, picture and table is held against sheet, type area and what else the page carries
                (recto.print.engine.overruns reads that off the page)

Text is compared by its letters and digits alone (letters): that way divided words, ligatures and folded white
space make no difference. What is wrong is told at its line of the manuscript (whereabouts).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recto.model import Galley, LaidOut
from recto.print.gate.lost_notes import lost_notes
from recto.print.gate.sections import lost_sections
from recto.print.gate.standing import misplaced
from recto.print.gate.whereabouts import Whereabouts
from recto.problems import Problem


def gate(
    galleys: Sequence[Galley], laid_out: Sequence[LaidOut], replaced: Callable[[str], str] = str
) -> tuple[Problem, ...]:
    """Problems for all that is not wholly in the pages, or stands there where it does not belong.

    `replaced` gives a text as it is printed where no font draws all of it. Returns ()
    where the book is complete; what can't be read is an error, what stands in a margin a warning.
    """
    where = Whereabouts(galleys)
    return (
        *lost_sections(galleys, laid_out, replaced),
        *lost_notes(galleys, laid_out, replaced, where),
        *misplaced(laid_out, where),
    )
