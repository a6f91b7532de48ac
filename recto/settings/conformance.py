"""What an author claims of accessibility, and whether it can stand in the package (EPUB Accessibility, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recto.problems import Problem, warning
from recto.settings.config import Config

# 4.2: letter by letter, or no program knows it
_CLAIM = re.compile(r"EPUB Accessibility 1\.\d - WCAG 2\.[0-2] Level A{1,3}")


def check(config: Config) -> Iterator[Problem]:
    """A claim in other words than the standard's, one that nobody makes, and what belongs to none."""
    said = config.accessibility
    faults: list[tuple[str, str, str]] = []
    if said.conforms_to and not _CLAIM.fullmatch(said.conforms_to):
        hint = 'write it letter by letter: "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"'
        faults.append(("conforms_to", f"no program knows the claim {said.conforms_to!r}", hint))
    if said.conforms_to and not said.certified_by:
        faults.append(("conforms_to", "nobody stands behind the claim", 'write certified_by = "…"'))
    if said.certified_by and not said.conforms_to:
        faults.append(("certified_by", "it is not said what is certified", 'write conforms_to = "…"'))
    for key in ("certifier_credential", "certifier_report"):
        if getattr(said, key) and not (said.conforms_to and said.certified_by):
            hint = "it goes with `conforms_to` and `certified_by`"
            faults.append((key, f"`{key}` belongs to no claim, and is left out", hint))
    if said.certifier_report and not is_address(said.certifier_report):
        hint = "put it on the web, and write its https address"
        faults.append(("certifier_report", "the report has no address, and is left out", hint))
    for key, message, hint in faults:
        yield warning("claim-incomplete", message, config.place_of("accessibility", key), hint=hint)


def is_address(said: str) -> bool:
    """Tell whether something is an address on the web."""
    return re.fullmatch(r"https?://\S+", said) is not None
