"""Rows of one file below those of another, each cell under the header that means the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from vermegroup.findings import Finding
from vermegroup.intake.columns import places_of
from vermegroup.intake.header_words import WORDS
from vermegroup.intake.headers import plain
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.phrase import phrase

_GROUP = "group"


def with_rows_of(other: Sheet, rows: list[int], sheet: Sheet, ledger: Ledger, file: str) -> Sheet:
    """A sheet with some rows of another below its own; what the other says of groups is left out.

    Columns belong together that hold the same trait, or have the same header. A column of the
    other sheet that has no counterpart is left out, and the ledger says so.
    """
    places = _counterparts(sheet, other)
    for place, name in enumerate(other.names):
        if name and place not in places and place not in places_of(_GROUP, other):
            ledger.notice(
                phrase(
                    "{file} has a column that the groups do not have; it is left out",
                    "Tiedostossa {file} on sarake, jota ryhmillä ei ole; se jätetään pois",
                    "{file} har en kolumn som grupperna saknar; den utelämnas",
                    file=file,
                ),
                column=name,
            )
    table = sheet.table
    cells = other.table.cells.iloc[rows]
    blank = [""] * len(rows)
    added = [blank if at is None else cells.iloc[:, at].tolist() for at in places]
    more = pd.DataFrame(dict(enumerate(added)), dtype=str)
    both = pd.concat([table.cells.set_axis(more.columns, axis="columns"), more], ignore_index=True)
    numbers = np.arange(1, len(rows) + 1) + _last_row(sheet)
    return replace(
        sheet,
        table=replace(
            table,
            cells=both.astype("str").set_axis(table.cells.columns, axis="columns"),
            row_numbers=np.concatenate([table.row_numbers, numbers]),
        ),
        people=np.concatenate([sheet.people, len(table.cells) + np.arange(len(rows))]),
    )


def located(
    findings: Iterable[Finding], sheet: Sheet, other: Sheet, rows: list[int], file: str
) -> Iterator[Finding]:
    """Findings about rows that came from the other sheet, told where a person finds them."""
    last = _last_row(sheet)
    for finding in findings:
        if finding.row is None or finding.row <= last:
            yield finding
        else:
            row = int(other.table.row_numbers[rows[finding.row - last - 1]])
            yield replace(finding, file=file, row=row)


def _last_row(sheet: Sheet) -> int:
    return int(sheet.table.row_numbers[-1])


def _counterparts(sheet: Sheet, other: Sheet) -> list[int | None]:
    """For each column of the sheet that of the other; none for the groups."""
    of_trait: dict[int, int] = {}
    for trait in WORDS:
        own, theirs = places_of(trait, sheet), places_of(trait, other)
        if len(own) == len(theirs) == 1:
            of_trait[own[0]] = theirs[0]
    by_name = {plain(name): place for place, name in reversed(list(enumerate(other.names)))}
    groups = places_of(_GROUP, sheet)
    return [
        None if place in groups else of_trait.get(place, by_name.get(plain(name) or "\0"))
        for place, name in enumerate(sheet.names)
    ]
