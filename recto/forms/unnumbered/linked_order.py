"""The order in which a README names all other files of its folder: a list of links is a list of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from posixpath import normpath
from urllib.parse import unquote

from recto.forms.order import OutlinedFile

_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,9}[.)])\s+\S.*\]\(\s*<?(?P<target>[^()<>#\s]{1,500})")
_FEWEST = 2  # files that it names


def linked(files: Mapping[str, OutlinedFile], first: str) -> dict[str, int]:
    """The place of each file by the items of the file `first` that link to them; {} where one is missing.

    So it is as well where the items would part a folder in two, which is one part of a book.
    """
    items = (_ITEM.match(line) for line in files[first].source.lines)
    targets = [normpath(unquote(item["target"])) for item in items if item]
    named = [name for name in dict.fromkeys(targets) if name in files and name != first]
    folders = [folder for folder, _ in groupby(name.partition("/")[0] for name in named if "/" in name)]
    if len(named) < _FEWEST or len(named) + 1 < len(files) or len({*folders}) < len(folders):
        return {}
    return {first: 0, **{name: place for place, name in enumerate(named, 1)}}
