"""Whether each note is wholly in the pages: among the notes, or in the text where nothing calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from recto.galley import NOTE_ROLE, notes, walk
from recto.model import Galley, LaidOut, SetSection
from recto.notations import xhtml
from recto.print.gate.letters import letters, shortened
from recto.print.gate.sections import has_words, named, stand_apart
from recto.print.gate.whereabouts import Whereabouts
from recto.problems import Problem, error

_RUN = 8  # words that are looked for at once
_LEAST = 0.9  # of a note's runs; the rest may be set otherwise


def lost_notes(
    galleys: Sequence[Galley], laid_out: Sequence[LaidOut], replaced: Callable[[str], str], where: Whereabouts
) -> Iterator[Problem]:
    """Errors for every note that is not wholly in the pages.

    `replaced` gives a text as it is printed where no font draws all of it.
    """
    noted = letters(" ".join(page.notes for laid in laid_out for page in laid.pages))
    for galley in galleys:
        for section in galley.all_sections:
            for note, has_rows in _notes(section):
                words = [letters(word) for word in replaced(note).split()]
                if "".join(words) not in noted and not _stands(words, has_rows, noted, laid_out):
                    yield error(
                        "text-lost",
                        f"a note of {named(section)} is not wholly in the pages of the print book:"
                        f" “{shortened(note)}”",
                        where.of(note, section),
                        hint="the print engine dropped it; please report this with the section's source",
                        subject=section.source_number or section.heading.anchor,
                    )


def _notes(section: SetSection) -> Iterator[tuple[str, bool]]:
    """The text of each note of a section, without the calls of notes in it; whether it holds a table."""
    if NOTE_ROLE in section.html:
        for note in notes(xhtml.parse(section.html)):
            text = "".join(passage.text for passage in walk(note, ("call", "repeated call")))
            yield " ".join(text.split()), note.find(".//tr") is not None


def _stands(words: Sequence[str], has_rows: bool, noted: str, laid_out: Sequence[LaidOut]) -> bool:
    """Tell whether the words of a note stand in the pages but for a few, its last ones in any case.

    The rest of a row that is too high for its page stands beside that of other cells.
    """
    said = [word for word in words if word]
    runs = [said[at : at + _RUN] for at in range(0, len(said), _RUN)]
    for passage in (noted, letters(" ".join(page.text for laid in laid_out for page in laid.pages))):
        found = [has_words(passage, run) or (has_rows and stand_apart(passage, passage, run)) for run in runs]
        if not runs or (found[-1] and sum(found) >= _LEAST * len(runs)):
            return True
    return False
