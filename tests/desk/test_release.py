"""What makes a release: the steps of the action, of GitLab's template, of the hook, run as they stand."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from recto.cli import main
from recto.cli.annotations import github
from recto.problems import Place, error, warning
from tests.checkout import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
RECTO = shlex.join([sys.executable, str(ROOT / "build.py")])


@pytest.fixture
def oars(tmp_path: Path) -> Path:
    """A repository with a book that has one warning."""
    folder = tmp_path / "oars"
    folder.mkdir()
    (folder / "oars.txt").write_text("1.1 Oars\n\nAn oar is a lever.\n", encoding="utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "Oars"\nauthors = "A. Rower"\ndate = "2026-01-02"\n')
    git(folder, "init", "-q")
    return folder


def git(folder: Path, *arguments: str, said: str = "") -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], input=said, text=True, check=True)


def step(folder: Path, name: str, **inputs: str) -> tuple[int, str, str, str]:
    """Run a step of the action: exit code, what it printed, its outputs, the summary."""
    files = {"GITHUB_OUTPUT": folder.parent / "outputs", "GITHUB_STEP_SUMMARY": folder.parent / "summary"}
    for path in files.values():
        path.write_text("")
    given = {f"INPUT_{key}": value for key, value in inputs.items()}
    environment = {**os.environ, **given, **{name: str(path) for name, path in files.items()}}
    environment |= {"GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(folder.parent), "RECTO": RECTO}
    command = [sys.executable, str(ROOT / ".ci" / "book_action.py"), name]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr, *(path.read_text() for path in files.values())


def test_the_steps_of_the_action_build_and_prove(oars: Path) -> None:
    code, said, outputs, summary = step(oars, "build", SOURCE=".", FORMATS="epub", STRICT="false")
    assert code == 0, said
    assert "::warning file=oars.txt,line=1,title=chapter-untitled::" in said
    assert re.search(r"books<<END-OF-BOOKS\nout/oars\.epub\nEND-OF-BOOKS", outputs)
    digest = hashlib.sha256((oars / "out" / "oars.epub").read_bytes()).hexdigest()
    assert f"`{digest}`" in summary
    git(oars, "add", "oars.txt", "book.toml")
    git(oars, "commit", "-qm", "the book")
    git(oars, "tag", "-a", "v1", "-F", "-", said=f"The first\n\n{digest}  out/oars.epub\n")
    git(oars, "tag", "-a", "v2", "-F", "-", said=f"{'0' * 64}  oars.epub\n")
    git(oars, "tag", "-a", "v3", "-m", "no digests")
    assert step(oars, "prove", TAG="v1")[:2] == (0, f"the same: oars.epub {digest}\n")
    assert step(oars, "prove", TAG="v2")[0] == 1
    assert "nothing to prove" in step(oars, "prove", TAG="v3")[1]


def test_a_strict_action_fails_and_keeps_the_report(oars: Path) -> None:
    code, _, outputs, summary = step(oars, "build", FORMATS="epub", STRICT="true")
    assert (code, "Not built" in summary) == (1, True)
    assert "pages=0" in outputs
    assert (oars / "out" / "report.json").is_file()


def test_the_action_runs_what_is_there_and_asks_for_what_it_declares() -> None:
    steps = ACTION["runs"]["steps"]
    scripts = re.findall(r"\$GITHUB_ACTION_PATH/([\w./-]+)", " ".join(each.get("run", "") for each in steps))
    assert scripts and all((ROOT / script).is_file() for script in scripts)
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert all("shell" in each for each in steps if "run" in each)
    # what a stranger types stays out of the shell: inputs come in by the environment alone
    assert not any("${{" in each.get("run", "") for each in steps)


def test_the_hook_checks_a_book(oars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    monkeypatch.chdir(oars)
    assert CliRunner().invoke(main, [*hook["args"], "--jobs", "1"]).exit_code == 0
    (oars / "book.toml").write_text("[book\n")
    assert CliRunner().invoke(main, [*hook["args"], "--jobs", "1"]).exit_code == 2
    assert not (oars / "out").exists()


def test_the_job_of_gitlab_builds_a_book(oars: Path) -> None:
    job = yaml.safe_load((ROOT / ".ci" / "gitlab.yml").read_text(encoding="utf-8"))[".recto"]
    command = oars.parent / "bin" / "recto"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {RECTO} "$@"\n')
    command.chmod(0o755)
    variables = {name: value for name, value in job["variables"].items() if name != "RECTO_CACHE"}
    environment = {
        **os.environ,
        **variables,
        "RECTO_FORMATS": "epub",
        "PATH": f"{command.parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-ec", "\n".join(job["script"])], cwd=oars, env=environment, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (oars / "out").iterdir()} == {"oars.epub", "report.json"}


def test_the_image_has_what_bootstrap_installs() -> None:
    bootstrap = (ROOT / ".ci" / "bootstrap.py").read_text(encoding="utf-8")
    packages = re.findall(r'"(lib[\w.-]+)",', bootstrap.partition("LIBRARIES = {")[2].partition("}")[0])
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert len(packages) == 3
    assert [name for name in packages if name not in image] == []
    assert "-c /recto/.ci/constraints.txt" in image


def test_annotations_are_commands_that_github_reads() -> None:
    lines = list(
        github(
            [
                error("no-book", "100% lost:\nall", Place("a,b:c.md", 3), hint="look"),
                warning("odd", "strange", Place("book.toml")),
            ]
        )
    )
    assert lines == [
        "::error file=a%2Cb%3Ac.md,line=3,title=no-book::100%25 lost:%0Aall%0Alook",
        "::warning file=book.toml,title=odd::strange",
    ]


def test_a_build_asks_no_network(oars: Path) -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody take the network away from a process")
    command = [*alone, *shlex.split(RECTO), ".", "--jobs", "1"]
    done = subprocess.run(command, cwd=oars, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in (oars / "out").iterdir()} == {".epub", ".pdf"}
