"""Counts in how many sets of books each word stands: makes the table `recto/index/familiar/en.txt`.

    python -m bench.familiar --least 3 FOLDER FOLDER … > recto/index/familiar/en.txt

Each folder is a set (the books of one author on one subject, say), so that it counts once; every file below
it that ends in .md or .txt is read, code left out. What the table says of a word is a number: no text of the
books is in it. The one shipped was counted over 31 books in 22 sets: on programming, statistics, mathematics,
geography and money, with two English novels.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from recto.index.reading.words import fold

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def main() -> None:
    """Count, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--least", type=int, default=3, help="leave out words of fewer sets (%(default)s)")
    asked = parser.parse_args()
    sets = Counter(word for folder in asked.folders for word in words_in(folder, asked.language))
    rows: dict[int, list[str]] = defaultdict(list)
    for word, count in sets.items():
        rows[count].append(word)
    for count in range(len(asked.folders), asked.least - 1, -1):
        print(f"# {count}")
        print(textwrap.fill(" ".join(sorted(rows[count])), 110, break_on_hyphens=False))


def words_in(folder: Path, language: str = "en") -> set[str]:
    """The folded words of a set of books."""
    found: set[str] = set()
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.txt"))):
        text = _CODE.sub(" ", path.read_text("utf-8", "replace")).lower().replace("’", "'")
        found.update(*[_parts(word) for word in set(_WORD.findall(text))])
    return {fold(word, language) for word in found}


def _parts(word: str) -> Iterable[str]:
    return (part for part in word.split("-") if part)


if __name__ == "__main__":
    main()
