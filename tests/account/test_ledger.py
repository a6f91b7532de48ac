"""The ledger keeps every problem, honours silences, and stops the build between stages."""

import pytest

from recto.account.ledger import Ledger
from recto.problems import ConfigurationError, ManuscriptError, Place, error, warning
from recto.settings.config import Config, Silence

GAP = warning("number-gap", "4.3 is missing", Place("a.txt", 7), subject="4.3")
CLASH = error("collision", "4.3 stands twice", Place("a.txt", 9))


def test_warnings_pass_and_are_kept_once() -> None:
    ledger = Ledger(Config())
    assert ledger.take(("book", (GAP, GAP))) == "book"
    ledger.close()
    assert ledger.problems == (GAP,)


def test_an_error_stops_the_build_and_shows_the_warnings_before_it() -> None:
    ledger = Ledger(Config())
    ledger.check([GAP])
    with pytest.raises(ManuscriptError) as stopped:
        ledger.check([CLASH])
    assert stopped.value.problems == (GAP, CLASH)


def test_a_silenced_warning_is_not_shown() -> None:
    ledger = Ledger(Config(silence=(Silence("number-gap", "cut on purpose", subject="4.3"),)), strict=True)
    ledger.check([GAP])
    ledger.close()
    assert ledger.problems == ()


def test_a_silence_that_matches_nothing_is_an_error() -> None:
    ledger = Ledger(Config(silence=(Silence("number-gap", "cut on purpose"),)))
    with pytest.raises(ConfigurationError, match="silence-unused"):
        ledger.close()


def test_under_strict_a_warning_stops_the_build_after_the_last_stage() -> None:
    ledger = Ledger(Config(), strict=True)
    ledger.check([GAP])
    with pytest.raises(ManuscriptError):
        ledger.close()


def test_problems_can_be_entered_until_the_next_check() -> None:
    ledger = Ledger(Config())
    ledger.enter([CLASH])
    with pytest.raises(ManuscriptError):
        ledger.check([GAP])
    assert ledger.problems == (CLASH, GAP)
