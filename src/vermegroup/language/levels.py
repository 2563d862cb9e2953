"""The words for levels of experience, as people and forms write them in each language."""

from __future__ import annotations

import re

BETWEEN = "mid"
"""The level of who is neither new nor experienced."""
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
