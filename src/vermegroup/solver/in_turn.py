"""Who waits after groups were formed: of all groupings as good, one that places the earliest.

The last of all that counts, after every preference: as :mod:`vermegroup.solver.first_served` has
it, among groupings of the same number of groups. A person who waits is first tried in the seat of
each one who comes later; that is all that is done for many people. For fewer, models are asked
whether the earliest can be placed together, the values of all preferences being held.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.kind import Kind, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated, queue_of
from vermegroup.solver.assignment.lexicographic import found_groups, whole_model
from vermegroup.solver.column_generation.columns import holds, padded, seating_of_rows
from vermegroup.solver.cpsat import solve
from vermegroup.solver.first_served import first_served
from vermegroup.solver.goals import goal_at
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import seating_of


def placed_in_turn(problem: Problem, plan: Plan, group_of: IntArray, search: Search) -> IntArray:
    """A grouping (n,) as good as this one in every preference, in which earlier people are placed.

    Where nobody waits, or those who wait come last, it is this one.
    """
    if problem.roster.has_further_seats:  # nobody waits there, but seats that nobody needs
        return group_of
    order = queue_of(problem)
    seats = int((group_of >= 0).sum())
    if seats in (0, len(group_of)) or (group_of[order[:seats]] >= 0).all():
        return group_of
    with search.stage("solve"):
        group_of = _Exchanges(problem, plan, order).made(group_of, search)
        small = len(group_of) * plan.groups <= PARAMS.assignment.queue_seats
        return _asked(problem, plan, order, group_of, search) if small else group_of


def _asked(
    problem: Problem, plan: Plan, order: IntArray, group_of: IntArray, search: Search
) -> IntArray:
    seating = seating_of(group_of, plan.groups)
    values = [goal_at(problem, plan, kind).value(seating) for kind in problem.rulebook.preferences]
    pairs = zip(problem.rulebook.preferences, values, strict=True)
    held = [goal_at(problem, plan, kind, value) for kind, value in pairs]
    best = group_of

    def places(certain: Sequence[int]) -> tuple[Collection[int] | None, bool]:
        nonlocal best
        if search.expired():
            return None, False
        model = whole_model(problem, plan, held)
        for person in certain:
            seated = model.sum_of([model.seated(person, g) for g in range(plan.groups)])
            model.limit(seated, at_least=1)
        answer = solve(model.cp, search, effort=PARAMS.assignment.queue_effort)
        found = found_groups(problem, plan, model, answer)
        if found is None or (found[list(certain)] < 0).any():
            return None, False
        after = seating_of(found, plan.groups)
        if any(goal.better(goal.target, goal.value(after)) for goal in held):
            return None, False
        best = found
        return _placed(found), False

    most = PARAMS.assignment.queue_questions
    first_served(order.tolist(), len(seating.people), _placed(group_of), places, most)
    return best


def _placed(group_of: IntArray) -> frozenset[int]:
    return frozenset(np.flatnonzero(group_of >= 0).tolist())


class _Exchanges:
    """Whoever waits, tried in the seat of one who comes later: sizes stay as they are."""

    def __init__(self, problem: Problem, plan: Plan, order: IntArray) -> None:
        rules = problem.rulebook.rules
        self._single = problem.under(tuple(rule for rule in rules if not rule.asks_number))
        self._plan, self._order, self._problem = plan, order, problem
        self._kinds = [own for own in problem.rulebook.preferences if not own.sizes_alone]
        self._must = must_be_seated(problem)

    def made(self, group_of: IntArray, search: Search) -> IntArray:
        """The grouping after all exchanges that cost nothing, the earliest person first."""
        group_of = group_of.copy()
        for place, person in enumerate(self._order.tolist()):
            if group_of[person] >= 0 or search.expired():
                continue
            later = self._order[:place:-1]
            later = np.setdiff1d(later[group_of[later] >= 0], self._must, assume_unique=True)
            later = later[: PARAMS.assignment.queue_exchanges]
            groups = [np.flatnonzero(group_of == group) for group in group_of[later].tolist()]
            fits = np.flatnonzero(self._fits(group_of, person, later, groups))
            if len(fits):
                other = int(later[fits[0]])
                group_of[person], group_of[other] = group_of[other], -1
        return group_of

    def _fits(
        self, group_of: IntArray, person: int, later: IntArray, groups: list[IntArray]
    ) -> BoolArray:
        if not groups:
            return np.zeros(0, dtype=bool)
        width = max(map(len, groups))
        pairs = list(zip(groups, later.tolist(), strict=True))
        after = padded([np.append(own[own != other], person) for own, other in pairs], width)
        fits = holds(self._single, self._plan, after)
        for kind in self._kinds:
            fits &= self._as_good(kind, group_of, padded(groups, width), after)
        return fits

    def _as_good(
        self, kind: Kind, group_of: IntArray, before: IntArray, after: IntArray
    ) -> BoolArray:
        roster, way = self._problem.roster, kind.sense.value
        found = kind.measure(roster, self._plan, seating_of_rows(after)) * way
        if kind.total is Total.WORST:
            seating = seating_of(group_of, self._plan.groups)
            return np.asarray(found <= kind.value_of(roster, self._plan, seating) * way)
        was = kind.measure(roster, self._plan, seating_of_rows(before)) * way
        return np.asarray(found <= was)
