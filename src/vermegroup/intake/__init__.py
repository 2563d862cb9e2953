"""Files to rosters: the only entry of untrusted data.

A file goes through its stations in this order: source (bytes), formats (text or workbook),
decoding and delimiters (text), header rows, grid (cells), layout (the table), columns (which
header is which trait), and then each trait by its own reader. Every station notes what it finds
in a ledger, and the run stops once, with all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from vermegroup.domain.findings import Finding
    from vermegroup.domain.grouping import Grouping
    from vermegroup.domain.roster import Roster
    from vermegroup.domain.rulebook import Rulebook

__all__ = ["read_grouping", "read_roster"]

NOTHING: Mapping[str, str | tuple[str, ...]] = MappingProxyType({})


def read_roster(
    source: Path | str,
    rulebook: Rulebook,
    sheet: str | None = None,
    *,
    columns: Mapping[str, str | tuple[str, ...]] = NOTHING,
    today: date | None = None,
) -> tuple[Roster, tuple[Finding, ...]]:
    """Read a file as participants with the traits a rulebook needs.

    Args:
        source: a path, or ``"-"`` for standard input: CSV, ``.xlsx`` or ``.ods``, or a zip or gzip
            archive of one of these, known by its first bytes and not by its name.
        rulebook: says which traits are needed, as named values or as numbers.
        sheet: the name of a workbook's sheet; without it the first that is not hidden is read or,
            where that is no roster, the only one that is.
        columns: the headers of the columns that hold some traits, by the names of the traits;
            several headers are one trait together. They go before those that the rulebook names.
        today: the day up to which experience is counted from a start, where the file does not
            tell when it was answered; without it, the day of the run.

    Returns:
        The roster, and the warnings and notices that did not stop it.

    Raises:
        RosterError: with every finding that stops it, in the order of the rows.
    """
    from vermegroup.intake.pipeline import ReadOptions, roster_from  # noqa: PLC0415

    return roster_from(source, ReadOptions(rulebook, sheet, columns, today))


def read_grouping(
    source: Path | str,
    rulebook: Rulebook,
    sheet: str | None = None,
    *,
    columns: Mapping[str, str | tuple[str, ...]] = NOTHING,
    today: date | None = None,
) -> tuple[Roster, Grouping, tuple[Finding, ...]]:
    """Read a roster that has a ``group`` column, as ``form`` writes it or as people edit it.

    Participants without a group are on the waitlist. Groups keep their names and are ordered as
    people count: G2 before G10. Arguments, findings and errors are those of :func:`read_roster`;
    a file without a ``group`` column is an error too.
    """
    from vermegroup.intake.pipeline import ReadOptions, grouping_from  # noqa: PLC0415

    return grouping_from(source, ReadOptions(rulebook, sheet, columns, today))
