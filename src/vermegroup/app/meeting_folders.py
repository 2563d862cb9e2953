"""Where a rebalancing goes, and where the plans of earlier meetings are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, InputError, OutputError, Severity
from vermegroup.language.messages import _
from vermegroup.report.folder import GROUPS, folder_named
from vermegroup.report.replacing import folder_of_earlier

_MEETING = re.compile(r"(.*)-meeting(?:-([0-9]{4}-[0-9]{2}-[0-9]{2}))?", re.DOTALL)


def meeting_day(asked: date | None, today: date, *, meeting: bool) -> date | None:
    """The day of the meeting: that asked for, or today; None where no meeting is planned.

    Raises InputError where a day is given and no meeting.
    """
    if asked is not None and not meeting:
        raise InputError([_NO_MEETING])
    return asked or (today if meeting else None)


def folder_for(groups_file: str, asked: Path | None, meeting: date | None) -> Path:
    """The folder asked for; else ``NAME-meeting-DATE`` or ``NAME-rebalanced`` in the current one.

    ``groups.csv`` is named after its own folder, without what a run put at its end.

    Raises:
        OutputError: the plan of a meeting would replace the permanent groups.
    """
    folder = asked or folder_named(_name(groups_file), _ending(meeting))
    if meeting and _holds_permanent(folder, groups_file):
        raise OutputError([_over_the_permanent(folder)])
    return folder


def folder_of(answer: ReportedOutcome, folder: Path, groups_file: str) -> Path:
    """The folder for an answer: beside that of the permanent groups where it has none to replace.

    Without new groups the old ones go on, so nothing that was read is taken away.
    """
    path = Path(groups_file)
    if answer.outcome.grouping is not None or groups_file == "-":
        return folder
    if _real(path).parent != _real(folder):
        return folder
    return folder.parent / folder_named(_name(groups_file), "-partial")


def history_for(groups_file: str, folder: Path, meeting: date | None) -> tuple[Path, ...]:
    """The plans of earlier meetings of these groups, from the earliest to the latest.

    They are in folders with a date before the meeting's, beside the folder to write into and
    beside the one that it would be by default.
    """
    if meeting is None:
        return ()
    here = _real(Path())
    places = dict.fromkeys((_real(folder).parent, here))
    found = sorted(plan for place in places for plan in _plans(place, _name(groups_file), meeting))
    plans = (path for _day, path in found if _real(path.parent) != _real(folder))
    return tuple(path.relative_to(here) if path.is_relative_to(here) else path for path in plans)


def _plans(place: Path, name: str, meeting: date) -> Iterator[tuple[date, Path]]:
    with suppress(OSError):
        for folder in os.listdir(place):
            found, plan = _MEETING.fullmatch(folder), place / folder / GROUPS
            day = _date(found[2]) if found and found[2] and found[1] == name else None
            if day is not None and day < meeting and os.path.isfile(plan):
                yield day, plan


def _date(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _ending(meeting: date | None) -> str:
    return f"-meeting-{meeting}" if meeting else "-rebalanced"


def _holds_permanent(folder: Path, groups_file: str) -> bool:
    path = Path(groups_file)
    inside = path.name == GROUPS and _real(path.parent) == _real(folder)
    return inside and _MEETING.fullmatch(_real(path).parent.name) is None


def _name(groups_file: str) -> str:
    if groups_file == "-":
        return "roster"
    path = Path(groups_file)
    if path.name != GROUPS:
        name = path.stem
    else:
        name = (folder_of_earlier(_real(path)) or _real(path).parent).name
    if found := _MEETING.fullmatch(name):
        name = found[1]
    for ending in ("-groups", "-rebalanced"):
        name = name.removesuffix(ending)
    return name or "roster"


def _real(path: Path) -> Path:
    # Path.resolve raises RuntimeError at links that lead to each other.
    return Path(os.path.realpath(path))


def _over_the_permanent(folder: Path) -> Finding:
    return Finding(
        Severity.ERROR,
        _("The plan of one meeting would replace the permanent groups"),
        file=str(folder),
        hint=_("Choose another folder with -o"),
    )


_NO_MEETING = Finding(
    Severity.ERROR,
    _("A day is given, but nobody who misses a meeting then"),
    column="--date",
    hint=_("Name them with --absent"),
)
