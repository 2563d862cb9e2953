"""The choice among candidate groups: who goes into which, and who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.kind import Kind, Total
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.candidate_groups import NOBODY, seating_of_rows
from vermegroup.solver.cpsat import Status
from vermegroup.solver.limits import Search
from vermegroup.solver.packing import Partition
from vermegroup.solver.remains import BROKEN, Remains

_EFFORT = 10.0
_EFFORT_ON_PREFERENCE = 0.5


@dataclass(frozen=True, slots=True)
class Options:
    """Columns (c, width) to choose from: candidate groups, and first those who may wait.

    ``waits`` counts the latter; ``levels`` (c, LEVELS) is what each costs. ``rows`` are the people
    who are counted, others going with one of them. ``groups`` demands so many groups.
    """

    remains: Remains
    columns: IntArray
    levels: IntArray
    waits: int
    rows: IntArray
    groups: int | None = None

    def costs(self) -> IntArray:
        """The total cost of each column, shape (c,)."""
        return np.asarray(self.levels @ self.remains.weights)

    def only(self, which: IntArray) -> Options:
        """Some of the columns, and all who may wait."""
        kept = np.concatenate([np.arange(self.waits), which[which >= self.waits]])
        return Options(
            self.remains,
            self.columns[kept],
            self.levels[kept],
            self.waits,
            self.rows,
            self.groups,
        )

    def model(self) -> Partition:
        """The model of a choice among them."""
        model = Partition(self.columns, self.rows, self.remains.people)
        model.even(self.levels[:, BROKEN])
        if self.groups is not None:
            one = (np.arange(len(self.columns)) >= self.waits).astype(np.int64)
            model.limit(one, self.groups, self.groups)
        return model


@dataclass(frozen=True, slots=True)
class Choice:
    """The positions of the chosen columns, what they come to, and whether nothing is cheaper."""

    columns: IntArray
    total: int
    best: bool


def options_of(
    remains: Remains,
    waiting: IntArray,
    groups: IntArray,
    rows: IntArray,
    number: int | None = None,
) -> Options:
    """Candidate groups, and who may wait together."""
    width = max(waiting.shape[1], groups.shape[1])
    columns = np.concatenate([_widened(waiting, width), _widened(groups, width)])
    levels = np.concatenate([remains.levels_waiting(waiting), remains.levels(groups)])
    return Options(remains, columns, levels, len(waiting), rows, number)


def choose(options: Options, search: Search, at_most: int | None = None) -> Choice | None:
    """The cheapest choice that is found; None where none is, of those within a limit."""
    model, costs = options.model(), options.costs()
    model.minimise(model.total(costs))
    if at_most is not None:
        model.limit(costs, at_most)
    answer = model.solve(search, _EFFORT)
    if not answer.found:
        return None
    chosen = model.chosen(answer)
    return Choice(chosen, int(costs[chosen].sum()), answer.status is Status.OPTIMAL)


def prefer(
    problem: Problem, plan: Plan, options: Options, choice: Choice, search: Search
) -> tuple[Choice, dict[int, int]]:
    """Of all choices that cost the same, the one that serves the preferences best, in order.

    Also what is shown to be the best value of each preference, by its position.
    """
    held: list[tuple[Kind, IntArray, int]] = []
    shown: dict[int, int] = {}
    for place, preference in enumerate(problem.rulebook.preferences):
        amounts = _amounts(problem, plan, options, preference)
        model = _holding(options, choice, held)
        model.minimise(_aim(model, preference, amounts))
        answer = model.solve(search, _EFFORT_ON_PREFERENCE)
        if answer.found:
            own = model.chosen(answer)
            # A search that was stopped may have found less than was there before it.
            if _value(preference, amounts, own) < _value(preference, amounts, choice.columns):
                choice = replace(choice, columns=own)
        if answer.status is not Status.OPTIMAL:
            break  # those that follow count less, and would take as long
        value = _value(preference, amounts, choice.columns)
        shown[place] = value * preference.sense.value + preference.base(problem.roster)
        held.append((preference, amounts, value))
    return choice, shown


def _amounts(problem: Problem, plan: Plan, options: Options, preference: Kind) -> IntArray:
    """What each column adds to a preference, less being better, shape (c,)."""
    seating = seating_of_rows(options.columns[options.waits :])
    measures = preference.measure(problem.roster, plan, seating) * preference.sense.value
    return np.concatenate([np.zeros(options.waits, dtype=np.int64), measures])


def _holding(
    options: Options, choice: Choice, held: Sequence[tuple[Kind, IntArray, int]]
) -> Partition:
    model = options.model()
    model.limit(options.costs(), choice.total)
    groups = (np.arange(len(options.columns)) >= options.waits).astype(np.int64)
    number = int(groups[choice.columns].sum())
    model.limit(groups, number, number)
    for preference, amounts, value in held:
        if preference.total is Total.SUM:
            model.limit(amounts, value)
        else:
            model.limit((amounts > value).astype(np.int64), 0)
    return model


def _aim(model: Partition, preference: Kind, amounts: IntArray) -> cp_model.LinearExpr:
    return model.total(amounts) if preference.total is Total.SUM else model.worst(amounts)


def _value(preference: Kind, amounts: IntArray, chosen: IntArray) -> int:
    own = amounts[chosen]
    return int(own.sum()) if preference.total is Total.SUM else int(own.max(initial=0))


def _widened(columns: IntArray, width: int) -> IntArray:
    more = ((0, 0), (0, width - columns.shape[1]))
    return np.pad(columns, more, constant_values=NOBODY)
