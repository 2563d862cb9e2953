"""The order of letters in Finnish and Swedish: å, ä and ö stand at the end."""

from __future__ import annotations

import re
import unicodedata

_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
"""The letters after z, as characters that sort there."""
_LIKE = {"ð": "d", "đ": "d", "ł": "l", "œ": "oe", "þ": "th", "ŋ": "n", "ŧ": "t", "ı": "i"}
_LETTERS = str.maketrans(_LAST | _LIKE)
_DIGITS = re.compile(r"[0-9]+")
_WIDTH = 12


def alphabetical(text: str) -> tuple[str, str]:
    """What texts are sorted by: letters of both cases are one, and so are other accents.

    Numbers go by their size. What is equal so is told apart by how it is written.
    """
    known = unicodedata.normalize("NFC", text.casefold()).translate(_LETTERS)
    bare = (
        mark for mark in unicodedata.normalize("NFKD", known) if not unicodedata.combining(mark)
    )
    return _DIGITS.sub(lambda number: number[0].zfill(_WIDTH), "".join(bare)), text
