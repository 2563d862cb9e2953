"""A small roster as one neighbourhood: lexicographic optimisation with proofs.

Hopeful first: all preferences at their arithmetic bounds at once, which is a mere question of
feasibility and its own proof. Where that cannot be, one preference after the other: at its bound
if possible, else optimised and then held (lexicographic stages; a weighted sum was five times
slower).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, settled
from vermegroup.judge.bounds import all_proven, sized_like, with_certain_sizes
from vermegroup.solver.assignment.build_model import model_of
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import Answer, Status, refuted, solve
from vermegroup.solver.goals import Goal, counting_goals, goal_at, goals_at_bounds
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft, seating_of

Settle = Callable[
    [Plan, Sequence[Goal], Goal, IntArray, Search], tuple[IntArray, int | None] | None
]
"""A way of settling a preference, given those held: a better grouping and a bound, or nothing."""


def all_at_bounds(problem: Problem, plan: Plan, search: Search) -> IntArray | None:
    """A grouping (n,) with every preference at its bound, if a short try finds one."""
    sized = with_certain_sizes(problem, replace(plan, everyone=True))
    goals = goals_at_bounds(problem, sized)
    if search.expired() or not all(goal.local for goal in goals):
        return None
    model = whole_model(problem, sized, goals)
    tuned, again = PARAMS.assignment, _hope_again(problem, plan, goals)
    for attempt, effort in enumerate(tuned.hope_efforts if again else (tuned.hope_effort,)):
        answer = _hope(model, search, effort, attempt)
        if answer.status is not Status.UNKNOWN:
            found = found_groups(problem, plan, model, answer)
            proven = found is not None and all_proven(problem, plan, seating_of(found, plan.groups))
            return found if proven else None
    return None


def _hope_again(problem: Problem, plan: Plan, goals: Sequence[Goal]) -> bool:
    layered = any(goal.preference.layering() for goal in goals)
    large = len(problem.roster) * plan.groups > PARAMS.assignment.soon_optimised_seats
    return large and not layered and counting_goals(goals) == goals


def _hope(model: Neighbourhood, search: Search, effort: float, attempt: int = 0) -> Answer:
    """A short try to reach goals. Linear relaxations made such tries three to thirty times longer.

    (On 64 to 150 people, with spreads of years and of named values, and with balance.)
    """
    return solve(model.cp, search, effort=effort, relaxation=False, attempt=attempt)


def any_valid(problem: Problem, plan: Plan, search: Search) -> Attempt:
    """A valid grouping of the whole roster by one model, or that there is none, or neither."""
    if search.expired():
        return Attempt(None)
    model = whole_model(problem, plan, ())
    answer = solve(model.cp, search, effort=search.thorough)
    found = found_groups(problem, plan, model, answer)
    if found is not None:
        return Attempt(True, found)
    if answer.status is not Status.INFEASIBLE or search.expired():
        return Attempt(None)
    # Others have to confirm what the first solve said.
    again = whole_model(problem, plan, ())
    return Attempt(False if refuted(again.cp, search, effort=search.thorough) else None)


def stage_by_stage(
    problem: Problem,
    plan: Plan,
    search: Search,
    start: IntArray,
    incumbent: Sequence[int] | None = None,
    settle: Settle | None = None,
) -> Attempt:
    """Settle one preference after the other, from a valid grouping (n,).

    ``settle`` is asked where a bound is not soon reached; what it leaves open, a model of the whole
    roster is asked.

    ``incumbent`` holds the values that another number of groups has reached: once they are out of
    reach, what is left to settle does not matter.
    """
    held: list[Goal] = []
    bounds: dict[int, int] = {}
    best = start
    for index, preference in enumerate(problem.rulebook.preferences):
        plan = sized_like(problem, plan, seating_of(best, plan.groups))
        goal = goal_at(problem, plan, preference)
        # Whatever comes first is not to take all the time for its proof.
        last = preference is problem.rulebook.preferences[-1]
        own = search if last else search.within(PARAMS.assignment.stage_share * search.left())
        best, bound = _Stage(problem, plan, own, held, goal).settled(best, settle)
        if bound is not None and bound != goal.bound:
            bounds[index] = bound
        value = goal.value(seating_of(best, plan.groups))
        if incumbent is not None and goal.better(incumbent[index], value):
            if goal.better(incumbent[index], bounds.get(index, goal.bound)):
                break
        elif incumbent is not None and goal.better(value, incumbent[index]):
            incumbent = None
        held.append(goal_at(problem, plan, preference, value))
        plan = settled(plan, preference, value, held[-1].bound)
    return Attempt(True, best, bounds)


@dataclass(frozen=True, slots=True)
class _Stage:
    """One preference, given what is held of those before it."""

    problem: Problem
    plan: Plan
    search: Search
    held: Sequence[Goal]
    goal: Goal

    def settled(self, best: IntArray, settle: Settle | None) -> tuple[IntArray, int | None]:
        """The better grouping, and its bound if search has shown one."""
        if self._at_bound(best):
            return best, self.goal.bound
        best, bound = self._hoped(best), None
        if self._at_bound(best):
            return best, self.goal.bound
        if not self._large() and not (self.plan.everyone and settle is not None):
            best, bound = self._optimised(best, PARAMS.assignment.soon_optimised_effort)
        if bound is None and settle is not None:
            found = settle(self.plan, self.held, self.goal, best, self.search)
            best, bound = found or (best, None)
        if bound is not None and (self._value(best) == bound or self._large()):
            return best, bound
        best, optimum = self._optimised(best, self.search.thorough)
        return best, bound if optimum is None else optimum

    def _large(self) -> bool:
        """Whether a model of the whole roster takes long."""
        seats = len(self.problem.roster) * self.plan.groups
        return seats > PARAMS.assignment.soon_optimised_seats

    def _value(self, group_of: IntArray) -> int:
        return self.goal.value(seating_of(group_of, self.plan.groups))

    def _at_bound(self, group_of: IntArray) -> bool:
        return self._value(group_of) == self.goal.bound

    def _hoped(self, best: IntArray) -> IntArray:
        """A grouping with the goal at its bound, if a short try finds one; or as good as before."""
        # The last one at its bound, after all others at theirs, has been tried already.
        last = self.goal.preference is self.problem.rulebook.preferences[-1]
        tried = last and all(other.at_bound for other in self.held)
        if tried or not self.goal.local or self.search.expired():
            return best
        model = whole_model(self.problem, self.plan, (*self.held, self.goal))
        return self._better_of(
            best, model, _hope(model, self.search, PARAMS.assignment.hope_effort)
        )

    def _optimised(self, best: IntArray, effort: float) -> tuple[IntArray, int | None]:
        """The better grouping by a model of the whole roster, and its value if none is better."""
        if self.search.expired():
            return best, None
        model = whole_model(self.problem, self.plan, self.held)
        self.goal.optimise(model)
        model.hint(best)
        answer = solve(model.cp, self.search, effort=effort)
        best = self._better_of(best, model, answer)
        if answer.status is not Status.OPTIMAL or self.search.expired():
            return best, None
        return best, self._value(best) if self._is_best(best) else None

    def _better_of(self, best: IntArray, model: Neighbourhood, answer: Answer) -> IntArray:
        """What was found, if it keeps the goals held and gains in this one.

        The solver may end below its hint, and its word for what it has reached is not enough.
        """
        found = found_groups(self.problem, self.plan, model, answer)
        if found is None:
            return best
        seating = seating_of(found, self.plan.groups)
        if any(other.better(other.target, other.value(seating)) for other in self.held):
            return best
        return found if self.goal.better(self._value(found), self._value(best)) else best

    def _is_best(self, found: IntArray) -> bool:
        """Confirm an optimum by other solves for anything better."""
        model = whole_model(self.problem, self.plan, self.held)
        self.goal.improve_on(model, self.goal.measured(seating_of(found, self.plan.groups)))
        return refuted(model.cp, self.search, effort=self.search.thorough)


def whole_model(problem: Problem, plan: Plan, goals: Sequence[Goal]) -> Neighbourhood:
    """The model of the whole roster with all rules, and goals to be reached."""
    people = np.arange(len(problem.roster))
    whole = [(goal, goal.target - goal.preference.base(problem.roster)) for goal in goals]
    return model_of(problem, plan, people, plan.groups, plan.sizes, whole)


def found_groups(
    problem: Problem, plan: Plan, model: Neighbourhood, answer: Answer
) -> IntArray | None:
    """The grouping of an answer, unless it breaks a rule: a solver's word is not enough."""
    if not answer.found:
        return None
    group_of = model.groups_found(answer)
    return group_of if Draft(problem, plan, group_of).valid(everyone=plan.everyone) else None
