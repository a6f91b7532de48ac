"""GIF by its blocks (GIF89a): Pillow steps over what stands between them, and others stop there."""

from __future__ import annotations

_SCREEN = 13  # bytes of the signature and the screen descriptor (GIF89a, 17 and 18)
_IMAGE, _EXTENSION = 0x2C, 0x21


def leads_to_image(content: bytes) -> bool:
    """Tell whether nothing but extensions stands between the head of a GIF and its first image."""
    flags = content[10]
    at = _SCREEN + (3 << (flags & 7) + 1 if flags & 0x80 else 0)  # the global color table (19)
    while content[at : at + 1] == bytes((_EXTENSION,)):
        at += 2  # of the introducer and the label (23 to 26)
        while size := (content[at] if at < len(content) else 0):
            at += size + 1  # of a sub-block (15)
        at += 1
    return content[at : at + 1] == bytes((_IMAGE,))
