"""The members of permanent groups, and the newcomers who join them, as one roster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from vermegroup.intake.adding_rows import located, with_rows_of
from vermegroup.intake.columns import Chosen, chosen_columns, column_if_any, places_of
from vermegroup.intake.formats import is_workbook
from vermegroup.intake.layout import sheet_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.looking import Look, look_at_sheet
from vermegroup.intake.meant import Meant, meant_by
from vermegroup.intake.meeting_columns import permanent
from vermegroup.intake.reading import Reading
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.source import read_source, spoken
from vermegroup.phrase import Phrase
from vermegroup.roster import Table

Newcomers = Callable[[Sheet, Reading, Look], Sheet]
"""What is read of a sheet of newcomers, given a look at those whom they join."""


@dataclass(frozen=True, slots=True)
class Members:
    """A look at permanent groups with those who join; the first ``kept`` rows were there before.

    ``gone`` are the ids of rows that are set aside. ``known`` are the newcomers who are members
    already. ``cancelled`` is the column in which it is marked who left, None where there is none.
    ``joining`` is the newcomers' table. ``text`` are the bytes of a file of permanent groups that
    can be written again as it is: no workbook, and no plan of a meeting. ``meant`` tells whom a
    call means.
    """

    look: Look
    kept: int
    gone: frozenset[str]
    known: tuple[str, ...]
    cancelled: str | None
    joining: Table | None = None
    text: bytes | None = None
    meant: Meant = field(default_factory=Meant)


def look_at_members(
    groups: Path | str,
    joining: Path | str | None,
    how: Reading,
    newcomers: Newcomers = lambda sheet, *_: sheet,
) -> Members:
    """Read permanent groups, and newcomers as their last rows, with no group yet.

    Of the plan of one meeting the permanent groups are read.

    Raises:
        RosterError: a file holds no table.
    """
    ledger = Ledger(spoken(groups))
    source = read_source(groups, ledger)
    sheet, was_plan = permanent(sheet_of(source, ledger, how.sheet))
    text = None if was_plan or is_workbook(source.data) else source.data
    if was_plan:
        ledger.notice(_WAS_PLAN)
    chosen = chosen_columns({**how.rulebook.columns, **how.columns}, sheet, ledger)
    look = look_at_sheet(sheet, how, chosen, ledger, grouped=True)
    gone = {own.row: own.id for own in look.set_aside if own.id and own.merged_into is None}
    mark, kept = _mark(sheet, chosen), len(sheet.table.cells)
    found = Members(look, kept, frozenset(gone.values()), (), mark, text=text)
    if joining is None or look.roster is None:
        return replace(found, meant=meant_by(look.people, gone, sheet, chosen))
    other = newcomers(_newcomers(joining), how, look)
    rows, known = _new_among(other, look)
    ledger = Ledger(spoken(groups))
    both = with_rows_of(other, rows, sheet, ledger, spoken(joining))
    look = look_at_sheet(both, how, chosen, ledger, grouped=True)
    findings = located(look.findings, sheet, other, rows, spoken(joining))
    look = replace(look, findings=tuple(findings))
    meant = meant_by(look.people, gone, sheet, chosen)
    return replace(found, look=look, known=known, joining=other.table, meant=meant)


def _newcomers(file: Path | str) -> Sheet:
    ledger = Ledger(spoken(file))
    sheet = sheet_of(read_source(file, ledger), ledger)
    ledger.stop_on_errors()
    return sheet


def _mark(sheet: Sheet, chosen: Chosen) -> str | None:
    place = column_if_any("cancelled", sheet, None, chosen)
    return None if place is None else sheet.names[place]


def _new_among(other: Sheet, look: Look) -> tuple[list[int], tuple[str, ...]]:
    """The rows of those who are no members yet, and the ids of those who are."""
    places = places_of("id", other)
    rows = other.people.tolist()
    if len(places) != 1 or look.roster is None:
        return rows, ()
    members = set(look.roster.ids.tolist())
    ids = other.texts(places[0])
    fresh = [row for row, own in zip(rows, ids, strict=True) if own not in members]
    return fresh, tuple(own for own in ids if own in members)


_WAS_PLAN = Phrase(
    "This is the plan of one meeting; the permanent groups in it are taken",
    "Tämä on yhden tapaamisen suunnitelma; siitä käytetään pysyviä ryhmiä",
    "Det här är planen för en träff; de fasta grupperna i den används",
)
