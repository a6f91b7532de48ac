"""Where this Recto was taken from, for a workflow that is to take the same."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from recto.version import __version__

_ADDRESS = re.compile(r"github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?\s*$", re.MULTILINE)
_TOP = Path(__file__).resolve().parents[3]


def action() -> str:
    """The action of GitHub's that builds as this Recto does: `owner/recto@` and the commit that it was taken
    from, or the tag of its version; "" where neither package nor checkout tells of a repository there.
    """
    address, commit = _installed() or _checked_out()
    found = _ADDRESS.search(address)
    return f"{found[1]}@{commit or f'v{__version__}'}" if found else ""


def _installed() -> tuple[str, str] | None:
    """Repository and commit as pip knows them (direct_url.json, PEP 610), or the package (Project-URL); None
    for a Recto that is not installed, or from a folder of this machine.
    """
    try:
        package = distribution("recto")
    except PackageNotFoundError:
        return None
    told = json.loads(package.read_text("direct_url.json") or "{}")
    address = str(told.get("url", ""))
    if address and not address.startswith("file:"):
        return address, str(told.get("vcs_info", {}).get("commit_id", ""))
    repository = _repository(package)
    return (repository, "") if repository else None


def _repository(package: Distribution) -> str:
    urls = (each.partition(",") for each in package.metadata.get_all("Project-URL") or ())
    return next((url.strip() for name, _, url in urls if name.strip().lower() == "repository"), "")


def _checked_out() -> tuple[str, str]:
    """The address of the checkout's origin, and its commit, if the origin has it."""
    # only the checkout's own: Recto may be installed into somebody else's
    if not (_TOP / ".git").exists():
        return "", ""
    address = _git("remote", "get-url", "origin")
    is_there = address and _git("branch", "--remotes", "--contains", "HEAD")
    return address, _git("rev-parse", "HEAD") if is_there else ""


def _git(*arguments: str) -> str:
    """What git says of the checkout; "" where it says nothing."""
    try:
        command = ["git", "-C", str(_TOP), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=5).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
