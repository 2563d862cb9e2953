"""Earlier groupings that a rulebook refers to: who was together before."""

from __future__ import annotations

from pathlib import Path

from vermegroup.grouping import EarlierGroups
from vermegroup.rulebook import GroupSpec, Rulebook

_IDS_ALONE = Rulebook(GroupSpec(), (), (), ())


def read_named(name: str, folder: Path) -> EarlierGroups:
    """Read the file of this name from a folder, or else from the current one."""
    beside = folder / name
    return read_earlier(beside if beside.exists() else Path(name), name)


def read_earlier(path: Path, name: str) -> EarlierGroups:
    """Read a ``groups.csv``: its ids and its groups, and nothing else of it.

    ``name`` is what the rulebook calls the file. Raises RosterError with every finding.
    """
    # Reading tables takes pandas, which most rulebooks do without.
    from vermegroup.intake.reading import Reading, grouping_from  # noqa: PLC0415

    roster, grouping, _ = grouping_from(path, Reading(_IDS_ALONE))
    groups = (roster.ids[grouping.members(group)] for group in range(grouping.groups))
    return EarlierGroups(name, tuple(tuple(map(str, ids)) for ids in groups), roster.table.sha256)
