"""The first plan of all rounds: a design over the members of one valid grouping, mended.

Columns of the design are the members' ranks in their groups: the most experienced of each, the
next, and so on. So every group of every round has one of each rank, as in the grouping that the
design begins from, and what holds there for ranks' sake holds in all rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY, WAITLIST
from vermegroup.domain.problem import Problem
from vermegroup.solver.goals import Goal, bad_groups
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.designs import rounds_apart
from vermegroup.solver.rounds.schedule import Seats
from vermegroup.solver.rounds.trades import Judge
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft


def opening(judge: Judge, first: IntArray, seats: Seats, rounds: int, search: Search) -> IntArray:
    """People by seat in so many valid rounds, shape (rounds, n), the first as given (n,).

    Where a round of the design cannot be mended, or there are too few, the first is there again.
    """
    problem = judge.problem
    begun = by_seat(problem, first, seats)
    found = [begun]
    for group_of in _designed(problem, begun, seats, rounds):
        mended = _mended(Draft(problem, judge.plan, group_of), judge.held, search)
        if mended is not None and len(found) < rounds:
            found.append(by_seat(problem, mended, seats))
    return np.stack([*found, *[begun] * (rounds - len(found))])


def by_seat(problem: Problem, group_of: IntArray, seats: Seats) -> IntArray:
    """Who sits where (n,): groups by their size, members by their rank, and last who waits."""
    ticks = problem.layered_ticks()
    sizes = np.bincount(group_of[group_of >= 0], minlength=seats.groups)
    rank = np.empty(seats.groups + 1, dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(seats.groups)
    rank[-1] = seats.groups  # of -1, the waitlist
    return np.lexsort((-ticks, rank[group_of]))


def _designed(problem: Problem, begun: IntArray, seats: Seats, rounds: int) -> Iterator[IntArray]:
    """Everybody's group (n,) in the rounds of the design after the first."""
    sizes = np.diff(seats.starts)
    size = seats.largest
    if size - int(sizes.min()) > 1 or rounds == 1:
        return
    table = np.full((size, seats.groups), NOBODY)
    seated = np.arange(seats.seated)
    group = seats.group[: seats.seated]
    table[seated - seats.starts[group], group] = begun[: seats.seated]
    whole = bool((sizes == size).all())
    for points in rounds_apart(seats.groups, size, rounds, whole=whole)[1:]:
        people = table.reshape(-1)[points]
        group_of = np.full(len(problem.roster), WAITLIST)
        places, columns = np.nonzero(people != NOBODY)
        group_of[people[places, columns]] = places
        yield group_of


def _mended(draft: Draft, held: Sequence[Goal], search: Search) -> IntArray | None:
    """A valid round near this one, of the same sizes; None where none was found soon.

    What is held is kept where that is soon done, and the rules in any case.
    """
    if bad_groups(draft.problem, draft.plan, held, draft.seating()).any():
        from vermegroup.solver.lns.repair import repair  # noqa: PLC0415

        sizes = _sizes(draft)
        first = PARAMS.lns.repair_steps[: PARAMS.lns.first_repair_steps]
        soon = search.within(PARAMS.rounds.held_effort)
        kept = repair(draft, held, soon, steps=first)
        if not kept and not repair(draft, (), search):
            return None
        if _sizes(draft) != sizes:
            return None
    return draft.group_of if draft.valid(everyone=False) else None


def _sizes(draft: Draft) -> list[int]:
    sizes: list[int] = np.sort(draft.sizes(range(draft.plan.groups))).tolist()
    return sizes
