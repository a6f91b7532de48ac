"""After an edit the index reads only the sections that changed, and comes out as if it had read them all."""

from pathlib import Path

import pytest

from recto import index
from recto.index.reading import readings as reading
from recto.index.reading.blocks import blocks
from recto.settings.config import BookSettings, Config, IndexSettings
from recto.store.cache import Cache, Memo
from tests.index_books import galley, section

TEXTS = (
    "A <em>rudder</em> steers. The blade is called the rudder. Ask the Board of Sail Makers (BSM).",
    "The jib is a sail. Trim the jib, then the <code>jib</code> sheet. The BSM counts jibs.",
    "A keel is lead. To keel over is to keel too far. The keel of the boat; the boat has a keel.",
)


def book(*texts):
    sections = [section(f"1.{n}", f"Sails: the Jib {n}", f"<p>{text}</p>") for n, text in enumerate(texts, 1)]
    return [galley("1", "Boats", *sections)]


@pytest.fixture
def read(monkeypatch):
    """The texts that were read, in order."""
    texts = []
    whole = reading.read

    def noting(title, html, language):
        texts.append(html)
        return whole(title, html, language)

    monkeypatch.setattr(reading, "read", noting)
    return texts


def test_only_the_section_that_changed_is_read_again(read, tmp_path):
    memos: dict[str, Memo] = {}
    index.build(book(*TEXTS), Config(), Cache(tmp_path, memos=memos))
    read.clear()
    edited = (TEXTS[0], TEXTS[1] + " A shackle holds it.", TEXTS[2])
    index.build(book(*edited), Config(), Cache(tmp_path, memos=memos))
    assert read == [f"<p>{edited[1]}</p>"]


@pytest.mark.parametrize("is_same_process", [True, False])
@pytest.mark.parametrize("settings", [{}, {"automatic": "suggest"}], ids=["chosen", "suggested"])
def test_what_was_kept_gives_the_index_of_a_first_reading(tmp_path: Path, is_same_process, settings):
    config = Config(index=IndexSettings(**settings))
    fresh = index.build(book(*TEXTS), config)
    memos = {} if is_same_process else None
    for texts in (TEXTS[:2], TEXTS, (TEXTS[0], "Edited.", TEXTS[2])):
        cache = Cache(tmp_path, memos=memos)
        index.build(book(*texts), config, cache)
        cache.close()
    assert index.build(book(*TEXTS), config, Cache(tmp_path, memos=memos)) == fresh


def test_the_same_text_in_another_language_is_read_again(read, tmp_path):
    cache = Cache(tmp_path)
    index.build(book(TEXTS[0]), Config(), cache)
    first = len(read)
    index.build(book(TEXTS[0]), Config(book=BookSettings(language="de")), cache)
    assert len(read) == 2 * first


def test_what_was_typed_for_another_program_and_what_stands_in_for_a_target_have_no_terms():
    text = 'A keel <span class="typed">{% rudder %}</span> of <span class="missing">#jib</span> oak.'
    assert [block.text for block in blocks(f"<p>{text}</p>")] == ["A keel  of  oak."]
