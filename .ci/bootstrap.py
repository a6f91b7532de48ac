"""Make this checkout ready: `bootstrap.py book` for building books, `bootstrap.py test` for the tests too.

What is missing is installed, nothing else, and each step is said in one line; what the installers say is kept
in `build/bootstrap.log`. There are three sources: the system's package manager for what only it has (Pango,
Java), PyPI for everything in Python and for Node.js, npm for the accessibility checker, the readers that
e-books are tried in, and the browser for both. Versions are those of `.ci/constraints.txt` and
`tests/package-lock.json`.

What was installed is remembered as a digest of the files that ask for it (`.venv/ready-book`,
`.venv/ready-test`): a second run looks for the system's libraries, compares a digest, and is done. This
script itself needs Python alone.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = VENV / "tools"
LOG = ROOT / "build" / "bootstrap.log"
OLDEST_PYTHON = (3, 10)

# What has to be there, and the package that brings it, as Debian and Ubuntu call it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
BROWSER_LIBRARIES = {"nss3": "libnss3"}
TEST_COMMANDS = {
    "java": "default-jre-headless", "qpdf": "qpdf", "pdftotext": "poppler-utils", "gs": "ghostscript",
}  # fmt: skip

# npm has a headless browser for this platform; elsewhere the system's Chromium serves.
BROWSER_FROM_NPM = (platform.system(), platform.machine()) == ("Linux", "x86_64")

# Printed by the virtual environment's own Python, since 3.10 can read TOML only by what pip brings along.
READ_REQUIREMENTS = """
try:
    import tomllib
except ModuleNotFoundError:
    from pip._vendor import tomli as tomllib
with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)["project"]
extras = ("serve", "test") if {test} else ("serve",)
asked = [each for extra in extras for each in project["optional-dependencies"][extra]]
print(*project["dependencies"], *dict.fromkeys(asked), sep="\\n")
"""

LAUNCHER = """\
#!/bin/sh
# Written by .ci/bootstrap.py: the accessibility checker Ace, with its own Node.js and browser.
PUPPETEER_EXECUTABLE_PATH="{browser}" exec "{bin}/node" "{ace}" "$@"
"""


def main() -> None:
    """Bring what the goal named on the command line needs, unless it is there."""
    if sys.argv[1:] not in (["book"], ["test"]):
        fail("usage: bootstrap.py book|test")
    if sys.version_info < OLDEST_PYTHON:
        fail(
            f"Recto needs Python {dotted(OLDEST_PYTHON)} or later; this is {dotted(sys.version_info[:3])}.",
            "Name another with: make PYTHON=/path/to/python3",
        )
    test = sys.argv[1] == "test"
    os.chdir(ROOT)
    install_system_packages(missing_system_packages(test))
    stamps = [VENV / "ready-book", VENV / "ready-test"][: 1 + test]  # whoever can test can build
    wanted = digest(test)
    if stamps[-1].is_file() and stamps[-1].read_text() == wanted:
        return
    make_environment()
    install_python_packages(test)
    if test:
        install_tools()
    for stamp in stamps:
        stamp.write_text(digest(stamp.name == "ready-test"))
    say("Ready.")


def say(line: str) -> None:
    """Tell the user one step."""
    print(f"recto: {line}", flush=True)


def fail(*lines: str) -> NoReturn:
    """Stop, with each line said plainly on standard error."""
    sys.exit("\n".join(f"recto: {line}" for line in lines))


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """Run an installer quietly; when it fails, show the end of what it said, and stop."""
    variables = {**os.environ, **environment}
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True)
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        print("$", *command, f"\n{done.stdout}{done.stderr}", file=log)
    if done.returncode:
        last_words = (done.stderr or done.stdout).splitlines()[-15:]
        fail(*last_words, f"That failed: {' '.join(map(str, command))}", f"All that was said is in {LOG}")


def dotted(version: tuple[object, ...]) -> str:
    """Write (3, 10) as 3.10."""
    return ".".join(map(str, version))


def digest(test: bool) -> str:
    """Digest all that decides what is installed: what is asked for, by which script and Python, and where."""
    files = ["pyproject.toml", ".ci/bootstrap.py", ".ci/constraints.txt"]
    files += ["tests/package.json", "tests/package-lock.json"] if test else []
    python = (
        f"{sys.executable} {dotted(sys.version_info[:3])}"  # not its build, which apt may just have renewed
    )
    parts = [python, str(ROOT), *(Path(file).read_text() for file in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def missing_system_packages(test: bool) -> list[str]:
    """Name the system's packages whose contents are not found, however they may have come."""
    libraries, commands = dict(LIBRARIES), dict(TEST_COMMANDS if test else {})
    if test and BROWSER_FROM_NPM:
        libraries |= BROWSER_LIBRARIES
    elif test:
        commands["chromium"] = "chromium"
    missing = [package for name, package in libraries.items() if not ctypes.util.find_library(name)]
    missing += [package for name, package in commands.items() if not shutil.which(name)]
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        missing.append(f"python{dotted(sys.version_info[:2])}-venv")
    return missing


def install_system_packages(packages: list[str]) -> None:
    """Install by apt-get, as root or through sudo; without either, say what to install and stop."""
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        fail(
            f"These are missing, and this system has no apt-get to install them: {names}.",
            "Install what your system calls them (on macOS: brew install pango), then run this again.",
        )
    as_root: list[str] = [] if os.geteuid() == 0 else ["sudo"]
    if as_root and not shutil.which("sudo"):
        fail(f"These are missing, and only root may install them. As root, run: apt-get install {names}")
    say(f"Installing system packages with {' '.join([*as_root, 'apt-get'])}: {names}")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    run(*apt, "update")
    run(*apt, "install", "--yes", "--no-install-recommends", *packages)


def make_environment() -> None:
    """Make the virtual environment, unless there is one of this very Python."""
    settings = VENV / "pyvenv.cfg"
    mine = f"version = {dotted(sys.version_info[:3])}"
    if settings.is_file() and mine in settings.read_text().splitlines():
        return
    say(f"Making a virtual environment in .venv (Python {dotted(sys.version_info[:3])})")
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install_python_packages(test: bool) -> None:
    """Install what pyproject.toml asks for, in the versions that the tests have passed with."""
    python = VENV / "bin" / "python"
    command = [str(python), "-c", READ_REQUIREMENTS.format(test=test)]
    wanted = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout
    requirements = VENV / "requirements.txt"
    requirements.write_text(wanted)
    say(f"Installing Python packages with pip: {len(wanted.splitlines())}, and what they need")
    install = ("-m", "pip", "--disable-pip-version-check", "install")
    run(python, *install, "-c", ".ci/constraints.txt", "-r", requirements)


def install_tools() -> None:
    """Install what tests/package.json asks for into `.venv/tools`; `.venv/bin/ace` starts Ace."""
    say("Installing Ace, two readers of e-books, their browser and the examples of CommonMark with npm")
    binaries, browser = VENV / "bin", TOOLS / "browser" / "chromium"
    path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    shutil.rmtree(TOOLS, ignore_errors=True)
    browser.parent.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests" / name, TOOLS)
    run(binaries / "npm", "ci", "--no-audit", "--no-fund", cwd=TOOLS, PATH=path, PUPPETEER_SKIP_DOWNLOAD="1")
    if BROWSER_FROM_NPM:
        # Its package holds it packed, and unpacks it into the temporary folder on demand: here, once for all.
        unpack = "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())"
        run(binaries / "node", "--eval", unpack, cwd=TOOLS, PATH=path, TMPDIR=str(browser.parent))
    else:
        browser = Path(shutil.which("chromium") or "chromium")
    launcher = binaries / "ace"
    ace = TOOLS / "node_modules/@daisy/ace-cli/bin/ace.js"
    launcher.write_text(LAUNCHER.format(browser=browser, bin=binaries, ace=ace))
    launcher.chmod(0o755)


if __name__ == "__main__":
    main()
