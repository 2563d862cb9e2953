"""Rebalance groups after absences, departures and late joiners."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.group_facts import facts_for
from vermegroup.app.inputs import (
    RulebookChoice,
    chosen_for,
    day_of,
    naming,
    refuse_in_groups,
    with_columns,
)
from vermegroup.app.meeting_report import with_meeting
from vermegroup.app.privacy.how import AS_IT_IS, How, Openly
from vermegroup.app.recorded import (
    inputs_of,
    limited,
    limits_told,
    path_of,
    people_told,
    recorded_call,
)
from vermegroup.app.references import References, resolved
from vermegroup.app.removed_members import with_removed
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.workers import Interrupts
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.outcome import Outcome, Remedy, Verdict
from vermegroup.domain.problem import problem_of
from vermegroup.domain.roster import Roster, Table
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.files.readings import ABSENT, HISTORY, LEFT, readings
from vermegroup.intake.files.source import Given, named, spoken
from vermegroup.intake.groups import Mention, mentions
from vermegroup.intake.headers.added import added_in
from vermegroup.intake.people.attendance import for_a_meeting, with_marks
from vermegroup.intake.people.joining import AlreadyThere
from vermegroup.intake.people.membership import Membership, look_at_members
from vermegroup.intake.pipeline import Look, ReadOptions, read_earlier
from vermegroup.judge.several_groups import in_best_seats
from vermegroup.language.messages import Message, _, ngettext, verbatim
from vermegroup.rebalancing.changes import account_of
from vermegroup.rebalancing.horizons import rebalance
from vermegroup.rebalancing.mentioned import Register
from vermegroup.rebalancing.one_meeting import meeting_of
from vermegroup.rebalancing.rebalanced_outcome import (
    label_of,
    outcome_of,
    part_is_proven,
    sentence_of,
    sentence_of_part,
)
from vermegroup.rebalancing.stage import Change, Rebalanced
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.folder import GROUPS
from vermegroup.report.report import Report
from vermegroup.report.to_csv import group_cells
from vermegroup.solver.search import SILENT, Limits, Listener, Search


def with_changes(found: Rebalanced, cancelled: str | None) -> Table:
    """The roster's table after a rebalancing.

    Who left keeps the row, and a mark in the column of those who ``cancelled``: so the next run
    sets them aside, with other rows of theirs. The plan of a meeting has the permanent groups
    beside its own.
    """
    roster = found.problem.roster
    table, names = roster.table, added_in(roster.table.language)
    if len(found.change.left):
        rows = _rows_of(found.change.left, roster)
        table = with_marks(table, cancelled or names.withdrawn, rows, names.left)
    if found.meeting is None:
        return table
    absent = np.zeros(len(table.cells), dtype=bool)
    absent[_rows_of(found.change.absent, roster)] = True
    return for_a_meeting(table, group_cells(roster, found.permanent), absent)


def _rows_of(people: IntArray, roster: Roster) -> IntArray:
    """The rows of some people in their table, those that were merged into theirs included."""
    numbers = roster.table.row_numbers
    rows = roster.rows[people]
    into = {int(number) for number in numbers[rows]}
    merged = [each.row for each in roster.set_aside if each.merged_into in into]
    return np.concatenate([rows, np.flatnonzero(np.isin(numbers, merged))])


@dataclass(frozen=True, slots=True)
class RebalanceRequest:
    """What changed, as it was told: files, ids or mentions; newcomers in a roster of their own.

    ``policy`` is None for merging where that suffices. ``history`` are plans of earlier meetings,
    which were ``found`` beside the output folder or else named, and ``day`` is that of the meeting.
    """

    groups: Given
    absent: tuple[str | Mention, ...] = ()
    left: tuple[str | Mention, ...] = ()
    joining: Given | None = None
    policy: Policy | None = None
    history: tuple[Path, ...] = ()
    day: date | None = None
    found: bool = False


def rebalance_groups(
    asked: RebalanceRequest,
    choice: RulebookChoice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
    interrupts: Interrupts | None = None,
) -> ReportedOutcome:
    """Read groups and what changed, repair the groups, and report on it. Writes nothing.

    ``interrupts`` are heeded once the files are read; until then there is nothing to save.

    Raises:
        InputError: a file cannot be read, or somebody is meant who is not there; every finding.
    """
    limits, started, names = limits.begun(), time.monotonic(), naming(how)
    search = Search(limits, listener=listener)
    meeting_day = asked.day or how.today
    groups_file, joining_file = named(asked.groups), spoken(asked.joining or "")
    with names.faults(groups_file, joining_file), readings() as read:
        rulebook = with_columns(chosen_for(groups_file, choice), how.columns)
        asked = _without_history(asked, rulebook) if rulebook.several_groups else asked
        how = how.dated(day_of(groups_file))
        reading = ReadOptions(rulebook, how.sheet, how.columns, how.day)
        members = look_at_members(asked.groups, asked.joining, reading, names.newcomers)
        look = with_removed(members.look, groups_file)
        look, rulebook = resolved(look, rulebook, names)
        history, noticed = _history(asked, look, names)
        facts = facts_for(how.group_facts, groups_file, look.people, names)
        members = replace(members, look=look)
        members, rulebook = names.members(members, rulebook), names.rulebook(rulebook)
        roster, before = members.look.participants(), members.look.grouping
        assert before is not None  # it is read, or stops the run, with the roster
        register = Register(roster, members.gone)
        change, told = _change(asked, members, register, names)
        change = replace(change, history=history)
        problem = problem_of(roster, rulebook, before)
        before, change = in_best_seats(problem, before), change.in_seats(problem.roster)
    search.seconds["read"] = time.monotonic() - started
    if interrupts is not None:
        interrupts.heed()
    with search.stage("solve"):
        found = rebalance(problem, before, change, asked.policy, search)
    with search.stage("audit"):
        outcome = outcome_of(found, with_changes(found, members.cancelled), search)
    if asked.policy is not Policy.MERGE:  # to combine groups whole is no rule of theirs
        outcome = _with_reasons(outcome, limits)
    if found.passing is not None:
        outcome = _without_recruits(outcome)
    joined = _joined_already(names.file(joining_file), members)
    findings = (*members.look.remarks(), *names.findings(noticed), *register.notices, *joined)
    arguments = {**_arguments(asked, meeting_day), **told, **choice.rulebook(), **limited(limits)}
    call, inputs = recorded_call("rebalance", arguments, how, names), inputs_of(read, names)
    provenance = provenance_of(outcome, limits.seed, inputs, call, how.today.isoformat())
    findings = (*findings, *problem.notices())
    report = build_report(outcome, findings, provenance, bonds_first=True)
    answer = _answer(asked, found, outcome, members, report, meeting_day)
    lasting = None if outcome.grouping is None else found.permanent
    answer = with_facts(answer, facts, problem.roster, lasting, before.names)
    discreet, interrupted = not names.open, limits.stop.is_set()
    return replace(answer, interrupted=interrupted, folder=names.folder, discreet=discreet)


def _without_history(asked: RebalanceRequest, rulebook: Rulebook) -> RebalanceRequest:
    """What is asked, without plans of earlier meetings that were only found.

    Raises RulebookError for what is not told of people in several groups.
    """
    named = bool(asked.history) and not asked.found
    for option, given in (("--policy merge", asked.policy is Policy.MERGE), ("--history", named)):
        if given:
            refuse_in_groups(rulebook, f"rebalance {option}")
    return replace(asked, history=(), found=False)


def rebalance_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Rebalance as a call that was recorded with these arguments."""
    policy, day = told.get("policy"), told.get("date")
    asked = RebalanceRequest(
        told["groups"],
        tuple(told.get("absent", ())),
        tuple(told.get("left", ())),
        told.get("joining"),
        None if policy is None else Policy(policy),
        tuple(map(Path, told.get("history", ()))),
        None if day is None else date.fromisoformat(day),
        bool(told.get("found")),
    )
    return rebalance_groups(asked, RulebookChoice.told(told), limits_told(told), how=how)


def _arguments(asked: RebalanceRequest, meeting: date) -> dict[str, object]:
    """The request without whom it names, as arguments of a call that is recorded."""
    return {
        "groups": path_of(asked.groups),
        "joining": None if asked.joining is None else path_of(asked.joining),
        "policy": None if asked.policy is None else asked.policy.value,
        "history": asked.history,
        "found": asked.found,
        "date": meeting.isoformat() if asked.absent else None,
    }


def _change(
    asked: RebalanceRequest, members: Membership, register: Register, names: Openly
) -> tuple[Change, dict[str, object]]:
    """What changes, and whom the call names, as arguments of a call that is recorded."""
    roster, places, told = register.roster, list[list[int]](), dict[str, object]()
    for texts, option, role in ((asked.left, "--left", LEFT), (asked.absent, "--absent", ABSENT)):
        written = [
            [text]
            if isinstance(text, Mention)
            else members.meant.put_together(mentions(text, role))
            for text in texts
        ]
        named = members.meant.by_id(chain.from_iterable(written)) if texts else []
        places.append(register.found(names.mentions(named), option) if texts else [])
        each = iter(named)
        told[role] = people_told(texts, role, [list(islice(each, len(w))) for w in written], names)
    left, absent = places
    register.stop_on_faults()
    _somebody_left(members, left, absent)
    joined = np.flatnonzero(roster.rows >= members.kept)
    meeting = bool(asked.absent)
    return Change(_places(absent), _places(left), joined.astype(np.int64), meeting=meeting), told


def _history(
    asked: RebalanceRequest, look: Look, names: Openly
) -> tuple[tuple[EarlierGroups, ...], tuple[Finding, ...]]:
    """The plans of earlier meetings by the ids of a look's people, and what is to say of them.

    One that was found, and not named, is passed over where it is about others.
    """
    if look.people is None or not asked.history:
        return (), ()
    plans: dict[Path, EarlierGroups] = {}
    notices: list[Finding] = []
    for path in asked.history:
        references = References(look.people, names)
        try:
            plans[path] = references.earlier(read_earlier(path, _called(path), HISTORY))
            references.stop_on_faults()
            notices += references.notices
        except InputError:
            if not asked.found:
                raise
            plans.pop(path, None)
            notices.append(Finding(Severity.NOTICE, _OF_OTHERS, file=str(path)))
    if asked.found and plans:
        notices.append(_read_beside(list(plans)))
    return tuple(map(names.earlier, plans.values())), tuple(dict.fromkeys(notices))


def _called(plan: Path) -> str:
    """What a run wrote is called the same everywhere, so its folder tells it apart."""
    return f"{plan.parent.name}/{plan.name}" if plan.name == GROUPS else plan.name


def _read_beside(plans: Sequence[Path]) -> Finding:
    message = ngettext(
        "The plan of {n} earlier meeting was read, so that others take their turn: {folders}",
        "The plans of {n} earlier meetings were read, so that others take their turn: {folders}",
        len(plans),
        folders=[verbatim(plan.parent.name) for plan in plans],
    )
    return Finding(Severity.NOTICE, message, hint=_OTHER_HISTORY)


def _somebody_left(members: Membership, left: list[int], absent: list[int]) -> None:
    """Raise InputError where nobody is there whom a plan could be about."""
    roster, before = members.look.participants(), members.look.grouping
    here = np.ones(len(roster), dtype=bool)
    here[left] = False
    newcomers = bool((roster.rows >= members.kept).any())
    if absent and before is not None and not (left or newcomers):
        here &= before.group_of >= 0
    here[absent] = False
    if not here.any():
        raise InputError([Finding(Severity.ERROR, _NOBODY, file=roster.table.name)])


def _places(people: list[int]) -> IntArray:
    return np.array(sorted(people), dtype=np.int64)


def _joined_already(file: str, members: Membership) -> list[Finding]:
    """That newcomers are members already; a warning where their rows tell other things of them."""
    return [
        Finding(
            Severity.WARNING if each.differing else Severity.NOTICE,
            _member_already(each),
            file=file,
            row=each.row,
            column="--joining",
            value=each.who,
            hint=_SOMEBODY_ELSE if each.differing else None,
            aside=True,
        )
        for each in members.known
    ]


def _member_already(known: AlreadyThere) -> Message:
    if not known.differing:
        return _("{own} is a member already", own=known.who)
    return _(
        "{own} is a member already, but other details stand here: {columns}",
        own=known.who,
        columns=list(known.differing),
    )


_SOMEBODY_ELSE = _(
    "The groups keep their details. If this is somebody else, give the row an id of its own; if "
    "the details have changed, change them in the groups"
)


def _answer(
    asked: RebalanceRequest,
    found: Rebalanced,
    outcome: Outcome,
    members: Membership,
    report: Report,
    day: date,
) -> ReportedOutcome:
    account = account_of(found, asked.policy)
    counts, known = report.counts, len(members.known)
    report = replace(
        report,
        counts=replace(counts, read=counts.read + known, set_aside=counts.set_aside + known),
        label=label_of(found, outcome, day) or report.label,
        sentence=sentence_of(found, outcome) or report.sentence,
        proven=report.proven and account.proven and outcome.verdict is Verdict.FORMED,
        parts=tuple(
            replace(
                line,
                sentence=sentence_of_part(found, outcome, part) or line.sentence,
                proven=line.proven and part_is_proven(found, part.value),
            )
            for part, line in zip(outcome.parts, report.parts, strict=True)
        ),
        rebalance=account,
    )
    report = with_meeting(report, meeting_of(found, day))
    several = found.problem.roster.has_further_seats
    if outcome.grouping is None and outcome.why_not is None and several:
        # Without a plan nobody goes anywhere, and it is not known which groups meet.
        meeting = None if report.meeting is None else replace(report.meeting, not_meeting={})
        report = replace(report, rebalance=None, meeting=meeting)
    asked_for = found.change.lasting or found.change.meeting
    kept = outcome.verdict is Verdict.FORMED and not (asked_for or found.changed)
    return ReportedOutcome(outcome, report, members.text if kept else None)


_OF_OTHERS = _(
    "This plan of an earlier meeting is passed over: it is not clear who of it is who here"
)
_OTHER_HISTORY = _("Name others with --history")
_NOBODY = _("Nobody is left of the groups: there is nothing to plan")


def _without_recruits(outcome: Outcome) -> Outcome:
    """For one meeting nobody new is found: what would help is within the groups."""
    if outcome.why_not is None:
        return outcome
    repairs = [each for each in outcome.why_not.repairs if each.remedy is not Remedy.RECRUIT]
    parts = (replace(part, outcome=_without_recruits(part.outcome)) for part in outcome.parts)
    why_not = replace(outcome.why_not, repairs=tuple(repairs))
    return replace(outcome, why_not=why_not, parts=tuple(parts))


def _with_reasons(outcome: Outcome, limits: Limits) -> Outcome:
    if outcome.why_not is None:
        return outcome
    from vermegroup.diagnosis.diagnose import with_reasons  # noqa: PLC0415

    return with_reasons(outcome, limits)
