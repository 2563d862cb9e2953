"""``moves.csv``: who moves, from which group to which, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from vermegroup.intake.formulas import defused
from vermegroup.moves import Move
from vermegroup.phrase import Language
from vermegroup.roster import Table

HEADER = ("participant", "from", "to", "reason")


def moves_csv(moves: Iterable[Move], table: Table, language: Language) -> bytes:
    """The file's bytes, with the delimiter and the line ends of the groups' own file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator=table.newline)
    writer.writerow(HEADER)
    for move in moves:
        row = (move.person, move.origin, move.target, move.reason.in_(language))
        writer.writerow([defused(cell) for cell in row])
    return text.getvalue().encode("utf-8" if table.encoding == "utf-8" else "utf-8-sig")
