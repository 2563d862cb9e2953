"""Where a rebalancing is written."""

from __future__ import annotations

import os
from pathlib import Path

from vermegroup.findings import Finding, OutputError, Severity
from vermegroup.phrase import Phrase
from vermegroup.report.edits import GROUPS
from vermegroup.report.folder import folder_named
from vermegroup.runs.answer import Answer

_ENDINGS = ("-groups", "-rebalanced", "-meeting")


def folder_for(groups_file: str, asked: Path | None, *, meeting: bool) -> Path:
    """The folder asked for; else ``NAME-meeting`` or ``NAME-rebalanced`` in the current folder.

    ``groups.csv`` is named after its own folder, without what a run put at its end.

    Raises:
        OutputError: the plan of a meeting would replace the permanent groups.
    """
    folder = asked or folder_named(_name(groups_file), "-meeting" if meeting else "-rebalanced")
    if meeting and _holds_permanent(folder, groups_file):
        raise OutputError([_over_the_permanent(folder)])
    return folder


def folder_of(answer: Answer, folder: Path, groups_file: str) -> Path:
    """The folder for an answer: beside that of the permanent groups where it has none to replace.

    Without new groups the old ones go on, so nothing that was read is taken away.
    """
    own = Path(groups_file)
    if answer.outcome.grouping is not None or groups_file == "-":
        return folder
    if _real(own).parent != _real(folder):
        return folder
    return folder.parent / folder_named(_name(groups_file), "-partial")


def _holds_permanent(folder: Path, groups_file: str) -> bool:
    own = Path(groups_file)
    inside = own.name == GROUPS and _real(own.parent) == _real(folder)
    return inside and not _real(own).parent.name.endswith("-meeting")


def _name(groups_file: str) -> str:
    if groups_file == "-":
        return "roster"
    path = Path(groups_file)
    name = _real(path).parent.name if path.name == GROUPS else path.stem
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name or "roster"


def _real(path: Path) -> Path:
    # Path.resolve raises RuntimeError at links that lead to each other.
    return Path(os.path.realpath(path))


def _over_the_permanent(folder: Path) -> Finding:
    return Finding(
        Severity.ERROR,
        Phrase(
            "the plan of one meeting would replace the permanent groups",
            "yhden tapaamisen suunnitelma korvaisi pysyvät ryhmät",
            "planen för en träff skulle ersätta de fasta grupperna",
        ),
        file=str(folder),
        hint=Phrase(
            "choose another folder with -o",
            "valitse toinen kansio valitsimella -o",
            "välj en annan mapp med -o",
        ),
    )
