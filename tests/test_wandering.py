"""A build opens no connection, and no file but those of the book, of Recto, of its libraries, and its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT, TESTS

# Python tells of every socket and every file before it opens one (PEP 578).
WATCHED = """
import json, sys
seen = {"sockets": [], "files": [], "programs": []}
def watch(event, details):
    if event.startswith("socket."):
        seen["sockets"].append(event)
    elif event == "subprocess.Popen":
        seen["programs"].append(str(details[0]))
    elif event == "open" and isinstance(details[0], (str, bytes)):
        seen["files"].append(str(details[0]))
sys.addaudithook(watch)
from recto.cli import main
try:
    main(sys.argv[2:])
except SystemExit as ended:
    seen["code"] = ended.code
open(sys.argv[1], "w").write(json.dumps(seen))
"""
SYSTEM = (
    "/etc",
    "/usr",
    "/lib",
    "/proc",
    "/dev/null",
    "/dev/urandom",
    "/System",
    "/Library",
)


def test_a_build_opens_no_connection_and_no_file_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    told, book = tmp_path / "seen.json", TESTS / "books" / "every-element"
    asked = [str(book), "-o", str(tmp_path / "out"), "--jobs", "1", "-q", "--verify"]
    environment = {
        "RECTO_CACHE": str(tmp_path / "cache"),
        "TMPDIR": str(tmp_path / "tmp"),
        "HOME": "/nowhere",
    }
    subprocess.run(
        [sys.executable, "-c", WATCHED, str(told), *asked],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    )
    seen = json.loads(told.read_text(encoding="utf-8"))
    assert (seen["code"], seen["sockets"]) == (0, [])
    assert {Path(program).name for program in seen["programs"]} <= {"git"}  # which knows a book's date
    own = (tmp_path, ROOT, sys.prefix, sys.base_prefix, *SYSTEM)
    homes = tuple(home for each in own for home in (str(each), os.path.realpath(each)))
    paths = {os.path.normpath(ROOT / name) for name in seen["files"]}
    assert len(paths) > 100
    assert sorted(path for path in paths if not path.startswith(homes)) == []
