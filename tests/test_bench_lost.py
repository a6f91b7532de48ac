"""The search for runs of words that a book has nowhere."""

from __future__ import annotations

from bench.lost import lost_runs, told_lines, windows
from recto.verify.bare import letters

KEPT = "The first boat came in before the tide had turned, and nobody was there to see it."
LOST = "The second boat was never seen again by anybody who told of it afterwards."


def test_a_paragraph_that_is_in_no_book_is_found_with_its_lines() -> None:
    (run,) = lost_runs("a.md", f"# Boats\n\n{KEPT}\n\n{LOST}\n", windows(letters(f"Boats {KEPT}")))
    assert (run.first, run.last, run.text, run.told) == (5, 5, LOST, False)


def test_what_stands_in_another_order_or_is_divided_is_not_lost() -> None:
    book = windows(letters(f"{LOST[:30]}-{LOST[30:]} {KEPT}"))
    assert not list(lost_runs("a.md", f"{KEPT}\n\n{LOST}\n", book))


def test_what_a_problem_tells_of_is_told() -> None:
    (run,) = lost_runs("a.md", f"{KEPT}\n\n{LOST}\n", windows(letters(KEPT)), (2,))
    assert run.told


def test_markup_is_no_text_but_listings_are() -> None:
    marks = "<!-- A remark that is for nobody but the author of this very book -->\n"
    link = "[harbour](https://a.example/a-very-long-address/of-the-harbour/that-nobody-reads)\n"
    assert not list(lost_runs("a.md", f"{marks}{link}{KEPT}\n", windows(letters(f"harbour {KEPT}"))))
    code = "```c\nint boats_in_the_harbour_at_noon(<boats>) { return 0; }\n```\n"
    assert len(list(lost_runs("a.md", code, windows(letters(KEPT))))) == 1


def test_a_problem_that_names_a_stretch_of_lines_tells_of_all_of_them() -> None:
    problem = {"file": "/a.txt", "line": 1, "message": "the licence was left out: lines 1–3 and 8–9"}
    assert told_lines({"problems": [problem]}) == {"/a.txt": {1, 2, 3, 8, 9}}
