"""Several rounds of a roster that may be split: what is formed once, and then again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import WAITLIST, Grouping, Seating
from vermegroup.domain.meetings import met
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, settled
from vermegroup.domain.split import parts_in
from vermegroup.judge.bounds import sized_like
from vermegroup.judge.meetings import fewest_new_repeats
from vermegroup.solver.goals import Goal, bad_groups, counting_goals, goal_at
from vermegroup.solver.join_parts import joined
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.opening import opening
from vermegroup.solver.rounds.preferences import serve_preferences
from vermegroup.solver.rounds.schedule import Schedule, seats_for
from vermegroup.solver.rounds.tabu import Tabu
from vermegroup.solver.rounds.trades import Judge
from vermegroup.solver.search import Limits, Listener, Search
from vermegroup.solver.solution import numbered, seating_of


@dataclass(frozen=True, slots=True)
class Planned:
    """The groupings of the new rounds, and whether another run ends alike."""

    groupings: tuple[Grouping, ...]
    deterministic: bool
    seconds: float


def plan_rounds(
    formed: Outcome,
    rounds: int,
    before: Sequence[IntArray],
    limits: Limits,
    listener: Listener,
) -> Planned:
    """So many groupings with the sizes of one that was formed, in which as few meet as can be.

    Repeats come first, those of the earlier rounds ``before`` (groups (n,)) included; then the
    rulebook's preferences. In every part of a split roster for itself.
    """
    problem, grouping = formed.problem, formed.grouping
    assert grouping is not None
    search = Search(limits, listener=listener)
    try:
        with search.stage("meet"):
            found = _of_all_parts(problem, grouping, rounds, before, search)
    finally:
        search.workshop.close()
    return Planned(tuple(found), not search.cut_short, search.seconds["meet"])


def _of_all_parts(
    problem: Problem,
    grouping: Grouping,
    rounds: int,
    before: Sequence[IntArray],
    search: Search,
) -> list[Grouping]:
    if problem.rulebook.split is None:
        return _of_part(problem, grouping, rounds, before, search)
    parts = parts_in(problem, grouping)
    left = sum(len(part.people) for part, _ in parts)
    found = []
    for part, own in parts:
        inner = search.within(search.left() * len(part.people) / left)
        left -= len(part.people)
        earlier = [_without_gaps(groups[part.people]) for groups in before]
        found.append((part, _of_part(part.problem, own, rounds, earlier, inner)))
    people = len(problem.roster)
    return [joined(people, [(part, own[at]) for part, own in found]) for at in range(rounds)]


def _without_gaps(group_of: IntArray) -> IntArray:
    """The same groups (n,), negative for none, with those that have anybody numbered from 0."""
    values, codes = np.unique(np.maximum(group_of, WAITLIST), return_inverse=True)
    waiting = int((values < 0).sum())
    return codes.astype(np.int64) - waiting


def _of_part(
    problem: Problem, formed: Grouping, rounds: int, before: Sequence[IntArray], search: Search
) -> list[Grouping]:
    """The groupings of the new rounds, each with the sizes of what was formed."""
    groups, first = formed.groups, formed.group_of
    if not groups:
        return [formed] * rounds
    sizes = sorted(formed.seating().sizes().tolist(), reverse=True)
    plan = replace(problem.plan(groups), sizes=tuple(sizes))
    people = len(problem.roster)
    bound = met(before, people).repeats + fewest_new_repeats(problem, sizes, rounds, before)
    earlier = np.array([*before], dtype=np.int64).reshape(len(before), people)
    held = counting_goals(_held(problem, problem.plan(groups), seating_of(first, groups)))
    seats = seats_for(sizes, people)
    begun = _continued(problem, plan, earlier)
    # Where a design goes on from an earlier round, that round is not repeated.
    spare = int(begun is not None)
    begin = first if begun is None else begun
    opened = opening(Judge(problem, plan, held), begin, seats, rounds + spare, search)[spare:]
    schedule = Schedule(seats, opened, earlier)
    for kept in (held, ()) if held else ((),):
        tabu = Tabu(schedule, Judge(problem, plan, kept), bound, search)
        patience = PARAMS.rounds.held_steps if kept else _patience(schedule)
        tabu.run(PARAMS.rounds.steps, patience)
        schedule = Schedule(seats, tabu.best, earlier)
        if schedule.repeats <= bound:
            break
    serve_preferences(schedule, Judge(problem, plan), search)
    return [numbered(problem, schedule.group_of(at), groups) for at in range(rounds)]


def _patience(schedule: Schedule) -> int:
    """Steps without a better plan that are worth making: the more, the more seats there are."""
    return PARAMS.rounds.patience + PARAMS.rounds.patience_per_seat * schedule.people.size


def _continued(problem: Problem, plan: Plan, before: IntArray) -> IntArray | None:
    """The first of the earlier rounds, where it is one like those to come."""
    if not len(before):
        return None
    first: IntArray = before[0]
    sizes = np.sort(np.bincount(first[first >= 0]))[::-1]
    if tuple(sizes.tolist()) != plan.sizes:
        return None
    broken = bad_groups(problem, plan, (), seating_of(first, plan.groups))
    return None if broken.any() else first


def _held(problem: Problem, plan: Plan, seating: Seating) -> tuple[Goal, ...]:
    """What the preferences have come to in what was formed, as far as each group tells it."""
    held: list[Goal] = []
    for preference in problem.rulebook.preferences:
        plan = sized_like(problem, plan, seating)
        value = goal_at(problem, plan, preference).value(seating)
        goal = goal_at(problem, plan, preference, value)
        if goal.local and not goal.missed(seating).any():
            held.append(goal)
        plan = settled(plan, preference, value, goal.bound)
    return tuple(held)
