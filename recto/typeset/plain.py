"""Text as it stands."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text as XHTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
