"""The groups in a file as they may be told to those who are in them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.inputs import ReadGroups, RulebookChoice, chosen_for, naming, read_groups
from vermegroup.app.lineage import call_in, lineage_of, name_of
from vermegroup.app.plans import notices_of
from vermegroup.app.privacy.how import How, Openly
from vermegroup.app.recorded import recorded_call
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.stays_here import column_stays, leads_told, trait_stays
from vermegroup.domain.findings import Finding, InputError, RosterError, Severity
from vermegroup.domain.problem import Problem
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.intake.cells import spelt, tidy
from vermegroup.intake.files.source import STANDARD_INPUT, spoken
from vermegroup.intake.headers.find_columns import SeenColumn
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.sheet import Sheet
from vermegroup.judge.auditor import judged
from vermegroup.language.alphabet import alphabetical
from vermegroup.language.messages import N_, Message, N_several, _
from vermegroup.report.calls import call, file_word
from vermegroup.report.groups import Group
from vermegroup.report.report import Members
from vermegroup.rulebooks.read import DEFAULT_PROFILE, rulebook_from_text


@dataclass(frozen=True, slots=True)
class ReadHandout:
    """A handout, what was noticed when its groups were read, and how many miss the meeting."""

    handout: Handout
    findings: tuple[Finding, ...]
    pseudonymised: bool
    absent: int


def read_handout(
    groups_file: str,
    shown: Sequence[str],
    choice: RulebookChoice,
    how: How,
    login: str | None = None,
) -> ReadHandout:
    """Read groups, judge them, and keep what may be told of them, with the columns ``shown``.

    ``login`` is the column of what people log in with elsewhere.

    Raises:
        InputError: the groups or the rulebook cannot be read, or a column is not there or not to
            be shown; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    groups, unjudged = _read(groups_file, choice, how, names)
    outcome = judged(groups.problem, groups.grouping, started)
    report = groups.report(outcome, recorded_call("export", {}, how, names))
    roster, permanent = groups.problem.roster, groups.look.permanent
    members = replace(report.members, leads=leads_told(groups.problem, groups.grouping))
    answer = ReportedOutcome(outcome, replace(report, members=members))
    report = with_facts(answer, groups.facts, roster, groups.grouping, permanent=permanent).report
    columns, recorded = _columns(groups, shown, login), _recorded_call(groups_file)
    people, day = _members(groups, columns), _day_in(recorded) if groups.look.meeting else None
    lineage = lineage_of(groups_file, day)
    apart = not _parts_stay(groups.problem)
    told = (group if apart else replace(group, part=None) for group in report.groups)
    handout = Handout(
        spoken(groups_file),
        name_of(Path(groups_file)),
        tuple(_group(group, report.members, people) for group in told),
        tuple(_seated(report.waitlist, report.members, people)),
        tuple(columns.shown.values()),
        groups.look.meeting,
        day,
        columns.login_header,
        lineage.name,
        lineage.exports,
    )
    judging = notices_of(groups.look)  # by which rules is of no matter here
    broken = 0 if unjudged else len(report.groups.broken)
    findings = (
        *unjudged,
        *(each for each in report.findings if each not in judging),
        *([_breaking(broken, groups_file)] if broken else []),
    )
    pseudonymised = bool(recorded.get("pseudonymised"))
    return ReadHandout(handout, findings, pseudonymised, report.counts.absent)


def _read(
    groups_file: str, choice: RulebookChoice, how: How, names: Openly
) -> tuple[ReadGroups, tuple[Finding, ...]]:
    """The groups by the rulebook that holds for them; by none where nobody asked for the default.

    Whoever keeps a list of names, addresses and groups has no columns for its rules.
    """
    try:
        return read_groups(groups_file, choice, how, names), ()
    except RosterError:
        if chosen_for(groups_file, choice).origin != DEFAULT_PROFILE or choice.options():
            raise
        bare = replace(choice, book=rulebook_from_text(_ANY_GROUPS, DEFAULT_PROFILE))
        with suppress(InputError):
            groups = read_groups(groups_file, bare, how, names)
            return groups, (Finding(Severity.NOTICE, _UNJUDGED, spoken(groups_file), hint=_RULES),)
        raise


def _parts_stay(problem: Problem) -> bool:
    """Whether the parts of a split roster would tell what is nobody else's business."""
    split = problem.rulebook.split
    return split is not None and trait_stays(split.by, problem)


def _group(group: Group, members: Members, people: dict[str, Member]) -> HandoutGroup:
    seated = _seated(group, members, people)
    seated.sort(key=lambda member: (not member.leads, alphabetical(member.name)))
    return HandoutGroup(group.id, tuple(seated), group.facts, group.common, group.part)


def _seated(group: Group, members: Members, people: dict[str, Member]) -> list[Member]:
    seats = range(group.start, group.stop)
    return [replace(people[members.ids[seat]], leads=seat in members.leads) for seat in seats]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The headers of the columns to show by their places, and where logins and names stand."""

    shown: dict[int, str]
    login: int | None
    login_header: str
    given: int | None
    family: int | None
    name: int | None


def _members(groups: ReadGroups, columns: _Columns) -> dict[str, Member]:
    """Everybody by id, with the cells of these columns."""
    people = groups.look.people
    assert people is not None  # they are read with the roster
    sheet, persons = people.sheet, people.persons
    nothing = [""] * len(persons)

    def cells(place: int | None) -> Sequence[str]:
        return nothing if place is None else sheet.texts(place)

    def named(place: int | None) -> Sequence[str]:
        return nothing if place is None else list(map(spelt, sheet.written(place)))

    shown = zip(*map(cells, columns.shown), strict=True) if columns.shown else repeat(())
    told = zip(
        *(persons.ids.tolist(), people.labels.tolist(), persons.emails.tolist()),
        *(sheet.rows().tolist(), named(columns.name), named(columns.given), named(columns.family)),
        cells(columns.login),
        strict=True,
    )
    found: dict[str, Member] = {}
    for (id_, label, email, row, whole, *parts, login), own in zip(told, shown, strict=False):
        name = _as_spelt(label, (whole, " ".join(parts)))
        found[id_] = Member(id_, name or id_, email, row, False, own, *_parts(name, *parts), login)
    return found


def _as_spelt(label: str, written: Iterable[str]) -> str:
    """What somebody is called, as it is written where the two differ in nothing that is seen."""
    return next((name for name in map(str.strip, written) if tidy(name) == label), label)


def _parts(label: str, given: str, family: str) -> tuple[str, str]:
    """The given and the family name, where what somebody is called is made of just these."""
    return (given, family) if label == f"{given} {family}".strip() else ("", "")


def _columns(groups: ReadGroups, shown: Sequence[str], login: str | None) -> _Columns:
    """Where what was asked for stands, each by its header or its trait, and the parts of names.

    Raises InputError with every one that is not there, could be several, or is not to be shown.
    """
    names = dict.fromkeys(name for text in shown for name in _each(text, groups.look.columns))
    asked = [("--show", each) for each in names]
    if login is not None:
        asked.append(("--login", login))
    found = [_column(groups, each, option) for option, each in asked]
    if faults := [column for column in found if isinstance(column, Finding)]:
        raise InputError(faults)
    places = [column for column in found if isinstance(column, int)]
    headers = {place: groups.look.columns[place].header for place in places}
    logins = places.pop() if login is not None else None
    traits = ("first name", "last name", "name")
    given, family, name = (_only(groups.look.columns, trait) for trait in traits)
    return _Columns(
        {place: headers[place] for place in places},
        logins,
        "" if logins is None else headers[logins],
        given,
        family,
        name,
    )


def _each(text: str, columns: Sequence[SeenColumn]) -> list[str]:
    """The columns that a text names: it is one header, or several with commas between them."""
    names = [name.strip() for name in text.split(",")]
    return [text] if _places(text, columns) or not all(names) else names


def _only(columns: Sequence[SeenColumn], trait: str) -> int | None:
    """Where the only column of a trait stands."""
    places = [place for place, column in enumerate(columns) if column.trait == trait]
    return places[0] if len(places) == 1 else None


def _column(groups: ReadGroups, asked: str, option: str) -> int | Finding:
    """The place of a column, or why it cannot be had."""
    people = groups.look.people
    assert people is not None
    columns = groups.look.columns
    places = _places(asked, columns)
    if len(places) != 1:
        return _not_one(asked, option, [columns[at].header for at in places], people.sheet)
    column = columns[places[0]]
    if column_stays(column, groups.problem):
        return _fault(_NOT_OUT.filled(header=column.header), option, asked, _OTHERS)
    return places[0]


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


def _not_one(asked: str, option: str, could_be: Sequence[str], sheet: Sheet) -> Finding:
    if could_be:
        said = _SEVERAL.filled(names=list(could_be))
        return _fault(said, option, asked, _("Name one of them by its header"))
    names = [name for name in sheet.names if name]
    return _fault(_NO_COLUMN, option, asked, _("The columns found are: {found}", found=names))


def _fault(message: Message, option: str, value: str, hint: Message) -> Finding:
    return Finding(Severity.ERROR, message, column=option, value=value, hint=hint)


def _breaking(broken: int, groups_file: str) -> Finding:
    audit = call("audit", file_word(groups_file))
    hint = _("Which and why: {command}", command=audit)
    return Finding(Severity.WARNING, _BROKEN.filled(broken), groups_file, hint=hint)


def _recorded_call(groups_file: str) -> dict[str, Any]:
    """How the groups came about, as the record beside them tells; empty where there is none."""
    return {} if groups_file == STANDARD_INPUT else call_in(Path(groups_file).parent)


def _day_in(recorded: dict[str, Any]) -> date | None:
    """The day of the meeting that was planned."""
    try:
        return date.fromisoformat(recorded["arguments"]["date"])
    except (ValueError, KeyError, TypeError):
        return None


_NO_COLUMN = _("There is no such column to show")
_SEVERAL = N_("Several columns could be meant: {names}")
_NOT_OUT = N_("“{header}” is not shown to others")
_OTHERS = _("Experience, wishes, statuses and notes stay with whoever forms the groups")
_ANY_GROUPS = "groups: {size: 2-10000}"
_UNJUDGED = _("The columns that the default rules ask for are not there: the groups are not judged")
_RULES = _("Name the rules with --rules or --profile to have them judged")
_BROKEN = N_several("{n} group breaks a rule", "{n} groups break a rule")
