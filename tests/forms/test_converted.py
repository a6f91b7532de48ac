"""What converters leave of roles, directives and index terms, as Recto reads it."""

from __future__ import annotations

import pytest

from recto.forms.converted.leavings import as_in_myst, terms_marked


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (
            'See `reef`{.interpreted-text role="ref"}, `os.path`{.interpreted-text role="py:func"}.',
            "See {ref}`reef`, {py:func}`os.path`.",
        ),
        ("::: {.index}\nbowline; loop\n:::", ":::{index} bowline; loop\n:::"),
        (
            '::: {.toctree maxdepth="2" caption="Contents:"}\nbowline reef\n:::',
            ":::{toctree} bowline reef\n:::",
        ),
        ("::: {.versionadded}\n1.2 New.\n\nMore.\n:::", ":::{versionadded} 1.2 New.\n\nMore.\n:::"),
        ("::: {.seealso}\nThis.\n:::", ":::{seealso}\nThis.\n:::"),
        ("::: {.only}\n:::", ":::{only}\n:::"),
        ("::: {.note}\nKept.\n:::", "::: {.note}\nKept.\n:::"),
        ("```\n::: {.index}\n```", "```\n::: {.index}\n```"),
    ],
)
def test_roles_and_directives_that_pandoc_does_not_know_are_those_of_myst(written: str, made: str) -> None:
    lines = [(line, number) for number, line in enumerate(written.split("\n"), 1)]
    assert "\n".join(line for line, _ in as_in_myst(lines)) == made


def test_index_terms_of_docbook_are_marks() -> None:
    lines = [
        ('A []{.indexterm primary="lamp"}lamp', 1),
        ('[]{.indexterm primary="light" secondary="house"}', 2),
        ('[]{.indexterm primary="beam" see="light"}', 3),
        ("[]{.other}", 4),
    ]
    made = [line for line, _ in terms_marked(lines)]
    assert made == ["A {^lamp}lamp", "{^light!house}", "{^beam|see light}", "[]{.other}"]
