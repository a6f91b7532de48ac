"""What pip installs is whole: a `recto` command that finds its templates, styles and fonts anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest

from recto import __version__
from tests.checkout import ROOT


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with nothing in the environment that would lead it back to the checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True)


def build_distribution(kind: str, folder: Path) -> Path:
    """Have the build backend that pyproject.toml names make a wheel or an sdist of the checkout."""
    made = run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder, folder=ROOT)
    assert made.returncode == 0, made.stderr
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_distribution("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def recto(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `recto` command of a fresh environment: the wheel in it, and the libraries of this environment."""
    environment = tmp_path_factory.mktemp("environment")
    made = run(sys.executable, "-m", "venv", "--without-pip", environment, folder=environment)
    assert made.returncode == 0, made.stderr
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    installed = run(*pip, "install", "--no-deps", "--no-index", wheel, folder=environment)
    assert installed.returncode == 0, installed.stderr
    libraries = environment / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin" / "recto"


def test_the_wheel_holds_every_template_style_and_font(wheel: Path) -> None:
    shipped = {
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "styles", "themes")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert any(name.endswith(".ttf") for name in shipped)
    held = {name.removeprefix("recto/") for name in zipfile.ZipFile(wheel).namelist()}
    assert shipped - held == set()


def test_the_wheel_tells_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    facts = message_from_string(archive.read(name).decode())
    assert (facts["Name"], facts["Version"], facts["Requires-Python"]) == ("recto", __version__, ">=3.10")
    assert facts["License-Expression"] == "MIT AND OFL-1.1"
    licences = facts.get_all("License-File", [])
    assert "LICENSE" in licences
    assert any("OFL" in (ROOT / licence).read_text() for licence in licences)


def test_the_source_distribution_holds_all_that_make_needs(tmp_path: Path) -> None:
    with tarfile.open(build_distribution("sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "build.py",
        "Makefile",
        ".ci/bootstrap.py",
        ".ci/constraints.txt",
        "tests/package-lock.json",
    } <= held
    assert {"recto/cli/__init__.py", "styles/book.css", "LICENSE", "README.md", "CHANGELOG.md"} <= held


def test_the_installed_command_tells_its_version(recto: Path, tmp_path: Path) -> None:
    told = run(recto, "--version", folder=tmp_path)
    assert (told.returncode, told.stdout.split()[-1]) == (0, __version__), told.stderr


@pytest.mark.slow
def test_the_installed_command_builds_a_book_in_any_folder(recto: Path, tmp_path: Path) -> None:
    (tmp_path / "tides.txt").write_text("1.1 Spring Tides\n\nThe moon and the sun pull together.\n")
    built = run(recto, "tides.txt", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".epub", ".pdf"]


def test_the_installed_command_serves_the_desk_with_all_its_parts(recto: Path, tmp_path: Path) -> None:
    (tmp_path / "tides.txt").write_text("1.1 Spring Tides\n\nThe moon and the sun pull together.\n")
    page = ROOT / "recto" / "desk" / "page"
    parts = [each.relative_to(page).as_posix() for each in page.rglob("*") if each.is_file()]
    assert "vendor/foliate/LICENSE" in parts
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [recto, "serve", "tides.txt", "--jobs", "1"]
    with subprocess.Popen(command, cwd=tmp_path, env=clean, stderr=subprocess.PIPE, text=True) as desk:
        assert desk.stderr is not None
        address = urlsplit(desk.stderr.readline().strip())
        headers = {"Cookie": f"recto-{address.port}={parse_qs(address.query)['key'][0]}"}
        for path, file in [("/", "index.html"), *((f"/desk/{part}", part) for part in parts)]:
            asked = Request(f"http://{address.netloc}{path}", headers=headers)
            assert urlopen(asked, timeout=300).read() == (page / file).read_bytes()
        desk.terminate()


def test_without_its_libraries_build_py_says_what_to_run(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    shutil.copytree(ROOT / "recto", tmp_path / "recto", ignore=shutil.ignore_patterns("__pycache__"))
    told = run(sys.executable, "-S", tmp_path / "build.py", folder=tmp_path)
    assert told.returncode == 2
    assert "make book" in told.stderr
    assert "Traceback" not in told.stderr


def test_build_py_runs_from_any_folder(tmp_path: Path) -> None:
    told = run(sys.executable, ROOT / "build.py", "--version", folder=tmp_path)
    assert (told.returncode, told.stdout.split()[-1]) == (0, __version__), told.stderr
