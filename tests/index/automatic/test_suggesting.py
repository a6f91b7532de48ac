"""The author's word on the machine's headings: accepted, renamed, merged, refused, or only suggested."""

from recto import index
from recto.settings import config
from recto.settings.config import Config, IndexSettings, Term
from tests.building import build as run
from tests.index_books import galley, mark, section, span

TEXT = {
    "1.1": (
        "Smoke Signals",
        "A smoke signal is a message. Every smoke signal rises. The smoke signal is seen.",
    ),
    "1.2": ("Beacon Fires", "A beacon fire is lit. The beacon fire burns, and every beacon fire is fed."),
    "2.1": (
        "Semaphore Towers",
        "A semaphore tower is a mast. The semaphore tower turns; each semaphore tower sees.",
    ),
}


def book(marks=()):
    made = [
        section(number, title, f"<p>{text}{span('m' + number)}</p>") for number, (title, text) in TEXT.items()
    ]
    return [galley("1", "Fire", *made[:2], marks=marks), galley("2", "Wood", made[2])]


def build(*, marks=(), **settings):
    return index.build(book(marks), Config(index=IndexSettings(**settings)))


def plain(heading):
    """A heading without its plural: which of the two the machine prefers is not the subject here."""
    return heading.lower().removesuffix("s")


def headings(made):
    return {
        tuple(map(plain, entry.path)): ([locator.section for locator in entry.locators], entry.origin)
        for entry in made.entries
    }


def test_the_machine_has_headings_for_this_book():
    made, _, _ = build(automatic=True)
    assert {("smoke signal",), ("beacon fire",), ("semaphore tower",)} <= headings(made).keys()
    assert made.automatic


def test_an_accepted_heading_enters_as_the_authors_own_whatever_else_is_made():
    made, _, problems = build(automatic=False, accept=("Beacon Fire",))
    assert headings(made) == {("beacon fire",): (["1.2"], "list")}
    assert not made.automatic
    assert problems == ()


def test_headings_can_be_renamed_and_merged():
    term = Term("signals!old", takes=("smoke signals", "beacon fires"))
    made, _, problems = build(automatic=False, terms=(term,))
    assert headings(made) == {("signal", "old"): (["1.1", "1.2"], "list")}
    assert problems == ()


def test_a_refused_heading_stays_out():
    made, _, _ = build(automatic=True, never=("semaphore tower",))
    assert ("semaphore tower",) not in headings(made)
    assert ("smoke signal",) in headings(made)


def test_marks_list_and_machine_make_one_heading_of_what_differs_in_plural_only():
    made, _, problems = build(
        automatic=True, marks=(mark("Smoke signal", "m2.1"),), terms=(Term("beacon fires", find=("mast",)),)
    )
    found = headings(made)
    assert found[("smoke signal",)] == (["2.1", "1.1"], "mark")
    assert found[("beacon fire",)] == (["2.1", "1.2"], "list")
    assert len(found) == len(made.entries)
    assert problems == ()


def test_a_heading_that_the_machine_does_not_know_is_reported():
    _, _, problems = build(automatic=False, accept=("xylophones",), terms=(Term("x", takes=("zithers",)),))
    assert [(problem.code, problem.subject) for problem in problems] == [
        ("index-term-not-found", "xylophones"), ("index-term-not-found", "zithers"),
    ]  # fmt: skip


def test_suggestions_are_not_in_the_index_and_come_with_reasons():
    made, _, _ = build(automatic="suggest", never=("beacon fires",))
    assert made.entries == ()
    (smoke,) = [each for each in made.suggestions if plain(each.heading) == "smoke signal"]
    assert smoke.parts == (("", (("1.1", "Smoke Signals"),)),)
    assert smoke.reasons[0] == "in the title of 1.1"
    assert smoke.reasons[-1] == "used 3 times, all in 1.1"
    assert "beacon fire" not in {plain(each.heading) for each in made.suggestions}


def test_suggestions_saved_as_index_toml_give_the_same_index(tmp_path):
    made, _, _ = build(automatic="suggest")
    (file,) = index.suggested(made, tmp_path)[0]
    path = tmp_path / "index.toml"
    path.write_bytes(file.content)
    settings, problems = config.read(None, path)
    assert problems == ()
    listed, _, problems = index.build(book(), settings)
    assert problems == ()
    whole, _, _ = build(automatic=True)
    assert file.name == "index.suggested.toml"
    assert {path: places for path, (places, _) in headings(listed).items()} == {
        path: places for path, (places, _) in headings(whole).items()
    }


def test_suggestions_are_written_anew_until_somebody_edits_them(tmp_path):
    made, _, _ = build(automatic="suggest")
    files, problems = index.suggested(made, tmp_path)
    assert problems == ()
    path = tmp_path / "index.suggested.toml"
    path.write_bytes(files[0].content)
    assert index.suggested(made, tmp_path) == (files, ())
    path.write_text(path.read_text("utf-8").replace("smoke", "Smoke"), "utf-8")
    files, (problem,) = index.suggested(made, tmp_path)
    assert files == ()
    assert problem.code == "index-suggestions-kept"


def test_the_file_lies_beside_the_books(tmp_path):
    source = tmp_path / "book"
    source.mkdir()
    text = "\n\n".join(
        f"## {number} {title}\n\n{text}" for number, (title, text) in TEXT.items() if number[0] == "1"
    )
    (source / "one.md").write_text(f"# 1 Fire\n\n{text}\n", "utf-8")
    (source / "index.toml").write_text('automatic = "suggest"\n', "utf-8")
    built = run(source, tmp_path / "out", "--formats", "epub")
    assert built.exit_code == 0, built.errors
    assert 'term = "smoke signal' in built.output(".toml").read_text("utf-8")
    assert built.report["index"] == []
    assert built.report["problems"] == []


def test_a_fault_of_index_toml_is_a_fault_of_the_settings(tmp_path):
    (tmp_path / "one.md").write_text("# 1 Fire\n\n## 1.1 Smoke\n\nIt rises.\n", "utf-8")
    (tmp_path / "index.toml").write_text('[[terms]]\nterm = "smoke"\npatterns = ["(a+)+"]\n', "utf-8")
    built = run(tmp_path, tmp_path / "out", "--formats", "epub")
    assert built.exit_code == 2
    assert "index.toml:2: error" in built.errors


def test_a_few_marks_that_leave_a_long_book_without_an_index_are_told_of():
    def found(pages, count, **settings):
        marks = [mark(f"fire {number}", "m1.1", line=20 + number) for number in range(count)]
        text = "Nobody saw the light upon the hills that night. " * 42 * pages
        chapter = galley("1", "Fire", section("1.1", "Smoke", f"<p>{span('m1.1')}{text}</p>"), marks=marks)
        return index.build([chapter], Config(index=IndexSettings(**settings)))[2]

    (problem,) = found(200, 1)
    assert problem.code == "index-sparse"
    assert "one heading for about 201 pages" in problem.message
    assert problem.place.line == 20
    assert "automatic = true" in problem.hint
    assert [each.code for each in found(200, 2)] == ["index-sparse"]
    assert found(200, 30) == found(20, 1) == found(200, 0) == ()
    assert found(200, 1, automatic=True) == found(200, 1, automatic=False) == ()
    (problem,) = found(200, 0, terms=(Term("light"),))
    assert problem.code == "index-sparse"
