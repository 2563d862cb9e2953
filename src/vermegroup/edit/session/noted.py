"""What the lines of a journal tell: how it stood, and what was saved of it. Nothing is changed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vermegroup.app.privacy.how import How
from vermegroup.app.save import Tell, untold
from vermegroup.domain.findings import Finding, Severity
from vermegroup.edit.session.journal import JOURNAL, Unfinished
from vermegroup.edit.session.journal_lines import Plain, journal_in, usable
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import _
from vermegroup.report.folder import GROUPS, sha256


def unfinished_in(folder: Path, tell: Tell = untold) -> Unfinished | None:
    """What is to be taken up in a folder; None where all is saved, or there is no journal."""
    try:
        raw = journal_in(folder)
    except UnopenedError as fault:
        tell(Finding(Severity.WARNING, fault.reason, str(folder / JOURNAL), hint=UNREADABLE))
        return None
    if raw is None:
        return None
    lines, damaged = usable(raw)
    if not lines:
        tell(Finding(Severity.WARNING, UNREADABLE, str(folder / JOURNAL)))
        return None
    told = _Told.of(lines)
    if told.saved == told.place or told.was_written(folder / GROUPS):
        return None
    return Unfinished(
        folder, told.file, told.place, told.when, tuple(lines), damaged, told.saved, told.formed
    )


def how_told(first: Plain, how: Plain) -> How:
    """How a file is read; paths are those of the place that the ``first`` line tells."""
    facts = how["group_facts"]
    return How(
        {str(trait): str(header) for trait, header in how["columns"].items()},
        how["sheet"],
        day=None if how["day"] is None else date.fromisoformat(how["day"]),
        group_facts=None if facts is None else Path(path_told(first, facts)),
    )


def path_told(first: Plain, path: str) -> str:
    """A path as it was told, where the current folder is the same; else from that folder."""
    same = os.path.realpath(first["place"]) == os.path.realpath(Path.cwd())
    return str(path) if same else str(Path(first["place"]) / path)


def hash_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        return sha256(bytes_of(path))
    except UnopenedError:
        return None


@dataclass(frozen=True, slots=True)
class _Told:
    """What lines tell of how it stood: so many steps in force and saved, and when.

    They are of a ``file``, or of groups that were ``formed`` and saved nowhere. None of those in
    force lead to what was saved where ``saved`` is -1. ``content`` has the SHA-256 of the groups in
    force, ``in_file`` of those that were saved, and ``planned`` says that plans of meetings are not
    saved.
    """

    place: int
    saved: int
    when: datetime
    content: str
    in_file: str
    planned: bool
    file: str
    formed: bool

    @classmethod
    def of(cls, lines: list[bytes]) -> _Told:
        first = json.loads(lines[0])
        place, saved = 0, 0 if first["formed"] is None else -1
        hashes, planned, when = [str(first["sha256"])], False, str(first["when"])
        in_file = "" if saved else hashes[0]
        for line in lines[1:]:
            entry = json.loads(line)
            when = str(entry["when"])
            if "step" in entry:
                saved = saved if saved <= place else -1
                place += 1
                hashes[place:] = [str(entry["sha256"])]
                planned = planned or "plan" in entry
            elif "went" in entry:
                place = int(entry["went"])
            else:
                place = saved = int(entry["saved"])
                in_file, planned = hashes[saved], False
        at = datetime.fromisoformat(when)
        file, formed = str(first["file"]), not in_file
        return cls(place, saved, at, hashes[place], in_file, planned, file, formed)

    def was_written(self, groups: Path) -> bool:
        """Whether it is in the file all the same: it was written, and then no more was noted."""
        other = self.content != self.in_file
        return other and not self.planned and hash_of(groups) == self.content


UNREADABLE = _("The notes of what was done here cannot be read, so nothing can be taken up")
