"""Which characters no XML document can hold, and so neither an e-book nor a record of ONIX."""

from __future__ import annotations

import re

# XML 1.0, 2.2: control characters, lone surrogates, two noncharacters
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
