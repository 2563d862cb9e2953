"""Which trait a header stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from vermegroup.intake.header_questions import asked_for
from vermegroup.intake.header_words import WORDS

LONGEST_HEADER = 200
_MOST_COMMAS = 2
_HEADERS_KEPT = 1 << 15
"""More than a sheet has columns: each is asked about for one trait after the other."""

_NUMBERED = re.compile(r"^(q|k|kysymys|fraga|question)? ?[0-9]{1,3} (?=\D)")
_REQUIRED = re.compile(r" (pakollinen( tieto)?|obligatorisk\w*|required|mandatory)$")
_WHOSE = re.compile(
    r"^(osallistujan?|vastaajan|sinun|oma|attendee( s)?|participant( s)?|your|deltagaren?s?"
    r"|din|ditt)"
    r" (?=\w)"
)
_SOMEONE_ELSE = re.compile(
    r"^(tilaaja|varaaja|ilmoittaja[n ]|maksaja|laskut|yhteyshenkilo|esihenkilo|esimie|booker|buyer"
    r"|billing|contact person|invoice|purchaser|supervisor|manager|bokaren?s?\b|anmalaren?s?\b"
    r"|fakturering|betalare|kontaktperson|chefen?s?\b|bestallare)"
)


def recognise(header: str) -> str | None:
    """The canonical trait a header stands for, or None."""
    return _recognised(header) if len(header) <= LONGEST_HEADER else None


def tells_of_someone_else(header: str) -> bool:
    """Whether a header is about a booker, a superior or the like."""
    return _SOMEONE_ELSE.match(plain(header)) is not None


def header_score(cells: Sequence[str]) -> int:
    """How many cells of a row look like headers that are known."""
    return sum(recognise(cell) is not None for cell in cells)


@lru_cache(maxsize=_HEADERS_KEPT)
def plain(header: str) -> str:
    """A header's letters and digits alone: no case, accents, punctuation or double spaces."""
    bare = (
        mark for mark in unicodedata.normalize("NFKD", header) if not unicodedata.combining(mark)
    )
    return re.sub(r"[\W_]+", " ", "".join(bare).casefold()).strip()


@lru_cache(maxsize=_HEADERS_KEPT)
def _recognised(header: str) -> str | None:
    known = _traits_by_word()
    bare = plain(header)
    if bare in known:
        return known[bare]
    bare = _REQUIRED.sub("", _NUMBERED.sub("", bare))
    if _SOMEONE_ELSE.match(bare):
        return None
    found = next((known[form] for form in _forms(bare) if form in known), None)
    return found or (asked_for(bare) if _may_ask(header, bare) else None)


def _may_ask(header: str, bare: str) -> bool:
    """Whether a header may be a question.

    Cells are looked at too where a header is sought, and whole rows where a delimiter is.
    """
    if header.count(",") > _MOST_COMMAS or any(mark in header for mark in ";|\t"):
        return False
    return "?" in header or bare.count(" ") >= 2 or bare.endswith(("si", "nne"))


def _forms(bare: str) -> Iterator[str]:
    """A header, and the same without the word that tells whose it is: ``kuntasi``."""
    yield bare
    yield (short := _WHOSE.sub("", bare))
    yield short.removesuffix("si")


@cache
def _traits_by_word() -> dict[str, str]:
    return {plain(word): trait for trait, words in WORDS.items() for word in words}
