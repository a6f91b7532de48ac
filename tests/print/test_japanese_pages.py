"""Pages of a Japanese book: every paragraph is indented, lines are full, readings stand in brackets."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.building import build

BOOK = """\
# 第1章 港

船は夜明け前に出た。「風は？」と船頭は言った。「ない」と**私**は答えた……。

　二つ目の段落には<ruby>櫂<rt>かい</rt></ruby>がある。{^櫂}
"""


def test_paragraphs_are_indented_lines_full_and_readings_in_brackets(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "a.md").write_text(BOOK, encoding="utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "港"\nlanguage = "ja"\n', encoding="utf-8")
    built = build(folder, tmp_path / "out", "--formats", "pdf", "--jobs", "1")
    assert built.exit_code == 0, built.errors
    command = ["pdftotext", "-bbox-layout", str(built.output(".pdf")), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [
        (float(left), "".join(re.findall(r"<word[^>]*>([^<]*)</word>", words)))
        for left, words in re.findall(r'<line xMin="([\d.]+)"(.*?)</line>', said, re.DOTALL)
    ]
    (first, words), (below, _), (second, read) = lines[
        (at := next(i for i, x in enumerate(lines) if "船は" in x[1])) :
    ][:3]
    assert first == second > below + 5
    assert len(words) > 20, lines[at:]
    assert "櫂(かい)" in read
    assert any(words.startswith("櫂、") for _, words in lines)  # in the index
