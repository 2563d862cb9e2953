"""What a pair of people gains a preference by sitting in one group, and which pairs may not."""

from __future__ import annotations

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.goals import Goal
from vermegroup.solver.pair_sums.changes import Weights
from vermegroup.solver.params import PARAMS

# What sums may come to in 32 bits, which are twice as fast, and in 64.
_SHORT, _LONG = 2**30, 2**61


def worth_searching(problem: Problem, goal: Goal) -> bool:
    """Whether a preference is one of pairs that layers alone do not settle."""
    preference = goal.preference
    of_pairs = preference.of_pairs and preference.total is Total.SUM
    settled = preference.layering() is not None and not preference.weighed()
    return of_pairs and not settled and len(problem.roster) <= PARAMS.pair_sums.people


def weights_of(problem: Problem, goal: Goal) -> Weights | None:
    """The weights of a preference; None where 64 bits might not hold their sums."""
    people = len(problem.roster)
    pairs = np.triu_indices(people, 1)
    two = _groups_of_two(pairs)
    gains = -goal.costs(two)
    most = max(int(gains.max(initial=0)), -int(gains.min(initial=0)), 1)
    largest = min(goal.plan.largest, people)
    reach = 4 * (largest + 1) * most
    barred = _barred(problem, goal.plan, two)
    # Whoever is parted from a barred pair's other half gains as much as joining one loses.
    loss = 2 * reach + 1 if barred.any() else 0
    furthest = 4 * (largest + 1) * (most + loss) + 4 * (2 * reach + 1)
    if gains.dtype == object or furthest >= _LONG:
        return None
    table = np.zeros((people, people), dtype=np.int32 if furthest < _SHORT else np.int64)
    table[pairs] = gains - loss * barred
    return Weights(table + table.T, reach)


def _groups_of_two(pairs: tuple[IntArray, ...]) -> Seating:
    """Every pair as a group."""
    count = len(pairs[0])
    return Seating(np.stack(pairs, axis=1).reshape(-1), np.repeat(np.arange(count), 2), count)


def _barred(problem: Problem, plan: Plan, two: Seating) -> BoolArray:
    """Which pairs break a rule whoever joins them."""
    barred = np.zeros(two.groups, dtype=bool)
    for rule in problem.rulebook.rules:
        if rule.hereditary:
            barred |= rule.shortfall(problem.roster, plan, two) > 0
    return barred
