"""Where the system lacks what the print engine needs, the build says so before it tries."""

import ctypes
import sys
from pathlib import Path

import pytest

from tests.building import build


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the names of libraries differ")
def test_a_missing_pango_is_wrong_usage_with_the_packages_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    source = tmp_path / "tides.txt"
    source.write_text("1.1 Spring Tides\n\nThe moon and the sun pull together.\n")
    built = build(source, tmp_path / "out")
    assert built.exit_code == 2
    assert "error: the library libpango-1.0.so.0 is not installed" in built.errors
    assert "apt-get install libpango-1.0-0" in built.errors
