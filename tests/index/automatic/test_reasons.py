"""What the file of suggestions says for a heading, in plain words."""

import pytest

from recto import index
from recto.index.automatic.suggesting import rendered
from recto.settings.config import Config, IndexSettings
from tests.index_books import galley, section

FIGURE = '<figure class="figure" id="fig"><img src="x"/><figcaption>A heddle</figcaption></figure>'


def said(heading, *texts, title="Looms"):
    """The sentences for a heading of a chapter of sections with these texts."""
    sections = [section(f"1.{number}", title, f"<p>{text}</p>") for number, text in enumerate(texts, 1)]
    (found,) = [each for each in suggestions(*sections) if each.heading == heading]
    return found.reasons


def suggestions(*sections):
    empty = [section(f"2.{number}", "", "<p>And so on.</p>") for number in range(9)]
    book = [galley("1", "Cloth", *sections), galley("2", "Pages", *empty)]
    return index.build(book, Config(index=IndexSettings(automatic="suggest")))[0].suggestions


WARP = "The warp is tied. A warp of wool, a warp of linen."


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ((WARP,), "used 3 times, all in 1.1"),
        ((WARP, "A warp, too. " + WARP, "Warp."), "used 8 times in 3 sections, 4 of them in 1.2"),
        (("A warp is a set of threads. " + WARP,), "defined in 1.1"),
        (("Threads are called a warp. " + WARP,), "defined in 1.1"),
        (("<em>Warp</em>. " + WARP, "<b>Warp</b>."), "set apart from the text around it in 1.1 and 1.2"),
        ((f"Tie it.</p><h4>The Warp</h4><p>{WARP}",), "in an unnumbered heading in 1.1"),
        (("Type <code>warp</code> and <code>warp</code>.",), "set as code"),
    ],
)  # fmt: skip
def test_each_kind_of_evidence_has_its_words(texts, sentence):
    assert sentence in said("warp", *texts)


def test_titles_and_captions_are_told_of():
    assert said("heddle", f"{FIGURE} A heddle lifts.", title="The Heddle")[:2] == (
        "in the title of 1.1",
        "in a caption in 1.1",
    )


def test_the_other_form_of_a_term_is_told():
    text = "The long floating weft (LFW) shows. A long floating weft is soft; the LFW and the LFW."
    assert "explained as the long form of LFW" in said("long floating weft (LFW)", text)
    assert "explained as the short form of long floating weft" in said("LFW (long floating weft)", text)


def test_many_sections_are_counted_and_not_listed():
    reasons = said("warp", *[f"The <em>warp</em>. {WARP}"] * 5)
    assert "set apart from the text around it in 1.1, 1.2, 1.3 and 2 more" in reasons


def test_a_heading_is_written_with_its_score_its_reasons_and_its_sections():
    lines = rendered(suggestions(section("1.1", "Looms", f"<p>{WARP}</p>"))).splitlines()
    at = lines.index('term = "warp"')
    assert lines[at - 3].startswith("# Score ")
    assert lines[at - 3].endswith(": used 3 times, all in 1.1.")
    assert lines[at - 2 : at + 2] == ["#   1.1 Looms", "[[terms]]", 'term = "warp"', 'sections = ["1.1"]']
