"""The order of names in an alphabet that ends in å, ä, ö, as the Finnish and Swedish one does."""

from __future__ import annotations

import re
import unicodedata

_LAST = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}
"""The letters after z, as the texts that sort there: "{" is the character after "z"."""
_LIKE = {"ð": "d", "đ": "d", "ł": "l", "œ": "oe", "þ": "th", "ŋ": "n", "ŧ": "t", "ı": "i"}
_LIKE_ANOTHER = str.maketrans(_LAST | _LIKE)
_DIGITS = re.compile("([0-9]+)")

SortKey = tuple[tuple[tuple[int, str], ...], str]


def alphabetical(text: str) -> SortKey:
    """What to sort texts by: å, ä and ö come last, other accents and capitals count for nothing.

    Numbers are told by their size: "G2" comes before "G10". It is the same in every language, for
    names are Finnish or Swedish whatever the reader speaks; texts that are alike but not the same
    have an order, too.
    """
    return tuple(map(_piece, _DIGITS.split(_plain(text)))), text


def _plain(text: str) -> str:
    """Small letters without their accents, those after z in their places."""
    whole = unicodedata.normalize("NFC", text).casefold().translate(_LIKE_ANOTHER)
    letters = unicodedata.normalize("NFD", whole)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


def _piece(text: str) -> tuple[int, str]:
    """Every other piece of a text is a number, so that like is compared with like."""
    digits = text.isascii() and text.isdigit()
    return (len(text.lstrip("0")), text.lstrip("0")) if digits else (0, text)
