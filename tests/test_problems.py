"""Problems as they are shown."""

from __future__ import annotations

from recto.problems import FEW, Place, Problem, error, listed, warning


def _gaps(count: int, files: int = 1) -> list[Problem]:
    return [
        warning("number-gap", f"gap {n}", Place(f"{n % files}.md", n), hint="renumber") for n in range(count)
    ]


def test_few_problems_are_shown_as_they_are() -> None:
    assert list(listed(_gaps(FEW))) == [str(problem) for problem in _gaps(FEW)]
    assert list(listed(_gaps(FEW + 1))) == [str(problem) for problem in _gaps(FEW + 1)]


def test_of_many_of_a_kind_the_first_few_are_shown_and_the_others_counted() -> None:
    gaps = _gaps(3423, files=7)
    other = [
        error("number-collision", "two", Place("z.md", 1)),
        warning("number-gap", "the last", Place("z.md")),
    ]
    shown = list(listed([*gaps[:10], other[0], *gaps[10:], other[1]]))
    assert shown[:FEW] == [str(problem) for problem in gaps[:FEW]]
    counted = "5.md:5: warning: 3,419 more of this kind follow in 8 files; --report FILE lists them all"
    assert shown[FEW:] == [f"{counted} [number-gap]", str(other[0])]


def test_an_error_is_not_counted_among_warnings() -> None:
    told = [*_gaps(FEW + 5), error("number-gap", "worse", Place("a.md"))]
    assert list(listed(told))[-1] == "a.md: error: worse [number-gap]"
