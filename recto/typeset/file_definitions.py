"""What the sections of one file define for each other: links, abbreviations, notes.

To whoever types a file it is one text: a link may be defined at its end, far below the heading that parts it
from the words. A section's own definitions go before those of its file; other files have theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from recto.forms import syntax_of
from recto.model import Section
from recto.problems import Place, Problem, warning
from recto.typeset.draft import Draft
from recto.typeset.work import NO_DEFINITIONS, FileDefinitions

_DEFINITION = re.compile(r"^[ \t>*+\d.)-]{0,40}\[[^\]\n]{1,300}\]:", re.MULTILINE)
_UNUSED = {
    "note": (
        "note-unused",
        "footnote [^{0}] is never called, and was left out",
        "call it with [^{0}] where it belongs",
    ),
    "abbreviation": (
        "abbreviation-unused",
        "the abbreviation {0} does not occur in this file",
        "put it into the file that uses it",
    ),
}


def definitions(sections: Iterable[Section]) -> Mapping[str, FileDefinitions]:
    """The definitions of each file whose text was divided into several sections, by the file's name."""
    files: dict[str, dict[int, Section]] = defaultdict(dict)
    for section in sections:
        if syntax_of(section.syntax).is_markdown:
            files[section.place.file].setdefault(section.text_line, section)
    made: dict[str, FileDefinitions] = defaultdict(lambda: NO_DEFINITIONS)
    for file, held in files.items():
        defining = [section for _, section in sorted(held.items()) if _DEFINITION.search(section.text)]
        if len(held) > 1 and defining:
            from recto.typeset.markup import read_definitions  # loads Markdown

            made[file] = read_definitions(defining)
    return made


def unused(drafts: Iterable[Draft]) -> list[Problem]:
    """Every note and abbreviation that is defined and that no section of its file uses."""
    by_file: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_file[draft.section.place.file].append(draft)
    problems = []
    for file, held in by_file.items():
        used = {each for draft in held for each in draft.uses}
        for draft in held:
            for kind, name, line in draft.defines:
                if (kind, name) not in used:
                    code, message, hint = _UNUSED[kind]
                    subject = str(draft.section.number or draft.section.role or "")
                    hint = f"{hint.format(name)}, or take it out"
                    problems.append(
                        warning(code, message.format(name), Place(file, line), hint=hint, subject=subject)
                    )
    return problems
