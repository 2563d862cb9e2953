"""What the columns are called that we add to a roster, in the language of its own headers.

They are written in one language and read in all of them. No catalogue holds them: a file is read
again long after a translation has changed. A language that is not here is served in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vermegroup.language.catalogues import ENGLISH, Language


@dataclass(frozen=True, slots=True)
class Added:
    """The headers of one language, and the marks that stand below some of them.

    ``permanent`` and ``absent`` are in the plan of a meeting, beside the meeting's ``group``. Who
    left for good is marked ``left`` under ``withdrawn``, and a row that is another's ``merged``.
    ``moves`` are the headers of ``moves.csv``, behind whose first stands the ``person`` by name,
    where people have names. The groups of several rounds stand under ``round``
    and the round's number.
    """

    group: str
    permanent: str
    absent: str
    withdrawn: str
    left: str
    merged: str
    id: str
    moves: tuple[str, str, str, str]
    person: str
    round: str


_ADDED: Mapping[Language, Added] = {
    ENGLISH: Added(
        group="group",
        permanent="permanent_group",
        absent="absent",
        withdrawn="withdrawn",
        left="left",
        merged="merged",
        id="id",
        moves=("participant", "from", "to", "reason"),
        person="name",
        round="round",
    ),
    "fi": Added(
        group="ryhmä",
        permanent="vakituinen ryhmä",
        absent="poissa",
        withdrawn="perunut",
        left="lähtenyt",
        merged="yhdistetty",
        id="tunnus",
        moves=("osallistuja", "mistä", "mihin", "syy"),
        person="nimi",
        round="kierros",
    ),
    "sv": Added(
        group="grupp",
        permanent="fast grupp",
        absent="frånvarande",
        withdrawn="avanmäld",
        left="slutat",
        merged="sammanslagen",
        id="id",
        moves=("deltagare", "från", "till", "orsak"),
        person="namn",
        round="omgång",
    ),
}


def added_in(language: Language) -> Added:
    """The names in a language."""
    return _ADDED.get(language, _ADDED[ENGLISH])


def called(column: str, first: Language = ENGLISH) -> tuple[str, ...]:
    """What a column is called in each language, one of them ``first``; no name twice."""
    ranked = (added_in(first), *_ADDED.values())
    return tuple(dict.fromkeys(str(getattr(names, column)) for names in ranked))


def round_headers(number: int, first: Language) -> tuple[str, ...]:
    """What the column of a round is called in each language, one of them ``first``: "round 2"."""
    return tuple(f"{word} {number}" for word in called("round", first))


def round_number(header: str) -> int | None:
    """The number of the round that a header is of, in any language; None for other headers."""
    word, _, number = " ".join(header.split()).casefold().rpartition(" ")
    known = word in called("round") and re.fullmatch("[1-9][0-9]{0,3}", number)
    return int(number) if known else None


def headers_of_moves(language: Language, *, named: bool) -> tuple[str, ...]:
    """The headers of ``moves.csv``; ``named`` where it has people's names beside their ids."""
    names = added_in(language)
    first, *others = names.moves
    return (first, names.person, *others) if named else names.moves


HEADERS_OF_MOVES = tuple(
    headers_of_moves(language, named=named) for language in _ADDED for named in (True, False)
)


def language_by_name() -> dict[str, Language]:
    """The language of each header but English ones, which once stood in all rosters alike."""
    columns = ("group", "permanent", "absent", "withdrawn", "id")
    by_name = {
        str(getattr(names, column)): language
        for language, names in _ADDED.items()
        for column in columns
    }
    english = {getattr(_ADDED[ENGLISH], column) for column in columns}
    return {name: language for name, language in by_name.items() if name not in english}
