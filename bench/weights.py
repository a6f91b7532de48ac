"""Finds what each kind of evidence weighs in the automatic index, by indexes that authors made themselves.

    python -m bench.weights FOLDER FOLDER …

Each folder holds the books of one author or house: NAME.md, a manuscript with numbered sections, and beside
it NAME.tsv, its author's index, with columns `term` and `section`, one line a place. Printed are, for every
book, F of the headings chosen with weights, and with a table of familiar words, that were made without its
folder, so that no book is judged by what it taught itself; and then the weights of all, for `WEIGHTS` in
recto/index/automatic/evidence.py. The ones shipped were found over 25 books in 16 folders. Needs numpy, which
comes with what the tests need.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.familiar import words_in
from recto import collate, gather, typeset
from recto.index.automatic import finding as automatic
from recto.index.automatic.candidates import Candidates
from recto.index.automatic.evidence import WEIGHTS, Evidence
from recto.index.automatic.familiarity import Familiarity
from recto.index.automatic.forms import Forms
from recto.index.reading import prose
from recto.index.reading.words import alike
from recto.settings.config import Config

_Vector = NDArray[np.float64]
_RIDGE = 20.0  # holds weights near zero that little speaks for
_ROUNDS = 8  # of Newton's method; the last change nothing any more


@dataclass(frozen=True)
class Judged:
    """The candidates of one book.

    evidence  a row for each, in the order of `WEIGHTS`
    terms     what each is as a heading, so that two that a reader would take for one are the same
    gold      the terms of its author's index
    wanted    how many headings a book of its length gets
    """

    name: str
    evidence: _Vector
    terms: tuple[str, ...]
    gold: frozenset[str]
    wanted: int

    @property
    def hits(self) -> NDArray[np.bool_]:
        """Which candidates the author has as terms."""
        return np.array([term in self.gold for term in self.terms])

    def score(self, weights: _Vector) -> float:
        """F of the best candidates, so many as are wanted."""
        ranked = np.argsort(-(self.evidence @ weights), kind="stable")
        chosen = list(dict.fromkeys(self.terms[at] for at in ranked))[: self.wanted]
        return 2 * len(self.gold.intersection(chosen)) / (len(chosen) + len(self.gold))


def main() -> None:
    """Judge every book by the others, and print the weights of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    folders = judged(parser.parse_args().folders)
    scores = []
    for books in folders:
        others = [each for each in folders if each is not books]
        weights = found(others) if others else np.array(list(WEIGHTS.values()))
        for book in books:
            scores.append(book.score(weights))
            print(f"{book.name:24}{len(book.gold):6} terms   F {scores[-1]:.3f}")
    print(f"{'mean':24}{'':12}   F {np.mean(scores):.4f}")
    for name, weight in zip(WEIGHTS, found(folders), strict=True):
        print(f'    "{name}": {round(float(weight), 2)},')


def judged(folders: Sequence[Path]) -> list[list[Judged]]:
    """The books of each folder that have an index beside them.

    How familiar a word is in them is told by the other folders.
    """
    words = {folder: words_in(folder) for folder in folders}
    result = []
    for folder in folders:
        sets = Counter(word for other in folders if other != folder for word in words[other])
        shares = {word: count / (len(folders) - 1) for word, count in sets.items() if count > 1}
        paths = [path for path in sorted(folder.glob("*.md")) if path.with_suffix(".tsv").is_file()]
        result.append([_judged(path, Familiarity(shares)) for path in paths])
    return result


def _judged(path: Path, familiar: Familiarity) -> Judged:
    config = Config()
    manuscript, _ = gather.gather(path, config)
    book, _ = collate.collate(manuscript, config)
    galleys, _ = typeset.typeset(book, manuscript, config)
    read = prose.read(galleys)
    candidates = Candidates(read, "en")
    forms = Forms(read, candidates, "en")
    evidence = Evidence(read, candidates, forms, "en", familiar)
    pool = evidence.pool.values()
    rows = [list(evidence.of(each).values()) for each in pool]
    with path.with_suffix(".tsv").open(encoding="utf-8", newline="") as lines:
        gold = {_term(row["term"]) for row in csv.DictReader(lines, delimiter="\t") if row["section"]}
    return Judged(
        path.stem,
        np.array(rows),
        tuple(_term(forms.heading(each)) for each in pool),
        frozenset(gold - {""}),
        automatic.usual_number(read),
    )


def _term(heading: str) -> str:
    """A heading without what stands in brackets, so that both forms of a term are told apart."""
    return alike(re.sub(r"\(.*?\)", " ", heading).strip())


def found(folders: Sequence[Sequence[Judged]]) -> _Vector:
    """The weights of a logistic regression: what tells authors' terms from other candidates.

    The terms of a book together count as much as its other candidates; a folder of many books counts less
    than as many folders.
    """
    books = [(book, len(each) ** -0.5) for each in folders for book in each]
    hits = np.concatenate([book.hits for book, _ in books]).astype(float)
    shares = np.concatenate([_shares(book.hits) * share for book, share in books])
    return _regression(np.vstack([book.evidence for book, _ in books]), hits, shares / shares.mean())


def _shares(hits: NDArray[np.bool_]) -> _Vector:
    shares: _Vector = np.where(hits, 1 / max(1, int(hits.sum())), 1 / max(1, int((~hits).sum())))
    return shares


def _regression(evidence: _Vector, hits: _Vector, shares: _Vector) -> _Vector:
    """Newton's method, on evidence brought to one scale; the constant term is left out of the result."""
    scale = evidence.std(axis=0)
    scale[scale < 1e-6] = 1.0
    rows = np.column_stack([(evidence - evidence.mean(axis=0)) / scale, np.ones(len(evidence))])
    ridge = np.diag([*[_RIDGE] * evidence.shape[1], 0.0])
    weights: _Vector = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        curve = (rows * (shares * likely * (1 - likely))[:, None]).T @ rows + ridge
        slope = rows.T @ (shares * (hits - likely)) - ridge @ weights
        weights = weights + np.linalg.solve(curve, slope)
    result: _Vector = weights[:-1] / scale
    return result


if __name__ == "__main__":
    main()
