"""The date of an edition: what both books say of when they were made.

It must not move while the text stays as it is, be it built on another machine, from a fresh clone or a year
later: so it is never that of the clock, nor of any file.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from recto.problems import ConfigurationError, Place, error

if TYPE_CHECKING:
    from recto.settings.config import Config

# Dates of ISO 8601 as book.toml may have them: a year, a month, a day, or a moment.
_DATE = re.compile(r"[12]\d{3}(?:-\d\d(?:-\d\d(?:[T ].*)?)?)?")
_LAST = 253_402_300_799  # the end of the year 9999, the last that EPUB and PDF can write
_PATIENCE = 10  # seconds for git


@dataclass(frozen=True, slots=True)
class Dating:
    """The date of an edition: a moment in UTC, whole seconds, and where it was found.

    Where there is none to be had it is one that does not move, and `source` is "none".
    """

    moment: datetime = datetime(2000, 1, 1, tzinfo=timezone.utc)
    source: Literal["SOURCE_DATE_EPOCH", "book.toml", "manuscript", "commit", "none"] = "none"


def dating(config: Config, folder: Path, said: str = "") -> Dating:
    """The date of the book in a folder: SOURCE_DATE_EPOCH, `date` of book.toml, its last commit, or none.

    `said` is the date that the manuscript gives itself: it counts where book.toml gives none. Raises
    ConfigurationError where SOURCE_DATE_EPOCH is set to what is no date
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if seconds := os.environ.get("SOURCE_DATE_EPOCH", ""):
        return Dating(_of_environment(seconds), "SOURCE_DATE_EPOCH")
    if moment := _of_settings(config.book.date):
        return Dating(moment, "book.toml")
    if moment := _of_settings(said):
        return Dating(moment, "manuscript")
    if moment := last_commit(folder):
        return Dating(moment, "commit")
    return Dating()


def _of_environment(seconds: str) -> datetime:
    if re.fullmatch(r"[0-9]{1,12}", seconds) and int(seconds) <= _LAST:
        return datetime.fromtimestamp(int(seconds), timezone.utc)
    message = f"{seconds[:40]!r} is no date: it must be a whole number of seconds since 1970, up to {_LAST}"
    hint = "set it as `date +%s` prints it, or leave it unset"
    raise ConfigurationError([error("source-date", message, Place("SOURCE_DATE_EPOCH"), hint=hint)])


def _of_settings(date: str) -> datetime | None:
    if not _DATE.fullmatch(date):
        return None
    whole = date.replace("Z", "+00:00") + {4: "-01-01", 7: "-01"}.get(len(date), "")
    try:
        moment = datetime.fromisoformat(whole)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc).replace(microsecond=0)


def last_commit(folder: Path) -> datetime | None:
    """When a commit last changed the folder; None outside a repository, and where history is cut off."""
    program = shutil.which("git")
    if program is None:
        return None
    # The repository may be a stranger's, and its settings make git run programs: rev-list, unlike log, asks
    # none to check signatures, and without protocols nothing that is missing is fetched.
    told = _git(program, folder, "rev-list", "-1", "--format=%ct %P", "HEAD", "--", ".")
    seconds, _, parents = told.rpartition("\n")[2].partition(" ")
    if not seconds.isdigit() or int(seconds) > _LAST:
        return None
    # in a shallow clone the last commit at hand seems to have made every file
    if not parents and _git(program, folder, "rev-parse", "--is-shallow-repository") != "false":
        return None
    return datetime.fromtimestamp(int(seconds), timezone.utc)


def _git(program: str, folder: Path, *command: str) -> str:
    """What git says; "" where it fails or does not come to an end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    surroundings = {**kept, "GIT_ALLOW_PROTOCOL": "", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [program, "--no-optional-locks", "-C", str(folder), *command],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=True,
            env=surroundings,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("ascii", "replace").strip()
