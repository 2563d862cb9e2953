"""New groups from what is left of the old ones, breaking as few bonds as can be; with proof.

The order of what counts: people placed, bonds broken, groups touched, new bonds, turns taken,
and then the rulebook's preferences. The relaxation of the set partitioning gives a bound; then
all candidate groups whose reduced cost is within a gap are enumerated, and CP-SAT chooses among
them. If the choice is within the gap too, no candidate that was left out can be part of anything
better: so it is optimal. If there is no choice within the gap, the gap is widened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from vermegroup.moves import Policy
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.candidate_groups import NOBODY, holds, padded
from vermegroup.solver.choosing import Choice, Options, choose, options_of, prefer
from vermegroup.solver.draft import must_be_seated
from vermegroup.solver.limits import Search
from vermegroup.solver.packing import Relaxation
from vermegroup.solver.pieces import pieces_of
from vermegroup.solver.pricing import SCALE, Pricing, TooManyError
from vermegroup.solver.regrouped import Regrouped
from vermegroup.solver.regrouping_by_types import proven_by_types, regroup_by_types
from vermegroup.solver.relaxing import Known, Prices, prices, seeds
from vermegroup.solver.remains import (
    BROKEN,
    NEW,
    TOUCHED,
    WAITING,
    Remains,
    remains_of,
)

_GAPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
"""Half bonds that the choice may be away from the bound, one attempt after the other."""
_MOST_COLUMNS = 40_000
_SETTLED_AT_ONCE = 240
_BY_PERSON_ALONE = 20


class Task:
    """People, their old groups, the rules under one plan, and the policy."""

    def __init__(self, problem: Problem, remains: Remains, policy: Policy, plan: Plan) -> None:
        self.problem, self.remains, self.plan = problem, remains, plan
        whole = policy is Policy.MERGE
        units = remains.units()
        alone = units if whole else [np.array([person]) for person in range(remains.people)]
        self.waiting = padded(alone, max(map(len, alone)))
        self.rows = self.waiting[:, 0]
        rivals = [own for rule in problem.rulebook.rules for own in rule.rivals(problem.roster)]
        pieces = pieces_of(remains, rivals, whole=whole)
        self.complete = pieces.complete
        self.pricing = Pricing(remains, pieces, range(plan.smallest, remains.largest + 1))
        self.known = Known.none(remains.largest)
        fitting = padded([own for own in units if len(own) <= remains.largest], remains.largest)
        standing = fitting[self.holds(fitting)]
        self.known.add(_descending(standing), remains.costs(standing))
        self.standing = len(standing)

    def holds(self, columns: IntArray) -> BoolArray:
        """Which candidate groups keep every rule, shape (c,)."""
        return holds(self.problem, self.plan, columns)

    def options(self, columns: IntArray, number: int | None = None) -> Options:
        """Candidate groups to choose from."""
        return options_of(self.remains, self.waiting, columns, self.rows, number)

    def prices(self, search: Search) -> Prices | None:
        """The relaxation's bound."""
        seeds(self.pricing, self.holds, self.known)
        relaxation = Relaxation(self.rows, self.remains.people)
        relaxation.add(
            self.waiting, self.remains.levels_waiting(self.waiting) @ self.remains.weights
        )
        relaxation.add(self.known.columns, self.known.costs)
        return prices(self.pricing, self.holds, self.known, relaxation, search)

    def within(self, priced: Prices, gap: int) -> IntArray | None:
        """All valid candidates of a reduced cost within the gap; None if there are too many."""
        try:
            found = self.pricing.below(priced.paid, gap, 10 * _MOST_COLUMNS)
        except TooManyError:
            return None
        found = np.concatenate([self.known.columns, found[self.holds(found)]])
        reduced = self.pricing.reduced(found, self.remains.costs(found), priced.paid)
        found = np.unique(found[reduced <= gap], axis=0)
        return found if len(found) <= _MOST_COLUMNS else None


def regroup(
    problem: Problem,
    before: IntArray,
    policy: Policy,
    search: Search,
    turns: IntArray | None = None,
) -> Regrouped:
    """The best new groups under a policy; those whom no group can take wait.

    ``before`` (n,) is each one's old group, negative for none; ``turns`` counts by old group how
    often it was combined before.
    """
    spec = problem.rulebook.groups
    number = max(1, len(np.unique(before[before >= 0])))
    remains = remains_of(before, spec.largest, must_be_seated(problem), turns)
    plan = problem.plan(number, everyone=False)
    if not any(rule.asks_number for rule in problem.rulebook.rules):
        return _regrouped(problem, plan, remains, policy, search)
    if remains.people > _SETTLED_AT_ONCE:
        return regroup_by_types(problem, plan, remains, policy, search, _few)
    answers = (
        _settled(Task(problem, remains, policy, own), search, own.groups)
        for own in _plans(problem, number)
    )
    return min(answers, key=Regrouped.rank)


def _regrouped(
    problem: Problem, plan: Plan, remains: Remains, policy: Policy, search: Search
) -> Regrouped:
    """By types where people are many; person by person, so that preferences count, where few."""
    if remains.people > _SETTLED_AT_ONCE:
        return regroup_by_types(problem, plan, remains, policy, search, _few)
    task = Task(problem, remains, policy, plan)
    if policy is Policy.MOVE and remains.people > _BY_PERSON_ALONE:
        typed = proven_by_types(problem, plan, remains, policy, search)
        if typed is not None:
            return _preferred(task, typed, search)
    return _settled(task, search)


def _few(problem: Problem, units: IntArray, policy: Policy, search: Search) -> IntArray:
    """New groups of a few people, given with the unit of each; -1 waits."""
    plan = problem.plan(max(1, len(np.unique(units))), everyone=False)
    remains = remains_of(units, plan.largest, must_be_seated(problem))
    return _settled(Task(problem, remains, policy, plan), search).group_of


def _plans(problem: Problem, number: int) -> Iterator[Plan]:
    """Every number of groups that may come of it, those near the old number first."""
    spec, people = problem.rulebook.groups, len(problem.roster)
    numbers = range(1, people // spec.smallest + 1)
    for groups in sorted(numbers, key=lambda own: abs(own - number)):
        yield problem.plan(groups, everyone=False)


def _settled(task: Task, search: Search, number: int | None = None) -> Regrouped:
    priced = task.prices(search)
    if priced is not None:
        for halves in _GAPS:
            gap = halves * int(task.remains.weights[BROKEN]) * SCALE
            columns = task.within(priced, gap)
            if columns is None or search.expired():
                break
            options = task.options(columns, number)
            choice = choose(options, search, (priced.bound + gap) // SCALE)
            if choice is not None and choice.best:
                return _best(task, options, choice, priced, search)
    options = task.options(task.known.columns, number)
    choice = choose(options, search) or _standing(task, options)
    return _told(task, options, choice, priced, {})


def _standing(task: Task, options: Options) -> Choice:
    """Every group that can stay as it is, all others waiting: what is known without a search."""
    groups = options.columns[options.waits :][: task.standing]
    waiting = np.flatnonzero(~np.isin(task.rows, groups))
    chosen = np.concatenate([waiting, options.waits + np.arange(len(groups))])
    return Choice(chosen, int(options.costs()[chosen].sum()), False)


def _preferred(task: Task, typed: Regrouped, search: Search) -> Regrouped:
    """Of all answers as good as one that is proven, the one that the preferences ask for."""
    priced = task.prices(search)
    groups = [np.flatnonzero(typed.group_of == group) for group in range(typed.groups)]
    rows = _descending(padded(groups, task.remains.largest))
    waiting = np.flatnonzero(typed.group_of[task.rows] < 0)
    total = int(task.remains.costs(rows).sum())
    total += int((task.remains.levels_waiting(task.waiting) @ task.remains.weights)[waiting].sum())
    columns = None if priced is None else task.within(priced, total * SCALE - priced.bound)
    if priced is None or columns is None:
        return typed
    place = {row.tobytes(): at for at, row in enumerate(columns)}
    chosen = [len(task.waiting) + place[row.tobytes()] for row in rows]
    options = task.options(columns)
    choice = Choice(np.array([*waiting.tolist(), *chosen], dtype=np.int64), total, True)
    if task.remains.turns.any():  # the types know nothing of whose turn it is
        choice = choose(options, search, total) or choice
    return _best(task, options, choice, priced, search)


def _best(
    task: Task, options: Options, choice: Choice, priced: Prices, search: Search
) -> Regrouped:
    """Of all answers that cost the same, the one that the preferences ask for."""
    reduced = task.pricing.reduced(options.columns, options.costs(), priced.paid)
    equal = np.flatnonzero(reduced <= choice.total * SCALE - priced.bound)
    place = {column: at for at, column in enumerate(equal[equal >= options.waits].tolist())}
    options, old = options.only(equal), choice
    kept = [at if at < options.waits else options.waits + place[at] for at in old.columns.tolist()]
    choice = Choice(np.array(kept, dtype=np.int64), old.total, old.best)
    groups = int((choice.columns >= options.waits).sum())
    plan = task.problem.plan(max(1, groups), everyone=False)
    choice, shown = prefer(task.problem, plan, options, choice, search)
    return _told(task, options, choice, priced, shown)


def _told(
    task: Task,
    options: Options,
    choice: Choice,
    priced: Prices | None,
    shown: Mapping[int, int],
) -> Regrouped:
    remains = task.remains
    chosen = choice.columns
    group_of = np.full(remains.people, -1, dtype=np.int64)
    groups = options.columns[chosen[chosen >= options.waits]]
    for number, members in enumerate(groups):
        group_of[members[members != NOBODY]] = number
    levels = options.levels[chosen].sum(axis=0)
    broken = int(levels[BROKEN]) // 2
    proven = choice.best and priced is not None and task.complete
    bound = 0
    if priced is not None:
        bound = remains.broken_at_least(-(-priced.bound // SCALE), int(levels[WAITING]))
    return Regrouped(
        group_of,
        len(groups),
        int((group_of < 0).sum()),
        broken,
        remains.old + int(levels[TOUCHED]),
        int(levels[NEW]),
        proven,
        broken if proven else min(bound, broken),
        shown,
    )


def _descending(columns: IntArray) -> IntArray:
    return np.asarray(-np.sort(-columns, axis=1))
