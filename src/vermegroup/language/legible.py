"""Texts with bytes in them that are no UTF-8, as names of files in old archives have."""

from __future__ import annotations

import re

_NO_LETTER = re.compile("[\ud800-\udfff]")


def legible(text: str) -> str:
    """A text with a letter for each byte of a file's name that is no UTF-8, as well as can be.

    Old archives have such names, mostly in an encoding of western Europe.
    """
    return _NO_LETTER.sub(_likely, text)


def utf8(text: str) -> bytes:
    """A text as it is written into a file."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return legible(text).encode()


def _likely(half: re.Match[str]) -> str:
    byte = ord(half[0]) - 0xDC00
    # What stands for no byte of a name becomes what Windows-1252 has no letter for.
    return bytes([byte if 0x80 <= byte <= 0xFF else 0x81]).decode("cp1252", "replace")
