"""Files to rosters: the only entry of untrusted data.

A file goes through its stations in this order: source (bytes), decoding (text), delimiters and
grid (cells), layout (header and rows), columns (which header is which trait), and then each
trait by its own reader. Every station notes what it finds in a ledger, and the run stops once,
with all of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vermegroup.findings import Finding
    from vermegroup.grouping import Grouping
    from vermegroup.roster import Roster
    from vermegroup.rulebook import Rulebook

__all__ = ["read_grouping", "read_roster"]


def read_roster(source: Path | str, rulebook: Rulebook) -> tuple[Roster, tuple[Finding, ...]]:
    """Read a file as participants with the traits a rulebook needs.

    Args:
        source: a path, or ``"-"`` for standard input.
        rulebook: says which traits are needed, as named values or as numbers.

    Returns:
        The roster, and the warnings and notices that did not stop it.

    Raises:
        RosterError: with every finding that stops it, in the order of the rows.
    """
    from vermegroup.intake.reading import roster_from  # noqa: PLC0415

    return roster_from(source, rulebook)


def read_grouping(
    source: Path | str, rulebook: Rulebook
) -> tuple[Roster, Grouping, tuple[Finding, ...]]:
    """Read a roster that has a ``group`` column, as ``form`` writes it or as people edit it.

    Participants without a group are on the waitlist. Groups keep their names and are ordered as
    people count: G2 before G10. Arguments, findings and errors are those of :func:`read_roster`;
    a file without a ``group`` column is an error too.
    """
    from vermegroup.intake.reading import grouping_from  # noqa: PLC0415

    return grouping_from(source, rulebook)
