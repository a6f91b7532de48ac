"""The words a book says in its own voice, as they head something: Chapter, Contents, Index …"""

from __future__ import annotations

from recto.languages import index_words, words

_WITHIN = ("page", "pages", "see", "see_also", "by")  # these stand within a sentence
_CONTINUED = "(continued)"  # as in the index, where its words have none


def labels(language: str, chapter: str = "") -> dict[str, str]:
    """The labels for a BCP 47 language tag; English where there are none. `chapter` as in `words`."""
    within = words(language, chapter)
    said = {key: word if key in _WITHIN else word[:1].upper() + word[1:] for key, word in within.items()}
    return {**said, "continued": index_words(language).get("continued", _CONTINUED)}
