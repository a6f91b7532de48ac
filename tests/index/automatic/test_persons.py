import pytest

from recto.index.automatic import finding as automatic
from recto.index.automatic.persons import inverted
from recto.index.reading import prose
from tests.index_books import galley, section


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Vincent van Gogh", "Gogh, Vincent van"),
        ("John W. Tukey", "Tukey, John W."),
        ("Anna Maria Sibylla", "Sibylla, Anna Maria"),
        ("Application Load Balancer", "Application Load Balancer"),
        ("Alice", "Alice"),
        ("Bob API", "Bob API"),
        ("john ropes", "john ropes"),
    ],
)
def test_persons_are_filed_under_their_surnames(name, filed):
    assert inverted(name) == filed


def test_a_person_of_whom_a_section_tells_is_a_heading_by_surname():
    text = "<p>Then Ada Lovelace wrote. They say that Ada Lovelace wrote a program, and Ada Lovelace did.</p>"
    book = prose.read([galley("1", "Programs", section("1.1", "Ada Lovelace", text))])
    assert "Lovelace, Ada" in {found.entry.term for found in automatic.find(book, "en")}
