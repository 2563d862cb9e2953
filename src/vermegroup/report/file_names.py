"""Which names every file system takes, that of Windows included."""

from __future__ import annotations

import re
import unicodedata

UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+')
"""What some system does not take, and what nobody sees or what turns the text around it."""
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name, with whatever ending, for a device."""
    return _RESERVED.fullmatch(name.partition(".")[0].rstrip(" ")) is not None


def same_file(name: str) -> str:
    """What is the same for two names that are one on some system: it folds capitals and accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
