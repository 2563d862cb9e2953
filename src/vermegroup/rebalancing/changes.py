"""What a rebalancing changes: bonds, moves with reasons, offers, and the rules before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Compared, Departure, Move, Offer, Policy, Rebalance
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.outcome import Audit, RuleStanding
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.domain.roster import Table, labels_of
from vermegroup.intake.people.attendance import name_for
from vermegroup.intake.people.meeting_columns import PERMANENT
from vermegroup.judge.auditor import audit
from vermegroup.judge.several_groups import best_seated
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import groups_of
from vermegroup.rebalancing.offers import offers_for
from vermegroup.rebalancing.reasons import Reasons
from vermegroup.rebalancing.stage import Rebalanced, Stage

Judged = tuple[Problem, Audit]
Standing = TypeVar("Standing", RuleStanding, PreferenceStanding)


def compared(
    problem: Problem, before: Grouping, after: Grouping, members: tuple[IntArray, IntArray]
) -> tuple[Compared, ...]:
    """How each rule and preference stands in two groupings of a roster.

    ``members`` are those who count before and those who count after. Rules that name people are
    told of those who count both times. A split roster's parts follow each other.
    """
    ids = problem.roster.ids
    alone = np.delete(ids, np.intersect1d(*members))
    comparable = Problem(problem.roster, problem.rulebook.without(frozenset(map(str, alone))))
    return compared_audits(
        _judged(comparable, before, members[0]), _judged(comparable, after, members[1])
    )


def compared_audits(before: Judged, after: Judged) -> tuple[Compared, ...]:
    """The same of two groupings that were judged, each with its own problem."""
    return tuple(line for pair in _pairs(_apart(before), _apart(after)) for line in _lines(*pair))


def _judged(problem: Problem, grouping: Grouping, people: IntArray) -> Judged:
    subset = Problem(problem.roster.subset(people), problem.rulebook)
    used, group_of = np.unique(grouping.group_of[people], return_inverse=True)
    group_of = group_of.astype(np.int64) - int((used < 0).any())
    names = tuple(grouping.names[group] for group in used[used >= 0])
    return subset, audit(subset, best_seated(subset, Grouping(group_of, names)))


def _apart(judged: Judged) -> dict[str, Judged]:
    """The parts of a split roster by the value they have; a whole one under no name."""
    parts = {part.value: (part.problem, part.audit) for part in judged[1].parts}
    return parts or {"": judged}


def _pairs(old: dict[str, Judged], new: dict[str, Judged]) -> Iterator[tuple[Judged, Judged]]:
    return ((old[value], judged) for value, judged in new.items() if value in old)


def _lines(old: Judged, new: Judged) -> Iterator[Compared]:
    """What both are judged by; where somebody left, a rule about them may say less, or nothing."""
    for before, after in _shared(old[1].rules, new[1].rules, lambda standing: standing.rule):
        yield _rule(before, after)
    both = _shared(old[1].preferences, new[1].preferences, lambda standing: standing.preference)
    for earlier, later in both:
        yield _preference(old, new, earlier, later)


def _shared(
    old: Iterable[Standing], new: Iterable[Standing], kind: Callable[[Standing], Kind]
) -> Iterator[tuple[Standing, Standing]]:
    waiting: dict[str, list[Standing]] = {}
    for standing in old:
        waiting.setdefault(str(kind(standing).written()), []).append(standing)
    for standing in new:
        if same := waiting.get(str(kind(standing).written())):
            yield same.pop(0), standing


def _rule(before: RuleStanding, after: RuleStanding) -> Compared:
    old, new = len(before.breaches), len(after.breaches)
    better = None if old == new else new < old
    sentence = before.rule.sentence(Role.RULE)
    broken = (Fraction(old), Fraction(new))
    told = (_standing(before), _standing(after))
    return Compared(sentence, *told, better, before.rule.kind, broken, is_rule=True)


def _standing(standing: RuleStanding) -> Message:
    if standing.satisfied:
        return _("holds")
    groups = {breach.group for breach in standing.breaches} - {None}
    if not groups:
        return _("does not hold")
    return _("broken in {groups}", groups=groups_of(len(groups)))


def _preference(
    old: Judged, new: Judged, before: PreferenceStanding, after: PreferenceStanding
) -> Compared:
    kind = after.preference
    values = [
        kind.in_words(problem.roster, audited.plan, standing.value)
        for (problem, audited), standing in ((old, before), (new, after))
    ]
    units = [
        kind.in_units(problem.roster, audited.plan, standing.value)
        for (problem, audited), standing in ((old, before), (new, after))
    ]
    gain = (units[0] - units[1]) * kind.sense.value
    better = None if not gain else gain > 0
    sentence = kind.sentence(Role.PREFERENCE)
    return Compared(sentence, values[0], values[1], better, kind.kind, (units[0], units[1]))


_MOST_NEWCOMERS = 200


def account_of(found: Rebalanced, policy: Policy | None) -> Rebalance:
    """What a report tells of it."""
    stages = found.stages
    return Rebalance(
        found.bonds(),
        tuple(_moves(found)),
        found.touched(),
        sum(stage.bound for stage in stages) if len(stages) < 2 else None,
        all(stage.proven and stage.in_turn for stage in stages),
        tuple(_offers(found)),
        compared(_judging(found), found.before, found.result, _members(found)),
        tuple(_remarks(found, policy)),
        policy is Policy.MERGE,
        tuple(_departures(found)),
    )


def _departures(found: Rebalanced) -> Iterator[Departure]:
    roster, left = found.problem.roster, found.change.left
    homes = [*found.before.names, ""]
    now = dict(zip(found.permanent.names, found.permanent.seating().sizes().tolist(), strict=True))
    labels = labels_of(roster) if len(left) else []
    for person, home in zip(left.tolist(), found.before.group_of[left].tolist(), strict=True):
        group = homes[home]
        yield Departure(str(roster.ids[person]), labels[person], group, now.get(group, 0))


def _judging(found: Rebalanced) -> Problem:
    """What both groupings are judged by: a meeting by the rules of meetings."""
    return found.problem if found.passing is None else found.problem.in_meetings()


def _moves(found: Rebalanced) -> list[Move]:
    moves: list[Move] = []
    joined = found.change.joined
    if found.lasting is not None:
        moves += Reasons(found.lasting, joined, meeting=False).moves()
    if found.passing is not None:
        moves += Reasons(found.passing, joined, meeting=True).moves()
    return moves


def _offers(found: Rebalanced) -> list[Offer]:
    joined, stage = found.change.joined, found.lasting
    if stage is None or not len(joined) or len(joined) > _MOST_NEWCOMERS:
        return []
    newcomers = np.isin(stage.here, joined) & ~stage.problem.roster.further()
    offers: list[Offer] = []
    for part in stage.parts:
        before = Grouping(stage.before.group_of[part.people], stage.before.names)
        offers += offers_for(part.problem, before, np.flatnonzero(newcomers[part.people]))
    return offers


def _members(found: Rebalanced) -> tuple[np.ndarray, np.ndarray]:
    """Who counts before, and who counts after: who waited before counts if that is told after."""
    after = found.stages[-1].here if found.stages else np.arange(len(found.problem.roster))
    roster = found.problem.roster
    waited = found.before.group_of == WAITLIST
    if roster.has_further_seats:
        waited = ~np.isin(roster.person, roster.person[~waited])
    waited[found.change.joined] = False
    waited[np.setdiff1d(np.arange(len(waited)), after)] = False
    before = (found.before.group_of != WAITLIST) | waited
    if roster.has_further_seats:
        before = np.isin(roster.person, roster.person[before])
    return np.flatnonzero(before), after


def _remarks(found: Rebalanced, policy: Policy | None) -> list[Message]:
    remarks = []
    if found.passing is not None:
        remarks.append(_one_meeting(found.problem.roster.table))
    elif found.change.meeting and found.lasting is not None:
        remarks.append(_NO_MEETING if found.lasting.left_over else _NOBODY_COMES)
    remarks += _of_the_queue(found.lasting)
    if found.problem.roster.has_further_seats:  # they are not only combined whole
        return remarks
    moved = [stage for stage in found.stages if stage.policy is Policy.MOVE]
    if policy is None and moved:
        proven = all(stage.merging_fails for stage in moved)
        remarks.append(_MOVED if proven else _MOVED_AS_FOUND)
    elif policy is None and _merging_suffices(found):
        remarks.append(_MERGED if any(map(_merges, found.stages)) else _NONE_MOVED)
    return remarks


def _of_the_queue(stage: Stage | None) -> Iterator[Message]:
    """How it was decided who of those without a group is placed, where some are and some wait."""
    if stage is not None and stage.kept and stage.passed_by():
        yield _IN_TURN if stage.in_turn and stage.proven else _IN_TURN_AS_FOUND


def _merging_suffices(found: Rebalanced) -> bool:
    touched = any(stage.touched for stage in found.stages)
    return touched and not any(stage.waiting for stage in found.stages)


def _merges(stage: Stage) -> bool:
    """Whether people of several old groups have one new group."""
    old, new = stage.before.group_of, stage.after.group_of
    both = (old >= 0) & (new >= 0)
    pairs = np.unique(np.stack([old[both], new[both]]), axis=1)
    return bool(len(np.unique(pairs[1])) < pairs.shape[1])


def _one_meeting(table: Table) -> Message:
    return _(
        "This is a plan for one meeting. Everyone goes back afterwards: the permanent groups stand "
        "in the column “{column}”",
        column=name_for(PERMANENT, table),
    )


_NO_MEETING = _("No meeting is planned: the permanent groups come first")
_NOBODY_COMES = _("No meeting is planned: nobody is left for it")
_MERGED = _("It was enough to combine whole groups")
_NONE_MOVED = _("No single person had to change groups")
_IN_TURN = _(
    "Whoever had a group comes before the queue, and else whoever is first in turn, as long as no "
    "fewer have a place for it and no more bonds break"
)
_IN_TURN_AS_FOUND = _(
    "Whoever had a group comes before the queue, and else whoever is first in turn, as far as such "
    "a plan was found"
)
_MOVED = _("Combining whole groups does not suffice, so single people change groups, too")
_MOVED_AS_FOUND = _(
    "No plan was found that only combines whole groups and is as good, so single people change "
    "groups, too"
)
