"""A preference under a plan: its bound, and what holds when a value is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Sense, Total
from vermegroup.domain.model import Expression
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import Problem, rules_broken, settled
from vermegroup.domain.roster import Roster

if TYPE_CHECKING:
    from vermegroup.solver.assignment.neighbourhood import Neighbourhood


@dataclass(frozen=True, slots=True)
class Goal:
    """A preference that is to reach, or to keep, ``target``.

    ``windows`` are those of the target, where the kind knows them. A goal that can be told group
    by group (``local``) is like a rule, and costs a neighbourhood nothing to keep. A tier at its
    bound is its ``parts``, each at its own.
    """

    roster: Roster
    plan: Plan
    preference: Kind
    bound: int
    target: int
    windows: tuple[Window, ...] | None
    parts: tuple[Goal, ...] = ()

    @property
    def at_bound(self) -> bool:
        """Whether the target is the best that anything could reach."""
        return self.target == self.bound

    @property
    def local(self) -> bool:
        """Whether each group can be told by itself whether it serves the target."""
        worst = self.preference.total is Total.WORST
        apart = bool(self.parts) and all(part.local for part in self.parts)
        return self.windows is not None or worst or apart or self._is_rule()

    def value(self, seating: Seating) -> int:
        """The preference's value in a grouping."""
        return self.preference.value_of(self.roster, self.plan, seating)

    def measured(self, seating: Seating) -> int:
        """The value without its base: what the groups themselves add up to."""
        return self.value(seating) - (
            self.preference.base(self.roster) if self.preference.total is Total.SUM else 0
        )

    def better(self, value: int, than: int) -> bool:
        """Whether one value is strictly better than another."""
        return (than - value) * self.preference.sense.value > 0

    def reached(self, value: int) -> bool:
        """Whether a value is at least as good as the target."""
        return not self.better(self.target, value)

    def missed(self, seating: Seating) -> BoolArray:
        """Which groups stand in the way of the target, shape (groups,). Only for local goals."""
        if self.windows is not None:
            return outside(self.windows, seating)
        if self.parts:
            each = np.stack([part.missed(seating) for part in self.parts])
            return np.asarray(each.any(axis=0))
        if self._is_rule():
            return self.preference.shortfall(self.roster, self.plan, seating) > 0
        measures = self.preference.measure(self.roster, self.plan, seating)
        most = self.preference.sense is Sense.MOST
        missed = measures < self.target if most else measures > self.target
        return np.asarray(missed, dtype=bool)

    def costs(self, seating: Seating) -> IntArray:
        """What each group adds to the value, less being better, shape (groups,)."""
        measures = self.preference.measure(self.roster, self.plan, seating)
        return measures * self.preference.sense.value

    def enforce(self, model: Neighbourhood, floor: int | None = None) -> None:
        """Demand the target of a model.

        ``floor`` is the total that the model's groups must reach together; it is needed where
        the goal is not local.
        """
        if not self.local:
            assert floor is not None
            self._limit(model, self.total(model), floor)
        elif self.windows is None and self.parts:
            for part in self.parts:
                part.enforce(model)
        else:
            for group in range(model.groups):
                self._enforce_in(model, group)

    def _enforce_in(self, model: Neighbourhood, group: int) -> None:
        if self.windows is not None:
            for window in self.windows:
                model.fit(window, group)
        elif self._is_rule():
            self.preference.require(self.roster, self.plan, model, group)
        else:
            self._limit(model, self._express(model, group), self.target)

    def total(self, model: Neighbourhood) -> Expression:
        """What is optimised: the measures' sum, or the worst of them."""
        if self.preference.total is Total.SUM:
            return model.sum_of([self._express(model, g) for g in range(model.groups)])
        return model.worst_of([self._express(model, g) for g in range(model.groups)])

    def cost(self, model: Neighbourhood) -> Expression:
        """What the model's groups add to the value, less being better: their :meth:`costs`."""
        return self.total(model) * self.preference.sense.value

    def optimise(self, model: Neighbourhood) -> None:
        """Make the preference the model's objective."""
        if self.preference.sense is Sense.MOST:
            model.maximise(self.total(model))
        else:
            model.minimise(self.total(model))

    def improve_on(self, model: Neighbourhood, measured: int) -> None:
        """Demand a total strictly better than this."""
        self._limit(model, self.total(model), measured - self.preference.sense.value)

    def _express(self, model: Neighbourhood, group: int) -> Expression:
        return self.preference.express(self.roster, self.plan, model, group)

    def _limit(self, model: Neighbourhood, expression: Expression, value: int) -> None:
        if self.preference.sense is Sense.MOST:
            model.limit(expression, at_least=value)
        else:
            model.limit(expression, at_most=value)

    def _is_rule(self) -> bool:
        return self.preference.is_rule_at(self.roster, self.plan, self.target)


def goal_at(problem: Problem, plan: Plan, preference: Kind, value: int | None = None) -> Goal:
    """The goal of reaching a value; without one, the preference's bound under the plan."""
    bound = preference.bound(problem.roster, plan)
    target = bound if value is None else value
    windows = preference.windows(problem.roster, plan, target)
    weighed = preference.weighed() if target == bound else ()
    parts = tuple(goal_at(problem, plan, kind) for kind, _ in weighed)
    return Goal(problem.roster, plan, preference, bound, target, windows, parts)


def goals_at_bounds(problem: Problem, plan: Plan) -> tuple[Goal, ...]:
    """Every preference at its bound, each given that those before it are at theirs."""
    goals: list[Goal] = []
    for preference in problem.rulebook.preferences:
        goals.append(goal_at(problem, plan, preference))
        plan = settled(plan, preference, goals[-1].target, goals[-1].bound)
    return tuple(goals)


def counting_goals(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The first goals that a deal comes close to: windows that count people.

    Whatever weighs people by more than their heads, such as a mean, is left for later.
    """
    chosen: list[Goal] = []
    for goal in goals:
        windows = goal.windows
        if windows is None or not all(int(w.weights.max(initial=0)) <= 1 for w in windows):
            break
        chosen.append(goal)
    return tuple(chosen)


def outside(windows: Sequence[Window], seating: Seating) -> BoolArray:
    """Which groups fall outside some window, shape (groups,)."""
    out = np.zeros(seating.groups, dtype=bool)
    for window in windows:
        out |= window.off(seating) > 0
    return out


def bad_groups(problem: Problem, plan: Plan, goals: Sequence[Goal], seating: Seating) -> BoolArray:
    """Which groups break a rule or stand in the way of a local goal, shape (groups,)."""
    return (rules_broken(problem, plan, seating) > 0) | missed_by(goals, seating)


def both_sound(problem: Problem, plan: Plan, goals: Sequence[Goal], after: Seating) -> BoolArray:
    """Of alternatives for two groups, first all for the one, then all for the other: which fit.

    An empty group is the waitlist, with which nothing can be wrong.
    """
    bad = bad_groups(problem, plan, goals, after) & (after.sizes() > 0)
    return np.asarray(~bad.reshape(2, -1).any(axis=0))


def missed_by(goals: Sequence[Goal], seating: Seating) -> BoolArray:
    """Which groups stand in the way of a local goal, shape (groups,)."""
    missed = np.zeros(seating.groups, dtype=bool)
    for goal in goals:
        if goal.local:
            missed |= goal.missed(seating)
    return missed


def local_wishes(goals: Sequence[Goal]) -> list[Kind]:
    """The preferences of which a group can be told whether it stands in their way."""
    return [goal.preference for goal in goals if goal.local]
