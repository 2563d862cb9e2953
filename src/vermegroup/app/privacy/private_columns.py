"""Which columns of a file tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from vermegroup.domain.roster import Table
from vermegroup.intake.headers.find_columns import SeenColumn
from vermegroup.intake.headers.recognise import plain, recognise, tells_of_someone_else
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.people.meeting_columns import of_a_meeting

NAMES = ("name", "first name", "last name")
EMAIL = "email"
_LINKING = {"wishes", "avoid"}
_TELLING = re.compile(
    r"(etu|suku|kutsuma)?nim(i|et)\b|(for|efter|tilltals)?namn|\bname\b|\be ?mail|sahkoposti"
    r"|s posti|\be ?post|puhelin|\bpuh\b|phone|\bgsm\b|telefon|mobil|henkilotunnus|\bhetu\b"
    r"|personbeteckning|personnummer|syntymaaika|fodelse|date of birth|kotiosoite|katuosoite"
    r"|lahiosoite|street address|gatuadress|hemadress|\b(posti)?osoite|\baddress|\badress"
    r"|user ?name|\blogin\b|nick|alias|kayttaja|anvandar|\bstudent\b|opiskelija\b|\bip\b"
)
_NAME = re.compile(r"[^\W\d_a-zåäöéüøæ][^\W\d_]*(?:(?:, |[-'’ ]+)[^\W\d_a-zåäöéüøæ][^\W\d_]*){1,3}")
_MOSTLY, _FEW = 0.8, 0.5
_OTHERWISE = "someone"


@dataclass(frozen=True, slots=True)
class PrivateColumns:
    """The positions of columns, by what they tell of people.

    ``ids`` begin with those that count. ``links`` name others. ``naming`` are names, e-mails,
    telephone numbers and the like, the booker's included, and ``names`` the names among them.
    ``kept`` are traits, each with what a rulebook calls it, and what it asks for though it is one
    of ``naming``. ``likely`` are names by their cells alone. What stands nowhere but in ``naming``
    or ``likely``, or in none of these, is left out: where it is not certain, a column counts as
    private.
    """

    ids: tuple[int, ...]
    links: tuple[int, ...]
    naming: tuple[int, ...]
    names: tuple[int, ...]
    kept: tuple[int, ...]
    likely: tuple[int, ...]


def private_columns(
    table: Table, columns: Sequence[SeenColumn], links: Collection[str]
) -> PrivateColumns:
    """Tell the columns apart; ``links`` are what a rulebook calls columns that name others."""
    places = range(len(columns))
    traits = [_traits_of(column, table, place) for place, column in enumerate(columns)]
    linking = [
        place for place in places if traits[place] & _LINKING or columns[place].asked in links
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
            or (place not in naming and _is_harmless(table, columns[place], place, planned))
        )
    ]
    unknown = set(places).difference(ids, linking, naming, kept)
    others = _texts(table, [place for place in kept if columns[place].trait in _OF_PLACES])
    likely = [place for place in sorted(unknown) if _holds_names(table, place, others)]
    return PrivateColumns(
        tuple(sorted(ids, key=lambda place: columns[place].trait != "id")),
        tuple(linking),
        tuple(naming),
        tuple(place for place in naming if traits[place] & set(NAMES)),
        tuple(kept),
        tuple(likely),
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


def _is_harmless(table: Table, column: SeenColumn, place: int, planned: Collection[int]) -> bool:
    """Whether a column that no rule needs can stay: a known trait, and no free text."""
    if place in planned:
        return True
    if column.trait not in MAY_BE_FREE:
        return column.trait is not None
    cells = table.cells.iloc[:, place].unique().tolist()
    return all(len(cell.split()) < _FREE for cell in cells)


def _holds_names(table: Table, place: int, others: set[str]) -> bool:
    """Whether most cells of a column that nothing is known of look like somebody's whole name.

    ``others`` are texts of columns that tell of places: workplaces are written like names, but
    few people have one that is called as they are.
    """
    cells = _texts(table, [place])
    alike = sum(_NAME.fullmatch(cell) is not None for cell in cells)
    few = len(cells & others) <= _FEW * len(cells)
    return len(cells) > 1 and few and alike >= _MOSTLY * len(cells)


def _texts(table: Table, places: Iterable[int]) -> set[str]:
    cells = (cell for place in places for cell in table.cells.iloc[:, place].unique().tolist())
    return {cell.strip() for cell in cells} - {""}


_OF_PLACES = ("municipality", "region", "unit", "organisation", "profession")
MAY_BE_FREE = ("theme", "profession", "unit", "organisation", "role")
_FREE = 6
"""Words of a cell that is a sentence rather than a value."""
