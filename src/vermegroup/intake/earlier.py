"""Earlier groupings that a rulebook refers to: who was together before."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vermegroup.findings import Finding, RosterError, Severity
from vermegroup.grouping import EarlierGroups
from vermegroup.phrase import Phrase
from vermegroup.rulebook import GroupSpec, Rulebook

if TYPE_CHECKING:
    from vermegroup.intake.source import Source

_IDS_ALONE = Rulebook(GroupSpec(), (), (), ())


def read_named(name: str, folder: Path) -> EarlierGroups:
    """Read the file of this name from a folder, or else from the current one."""
    beside = folder / name
    return read_earlier(beside if os.path.exists(beside) else Path(name), name)


def read_earlier(path: Path, name: str) -> EarlierGroups:
    """Read a ``groups.csv``: its ids and its groups, and nothing else of it.

    ``name`` is what the rulebook calls the file. Raises RosterError with every finding, none of
    which quotes a file that has no column of ids: a rulebook may name any file there is.
    """
    # Reading tables takes pandas, which most rulebooks do without.
    from vermegroup.intake.ledger import Ledger  # noqa: PLC0415
    from vermegroup.intake.reading import Reading, grouping_in  # noqa: PLC0415
    from vermegroup.intake.source import read_source, spoken  # noqa: PLC0415

    ledger = Ledger(spoken(path))
    source = read_source(path, ledger)
    try:
        roster, grouping = grouping_in(source, Reading(_IDS_ALONE), ledger)
    except RosterError as refused:
        raise RosterError(_discreet(refused, source, ledger.file)) from refused
    groups = (roster.ids[grouping.members(group)] for group in range(grouping.groups))
    return EarlierGroups(name, tuple(tuple(map(str, ids)) for ids in groups), roster.table.sha256)


def _discreet(refused: RosterError, source: Source, file: str) -> list[Finding]:
    from vermegroup.intake.columns import places_of  # noqa: PLC0415
    from vermegroup.intake.layout import sheet_of  # noqa: PLC0415
    from vermegroup.intake.ledger import Ledger  # noqa: PLC0415

    try:
        sheet = sheet_of(source, Ledger(file))
    except RosterError as early:
        return [replace(finding, value=None) for finding in early.findings]
    if places_of("id", sheet):
        return list(refused.findings)
    return [Finding(Severity.ERROR, _NO_GROUPS, file, hint=_GROUPS)]


_NO_GROUPS = Phrase(
    "The file is no grouping: it has no column of ids",
    "Tiedosto ei ole ryhmittely: siinä ei ole tunnusten saraketta",
    "Filen är ingen gruppindelning: den har ingen kolumn med id",
)
_GROUPS = Phrase(
    "Name a groups.csv that an earlier run wrote",
    "Anna aiemman ajon kirjoittama groups.csv",
    "Ange en groups.csv som en tidigare körning har skrivit",
)
