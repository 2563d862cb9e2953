"""Several rounds of a roster that may be split: what is formed once, and then again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import WAITLIST, Grouping, Seating
from vermegroup.domain.meetings import met
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, settled
from vermegroup.domain.split import parts_of
from vermegroup.judge.bounds import sized_like
from vermegroup.judge.meetings import fewest_new_repeats
from vermegroup.solver.goals import Goal, bad_groups, counting_goals, goal_at
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.opening import opening
from vermegroup.solver.rounds.preferences import serve_preferences
from vermegroup.solver.rounds.schedule import Schedule, seats_for
from vermegroup.solver.rounds.tabu import Tabu
from vermegroup.solver.rounds.trades import Judge
from vermegroup.solver.search import Limits, Listener, Search
from vermegroup.solver.solution import named, numbered, promised, seating_of


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
            found = tuple(_of_all_parts(problem, grouping, rounds, before, search))
    finally:
        search.workshop.close()
    return Planned(found, not search.cut_short, search.seconds["meet"])


def _of_all_parts(
    problem: Problem,
    grouping: Grouping,
    rounds: int,
    before: Sequence[IntArray],
    search: Search,
) -> Iterator[Grouping]:
    if problem.rulebook.split is None:
        groups = grouping.groups
        for group_of in _of_part(problem, grouping.group_of, rounds, before, search):
            yield numbered(problem, group_of, groups)
        return
    joined = np.full((rounds, len(problem.roster)), WAITLIST)
    promises: dict[int, str] = {}
    first, parts = 0, parts_of(problem)
    left = sum(len(part.people) for part in parts)
    for part in parts:
        inner = search.within(search.left() * len(part.people) / left)
        left -= len(part.people)
        alone = _compact(grouping.group_of[part.people])
        earlier = [groups[part.people] for groups in before]
        found = _of_part(part.problem, alone, rounds, earlier, inner)
        search.cut_short |= inner.cut_short
        for at, group_of in enumerate(found):
            own = numbered(part.problem, group_of, int(group_of.max(initial=-1)) + 1).group_of
            joined[at, part.people] = np.where(own >= 0, own + first, WAITLIST)
        first += int(alone.max(initial=-1)) + 1
        people = part.people.tolist()
        promises |= {people[at]: name for at, name in promised(part.problem).items()}
    for group_of in joined:
        yield named(group_of, first, promises)


def _compact(group_of: IntArray) -> IntArray:
    """The same groups, numbered from 0 without gaps."""
    values, codes = np.unique(group_of, return_inverse=True)
    return codes.astype(np.int64) - int(bool(len(values)) and values[0] == WAITLIST)


def _of_part(
    problem: Problem, first: IntArray, rounds: int, before: Sequence[IntArray], search: Search
) -> list[IntArray]:
    """Everybody's group (n,) in each new round, where ``first`` is what was formed."""
    groups = int(first.max(initial=WAITLIST)) + 1
    if not groups:
        return [first] * rounds
    sizes = sorted(np.bincount(first[first >= 0]).tolist(), reverse=True)
    plan = replace(problem.plan(groups), sizes=tuple(sizes))
    bound = fewest_new_repeats(problem, sizes, rounds, before)
    earlier = np.array([*before], dtype=np.int64).reshape(len(before), len(problem.roster))
    held = counting_goals(_held(problem, problem.plan(groups), seating_of(first, groups)))
    seats = seats_for(sizes, len(problem.roster))
    begun = _continued(problem, plan, earlier)
    # Where a design goes on from an earlier round, that round is not repeated.
    spare = int(begun is not None)
    begin = first if begun is None else begun
    people = opening(Judge(problem, plan, held), begin, seats, rounds + spare, search)[spare:]
    schedule = Schedule(seats, people, earlier)
    bound += int(met(before, len(problem.roster)).repeats)
    for kept in (held, ()) if held else ((),):
        tabu = Tabu(schedule, Judge(problem, plan, kept), bound, search)
        patience = PARAMS.rounds.held_steps if kept else _patience(schedule)
        tabu.run(PARAMS.rounds.steps, patience)
        schedule = Schedule(seats, tabu.best, earlier)
        if schedule.repeats <= bound:
            break
    serve_preferences(schedule, Judge(problem, plan), search)
    return [schedule.group_of(at) for at in range(rounds)]


def _patience(schedule: Schedule) -> int:
    """Steps without a better plan that are worth making: the more, the more seats there are."""
    return PARAMS.rounds.patience + PARAMS.rounds.patience_per_seat * schedule.people.size


def _continued(problem: Problem, plan: Plan, before: IntArray) -> IntArray | None:
    """The first of the earlier rounds, where it is one like those to come."""
    for group_of in before[:1]:
        seating = seating_of(group_of, plan.groups)
        sizes = np.sort(np.bincount(group_of[group_of >= 0]))[::-1]
        if tuple(sizes.tolist()) == plan.sizes and not bad_groups(problem, plan, (), seating).any():
            found: IntArray = group_of
            return found
    return None


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
