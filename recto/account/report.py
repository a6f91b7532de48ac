"""The report of a build as JSON, for scripts and for CI."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recto.problems import Problem, printable
from recto.settings.dating import Dating
from recto.store.outputs import Output
from recto.version import __version__

if TYPE_CHECKING:  # a build that has nothing to do loads no stage
    from recto.index.index_model import Index, LocatedIndex
    from recto.model import Galley, PageMap


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a build can say about itself; what a failed build did not reach is empty.

    `exit_code` is that of the command line: 0 built, 1 the manuscript has errors, 2 wrong usage or settings.
    `facts` are set where nothing had changed since an earlier build: what that build's report said as JSON.
    `entries` and `located` are the index as it was made and as it is printed, of which `index` has the rows.
    """

    title: str = ""
    dating: Dating = field(default_factory=Dating)
    galleys: tuple[Galley, ...] = ()
    pages: PageMap | None = None
    index: Sequence[Mapping[str, Any]] = ()
    outputs: tuple[Output, ...] = ()
    problems: tuple[Problem, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    exit_code: int = 0
    facts: Mapping[str, Any] | None = None
    entries: Index | None = None
    located: LocatedIndex | None = None

    def as_json(self) -> str:
        """The report in the form that tools rely on: keys as named here, UTF-8, indented."""
        return printable(json.dumps(self.as_data(), ensure_ascii=False, indent=1)) + "\n"

    def as_data(self) -> dict[str, Any]:
        """The report as plain lists and dictionaries, as JSON has it."""
        data = {
            "recto": __version__,
            "title": self.title,
            "date": {"moment": self.dating.moment.isoformat(), "source": self.dating.source},
            "pages": len(self.pages.folios) if self.pages else 0,
            "outputs": [_output(output) for output in self.outputs],
            "chapters": [self._chapter(galley) for galley in self.galleys],
            "index": list(self.index),
            "problems": [_problem(problem) for problem in self.problems],
            "timings": {stage: round(seconds, 3) for stage, seconds in self.timings.items()},
        }
        if self.facts is None:
            return data
        return {**self.facts, **{key: data[key] for key in ("outputs", "problems", "timings")}}

    def _chapter(self, galley: Galley) -> dict[str, Any]:
        chapter = galley.chapter
        return {
            "label": chapter.label,
            "kind": chapter.kind,
            "title": galley.headings[0].title,
            "page": self._folio(chapter.anchor),
            "sections": [
                {
                    "number": str(section.number),
                    "source_number": str(section.source.number),
                    "title": set_section.heading.title,
                    "file": section.source.place.file,
                    "line": section.source.place.line,
                    "anchor": section.anchor,
                    "page": self._folio(section.anchor),
                }
                for section, set_section in zip(chapter.sections, galley.sections, strict=True)
            ],
        }

    def _folio(self, anchor: str) -> str | None:
        return self.pages.folio(anchor) if self.pages else None


def _output(output: Output) -> dict[str, Any]:
    return {
        "format": output.format,
        "role": output.role,
        "path": str(output.path),
        "bytes": output.bytes,
        "sha256": output.sha256,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "file": problem.place.file,
        "line": problem.place.line,
        "hint": problem.hint,
    }
