"""``groups.csv``, ``moves.csv`` and ``group-facts.csv``: the roster with groups, and of these.

It has the roster's columns, header rows, order, delimiter and line ends; titles above the header
and Excel's ``sep=`` line are left out. What was UTF-8 without a byte order mark stays so, and
everything else becomes UTF-8 with one, by which Excel knows it. A workbook is written as a
Finnish or Swedish Excel would save it: semicolons, decimal commas.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.bonds import Move
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.grouping import Grouping, is_usual
from vermegroup.domain.persons import Texts
from vermegroup.domain.roster import Roster, Table, labels_of
from vermegroup.domain.seats import groups_of_people
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.intake.group_facts import fact_headers
from vermegroup.intake.headers.added import headers_of_moves, round_headers, round_number
from vermegroup.intake.headers.recognise import first_free, plain
from vermegroup.intake.people.statuses import Status, status_of
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Template


def groups_csv(roster: Roster, grouping: Grouping) -> bytes:
    """The file's bytes. People on the waitlist and rows set aside have no group.

    The table tells which column has the groups: replaced where it stands, else added as the last.
    """
    table = roster.table
    columns: list[list[str]] = [
        table.cells.iloc[:, place].tolist() for place in range(table.cells.shape[1])
    ]
    headings = _headings(table)
    place = _place_of_groups(table, headings[-1])
    if place is None:
        place = len(columns)
        headings = [[*row, ""] for row in headings]
        headings[-1][place] = table.group
    elif plain(headings[-1][place]) == plain(table.group):
        headings[-1][place] = table.group
    groups = group_cells(roster, grouping)
    if place < len(columns):
        groups = _with_cancellations(groups, columns[place], roster)
    columns[place : place + 1] = [groups]
    return _csv(roster, headings, columns, list(map(str, table.cells.columns)))


def _with_cancellations(groups: list[str], written: list[str], roster: Roster) -> list[str]:
    """The groups, and the words by which rows are set aside that stand in place of one."""
    gone = [each.row for each in roster.set_aside if each.merged_into is None]
    for row in np.flatnonzero(np.isin(roster.table.row_numbers, gone)).tolist():
        if status_of(tidy(written[row])) is Status.CANCELLED:
            groups[row] = written[row]
    return groups


def _csv(
    roster: Roster, headings: list[list[str]], columns: list[list[str]], names: list[str]
) -> bytes:
    """The bytes of columns that are called so in the table, with the ids that were made up."""
    table = roster.table
    if table.ids:
        ids = _by_row(roster, roster.ids)
        if table.ids in names:
            place = names.index(table.ids)
            columns[place] = [old or new for old, new in zip(columns[place], ids, strict=True)]
        else:
            headings = [[*row, ""] for row in headings]
            headings[-1][-1] = table.ids
            columns = [*columns, ids]
    return saved_as(table, csv_text(headings, columns, table.delimiter, table.newline))


def rounds_csv(roster: Roster, groupings: Sequence[Grouping]) -> bytes:
    """The file's bytes, with a column of groups for each round, which have the last places.

    Columns of an earlier run's rounds give way to them.
    """
    table = roster.table
    header = list(map(str, table.cells.columns))
    kept = [place for place, name in enumerate(header) if not _of_a_round(table, place)]
    columns: list[list[str]] = [table.cells.iloc[:, place].tolist() for place in kept]
    headings = [[row[place] for place in kept] for row in _headings(table)]
    taken = [header[place] for place in kept]
    for number, grouping in enumerate(groupings, 1):
        headings = [[*row, ""] for row in headings]
        headings[-1][-1] = first_free(round_headers(number, table.language), taken)
        columns.append(group_cells(roster, grouping))
    return _csv(roster, headings, columns, taken)


def _of_a_round(table: Table, place: int) -> bool:
    """Whether a column holds the groups of a round, as an earlier run wrote them."""
    if round_number(str(table.cells.columns[place])) is None:
        return False
    return all(map(is_usual, map(str, table.cells.iloc[:, place].unique())))


def _place_of_groups(table: Table, header: Sequence[str]) -> int | None:
    names = list(map(str, table.cells.columns))
    if table.group in names:
        return names.index(table.group)
    wanted = plain(table.group)
    return next((place for place, name in enumerate(header) if plain(name) == wanted), None)


def saved_as(table: Table, text: str) -> bytes:
    """A text in the table's own encoding, where that is UTF-8 without a mark, else with one."""
    return utf8(text if table.encoding == "utf-8" else f"\ufeff{text}")


def _headings(table: Table) -> list[list[str]]:
    """The header's rows as written; a table that no file was read for has only names."""
    return [list(row) for row in table.headings] or [[str(name) for name in table.cells.columns]]


def group_cells(roster: Roster, grouping: Grouping) -> list[str]:
    """The group of each row of the roster's table, empty where there is none."""
    names = np.array([*grouping.names, ""], dtype=object)  # WAITLIST, -1, is the last
    if not roster.has_further_seats:
        return _by_row(roster, names[grouping.group_of])
    cells = np.full(len(roster), "", dtype=object)
    for person, groups in groups_of_people(roster, grouping).items():
        joined = ", ".join(names[groups])
        for seat in np.flatnonzero(roster.person == person).tolist():
            cells[seat] = joined
    return _by_row(roster, cells)


def _by_row(roster: Roster, texts: Texts) -> list[str]:
    """The participants' texts in the rows of the roster's table, "" in the others."""
    of_row = np.full(len(roster.table.cells), "", dtype=object)
    of_row[roster.rows] = texts
    cells: list[str] = of_row.tolist()
    return cells


def moves_csv(moves: Sequence[Move], roster: Roster, language: Language) -> bytes:
    """The file's bytes, with the delimiter and the line ends of the groups' own file.

    It has a column of names where the roster has names, whoever moves.
    Its headers, too, are in the language of that file. The reasons are sentences of a report, and
    so in the ``language`` of the run, word for word as the other files of the run have them.
    """
    table = roster.table
    named = labels_of(roster) != list(map(str, roster.ids))
    columns = [
        [move.person for move in moves],
        *([[move.label for move in moves]] if named else []),
        [move.origin for move in moves],
        [move.target for move in moves],
        [move.reason.in_(language) for move in moves],
    ]
    header = headers_of_moves(table.language, named=named)
    return saved_as(table, csv_text([header], columns, table.delimiter, table.newline))


def facts_csv(facts: Sequence[GroupFacts], table: Table) -> bytes:
    """The bytes of ``group-facts.csv``, laid out and headed as the groups' own file is."""
    columns = [
        [each.group for each in facts],
        [each.name for each in facts],
        [each.leader for each in facts],
        [each.theme for each in facts],
        [each.place for each in facts],
        [_day(each, table.language) for each in facts],
        [each.time for each in facts],
        [each.repeats for each in facts],
    ]
    header = fact_headers(table.language)
    return saved_as(table, csv_text([header], columns, table.delimiter, table.newline))


def _day(facts: GroupFacts, language: Language) -> str:
    day = facts.first_meeting
    return "" if day is None else Template("{day}").filled(day=day).in_(language)
