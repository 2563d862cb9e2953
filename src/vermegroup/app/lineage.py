"""Which earlier groups a run's groups came from, so that a calendar knows its own again.

Whoever got the calendar of groups as they were formed gets that of the same groups after a move or
a rebalance. So both have one name: that of the first groups, as far back as the records tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vermegroup.export.folder import folder_for, series_in
from vermegroup.intake.files.source import STANDARD_INPUT
from vermegroup.report.folder import EARLIER, GROUPS, RECORD, provenance_in

_MOST = 1000
"""Runs after each other; records that lead further are no work of ours."""
FORMED = re.compile("-groups$")
_ANY = re.compile(r"(?:-groups|-rebalanced|-moved|-partial|-meeting-\d{4}-\d{2}-\d{2})+$")


@dataclass(frozen=True, slots=True)
class Lineage:
    """What groups are called from the first run to the last.

    ``exports`` are the folders into which they and the groups that they came from go out, the
    latest first.
    """

    name: str
    exports: tuple[Path, ...] = ()


def lineage_of(groups_file: str, meeting: date | None = None) -> Lineage:
    """Where groups came from; those of a ``meeting`` are another series than the permanent ones."""
    if groups_file == STANDARD_INPUT:
        return Lineage(Path(groups_file).stem)
    steps = list(_steps(Path(groups_file)))
    exports = tuple(folder_for(str(step), None) for step in steps if step.parent.is_dir())
    if meeting is not None:
        return Lineage(f"{name_of(steps[-1], _ANY)}-meeting-{meeting}", exports[:1])
    told = (series_in(folder) for folder in reversed(exports))
    return Lineage(next(filter(None, told), None) or name_of(steps[-1], _ANY), exports)


def call_in(folder: Path) -> dict[str, Any]:
    """The call whose results a folder has, as its record tells; empty where there is none."""
    try:
        return dict(provenance_in(folder / RECORD)["call"] or {})
    except (ValueError, KeyError, TypeError):
        return {}


def _steps(groups: Path) -> Iterator[Path]:
    """The file of the groups, that of the groups which they came from, and so on."""
    seen: set[Path] = set()
    step: Path | None = groups
    while step is not None and step.absolute() not in seen and len(seen) < _MOST:
        seen.add(step.absolute())
        yield step
        step = next(_before(step), None) if step.name == GROUPS else None


def _before(groups: Path) -> Iterator[Path]:
    """The groups in other files from which these came, by the latest record that tells any.

    A run that changed groups in their own folder has put the record before it aside.
    """
    folder = groups.parent
    with suppress(OSError):
        for each in (folder, *sorted((folder / EARLIER).glob("*/"), reverse=True)):
            told = call_in(each).get("arguments")
            asked = told.get("groups") if isinstance(told, dict) else None
            if isinstance(asked, str) and asked != STANDARD_INPUT:
                found = _standing(Path(asked), folder)
                if found.absolute().parent != folder.absolute():
                    yield found


def _standing(asked: Path, folder: Path) -> Path:
    """The path as it was told, from the current folder or from that of the results."""
    places = (asked, folder.parent / asked)
    return next((place for place in places if place.is_file()), asked)


def name_of(groups: Path, endings: re.Pattern[str] = FORMED) -> str:
    """What groups are called: as their file, or the folder in which a run put it, less endings."""
    if groups.name != GROUPS:
        return groups.stem
    folder = groups.resolve().parent.name
    return endings.sub("", folder) or folder
