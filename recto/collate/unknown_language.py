"""The language of the book: one that Recto has no words of is told once."""

from __future__ import annotations

from recto.languages import has_words
from recto.problems import Problem, warning
from recto.settings.config import Config


def unspoken(config: Config) -> tuple[Problem, ...]:
    """A warning where the book is in a language that Recto can't speak."""
    language = config.book.language
    if has_words(language):
        return ()
    return (
        warning(
            "language-unknown",
            f"Recto knows no words of the language `{language}`: what it adds, such as “Chapter”, is English",
            config.place_of("book", "language"),
            hint="write it as `de` or `pt-BR`; to teach it a language, see recto/languages/en.toml",
            subject=language,
        ),
    )
