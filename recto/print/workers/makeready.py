"""Makeready: what the first job of each worker would wait for, done once in the process they are forked from.

It acts when it is imported, while the manuscript is set. What a book with another look or in another language
does not need of it costs time alone. Nothing here may touch a font: Pango does not live through a fork.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from recto.print.binding import binder, outline  # noqa: F401 - importing is the point
from recto.print.engine.rendering import make_ready
from recto.settings.config import Config
from recto.theme import find

with suppress(OSError):  # a file of the theme can't be read: the build says so
    make_ready(find().paper(), Config().book.language)
gc.freeze()  # else each worker has a copy of all this as soon as its collector looks at it
