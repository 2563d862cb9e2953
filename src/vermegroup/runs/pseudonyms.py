"""A roster without names and e-mails, with pseudonyms in place of its ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from vermegroup.findings import Finding
from vermegroup.intake.looking import Look
from vermegroup.intake.private_columns import PrivateColumns, private_columns
from vermegroup.intake.sheet import tidy
from vermegroup.roster import BoolArray, Categories, Roster, SetAside, Table
from vermegroup.runs.identities import Identities

_ID_HEADER = "id"


def pseudonymised(look: Look, key: bytes) -> Look:
    """The same look at a file, with nothing in it that tells who somebody is.

    Ids become pseudonyms, everywhere: columns that name people (by name, e-mail, telephone) are
    dropped, wishes name others by their pseudonyms, other texts lose the names in them.
    """
    people = Identities(key)
    if look.table is None:
        return replace(look, findings=_findings(look, people, frozenset()))
    private = private_columns(look.table, look.columns)
    row_ids = _row_ids(look.table, look.roster, private, people)
    _learn(look.table, private, row_ids, people)
    hidden = [*private.ids, *private.naming, *private.wishes]
    headers = frozenset(look.columns[place].header for place in hidden)
    table = _table(look, look.table, private, row_ids, people)
    kept = _kept(look)
    return replace(
        look,
        findings=_findings(look, people, headers),
        table=_only(table, kept),
        columns=tuple(
            column for place, column in enumerate(look.columns) if place not in private.naming
        ),
        set_aside=_aside(look.set_aside, people),
        roster=None if look.roster is None else _roster(look.roster, table, kept, headers, people),
    )


def _aside(aside: tuple[SetAside, ...], people: Identities) -> tuple[SetAside, ...]:
    return tuple(
        replace(each, reason=people.said(each.reason), id=people.pseudonym(each.id))
        for each in aside
    )


def _kept(look: Look) -> BoolArray:
    """Which rows of the table are written again, shape (rows,).

    A row that was merged into another would contradict it, once nothing but the id says that both
    are the same person.
    """
    merged = [each.row for each in look.set_aside if each.merged_into is not None]
    rows = () if look.table is None else look.table.row_numbers
    return ~np.isin(rows, merged)


def _only(table: Table, kept: BoolArray) -> Table:
    cells = table.cells.loc[kept].reset_index(drop=True)
    return replace(table, cells=cells, row_numbers=table.row_numbers[kept])


def _row_ids(
    table: Table, roster: Roster | None, private: PrivateColumns, people: Identities
) -> list[str]:
    """The pseudonym of each row of the table: of its own id, or of one that was made up."""
    own = [""] * len(table.cells)
    for place in reversed(private.ids):
        cells = _texts(table, place)
        own = [cell or before for cell, before in zip(cells, own, strict=True)]
    if roster is not None:
        for row, id_ in zip(roster.rows.tolist(), roster.ids.tolist(), strict=True):
            own[row] = id_
    return [people.pseudonym(text) for text in own]


def _learn(table: Table, private: PrivateColumns, row_ids: list[str], people: Identities) -> None:
    for place in private.ids:
        cells = _texts(table, place)
        people.learn(cells, map(people.pseudonym, cells))
    for place in private.naming:
        cells = _texts(table, place)
        people.learn(
            cells, (own or people.pseudonym(cell) for cell, own in zip(cells, row_ids, strict=True))
        )
    if len(private.names) > 1:
        whole = map(" ".join, zip(*(_texts(table, place) for place in private.names), strict=True))
        people.learn((name.strip() for name in whole), row_ids)


def _table(
    look: Look, table: Table, private: PrivateColumns, row_ids: list[str], people: Identities
) -> Table:
    cells: dict[str, list[str]] = {}
    kept = [place for place in range(len(look.columns)) if place not in private.naming]
    names = [str(table.cells.columns[place]) for place in kept]
    for place in kept:
        cells[str(place)] = _column(look, table, place, private, row_ids, people)
    headings = [[row[place] for place in kept] for row in table.headings]
    headings = [row for row in headings if any(row)] or [list(names)]
    if not private.ids:
        cells = {"": row_ids, **cells}
        headings = [["", *row] for row in headings]
        headings[-1][0] = _ID_HEADER
        names = [_ID_HEADER, *names]
    frame = pd.DataFrame(cells, dtype=str)
    return replace(
        table,
        cells=frame.set_axis(names, axis="columns"),
        headings=tuple(map(tuple, headings)),
    )


def _column(
    look: Look,
    table: Table,
    place: int,
    private: PrivateColumns,
    row_ids: list[str],
    people: Identities,
) -> list[str]:
    cells: list[str] = table.cells.iloc[:, place].tolist()
    if place in private.ids:
        if place == private.ids[0]:
            return row_ids
        return [people.pseudonym(tidy(cell)) for cell in cells]
    if place in private.wishes:
        return _each(cells, people.wish)
    if look.columns[place].trait is None:
        return _each(cells, lambda cell: people.scrubbed(cell, all_of_it=True))
    return _each(cells, people.scrubbed)


def _each(cells: list[str], changed: Callable[[str], str]) -> list[str]:
    """Every cell changed, each distinct text once."""
    new = {cell: changed(cell) for cell in dict.fromkeys(cells)}
    return [new[cell] for cell in cells]


def _texts(table: Table, place: int) -> list[str]:
    return _each(table.cells.iloc[:, place].tolist(), tidy)


def _roster(
    roster: Roster, table: Table, kept: BoolArray, headers: frozenset[str], people: Identities
) -> Roster:
    ids = np.empty(len(roster), dtype=object)
    ids[:] = [people.pseudonym(own) for own in roster.ids.tolist()]
    return replace(
        roster,
        ids=ids,
        labels=ids,
        table=_only(table, kept),
        rows=(np.cumsum(kept) - 1)[roster.rows],
        categories={
            name: _category(trait, people) if trait.header in headers else trait
            for name, trait in roster.categories.items()
        },
        set_aside=_aside(roster.set_aside, people),
    )


def _category(trait: Categories, people: Identities) -> Categories:
    return replace(trait, values=tuple(map(people.pseudonym, trait.values)))


def _findings(look: Look, people: Identities, headers: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(_finding(finding, people, headers) for finding in look.findings)


def _finding(finding: Finding, people: Identities, headers: frozenset[str]) -> Finding:
    private = finding.column in headers
    value = finding.value
    if value:
        value = people.stand_in(value) if private else people.scrubbed(value)
    cited = finding.value if private else None
    return replace(
        finding,
        message=people.said(finding.message, value=cited),
        value=value,
        hint=None if finding.hint is None else people.said(finding.hint, value=cited),
    )
