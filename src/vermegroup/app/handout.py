"""The groups in a file as they may be told to those who are in them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.inputs import ReadGroups, RulebookChoice, naming, read_groups
from vermegroup.app.privacy.how import How
from vermegroup.app.recorded import recorded_call
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.intake.files.source import STANDARD_INPUT
from vermegroup.intake.headers.find_columns import SeenColumn
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.sheet import Sheet
from vermegroup.judge.auditor import judged
from vermegroup.language.alphabet import alphabetical
from vermegroup.language.messages import N_, Message, N_several, _
from vermegroup.report.calls import call, file_word
from vermegroup.report.folder import GROUPS, RECORD, provenance_in
from vermegroup.report.groups import Group
from vermegroup.report.report import Members

_STAYS_HERE = frozenset(
    ("years", "experience", "wishes", "avoid", "status", "cancelled", "answered")
)
"""Traits that are told to nobody else."""


@dataclass(frozen=True, slots=True)
class ReadHandout:
    """A handout, and what was noticed when its groups were read."""

    handout: Handout
    findings: tuple[Finding, ...]
    pseudonymised: bool


def read_handout(
    groups_file: str, shown: Sequence[str], choice: RulebookChoice, how: How
) -> ReadHandout:
    """Read groups, judge them, and keep what may be told of them, with the columns ``shown``.

    Raises:
        InputError: the groups or the rulebook cannot be read, or a column is not there or not to
            be shown; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    groups = read_groups(groups_file, choice, how, names)
    outcome = judged(groups.problem, groups.grouping, started)
    report = groups.report(outcome, recorded_call("export", {}, how, names))
    roster, permanent = groups.problem.roster, groups.look.permanent
    answer = ReportedOutcome(outcome, report)
    report = with_facts(answer, groups.facts, roster, groups.grouping, permanent=permanent).report
    columns, recorded = _columns(groups, shown), _recorded_call(groups_file)
    people = _members(groups, [place for place, _header in columns])
    handout = Handout(
        groups_file,
        _name_of(groups_file),
        tuple(_group(group, report.members, people) for group in report.groups),
        tuple(_seated(report.waitlist, report.members, people)),
        tuple(header for _place, header in columns),
        groups.look.meeting,
        _day_in(recorded) if groups.look.meeting else None,
    )
    broken = len(report.groups.broken)
    findings = (*report.findings, *([_breaking(broken, groups_file)] if broken else []))
    return ReadHandout(handout, findings, bool(recorded.get("pseudonymised")))


def _group(group: Group, members: Members, people: dict[str, Member]) -> HandoutGroup:
    seated = _seated(group, members, people)
    seated.sort(key=lambda member: (not member.leads, alphabetical(member.name)))
    return HandoutGroup(group.id, tuple(seated), group.facts, group.common, group.part)


def _seated(group: Group, members: Members, people: dict[str, Member]) -> list[Member]:
    seats = range(group.start, group.stop)
    return [replace(people[members.ids[seat]], leads=seat in members.leads) for seat in seats]


def _members(groups: ReadGroups, columns: Sequence[int]) -> dict[str, Member]:
    """Everybody by id, with the cells of these columns."""
    people = groups.look.people
    assert people is not None  # they are read with the roster
    cells = [people.sheet.texts(place) for place in columns]
    shown = zip(*cells, strict=True) if cells else ((),) * len(people.persons)
    persons = people.persons
    told = zip(
        persons.ids, people.labels, persons.emails, people.sheet.rows().tolist(), shown, strict=True
    )
    return {
        str(id_): Member(str(id_), str(label or id_), str(email), row, shown=tuple(own))
        for id_, label, email, row, own in told
    }


def _columns(groups: ReadGroups, shown: Sequence[str]) -> list[tuple[int, str]]:
    """The place and the header of each column that was asked for, by its header or its trait.

    Raises InputError with every one that is not there, could be several, or is not to be shown.
    """
    people = groups.look.people
    assert people is not None
    numbers = {trait.header for trait in groups.problem.roster.numbers.values()}
    found, faults = list[tuple[int, str]](), list[Finding]()
    for asked in shown:
        places = _places(asked, groups.look.columns)
        if len(places) != 1:
            could_be = [groups.look.columns[at].header for at in places]
            faults.append(_not_one(asked, could_be, people.sheet))
            continue
        column = groups.look.columns[places[0]]
        if column.trait in _STAYS_HERE or column.header in numbers:
            faults.append(_fault(_NOT_OUT.filled(header=column.header), asked, _OTHERS))
        else:
            found.append((places[0], column.header))
    if faults:
        raise InputError(faults)
    return found


def _places(asked: str, columns: Sequence[SeenColumn]) -> list[int]:
    wanted = plain(asked)
    by_header = [at for at, column in enumerate(columns) if plain(column.header) == wanted]
    if by_header:
        return by_header
    trait = recognise(asked)
    return [
        at
        for at, column in enumerate(columns)
        if asked == column.asked or (trait is not None and trait == column.trait)
    ]


def _not_one(asked: str, could_be: Sequence[str], sheet: Sheet) -> Finding:
    if could_be:
        said = _SEVERAL.filled(names=list(could_be))
        return _fault(said, asked, _("Name one of them by its header"))
    names = [name for name in sheet.names if name]
    return _fault(_NO_COLUMN, asked, _("The columns found are: {found}", found=names))


def _fault(message: Message, value: str, hint: Message) -> Finding:
    return Finding(Severity.ERROR, message, column="--show", value=value, hint=hint)


def _breaking(broken: int, groups_file: str) -> Finding:
    audit = call("audit", file_word(groups_file))
    hint = _("Which and why: {command}", command=audit)
    return Finding(Severity.WARNING, _BROKEN.filled(broken), groups_file, hint=hint)


def _recorded_call(groups_file: str) -> dict[str, Any]:
    """How the groups came about, as the record beside them tells; empty where there is none."""
    if groups_file == STANDARD_INPUT:
        return {}
    try:
        return dict(provenance_in(Path(groups_file).parent / RECORD)["call"] or {})
    except (ValueError, KeyError, TypeError):
        return {}


def _day_in(recorded: dict[str, Any]) -> date | None:
    """The day of the meeting that was planned."""
    try:
        return date.fromisoformat(recorded["arguments"]["date"])
    except (ValueError, KeyError, TypeError):
        return None


def _name_of(groups_file: str) -> str:
    """What groups are called: as their file, or the folder in which a run put it."""
    path = Path(groups_file)
    if path.name != GROUPS:
        return path.stem
    folder = path.resolve().parent.name
    return folder.removesuffix("-groups") or folder


_NO_COLUMN = _("There is no such column to show")
_SEVERAL = N_("Several columns could be meant: {names}")
_NOT_OUT = N_("“{header}” is not shown to others")
_OTHERS = _("Experience, wishes and statuses stay with whoever forms the groups")
_BROKEN = N_several("{n} group breaks a rule", "{n} groups break a rule")
