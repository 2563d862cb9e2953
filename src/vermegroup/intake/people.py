"""Who the participants are: their ids, and the names people know them by."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from vermegroup.intake.columns import column_if_any, column_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.missing import note_missing
from vermegroup.intake.sheet import Sheet
from vermegroup.phrase import Phrase, phrase

_EACH_ONCE = Phrase(
    "Each participant may stand on one row only. Remove one row or correct its id",
    "Kukin osallistuja saa olla vain yhdellä rivillä. Poista toinen rivi tai korjaa sen tunnus",
    "Varje deltagare får stå på bara en rad. Ta bort den ena raden eller rätta dess id",
)


def read_ids(sheet: Sheet, ledger: Ledger) -> npt.NDArray[np.object_]:
    """The participants' ids, shape (n,); notes those that are blank or stand on two rows."""
    place = column_of("id", sheet, ledger)
    if place is None:
        return np.array([""] * len(sheet.people), dtype=object)
    ids = np.array(sheet.texts(place), dtype=object)
    blank = ids == ""
    if blank.any():
        note_missing(sheet.column(place), ledger)
    repeated = pd.Series(ids).duplicated().to_numpy() & ~blank
    if repeated.any():
        _note_repeated(ids, repeated, sheet, place, ledger)
    return ids


def read_labels(sheet: Sheet, ids: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """What to call each participant, shape (n,): the name where one is given, else the id."""
    whole = column_if_any("name", sheet)
    parts = [whole] if whole is not None else _name_parts(sheet)
    if not parts:
        return ids
    names = map(" ".join, zip(*(sheet.texts(part) for part in parts), strict=True))
    told = [name.strip() or own for name, own in zip(names, ids, strict=True)]
    return np.array(told, dtype=object)


def _name_parts(sheet: Sheet) -> list[int]:
    parts = (column_if_any(trait, sheet) for trait in ("first name", "last name"))
    return [part for part in parts if part is not None]


def _note_repeated(
    ids: npt.NDArray[np.object_],
    repeated: npt.NDArray[np.bool_],
    sheet: Sheet,
    place: int,
    ledger: Ledger,
) -> None:
    rows = sheet.rows()
    first_row = dict(zip(ids[::-1], rows[::-1], strict=True))
    for person in np.flatnonzero(repeated):
        own = ids[person]
        ledger.error(
            phrase(
                "The id “{own}” stands on row {row} already",
                "Tunnus ”{own}” on jo rivillä {row}",
                "Id:t ”{own}” finns redan på rad {row}",
                own=own,
                row=first_row[own],
            ),
            _EACH_ONCE,
            row=int(rows[person]),
            column=sheet.header[place],
            value=own,
        )
