"""Which columns of a roster tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.intake.headers import plain, recognise
from vermegroup.intake.looking import SeenColumn
from vermegroup.roster import Table

NAMES = ("name", "first name", "last name")
EMAIL = "email"
_TELLING = re.compile(
    r"(etu|suku|kutsuma)?nim(i|et)\b|(for|efter|tilltals)?namn|\bname\b|\be ?mail|sahkoposti"
    r"|s posti|\be ?post|puhelin|\bpuh\b|phone|\bgsm\b|telefon|mobil|henkilotunnus|\bhetu\b"
    r"|personbeteckning|personnummer|syntymaaika|fodelse|date of birth|kotiosoite|katuosoite"
    r"|lahiosoite|street address|gatuadress|hemadress"
)


@dataclass(frozen=True, slots=True)
class PrivateColumns:
    """The positions of columns with ids, with wishes for others, and with what names somebody.

    The column whose ids count comes first. ``naming`` are those of names, e-mails, telephone
    numbers and the like, the booker's included.
    """

    ids: tuple[int, ...]
    wishes: tuple[int, ...]
    naming: tuple[int, ...]
    names: tuple[int, ...]


def private_columns(table: Table, columns: Sequence[SeenColumn]) -> PrivateColumns:
    """Tell the private columns apart; where it is not certain, a column counts as private."""
    traits = [column.trait for column in columns]
    written = [_written(table, columns, place) for place in range(len(columns))]
    known = [{trait, *map(recognise, cells)} for trait, cells in zip(traits, written, strict=True)]
    naming = [
        place
        for place, trait in enumerate(traits)
        if trait in (*NAMES, EMAIL)
        or known[place] & {*NAMES, EMAIL}
        or (trait is None and any(_TELLING.search(plain(cell)) for cell in written[place]))
    ]

    def is_id(place: int) -> bool:
        return "id" in known[place]

    rest = [place for place in range(len(columns)) if place not in naming]
    return PrivateColumns(
        tuple(sorted(filter(is_id, rest), key=lambda place: traits[place] != "id")),
        tuple(place for place in rest if "wishes" in known[place]),
        tuple(naming),
        tuple(place for place in naming if known[place] & set(NAMES)),
    )


def _written(table: Table, columns: Sequence[SeenColumn], place: int) -> list[str]:
    """Everything that stands above a column."""
    return [columns[place].header, *(row[place] for row in table.headings)]
