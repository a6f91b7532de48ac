"""Takes out the guards of the sparing, one by one, and sees tests fail: `python -m bench.mutants [WORDS …]`.

    python -m bench.mutants               every mutant; exit code 1 if any survives
    python -m bench.mutants columns.py    those whose file or guard has these words

A guard tells what `recto/print/engine/sparing` can't know; without it some page would come out otherwise,
and no test that compares a few documents would see it. So each guard has a document that needs it
(tests/print/engine/test_sparing_guards.py), and this holds each document to its guard. Nothing of the
checkout is changed: the tests run in a copy.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.books import ROOT

_SPARING = Path("recto", "print", "engine", "sparing")
_TESTS = tuple(f"tests/print/engine/test_sparing{name}.py" for name in ("_guards", "", "_any_text"))
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", "out", ".*_cache")


class Mutant(NamedTuple):
    """A guard of a module, and what stands in its place."""

    module: str
    guard: str
    other: str


MUTANTS = tuple(
    Mutant(*each)
    for each in (
        ("columns.py", 'style["height"] == "auto"', "True"),
        ("columns.py", 'and style["column_width"] == "auto"', "and True"),
        ("columns.py", 'and style["position"] == "static"', "and True"),
        ("columns.py", 'and style["direction"] == "ltr"', "and True"),
        ("columns.py", 'and style["column_gap"] != "normal"', "and True"),
        ("columns.py", 'and box.min_height in ("auto", 0)', "and True"),
        ("columns.py", 'all(child.style["column_span"] != "all" for child in box.children)', "True"),
        ("columns.py", "and not _has_notes(context)", "and True"),
        ("columns.py", "or skip_stack is None", "or False"),
        ("columns.py", "or _has_notes(context)", "or False"),
        ("word_lines.py", 'style["white_space"] not in ("normal", "nowrap")', "False"),
        ("word_lines.py", 'or style["letter_spacing"] != "normal"', "or False"),
        ("word_lines.py", 'or style["word_spacing"]', "or False"),
        ("word_lines.py", 'or style["text_decoration_line"] != "none"', "or False"),
        ("word_lines.py", "(face := face_of(style)).usable", "((face := face_of(style)).usable or True)"),
        ("shaped_words.py", "or self._size < _SMALLEST", "or False"),
        ("shaped_words.py", "len(runs) != 1", "False"),
        ("cascade.py", '"" in self.names', "False"),
        ("cascade.py", "or element.local_name.lower() in self.names", "or False"),
        ("cascade.py", "or not self.classes.isdisjoint(element.classes)", "or False"),
        ("cascade.py", 'or "style" in element.etree_element.attrib', "or False"),
        ("cascade.py", 'isinstance(value, Pending) or "list-item"', '"list-item"'),
        ("cascade.py", 'isinstance(value, Pending) or "note"', '"note"'),
        ("box_sizes.py", "all(style is None or", "True or all(style is None or"),
        ("box_sizes.py", 'style["border_collapse"] == "collapse"', "False"),
        ("box_sizes.py", "known.get(around)", "next(iter(known.values()), None)"),
        ("box_sizes.py", "context.excluded_shapes or type", "type"),
        ("box_sizes.py", "or type(box) is not LineBox", "or False"),
        ("box_sizes.py", 'or containing_block.style["direction"] != "ltr"', "or False"),
        ("box_sizes.py", "box is page", "False"),
        ("box_sizes.py", "all(_NONE in style[radius] for radius in _NO_RADII)", "True"),
        ("box_sizes.py", 'and style["border_image_source"][0] == "none"', "and True"),
        ("box_sizes.py", 'and style["mask_border_source"][0] == "none"', "and True"),
        ("box_sizes.py", 'and all(kind == "none" for kind, _ in style["background_image"])', "and True"),
        ("box_sizes.py", 'and style["background_color"] != "currentcolor"', "and True"),
        ("box_sizes.py", 'and style["background_color"].alpha == 0', "and True"),
        ("box_sizes.py", 'and not style["box_shadow"]', "and True"),
        ("styles.py", "weighs = not _LOGICAL.isdisjoint(cascaded)", "weighs = False"),
        ("styles.py", "or parent.is_root_element", "or False"),
        ("styles.py", "copy._recto_model, copy._recto_kind = copy, None", "pass"),
        ("styles.py", 'or logical(block="ttb", inline=style["direction"]) not in style.cascaded', "or True"),
        ("styles.py", "style.parent_style is not None", "True"),
        ("drawing.py", "type(line) is WordLine", "isinstance(line, WordLine) or True"),
        ("drawing.py", 'and text_overflow == "clip"', "and True"),
        ("drawing.py", 'and ellipsis == "none"', "and True"),
        ("drawing.py", 'and style["visibility"] == "visible"', "and True"),
    )
)  # fmt: skip


def main() -> None:
    """Run the tests on each mutant that is asked for; tell which none of them kills."""
    asked = sys.argv[1:]
    chosen = [
        each
        for each in MUTANTS
        if not asked or any(words in f"{each.module} {each.guard}" for words in asked)
    ]
    alive = 0
    with tempfile.TemporaryDirectory(prefix="recto-mutants-") as folder:
        copy = Path(folder, "recto")
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        for mutant in chosen:
            told = _tried(copy, mutant)
            alive += not told.startswith("killed")
            print(f"{told:<20} {mutant.module:<16} {mutant.guard}", flush=True)
    print(f"{len(chosen) - alive} of {len(chosen)} mutants are killed")
    sys.exit(alive > 0)


def _tried(copy: Path, mutant: Mutant) -> str:
    """What became of a mutant: `killed by` which tests, `SURVIVED`; `NOT FOUND` where its guard is gone."""
    path = copy / _SPARING / mutant.module
    source = path.read_text(encoding="utf-8")
    if source.count(mutant.guard) != 1:
        return "NOT FOUND"
    path.write_text(source.replace(mutant.guard, mutant.other), encoding="utf-8")
    try:
        for tests in _TESTS:
            command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", tests]
            if subprocess.run(command, cwd=copy, capture_output=True).returncode == 1:
                return f"killed by {Path(tests).stem.removeprefix('test_')}"
        return "SURVIVED"
    finally:
        path.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
