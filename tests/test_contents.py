from recto.contents import contents
from recto.model import Heading
from tests.index_books import galley, part, section


def shape(entries):
    return [(entry.heading.title, entry.kind, shape(entry.children)) for entry in entries]


def test_front_matter_stands_before_the_parts_and_back_matter_after_them():
    first, opening = part("I", "Beginnings")
    book = [
        galley("", "Preface", kind="front"),
        galley("1", "One", section("1.1", "First steps"), part=first, part_text=opening),
        galley("2", "Two", part=first),
        galley("", "Afterword", kind="back"),
    ]
    assert shape(contents(book).entries) == [
        ("Preface", "front", []),
        (
            "Beginnings",
            "part",
            [("One", "chapter", [("First steps", "section", [])]), ("Two", "chapter", [])],
        ),
        ("Afterword", "back", []),
    ]


def test_subsections_stand_below_their_section():
    sections = [section("1.1", "A"), section("1.1.1", "B"), section("1.1.2", "C"), section("1.2", "D")]
    (chapter,) = contents([galley("1", "One", *sections)]).entries
    assert shape(chapter.children) == [
        ("A", "section", [("B", "section", []), ("C", "section", [])]),
        ("D", "section", []),
    ]


def test_a_level_left_out_does_not_lose_a_heading():
    deep = Heading("deep", 5, "", "Deep", "Deep")
    (chapter,) = contents([galley("1", "One", section("1.1", "A"), headings=[deep])]).entries
    assert shape(chapter.children) == [("A", "section", [("Deep", "section", [])])]


def test_each_part_opens_once_in_its_place():
    first, opening = part("I", "Down")
    second, other = part("II", "Up")
    book = [
        galley("1", "One", part=first, part_text=opening),
        galley("2", "Two", part=second, part_text=other),
        galley("3", "Three", part=second),
    ]
    assert [(entry.heading.anchor, len(entry.children)) for entry in contents(book).entries] == [
        ("part-i", 1),
        ("part-ii", 2),
    ]


def test_every_heading_is_in_the_contents_once():
    book = [
        galley("1", "One", section("1.1", "A"), section("1.1.1", "B")),
        galley("2", "Two", section("2.1", "C")),
    ]
    listed = [line.heading for entry in contents(book).entries for line in entry.walk()]
    assert listed == [heading for each in book for heading in each.headings]
