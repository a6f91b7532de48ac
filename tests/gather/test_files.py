"""Which files are read, and what is said of those that can't be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from recto.forms.text import reading
from recto.gather import gather
from recto.settings.config import Config, SourceSettings
from recto.store.cache import Memo
from tests.collating import gathered, write

T = TypeVar("T")
PLAIN = "1.1 Oars\n\nAn oar is a lever.\n"


def names(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    manuscript, _ = gathered(folder, files)
    return [path.relative_to(folder).as_posix() for path in manuscript.files]


def test_files_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{n} part.md": f"## 1.{n} A\n\nB.\n" for n in (10, 9, 1, 2)}
    assert names(tmp_path, files) == ["1 part.md", "2 part.md", "9 part.md", "10 part.md"]


def test_text_and_markdown_are_read_at_any_depth_and_all_else_is_left_out(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        name: PLAIN.replace("1.1", f"1.{n}")
        for n, name in enumerate(
            [
                "a.txt", "deep/er/b.md", "deep/C.TXT", ".hidden.md", ".git/x.md", "out/x.md", ".venv/x.md",
                "env2/x.md", "node_modules/x/y.md", "images/x.md", "templates/x.md", "styles/x.md",
                "LICENSE.txt", "CHANGELOG.md", "book.toml", "notes.py", "~$b.md",
            ],
            1,
        )
    }  # fmt: skip
    files["env2/pyvenv.cfg"] = ""
    assert names(tmp_path, files) == ["a.txt", "deep/C.TXT", "deep/er/b.md"]


def test_a_readme_with_a_number_is_text_and_one_without_is_told(tmp_path: Path) -> None:
    files = {
        "README.md": "# At Sea\n\nA book.\n",
        "part/README.md": "# 2 Blades\n\nB.\n",
        "a.md": "# 1 A\n\nB.\n",
    }
    manuscript, (problem,) = gathered(tmp_path, files)
    assert [str(section.number) for section in manuscript.sections] == ["1", "2"]
    assert (problem.severity, problem.code, problem.subject) == ("warning", "unread-file", "README.md")
    assert (
        problem.place.file.endswith("/README.md") and "part" not in problem.place.file.rpartition("/")[0][-5:]
    )


def test_a_word_file_in_the_folder_is_pointed_out(tmp_path: Path) -> None:
    _, problems = gathered(tmp_path, {"a.txt": PLAIN, "b.rtf": b"PK"})
    assert [(p.severity, p.code, p.subject) for p in problems] == [("warning", "unread-file", "b.rtf")]


def test_one_file_can_be_the_whole_manuscript_even_a_readme(tmp_path: Path) -> None:
    source = write(tmp_path, {"README.md": "## 1.1 Oars\n\nAn oar.\n"}) / "README.md"
    manuscript, problems = gather(source, Config())
    assert (manuscript.name, manuscript.root, len(manuscript.sections), problems) == (
        "README",
        tmp_path,
        1,
        (),
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text(tmp_path: Path) -> None:
    manuscript, problems = gathered(
        tmp_path, {"a.txt": b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode()}
    )
    assert not problems
    assert [(str(s.number), s.text, s.place.line, s.text_line) for s in manuscript.sections] == [
        ("1.1", "An oar is a lever.", 1, 3)
    ]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ("1.1 Oars\n\nFine.\n".encode("utf-16-le"), "wrong-encoding", "UTF-16"),
        (b"PK\x03\x04" + bytes(range(256)), "binary-file", "Word"),
        (b"%PDF-1.7\n", "binary-file", "PDF"),
        (bytes(range(256)) * 4, "binary-file", "binary"),
        (b"\x81\x8d\x90 abc", "wrong-encoding", "not UTF-8"),
        ("1.1 Весло\n\nВесло есть рычаг.\n".encode("koi8-r"), "wrong-encoding", "not UTF-8"),
        (b"\xff\xfe\x00", "wrong-encoding", "UTF-16"),
        (b"", "empty-file", "empty"),
        (b" \n\n\t\n", "empty-file", "empty"),
    ],
)
def test_a_file_that_is_no_utf8_text_is_an_error_that_names_what_it_is(
    tmp_path: Path, data: bytes, code: str, words: str
) -> None:
    manuscript, problems = gather(write(tmp_path, {"a.txt": data}) / "a.txt", Config())
    (problem,) = problems
    assert (problem.severity, problem.code, manuscript.sections) == ("error", code, ())
    assert words in problem.message
    assert problem.hint


def test_control_characters_are_read_as_the_letters_that_they_were(tmp_path: Path) -> None:
    manuscript, problems = gathered(tmp_path, {"a.txt": "1.1 Oars\n\nIt\x92s an \x93oar\x94\x85\n"})
    assert [section.text for section in manuscript.sections] == ["It’s an “oar”…"]
    assert [(p.severity, p.code, p.place.line) for p in problems] == [("warning", "wrong-encoding", 3)]


def test_a_folder_with_nothing_but_a_changelog_is_that(tmp_path: Path) -> None:
    manuscript, _ = gathered(tmp_path, {"CHANGELOG.md": "# 1.1 Oars\n\nLonger.\n"})
    assert [section.title for section in manuscript.sections] == ["Oars"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "櫂は梃子である。"),
        ("gb18030", "桨是一种杠杆。"),
        ("big5", "槳是一種槓桿。"),
        ("euc_kr", "노는 지레이다."),
        ("koi8-r", "Весло есть рычаг."),
        ("windows-1250", "Veslo je páka, řekl převozník."),
        ("utf-16-le", "An oar is a lever."),
        ("utf-32-be", "An oar is a lever."),
    ],
)
def test_files_are_read_in_the_encoding_that_the_book_says(tmp_path: Path, encoding: str, text: str) -> None:
    config = Config(source=SourceSettings(encoding=encoding))
    data = f"1.1 Oars\n\n{text}\n".encode(encoding)
    manuscript, problems = gather(write(tmp_path, {"a.txt": data}) / "a.txt", config)
    assert ([section.text for section in manuscript.sections], problems) == ([text], ())


@pytest.mark.parametrize(
    "said", ["encoding: shift_jis\n", "title: 櫂\r\nencoding : 'Shift_JIS'\r\nlang: ja\n"]
)
@pytest.mark.parametrize("book", ["", "gb18030"])
def test_a_file_may_say_its_encoding_for_itself(tmp_path: Path, said: str, book: str) -> None:
    data = f"---\n{said}---\n\n## 1.1 櫂\n\n櫂は梃子である。\n".encode("shift_jis")
    files = {"a.md": data, "b.md": "## 1.2 桨\n\nencoding: shift_jis\n".encode(book or "utf-8")}
    manuscript, problems = gather(write(tmp_path, files), Config(source=SourceSettings(encoding=book)))
    texts = [(section.title, section.text) for section in manuscript.sections if section.text]
    assert texts == [("櫂", "櫂は梃子である。"), ("桨", "encoding: shift_jis")]
    assert problems == ()


def test_a_file_that_says_an_encoding_that_it_is_not_in_is_an_error(tmp_path: Path) -> None:
    data = b"---\nencoding: shift_jis\n---\n## 1.1 Knots\n\nA \xfd\xff.\n"
    _, problems = gather(write(tmp_path, {"a.md": data}), Config())
    assert [(each.severity, each.code, each.place.line) for each in problems][:1] == [
        ("error", "wrong-encoding", 6)
    ]


def test_what_is_utf8_stays_so_and_what_is_neither_is_an_error_with_its_line(tmp_path: Path) -> None:
    config = Config(source=SourceSettings(encoding="shift_jis"))
    marked = "1.2 Looms\n\nÄ loom.\n".encode("utf-32")
    files = {"a.txt": "1.1 Oars\n\n櫂 is an oar.\n", "b.txt": marked, "c.txt": b"1.3 Knots\n\nA \xfd\xff.\n"}
    manuscript, problems = gather(write(tmp_path, files), config)
    assert [section.text for section in manuscript.sections] == ["櫂 is an oar.", "Ä loom."]
    assert [(each.severity, each.code, each.place.line) for each in problems] == [
        ("warning", "wrong-encoding", None),
        ("error", "wrong-encoding", 3),
    ]


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "undefined", "idna", "a\0b", "unicode_escape"])
def test_an_encoding_that_is_none_is_an_error(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.txt": "1.1 Oars\n\nFine.\n"})
    _, problems = gather(tmp_path, Config(source=SourceSettings(encoding=name)))
    assert [(each.severity, each.code) for each in problems] == [("error", "encoding-unknown")]


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"1.1 Oars\n\nA caf\xe9 by the sea.\n", 3, "“café”"),
        (b"1.1 Oars\n\nA caf\xc3\xa9, a caf\xe9 and \x93more\x94.\n", 3, "3 bytes"),
        ("1.1 Oars\n\nA café by the sea.\n".encode("utf-16"), None, "UTF-16"),
    ],
)
def test_another_encoding_is_read_as_what_it_most_likely_is_and_told(
    tmp_path: Path, data: bytes, line: int | None, said: str
) -> None:
    manuscript, (problem,) = gathered(tmp_path, {"a.txt": data})
    assert (problem.severity, problem.code, problem.place.line) == ("warning", "wrong-encoding", line)
    assert said in problem.message
    text = manuscript.sections[0].text
    assert text.startswith("A café") and ("“more”" in text) == ("3 bytes" in said)


def test_every_bad_file_is_reported_at_once(tmp_path: Path) -> None:
    _, problems = gathered(tmp_path, {"a.txt": b"\xff\xfe\x00", "b.txt": b"\x81", "c.md": b"\x00\x01"})
    assert [Path(p.place.file).name for p in problems] == ["a.txt", "b.txt", "c.md"]


def test_a_control_character_is_left_out_and_reported(tmp_path: Path) -> None:
    manuscript, (problem,) = gathered(tmp_path, {"a.txt": "1.1 Oars\n\nAn\x07 oar.\n"})
    assert (problem.code, problem.place.line) == ("control-character", 3)
    assert manuscript.sections[0].text == "An  oar."


def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": PLAIN})

    def refuse(path: Path, _: int) -> int:
        raise PermissionError(13, os.strerror(13), str(path))

    monkeypatch.setattr(os, "open", refuse)
    _, (problem,) = gather(tmp_path, Config())
    assert (problem.severity, problem.code) == ("error", "unreadable")


@pytest.mark.parametrize("files", [{}, {"a.py": "x"}])
def test_a_folder_without_manuscript_is_an_error(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    _, (problem,) = gathered(tmp_path, files)
    assert (problem.severity, problem.code) == ("error", "no-manuscript")


def test_a_source_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    _, (problem,) = gather(tmp_path / "nowhere", Config())
    assert (problem.severity, problem.code) == ("error", "source-missing")


def test_an_empty_file_among_others_is_a_warning(tmp_path: Path) -> None:
    _, (problem,) = gathered(tmp_path, {"a.txt": PLAIN, "b.txt": ""})
    assert (problem.severity, problem.code, problem.subject) == ("warning", "empty-file", "b.txt")


def test_of_several_files_only_those_saved_anew_are_read_again(tmp_path: Path) -> None:
    read: list[str] = []

    class Watched(Memo):
        def __call__(self, key: str, make: Callable[[], T]) -> T:
            def made() -> T:
                read.append(key)
                return make()

            return super().__call__(key, made)

    memo = Watched()
    write(tmp_path, {"1.md": "# 1 Oars\n\n## 1.1 Blades\n\nFlat.\n", "2.md": "# 2 Hulls\n\nRound.\n"})
    gather(tmp_path, Config(), memo)
    both = len(read)
    gather(tmp_path, Config(), memo)
    assert len(read) == both > 0
    write(tmp_path, {"2.md": "# 2 Hulls\n\nRound, and deep.\n"})
    found = gather(tmp_path, Config(), memo)
    assert len(read) == both * 3 / 2
    assert found == gather(tmp_path, Config())


def test_a_text_that_is_the_whole_book_is_not_read_again_for_another_list_of_terms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo = Memo()
    write(tmp_path, {"oars.txt": PLAIN})
    first = gather(tmp_path, Config(), memo)
    (tmp_path / "index.toml").write_text('never = ["oars"]\n', encoding="utf-8")
    monkeypatch.setattr(reading, "undressed", None)  # whatever reads the text calls it
    assert gather(tmp_path, Config(), memo) == first
