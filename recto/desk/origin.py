"""Where this Recto was taken from, for a workflow that is to take the same."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from recto.version import __version__

UNKNOWN = "OWNER"
_ADDRESS = re.compile(r"github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def action() -> str:
    """The action of GitHub's that builds as this Recto does: `owner/recto@v1.2.0`.

    The owner is UNKNOWN where neither the package nor its checkout tells.
    """
    found = _ADDRESS.search(_address() + "\n")
    return f"{found[1] if found else f'{UNKNOWN}/recto'}@v{__version__}"


def _address() -> str:
    """The address of the repository, as pip (direct_url.json of PEP 610) or git knows it; "" for none."""
    try:
        told = distribution("recto").read_text("direct_url.json")
    except PackageNotFoundError:
        told = None
    address = str(json.loads(told).get("url", "")) if told else ""
    if address and not address.startswith("file:"):
        return address
    top = Path(__file__).resolve().parents[2]
    command = ["git", "-C", str(top), "remote", "get-url", "origin"]
    try:
        # only the checkout's own: Recto may be installed into somebody else's
        is_checkout = (top / ".git").exists()
        asked = subprocess.run(command, capture_output=True, text=True, timeout=5) if is_checkout else None
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout if asked else ""
