"""``moves.csv``: who moves, from which group to which, and why."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.intake.csv_text import csv_text
from vermegroup.moves import Move
from vermegroup.phrase import Language
from vermegroup.report.groups_csv import saved_as
from vermegroup.roster import Table

HEADER = ("participant", "from", "to", "reason")


def moves_csv(moves: Sequence[Move], table: Table, language: Language) -> bytes:
    """The file's bytes, with the delimiter and the line ends of the groups' own file."""
    columns = [
        [move.person for move in moves],
        [move.origin for move in moves],
        [move.target for move in moves],
        [move.reason.in_(language) for move in moves],
    ]
    return saved_as(table, csv_text([HEADER], columns, table.delimiter, table.newline))
