"""Experience told in words: new or experienced, in three languages."""

from __future__ import annotations

import re

import numpy as np

from vermegroup.intake.experience_remarks import no_level
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.missing import note_missing
from vermegroup.intake.sheet import Column
from vermegroup.intake.telling import tell
from vermegroup.problem import BETWEEN
from vermegroup.roster import Categories, IntArray
from vermegroup.rulebook import BandSet

LONGEST_TEXT = 80

_WORDS: dict[str, str] = {
    "new": (
        r"uusi|uudet|aloitteleva|aloittelija|aloittava|noviisi|vasta-?alkaja|uran alussa"
        r"|uransa alussa|kokematon|vastavalmistunut|ny|nya|nybliven|nybörjare|oerfaren"
        r"|new|beginner|novice|newcomer|early[- ]career|inexperienced|junior"
    ),
    "experienced": (
        r"kokenut|kokeneet|konkari|ekspertti|asiantuntija|erfaren|erfarna"
        r"|experienced|expert|veteran|senior|seasoned"
    ),
    BETWEEN: (
        r"siltä väliltä|keskitaso|keskivaihe|uran keskivaiheilla|jonkin verran kokemusta"
        r"|däremellan|mitt emellan|mid|mid[- ]career|in between|medium|intermediate"
        r"|some experience"
    ),
}


def level_in(text: str) -> str | None:
    """What a word for experience means: ``new``, ``experienced``, ``mid``; None for no such word.

    What stands in brackets explains: ``uusi (alle 5 vuotta)`` is new.
    """
    if len(text) > LONGEST_TEXT:
        return None
    bare = " ".join(re.sub(r"\([^()]*\)", " ", text.casefold()).split())
    return next((level for level, words in _WORDS.items() if re.fullmatch(words, bare)), None)


def tells_levels(column: Column, band_set: BandSet) -> bool:
    """Whether a column holds words for experience, and nothing else."""
    texts = [text for text in column.values if text]
    return bool(texts) and all(_band(text, band_set) is not None for text in texts)


def read_levels(column: Column, band_set: BandSet, ledger: Ledger) -> Categories:
    """Read a column of words as the bands of a rulebook; what lies in none of them is "mid"."""
    note_missing(column, ledger)
    bands = [_band(text, band_set) if text else BETWEEN for text in column.values]
    tell(
        {code: no_level(column.values[code]) for code, band in enumerate(bands) if band is None},
        column,
        ledger,
    )
    values = (*(band.name for band in band_set.bands), BETWEEN)
    of_text: IntArray = np.array([values.index(band or BETWEEN) for band in bands], dtype=np.int64)
    return Categories(of_text[column.codes], values, column.header)


def _band(text: str, band_set: BandSet) -> str | None:
    """The band that a text names, by its own name in the rulebook or by one that means it."""
    names = [band.name for band in band_set.bands]
    by_name = {name.casefold(): name for name in names}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    level = level_in(text)
    if level == BETWEEN:
        return BETWEEN
    return next((name for name in names if level is not None and level_in(name) == level), None)
