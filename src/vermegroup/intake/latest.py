"""Which of a person's rows is the latest, and when the newest answer of a file was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vermegroup.grouping import means_waiting
from vermegroup.intake.columns import Chosen, column_if_any
from vermegroup.intake.ledger import Ledger, rows_of
from vermegroup.intake.sheet import Column, Sheet
from vermegroup.phrase import Phrase, phrase


def latest_first(
    same: Sequence[list[int]], sheet: Sheet, chosen: Chosen, ledger: Ledger
) -> list[list[int]]:
    """Each person's rows, the latest first: by the time of answer if all tell it, else the last."""
    from vermegroup.intake.moments import moment, months_come_first  # noqa: PLC0415

    place = column_if_any("answered", sheet, ledger, chosen)
    if place is None:
        return [sorted(people, reverse=True) for people in same]
    column = sheet.column(place)
    month_first = months_come_first(column.values)

    def ranked(people: list[int]) -> list[int]:
        told = [moment(column.values[column.codes[p]], month_first=month_first) for p in people]
        times = [time for time in told if time is not None]
        if len(times) < len(people):
            return sorted(people, reverse=True)
        order = sorted(zip(times, people, strict=True), reverse=True)
        return [person for _, person in order]

    return [ranked(people) for people in same]


def newest_answer(column: Column) -> datetime | None:
    """The newest time in a column of times of answer; None where it tells none."""
    from vermegroup.intake.moments import moment, months_come_first  # noqa: PLC0415

    month_first = months_come_first(column.values)
    times = (moment(text, month_first=month_first) for text in column.values)
    return max((time for time in times if time is not None), default=None)


def seated_first(
    ranked: list[list[int]], sheet: Sheet, chosen: Chosen, ledger: Ledger
) -> list[list[int]]:
    """Each person's rows, those with a group first; in two groups at once is an error."""
    place = column_if_any("group", sheet, ledger, chosen)
    if place is None:
        return ranked
    column = sheet.column(place)
    names = ["" if means_waiting(name) else name.casefold() for name in column.values]
    group = [names[code] for code in column.codes.tolist()]
    for people in ranked:
        if len({group[person] for person in people} - {""}) > 1:
            rows = rows_of(column.rows[sorted(people)])
            ledger.error(*_in_two_groups(rows), row=rows[0], column=column.header)
    return [sorted(people, key=lambda person: not group[person]) for people in ranked]


def _in_two_groups(rows: list[int]) -> tuple[Phrase, Phrase]:
    message = phrase(
        "Rows {rows} are the same person, in different groups",
        "Rivit {rows} ovat samasta henkilöstä, mutta eri ryhmissä",
        "Raderna {rows} gäller samma person, men i olika grupper",
        rows=rows,
    )
    hint = phrase(
        "Leave the group on one of the rows only",
        "Jätä ryhmä vain yhdelle riveistä",
        "Låt gruppen stå kvar på bara en av raderna",
    )
    return message, hint
