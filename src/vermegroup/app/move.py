"""Move people by hand: apply what a call says, judge it, and tell what it changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.edits import with_fixes
from vermegroup.app.inputs import ReadGroups, RulebookChoice, naming, read_groups
from vermegroup.app.privacy.how import AS_IT_IS, How, Openly
from vermegroup.app.recorded import recorded_call
from vermegroup.app.references import people_meant
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.seats_meant import NO_GROUP, Seats
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Move, Rebalance
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import (
    WAITLIST,
    Grouping,
    group_key,
    is_usual,
    means_waiting,
    usual_number,
)
from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import Audit
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster, called_by, labels_of
from vermegroup.domain.seats import bonds_of, changes_of_groups
from vermegroup.intake.cells import tidy
from vermegroup.intake.groups import nearly, nearly_among
from vermegroup.judge.auditor import audit, judged
from vermegroup.judge.several_groups import best_seated
from vermegroup.language.messages import N_, Message, _
from vermegroup.rebalancing.changes import compared_audits
from vermegroup.report.folder import GROUPS, RECORD, default_folder, provenance_in

MOVE, SWAP = "", "--swap"


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Who goes where, each as "person=group", and which two change places."""

    groups: str
    moves: tuple[str, ...] = ()
    swaps: tuple[tuple[str, str], ...] = ()

    def arguments(self) -> dict[str, object]:
        """The same as arguments of a call that is recorded."""
        return {"groups": Path(self.groups), "moves": self.moves, "swaps": self.swaps}


def folder_for(groups_file: str, asked: Path | None) -> Path:
    """The folder asked for; else that of the groups if a run wrote them, or ``NAME-groups``."""
    path = Path(groups_file)
    if asked is not None or groups_file == "-":
        return asked or default_folder(groups_file)
    if path.name != GROUPS:
        return default_folder(groups_file)
    try:
        if GROUPS in provenance_in(path.parent / RECORD)["outputs"]:
            return path.parent
    except (ValueError, KeyError, TypeError):
        pass
    return default_folder(f"{Path(os.path.realpath(path)).parent.name}.csv")


def move_people(asked: MoveRequest, choice: RulebookChoice, how: How = AS_IT_IS) -> ReportedOutcome:
    """Read groups, apply all moves and swaps as one change, judge it, and report. Writes nothing.

    Raises:
        InputError: the groups or the rulebook cannot be read, or the call does not tell who goes
            where; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(asked.groups):
        groups = read_groups(asked.groups, choice, how, names)
        moved = moved_by(asked, groups, names)
    after = moved.grouping
    outcome = judged(groups.problem, after, started)
    outcome = with_fixes(outcome, groups.call)
    assert outcome.audit is not None
    told = asked if names.open else _by_pseudonyms(asked, groups, moved.seats)
    arguments = {**told.arguments(), **choice.rulebook(), **how.asked_day()}
    call = recorded_call("move", arguments, how, names)
    report = groups.report(outcome, call, (*moved.meant, *names.findings(moved.noticed)))
    change = change_by_hand(groups.problem, groups.grouping, after, outcome.audit)
    answer = ReportedOutcome(outcome, replace(report, rebalance=change), folder=names.folder)
    roster, before = groups.problem.roster, groups.grouping.names
    return with_facts(answer, groups.facts, roster, after, before, groups.look.permanent)


@dataclass(frozen=True, slots=True)
class Moved:
    """A grouping after a request, the ``seats`` that it names, and what is to say of these."""

    grouping: Grouping
    seats: list[int]
    meant: tuple[Finding, ...]
    noticed: tuple[Finding, ...]


def moved_by(asked: MoveRequest, groups: ReadGroups, names: Openly) -> Moved:
    """Groups that were read, after all moves and swaps that were asked for.

    Raises InputError where the request does not tell who goes where.
    """
    pairs = [_pair(text) for text in asked.moves]
    texts = [person for person, _rest in pairs] + [who for swap in asked.swaps for who in swap]
    places, meant = _seats(groups, texts, MOVE if pairs else SWAP, names)
    after, noticed = moved_to(groups, places, [group for _rest, group in pairs])
    return Moved(after, places, meant, noticed)


def _seats(
    groups: ReadGroups, texts: Sequence[str], option: str, names: Openly
) -> tuple[list[int], tuple[Finding, ...]]:
    """Where those sit whom texts mean, and what is to say of that."""
    roster = groups.problem.roster
    seats = Seats(roster, groups.grouping, groups.names)
    parted = [seats.parted(text) for text in texts]
    called = [person for person, _group in parted]
    if roster.has_further_seats:  # who is in several groups may be meant in each of them
        called = list(dict.fromkeys(called))
    people, noticed = people_meant(called, option, roster, groups.meant, names)
    place = dict(zip(called, people, strict=True))
    own = [place[person] for person, _group in parted]
    return seats.found(own, [group for _person, group in parted], option), noticed


def move_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Move people as a call that was recorded with these arguments."""
    swaps = tuple((one, other) for one, other in told.get("swaps", ()))
    asked = MoveRequest(told["groups"], tuple(told.get("moves", ())), swaps)
    return move_people(asked, RulebookChoice.told(told), how)


def _by_pseudonyms(asked: MoveRequest, groups: ReadGroups, places: Sequence[int]) -> MoveRequest:
    """The request with everybody by the id of the run, and groups by the names of its results."""
    roster, own = groups.problem.roster, [*groups.grouping.names, NO_GROUP]
    ids = list(map(str, roster.ids[list(places)].tolist()))
    if roster.has_further_seats:
        homes = groups.grouping.group_of[list(places)].tolist()
        ids = [f"{id_}@{own[home]}" for id_, home in zip(ids, homes, strict=True)]
    wanted = [group for _rest, group in map(_pair, asked.moves)]
    called = dict(zip(map(group_key, groups.names), groups.grouping.names, strict=True))
    moves = zip(ids, (called.get(group_key(name), name) for name in wanted), strict=False)
    swapped = ids[len(wanted) :]
    return MoveRequest(
        asked.groups,
        tuple(f"{id_}={name}" for id_, name in moves),
        tuple(zip(swapped[::2], swapped[1::2], strict=True)),
    )


def _pair(text: str) -> tuple[str, str]:
    person, equals, group = (tidy(part) for part in text.partition("="))
    if not (person and equals):
        fault = Finding(Severity.ERROR, _NO_PAIR, column=MOVE, value=text, hint=_EXAMPLE)
        raise InputError([fault])
    return person, group


def moved_to(
    groups: ReadGroups, places: Sequence[int], wanted: Sequence[str]
) -> tuple[Grouping, tuple[Finding, ...]]:
    """The grouping after those who sit in ``places`` moved, and what is to be said of it.

    The first go to the groups ``wanted``, by their names; of those who follow two each change
    places. Raises InputError where somebody would be in one group twice, or two stay where they
    are.
    """
    if not places:
        raise InputError([Finding(Severity.ERROR, _NOTHING, column=MOVE, hint=_EXAMPLE)])
    before, roster = groups.grouping, groups.problem.roster
    targets, names, noticed = _targets(groups, wanted)
    swapped = places[len(wanted) :]
    homes = before.group_of[swapped].reshape(-1, 2)[:, ::-1].reshape(-1)
    _refuse_idle(groups, swapped, homes)
    group_of = before.group_of.copy()
    group_of[list(places)] = [*targets, *homes.tolist()]
    for person, target in zip(places, targets, strict=False):
        if before.group_of[person] == target:
            noticed.append(_stays(roster, person, [*names, ""][target]))
    Seats(roster, before, groups.names).refuse_twice(group_of, names, MOVE)
    return best_seated(groups.problem, _without_empty(group_of, names)), tuple(noticed)


def _stays(roster: Roster, person: int, group: str) -> Finding:
    who = called_by(roster, np.array([person]))[0]
    message = _THERE.filled(who=who, group=group) if group else _WAITS.filled(who=who)
    return Finding(Severity.NOTICE, message, column=MOVE)


def _refuse_idle(groups: ReadGroups, people: Sequence[int], homes: IntArray) -> None:
    """Raise InputError for two who are to change places and have the same group."""
    idle = np.flatnonzero(homes == groups.grouping.group_of[list(people)])[::2]
    pairs = (people[place : place + 2] for place in idle.tolist())
    faults = [
        Finding(
            Severity.ERROR,
            _IDLE.filled(people=called_by(groups.problem.roster, np.array(pair))),
            column=SWAP,
        )
        for pair in pairs
    ]
    if faults:
        raise InputError(faults)


def _without_empty(group_of: np.ndarray, names: Sequence[str]) -> Grouping:
    """The groups in which somebody sits; who is left without any waits."""
    used = np.unique(group_of[group_of != WAITLIST])
    place = np.full(len(names) + 1, WAITLIST)
    place[used] = np.arange(len(used))
    return Grouping(place[group_of], tuple(names[group] for group in used.tolist()))


def _targets(
    groups: ReadGroups, wanted: Sequence[str]
) -> tuple[list[int], list[str], list[Finding]]:
    """The groups wanted, by number; all groups' names, new ones last; and what is to be asked."""
    both = (groups.grouping.names, groups.names)  # those of results, and those of the file
    known = {group_key(name): place for names in both for place, name in enumerate(names)}
    names, targets, asked = list(groups.grouping.names), list[int](), list[Finding]()
    for text in wanted:
        if text == "-" or means_waiting(text):
            targets.append(WAITLIST)
            continue
        if not text.isprintable():
            raise InputError([Finding(Severity.ERROR, _UNSEEN, column=MOVE, value=text)])
        key = group_key(text)
        if key not in known:
            name = _as_others(text, names)
            near = nearly_among(name, groups.names)
            message = _NEW.filled(group=name) if near is None else nearly(name, near)
            severity = Severity.NOTICE if near is None else Severity.WARNING
            asked.append(Finding(severity, message, column=MOVE, value=text))
            known[key] = len(names)
            names.append(name)
        targets.append(known[key])
    return targets, names, asked


def _as_others(text: str, names: Sequence[str]) -> str:
    """A new group's name, its number written as others write theirs: G07 for g7 beside G06."""
    number = usual_number(text)
    ours = [name for name in names if name[:1] == "G" and is_usual(name)]
    if number is None or len(ours) < len(names):
        return text
    width = max((len(name) - 1 for name in names), default=2)
    return f"G{number:0{width}d}"


def change_by_hand(
    problem: Problem,
    before: Grouping,
    after: Grouping,
    audited: Audit,
    reasons: Mapping[str, Message] = MappingProxyType({}),
) -> Rebalance:
    """What a report tells of the change: bonds, who moved, and how rules stood and stand.

    ``reasons`` say by id why people moved, where that was not by hand.
    """
    then, labels = audit(problem, before), labels_of(problem.roster)
    ids = list(map(str, problem.roster.ids.tolist()))
    moves = tuple(
        Move(
            ids[person],
            labels[person],
            origin,
            target,
            reasons.get(ids[person], BY_HAND),
            also=also,
        )
        for person, origin, target, also in changes_of_groups(problem.roster, before, after)
    )
    touched = {name for move in moves for name in (move.origin, move.target)}
    return Rebalance(
        bonds_of(problem.roster, before, after),
        moves,
        len(touched.intersection(before.names)),
        compared=compared_audits((problem, then), (problem, audited)),
        remarks=tuple(since_when((before, then), (after, audited))),
    )


def since_when(old: tuple[Grouping, Audit], new: tuple[Grouping, Audit]) -> Iterator[Message]:
    """Each rule that is broken, and whether this change broke it or it was so before."""
    before = _breaches(*old)
    for key, (rule, groups) in _breaches(*new).items():
        known = before.get(key, (rule, []))[1]
        for form, some in (
            (_BROKEN_NOW, [group for group in groups if group not in known]),
            (_BROKEN_BEFORE, [group for group in groups if group in known]),
        ):
            if some:
                yield form.filled(rule=rule, groups=[group or _ALL for group in some])


def _breaches(
    grouping: Grouping, audited: Audit, part: str = ""
) -> dict[tuple[str, int], tuple[Message, list[str]]]:
    """The rules that are broken, by part and place, each with the names of the groups."""
    found = {
        (part, place): (
            standing.rule.sentence(Role.RULE),
            ["" if b.group is None else grouping.names[b.group] for b in standing.breaches],
        )
        for place, standing in enumerate(audited.rules)
        if standing.breaches
    }
    for each in audited.parts:
        found |= _breaches(each.grouping, each.audit, each.value)
    return found


_NO_PAIR = _("A person and a group are expected, with = between them")
_EXAMPLE = _("For example: V-016=G03, or --swap V-018 V-021; V-016=- is the queue")
_NOTHING = _("Nobody is named who is to move")
_UNSEEN = _("A group needs a name that can be seen")
_NEW = N_("{group} is a new group")
_THERE = N_("{who} is in {group} already")
_IDLE = N_("{people} cannot change places: they have the same group, or none")
_WAITS = N_("{who} is in the queue already")
BY_HAND = _("Moved by hand")
_BROKEN_NOW = N_("Broken by this change: “{rule}” ({groups})")
_BROKEN_BEFORE = N_("Broken before it already: “{rule}” ({groups})")
_ALL = _("all groups")
