"""All that a page hangs on beside its layout job: two machines that have the same lay out the same pages."""

from __future__ import annotations

import platform
import sys
import zlib
from importlib.metadata import version

from recto.print.engine.system import fonts, libraries
from recto.store.cache import digest
from recto.store.fingerprint import own_code, surroundings
from recto.version import __version__

# What WeasyPrint has done for it: each has a say in the bytes of a page.
_PACKAGES_OF_THE_ENGINE = (
    "WeasyPrint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "fonttools", "pillow"
)  # fmt: skip


def equipment() -> dict[str, str]:
    """All that a page hangs on beside its layout job, by names that a person knows.

    Two machines that have the same equipment make the same pages, byte for byte.
    """
    return {
        "Recto": f"{__version__} ({own_code()[:8]})",
        "Python": platform.python_version(),
        "kind of machine": f"{sys.platform} {platform.machine()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: version(name) for name in _PACKAGES_OF_THE_ENGINE},
        **libraries(),
        **surroundings(),
        "fonts": f"set {digest(*fonts())[:8]}",
    }
