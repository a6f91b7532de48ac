"""Fragments are parsed, edited and written back without losing text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.notations import xhtml


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>a &amp; b &lt; c</p>",
        'before <em>in</em> after<br/>end <span id="x"></span>',
        "<p>ツ and ¯\\_(ツ)_/¯</p>",
        "",
    ],
)
def test_a_fragment_survives_parsing_and_writing(fragment: str) -> None:
    assert xhtml.serialize(xhtml.parse(fragment)) == fragment


def test_an_empty_element_that_is_not_void_keeps_its_end_tag() -> None:
    assert xhtml.serialize(xhtml.parse('<a id="x"/><hr/>')) == '<a id="x"></a><hr/>'


def test_unwrapping_keeps_text_and_children_in_order() -> None:
    root = xhtml.parse("a<b>b<i>c</i>d</b>e")
    xhtml.unwrap(root[0])
    assert xhtml.serialize(root) == "ab<i>c</i>de"


def test_removing_keeps_the_text_after_the_element() -> None:
    root = xhtml.parse("a<b>gone</b>c<i>d</i>")
    xhtml.remove(root[0])
    assert xhtml.serialize(root) == "ac<i>d</i>"


def test_what_is_not_well_formed_is_refused() -> None:
    with pytest.raises(ValueError, match="not well-formed"):
        xhtml.parse("<p>open")


def test_an_entity_that_would_read_a_file_is_not_expanded() -> None:
    with pytest.raises(ValueError, match="not well-formed"):
        xhtml.parse('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><p>&y;</p>')


@given(st.text())
def test_cleaned_text_can_always_stand_in_a_document(text: str) -> None:
    cleaned = xhtml.clean(text)
    root = xhtml.parse("<p></p>")
    root[0].text = cleaned
    written = xhtml.parse(xhtml.serialize(root))[0].text or ""
    # XML makes one end of a line of both characters, and of a return alone (XML 1.0, 2.11)
    ends = [text.replace("\r\n", "\n").replace("\r", "\n") for text in (cleaned, written)]
    assert ends[0] == ends[1]
