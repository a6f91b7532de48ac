"""The command line keeps its word: exit codes, streams, what is written and what is not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

import recto
from recto import __version__
from recto.cli import main
from tests.building import build
from tests.checkout import ROOT

TEXT = "1.2 Blades\n\nA blade is flat.\n\n1.1 Oars\n\nAn oar is a lever.\n"


@pytest.fixture
def oars(tmp_path: Path) -> Path:
    path = tmp_path / "oars.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_the_version_is_told() -> None:
    assert run("--version") == (0, f"recto, version {__version__}\n", "")


def test_help_names_every_option_of_the_contract() -> None:
    _, shown, _ = run("--help")
    for option in "-o --formats --strict --check --report --jobs --no-cache --watch -q -v".split():
        assert option in shown


@pytest.mark.parametrize(
    "arguments", [("--formats", "mobi"), ("--formats", ""), ("--jobs", "0"), ("--what",)]
)
def test_wrong_usage_is_exit_code_two(oars: Path, arguments: tuple[str, ...]) -> None:
    assert run(oars, *arguments)[0] == 2


def test_a_mistyped_command_is_told_of_the_one_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for typed in (["sevre", "my-book"], ["inti"]):
        code, _, told = run(*typed)
        assert (code, "Did you mean" in told) == (2, True)
    (tmp_path / "serv").mkdir()
    assert "Did you mean" not in run("serv", "--check")[2]


def test_a_book_to_be_served_that_was_never_there_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "oars").mkdir()
    code, _, told = run("serve", tmp_path / "oarz")
    assert (code, "did you mean" in told, "http" in told) == (2, True, False)


def test_check_shows_the_order_and_writes_no_book(oars: Path, tmp_path: Path) -> None:
    code, shown, told = run(oars, "--check", "-o", tmp_path / "out", "--jobs", "1")
    assert code == 0
    assert re.search(r"1\.1 +Oars +\S*oars\.txt:5\n +1\.2 +Blades +\S*oars\.txt:1\n", shown)
    assert "chapter-untitled" in told
    assert not (tmp_path / "out").exists()


def test_the_report_on_standard_output_stands_alone(oars: Path, tmp_path: Path) -> None:
    code, shown, told = run(oars, "--check", "--report", "-", "-o", tmp_path / "out", "--jobs", "1")
    report = json.loads(shown)
    assert code == 0
    assert [section["number"] for section in report["chapters"][0]["sections"]] == ["1.1", "1.2"]
    assert report["outputs"] == []
    assert re.search(r"1\.1 +Oars", told)


def test_strict_makes_a_warning_an_error_and_writes_nothing(oars: Path, tmp_path: Path) -> None:
    built = build(oars, tmp_path / "out", "--strict", "--formats", "epub", "--jobs", "1")
    assert built.exit_code == 1
    assert list((tmp_path / "out").iterdir()) == []


def test_only_the_formats_asked_for_are_made(oars: Path, tmp_path: Path) -> None:
    built = build(oars, tmp_path / "out", "--formats", "epub", "--jobs", "1")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["oars.epub"]
    assert built.report["chapters"][0]["sections"][0]["page"] is None


def _with_a_faulty_template(folder: Path) -> Path:
    (folder / "templates" / "print").mkdir(parents=True)
    (folder / "oars.md").write_text("# 1 Oars\n\n## 1.1 Blades\n\nBroad.\n", encoding="utf-8")
    (folder / "templates" / "print" / "chapter.html").write_text("{{ colour }}", encoding="utf-8")
    return folder


def test_the_report_of_a_faulty_manuscript_tells_what_was_reached(tmp_path: Path) -> None:
    built = build(_with_a_faulty_template(tmp_path / "oars"), tmp_path / "out", "--jobs", "1")
    assert built.exit_code == 1
    assert [problem["code"] for problem in built.report["problems"]] == ["template-undefined"]
    assert built.report["chapters"][0]["sections"][0]["title"] == "Blades"
    assert built.report["outputs"] == []


def test_quiet_says_only_what_is_wrong(oars: Path, tmp_path: Path) -> None:
    _, shown, told = run(oars, "-q", "--formats", "epub", "-o", tmp_path / "out", "--jobs", "1")
    assert shown == ""
    assert [line for line in told.splitlines() if not line.startswith("    ")] == [
        line for line in told.splitlines() if "warning:" in line
    ]
    assert run(oars, "-q", "--check", "--jobs", "1")[1] == ""


def test_a_fault_of_our_own_is_owned_without_a_traceback(
    oars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("recto.builder.build", fail)
    code, _, told = run(oars, "-o", tmp_path / "out")
    assert code == 70
    assert "a fault in Recto itself" in told
    assert "Traceback" not in told
    log = Path(told.split("with the file ")[1].split(";")[0])
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    log.unlink()


def test_a_book_can_be_built_from_python(oars: Path, tmp_path: Path) -> None:
    report = recto.build(oars, tmp_path / "out", formats=("epub",))
    assert report.exit_code == 0
    assert [output.path.name for output in report.outputs] == ["oars.epub"]
    assert recto.build(tmp_path / "nowhere").exit_code == 2


def test_the_cache_is_told_of_and_cleared(oars: Path, tmp_path: Path, empty_cache: Path) -> None:
    assert run("cache") == (0, f"{empty_cache}  0.0 MB in 0 entries\n", "")
    build(oars, tmp_path / "out", "--jobs", "1")
    code, shown, _ = run("cache", "--clear")
    assert code == 0
    assert shown.endswith(" entries, cleared\n")
    assert " in 0 entries" not in shown
    assert run("cache")[1] == f"{empty_cache}  0.0 MB in 0 entries\n"


def test_without_the_cache_nothing_is_kept(oars: Path, tmp_path: Path, empty_cache: Path) -> None:
    build(oars, tmp_path / "out", "--jobs", "1", "--no-cache")
    assert list(empty_cache.iterdir()) == []


def test_a_folder_named_cache_can_be_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "oars.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, shown, _ = run("./cache", "--check", "--jobs", "1")
    assert code == 0
    assert "Blades" in shown


def test_verbose_and_the_report_tell_how_long_each_stage_took(oars: Path, tmp_path: Path) -> None:
    built = build(oars, tmp_path / "out", "-v", "--jobs", "1")
    stages = ["gather", "collate", "typeset", "index", "lay out", "bind", "package"]
    assert sorted(built.report["timings"]) == sorted(stages)
    assert all(re.search(rf"^ +[\d.]+ s  {stage}$", built.errors, re.M) for stage in stages)


def test_the_report_of_a_faulty_manuscript_tells_the_time_of_what_was_reached(tmp_path: Path) -> None:
    built = build(_with_a_faulty_template(tmp_path / "oars"), tmp_path / "out", "--jobs", "1")
    assert built.exit_code == 1
    assert "typeset" in built.report["timings"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_on_a_terminal_a_bar_tells_what_is_laid_out_and_the_pages_done(oars: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), str(oars), "-o", str(tmp_path / "out"), "--jobs", "1"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "30"}
    running = subprocess.Popen(command, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # what a pseudo-terminal ends with
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    assert running.wait() == 0
    drawn = shown.decode(errors="replace")
    assert all(stage in drawn for stage in ("gather", "typeset", "lay out", "package"))
    assert re.search(r"\d+/\d+ units, \d+ pages: [a-z]", drawn)


def test_help_begins_with_what_a_newcomer_types() -> None:
    _, shown, _ = run("--help")
    first = [line.split("  ")[1] for line in shown.splitlines()[1:4]]
    assert [line.split()[-2:] for line in first] == [
        ["init", "my-book"],
        ["serve", "my-book"],
        ["main", "my-book"],
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_told_how_to_complete(shell: str) -> None:
    code, shown, _ = run("completion", shell)
    assert code == 0
    assert f"_RECTO_COMPLETE={shell}_complete" in shown
    mended = {"bash": "compopt", "zsh": 'in "${response[@]}";', "fish": 'string split --max 1 ","'}
    assert mended[shell] in shown


def test_what_is_typed_is_completed_with_commands_and_options() -> None:
    asked = {"_MAIN_COMPLETE": "bash_complete", "COMP_WORDS": "main in", "COMP_CWORD": "1"}
    told = CliRunner().invoke(main, prog_name="main", env=asked)
    # what bash hears of files makes it forget what it has heard before
    assert told.stdout.splitlines() == ["file,in", "plain,init"]
    asked = {"_MAIN_COMPLETE": "bash_complete", "COMP_WORDS": "main init --", "COMP_CWORD": "2"}
    told = CliRunner().invoke(main, prog_name="main", env=asked)
    assert "plain,--yes" in told.stdout.splitlines()
    # where a command is named, no other one is offered
    asked = {"_MAIN_COMPLETE": "bash_complete", "COMP_WORDS": "main serve ", "COMP_CWORD": "2"}
    assert CliRunner().invoke(main, prog_name="main", env=asked).stdout.splitlines() == ["file,"]
