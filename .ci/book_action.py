"""What the action of GitHub's (action.yml) does, step by step; GitLab's template does the same.

    book_action.py build    builds as INPUT_… say, writes what came of it to GITHUB_OUTPUT and to the summary
    book_action.py prove    holds the books against the digests in the message of the tag that is built

It needs Python alone; Recto itself is run as the command in RECTO, or by the checkout that this file is in.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIGEST = re.compile(r"^\s*([0-9a-f]{64})\s+\*?(?:\S*/)?([^/\s]+)\s*$", re.MULTILINE)


def main() -> int:
    """Do the step that the command line names."""
    steps = {"build": build, "prove": prove}
    if len(sys.argv) != 2 or sys.argv[1] not in steps:
        sys.exit(f"usage: book_action.py {'|'.join(steps)}")
    return steps[sys.argv[1]]()


def given(name: str, default: str = "") -> str:
    """An input of the action."""
    return os.environ.get(f"INPUT_{name}", "").strip() or default


def build() -> int:
    """Build the books; returns the exit code of the build."""
    source, folder = given("SOURCE", "."), Path(given("OUTPUT", "out"))
    report = Path(os.environ.get("RUNNER_TEMP", ".")) / "recto-report.json"
    report.unlink(missing_ok=True)
    command = [*recto(), source, "-o", str(folder), "--report", str(report)]
    command += ["--annotations", "github"] if os.environ.get("GITHUB_ACTIONS") else []
    command += ["--strict"] if given("STRICT", "false") == "true" else []
    command += ["--formats", given("FORMATS")] if given("FORMATS") else []
    code = subprocess.run(command, check=False).returncode
    if report.is_file():
        told = json.loads(report.read_text(encoding="utf-8"))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        write("GITHUB_OUTPUT", outputs(told))
        write("GITHUB_STEP_SUMMARY", summary(told, code))
    return code


def recto() -> list[str]:
    """The command that builds."""
    if named := os.environ.get("RECTO"):
        return shlex.split(named)
    prepared = ROOT / ".venv" / "bin" / "python"
    return [str(prepared if prepared.is_file() else sys.executable), str(ROOT / "build.py")]


def write(variable: str, text: str) -> None:
    """Add a text to the file that a variable of GitHub's names."""
    if name := os.environ.get(variable):
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)


def outputs(told: dict[str, Any]) -> str:
    """What the next steps may ask for."""
    paths = "\n".join(str(each["path"]) for each in told["outputs"])
    return f"pages={told['pages']}\nbooks<<END-OF-BOOKS\n{paths}\nEND-OF-BOOKS\n"


def summary(told: dict[str, Any], code: int) -> str:
    """What the page of the run says."""
    problems: list[dict[str, Any]] = told["problems"]
    counts = {kind: sum(each["severity"] == kind for each in problems) for kind in ("error", "warning")}
    lines = [
        f"### {told['title'] or 'No book'}",
        "",
        f"{'Built' if code == 0 else 'Not built'}, {told['pages']} pages, ",
    ]
    lines[-1] += f"{counts['error']} errors, {counts['warning']} warnings."
    books: list[dict[str, Any]] = told["outputs"]
    if books:
        lines += ["", "| file | bytes | SHA-256 |", "|---|---:|---|"]
        lines += [f"| {Path(str(b['path'])).name} | {b['bytes']} | `{b['sha256']}` |" for b in books]
    return "\n".join(lines) + "\n\n"


def prove() -> int:
    """Hold the books against the author's own; 0 where each is the same, or the tag says nothing of books."""
    folder, tag = Path(given("OUTPUT", "out")), given("TAG", os.environ.get("GITHUB_REF_NAME", ""))
    command = ["git", "for-each-ref", "--format=%(contents)", f"refs/tags/{tag}"]
    message = subprocess.run(command, capture_output=True, text=True, check=True).stdout if tag else ""
    wanted = {name: digest for digest, name in DIGEST.findall(message)}
    if not wanted:
        print(f"The message of the tag {tag or '(none)'} has no digests of books: there is nothing to prove.")
        return 0
    wrong = 0
    for name, digest in wanted.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        wrong += found != digest
        print(f"{'the same' if found == digest else 'OTHERWISE'}: {name} {found}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
