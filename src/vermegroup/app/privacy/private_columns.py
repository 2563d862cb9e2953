"""Which columns of a file tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vermegroup.domain.roster import Table
from vermegroup.intake.headers.find_columns import SeenColumn
from vermegroup.intake.headers.recognise import plain, recognise, tells_of_someone_else
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.people.meeting_columns import of_a_meeting

NAMES = ("name", "first name", "last name")
EMAIL = "email"
_TELLING = re.compile(
    r"(etu|suku|kutsuma)?nim(i|et)\b|(for|efter|tilltals)?namn|\bname\b|\be ?mail|sahkoposti"
    r"|s posti|\be ?post|puhelin|\bpuh\b|phone|\bgsm\b|telefon|mobil|henkilotunnus|\bhetu\b"
    r"|personbeteckning|personnummer|syntymaaika|fodelse|date of birth|kotiosoite|katuosoite"
    r"|lahiosoite|street address|gatuadress|hemadress"
)
_OTHERWISE = "someone"


@dataclass(frozen=True, slots=True)
class PrivateColumns:
    """The positions of columns, by what they tell of people.

    ``ids`` begin with those that count. ``links`` name others. ``naming`` are names, e-mails,
    telephone numbers and the like, the booker's included, and ``names`` the names among them.
    ``kept`` are traits, each with what a rulebook calls it, and what it asks for though it is one
    of ``naming``. What stands nowhere but in ``naming``, or in none of these, is left out: where
    it is not certain, a column counts as private.
    """

    ids: tuple[int, ...]
    links: tuple[int, ...]
    naming: tuple[int, ...]
    names: tuple[int, ...]
    kept: tuple[int, ...]


def private_columns(
    table: Table, columns: Sequence[SeenColumn], links: Collection[str]
) -> PrivateColumns:
    """Tell the columns apart; ``links`` are what a rulebook calls columns that name others."""
    places = range(len(columns))
    traits = [_traits_of(column, table, place) for place, column in enumerate(columns)]
    linking = [
        place for place in places if "wishes" in traits[place] or columns[place].asked in links
    ]
    naming = [
        place
        for place in places
        if traits[place] & {*NAMES, EMAIL, _OTHERWISE} and place not in linking
    ]
    ids = [place for place in places if "id" in traits[place] and place not in (*naming, *linking)]
    groups = [place for place in places if columns[place].trait == "group"]
    planned = of_a_meeting([column.header for column in columns], table.cells, groups) or ()
    kept = [
        place
        for place in places
        if place not in (*ids, *linking)
        and (
            columns[place].asked
            or (place not in naming and (columns[place].trait is not None or place in planned))
        )
    ]
    return PrivateColumns(
        tuple(sorted(ids, key=lambda place: columns[place].trait != "id")),
        tuple(linking),
        tuple(naming),
        tuple(place for place in naming if traits[place] & set(NAMES)),
        tuple(kept),
    )


def _traits_of(column: SeenColumn, table: Table, place: int) -> set[str]:
    """The traits that a column may tell, by its own or by everything that stands above it."""
    if column.trait in WORDS:
        return {column.trait}
    written = [column.header, *(row[place] for row in table.headings)]
    found = {trait for cell in written if (trait := recognise(cell)) is not None}
    if any(_TELLING.search(plain(cell)) or tells_of_someone_else(cell) for cell in written):
        found.add(_OTHERWISE)
    return found
