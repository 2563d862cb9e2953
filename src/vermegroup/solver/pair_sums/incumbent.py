"""Better groupings for a preference of pairs, before and after others look at it."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.assignment.lexicographic import Settle
from vermegroup.solver.goals import Goal
from vermegroup.solver.pair_sums.changes import Sums
from vermegroup.solver.pair_sums.tabu import Rules, Tabu
from vermegroup.solver.pair_sums.weights import weights_of, worth_searching
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft, seating_of


def bettered(
    problem: Problem,
    held: Sequence[Goal],
    goal: Goal,
    group_of: IntArray,
    search: Search,
    patience: int = PARAMS.pair_sums.patience,
) -> IntArray:
    """A grouping (n,) that is better in a goal of pairs and loses nothing held, or the same one.

    It ends after as many steps without gain as the ``patience`` has for each person, and a share
    of the time that is left. A grouping that breaks rules stays as it is.
    """
    plan, tuned = goal.plan, PARAMS.pair_sums
    now = goal.value(seating_of(group_of, plan.groups))
    if not worth_searching(problem, goal) or now == goal.bound or search.expired():
        return group_of
    weights = weights_of(problem, goal)
    if weights is None or not _keeps(problem, plan, held, group_of):
        return group_of
    own = search.within(tuned.share * search.left())
    sums = Sums(weights, plan, group_of)
    tabu = Tabu(sums, weights, Rules(problem, plan, held), own)
    target = sums.value + abs(goal.bound - now)
    tabu.run(target, tuned.steps, patience * len(group_of), vary=plan.sizes is None)
    found = tabu.best
    better = goal.better(goal.value(seating_of(found, plan.groups)), now)
    return found if better and _keeps(problem, plan, held, found) else group_of


def _keeps(problem: Problem, plan: Plan, held: Sequence[Goal], group_of: IntArray) -> bool:
    """Whether a grouping is valid and has what is held."""
    seating = seating_of(group_of, plan.groups)
    valid = Draft(problem, plan, group_of).valid(everyone=plan.everyone)
    return valid and all(other.reached(other.value(seating)) for other in held)


def from_better(problem: Problem, settle: Settle) -> Settle:
    """The same way of settling a preference, from a better incumbent where it is of pairs.

    A short search comes first; a long one only where settling has left the preference open.
    """

    def settled(
        plan: Plan, held: Sequence[Goal], goal: Goal, best: IntArray, search: Search
    ) -> tuple[IntArray, int | None] | None:
        if not worth_searching(problem, goal):
            return settle(plan, held, goal, best, search)
        first = PARAMS.pair_sums.first_patience
        best = bettered(problem, held, goal, best, search, first)
        best, bound = settle(plan, held, goal, best, search) or (best, None)
        if bound is None or goal.value(seating_of(best, plan.groups)) != bound:
            best = bettered(problem, held, goal, best, search)
        return best, bound

    return settled
