"""The best plan in terms of types: how many new groups of which pattern, how many units split how.

A linear programme over all patterns bounds the bonds that must break; patterns of a small reduced
cost go to CP-SAT. Its size does not grow with the number of people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from vermegroup.roster import IntArray
from vermegroup.solver.cpsat import Status, solve
from vermegroup.solver.limits import Search
from vermegroup.solver.unit_types import Multiset, Patterns, UnitTypes, partitions

_ADDED = 500
_ALLOWANCE = 1e-6
_ROUNDING = 0.01
"""What the allowances of all groups of a plan may come to, and more."""
_EFFORT, _EFFORT_ON_STRANGERS = 10.0, 5.0
_GAPS = (1.0, 2.0, 4.0, 8.0, 16.0)


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """What the types could do at best.

    ``groups`` are patterns, each as often as it is formed; ``split`` tells for each type how its
    units are taken apart and how many are. ``waiting`` counts the parts left over, so many
    ``people``. No plan with as few waiting breaks fewer bonds than ``bound``; ``total`` is the
    cost of both. Of the plans that break as few as this one, none touches fewer groups or makes
    fewer new bonds (-1 where that is not shown).
    """

    groups: list[tuple[int, ...]]
    split: list[dict[tuple[Multiset, ...], int]]
    waiting: dict[int, int]
    people: int
    total: int
    broken: int
    bound: int
    touched: int
    new: int


class _Costs:
    """What parts and patterns cost: half bonds; and the people waiting, above all bonds."""

    def __init__(self, types: UnitTypes, patterns: Patterns, demand: IntArray) -> None:
        self.types, self.patterns, self.demand = types, patterns, demand
        sizes = np.array([len(part) for _, part in types.parts], dtype=np.int64)
        whole = np.array([len(types.types[own].kinds) for own, _ in types.parts], dtype=np.int64)
        self.sizes, self.whole = sizes, whole
        self.halves = sizes * (whole - sizes)
        self.of_pattern = np.append(self.halves, 0)[patterns.parts].sum(axis=1)
        counts = [len(own) for own in types.units]
        self.waits = (
            sum(count * len(own.kinds) ** 2 for count, own in zip(counts, types.types, strict=True))
            + 1
        )

    def bonds(self, total: int, people: int) -> int:
        """The fewest bonds that break where a plan costs at least so much, and so many wait."""
        return max(0, -(-(total - self.waits * people) // 2))


def plan_types(
    types: UnitTypes, patterns: Patterns, may_wait: IntArray, search: Search
) -> TypedPlan | None:
    """The best typed plan; None where it was not found in time.

    ``may_wait`` are the parts that may be left over.
    """
    rows, matrix = _rows(types)
    demand = _demand(types, rows)
    costs = _Costs(types, patterns, demand)
    paid = _relaxed(costs, matrix, may_wait, search)
    if paid is None:
        return None
    left = np.append(costs.halves - matrix @ paid, 0.0)
    reduced = left[patterns.parts].sum(axis=1)
    least = float(demand @ paid)
    found: TypedPlan | None = None
    for gap in _GAPS:
        parts = patterns.parts[reduced <= gap + _ALLOWANCE]
        found, settled = _cheapest(costs, parts, may_wait, least + gap, search)
        if settled and found is not None:
            parts = patterns.parts[reduced <= found.total - least + _ROUNDING]
            return _least_strange(costs, parts, may_wait, found, search)
        if found is not None or search.expired():
            break
    if found is None:
        return None
    return replace(found, bound=costs.bonds(int(np.ceil(least - _ROUNDING)), found.people))


def _rows(types: UnitTypes) -> tuple[dict[tuple[int, int], int], IntArray]:
    """A row for each kind of each type, and how many of it each part has, shape (parts, rows)."""
    rows: dict[tuple[int, int], int] = {}
    for place, own in enumerate(types.types):
        for kind in dict.fromkeys(own.kinds):
            rows[place, kind] = len(rows)
    matrix = np.zeros((len(types.parts), len(rows)), dtype=np.int64)
    for at, (place, part) in enumerate(types.parts):
        for kind in part:
            matrix[at, rows[place, kind]] += 1
    return rows, matrix


def _demand(types: UnitTypes, rows: dict[tuple[int, int], int]) -> IntArray:
    demand = np.zeros(len(rows), dtype=np.int64)
    for place, own in enumerate(types.types):
        for kind in own.kinds:
            demand[rows[place, kind]] += len(types.units[place])
    return demand


def _relaxed(
    costs: _Costs, matrix: IntArray, may_wait: IntArray, search: Search
) -> np.ndarray | None:
    """What each kind of each type pays at the optimum over all patterns."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    rows = [solver.Constraint(float(own), float(own)) for own in costs.demand.tolist()]
    objective = solver.Objective()
    objective.SetMinimization()

    def add(parts: IntArray, cost: float) -> None:
        choice = solver.NumVar(0, solver.infinity(), "")
        objective.SetCoefficient(choice, cost)
        having = matrix[parts].sum(axis=0)
        for row in np.flatnonzero(having).tolist():
            rows[row].SetCoefficient(choice, float(having[row]))

    for part in may_wait.tolist():
        add(np.array([part]), float(costs.waits * costs.sizes[part] + _lost(costs, part)))
    known = np.zeros(len(costs.of_pattern), dtype=bool)
    batch = np.argsort(costs.of_pattern, kind="stable")[:_ADDED]
    while not search.expired():
        for at in batch.tolist():
            parts = costs.patterns.parts[at]
            add(parts[parts >= 0], float(costs.of_pattern[at]))
        known[batch] = True
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        paid = np.array([row.dual_value() for row in rows])
        left = np.append(costs.halves - matrix @ paid, 0.0)
        reduced = left[costs.patterns.parts].sum(axis=1)
        reduced[known] = 0.0
        batch = np.argsort(reduced, kind="stable")[:_ADDED]
        batch = batch[reduced[batch] < -_ALLOWANCE]
        if not len(batch):
            return paid
    return None


def _lost(costs: _Costs, part: int) -> int:
    """The half bonds that people lose who wait: those among each other, too."""
    size = int(costs.sizes[part])
    return int(costs.halves[part]) + size * (size - 1)


def _cheapest(
    costs: _Costs, parts: IntArray, may_wait: IntArray, bound: float, search: Search
) -> tuple[TypedPlan | None, bool]:
    """The cheapest plan within a bound, and whether it is shown to be that."""
    model = _Model(costs, parts, may_wait)
    cost = model.total(costs)
    model.cp.add(cost <= int(np.floor(bound - _ROUNDING)))
    model.cp.minimize(cost)
    answer = solve(model.cp, search, effort=_EFFORT, relaxation=2)
    if answer.values is None:
        return None, answer.status is Status.INFEASIBLE
    plan = replace(model.plan(costs, answer.values), touched=-1, new=-1)
    return plan, answer.status is Status.OPTIMAL


def _least_strange(
    costs: _Costs, parts: IntArray, may_wait: IntArray, cheapest: TypedPlan, search: Search
) -> TypedPlan:
    """Of all plans as cheap as one, one that touches fewest groups and makes fewest new bonds."""
    model = _Model(costs, parts, may_wait)
    model.cp.add(model.total(costs) <= cheapest.total)
    model.cp.minimize(model.strangers(costs))
    answer = solve(model.cp, search, effort=_EFFORT_ON_STRANGERS, relaxation=2)
    if answer.values is None:
        return cheapest
    plan = model.plan(costs, answer.values)
    return plan if answer.status is Status.OPTIMAL else replace(plan, touched=-1, new=-1)


class _Model:
    """How many groups of each pattern, how many wait, and how many units are taken apart how."""

    def __init__(self, costs: _Costs, parts: IntArray, may_wait: IntArray) -> None:
        self.types, self.parts, self.may_wait = costs.types, parts, may_wait
        self.cp = cp_model.CpModel()
        most = int(costs.demand.sum())
        self.groups = [self.cp.new_int_var(0, most, "") for _ in range(len(parts))]
        self.waiting = [self.cp.new_int_var(0, most, "") for _ in may_wait]
        self.ways: list[tuple[int, tuple[Multiset, ...]]] = []
        links: list[list[cp_model.LinearExprT]] = [[] for _ in self.types.parts]
        for choice, row in zip(self.groups, parts.tolist(), strict=True):
            for part, many in Counter(own for own in row if own >= 0).items():
                links[part].append(choice * many)
        for choice, part in zip(self.waiting, may_wait.tolist(), strict=True):
            links[part].append(choice)
        self.split = list(self._split(links))
        half = self.cp.new_int_var(0, costs.waits * most, "")
        self.cp.add(self.halves(costs) == 2 * half)  # it always is, and that is worth telling
        for link in links:
            self.cp.add(cp_model.LinearExpr.sum(link) == 0)

    def _split(self, links: list[list[cp_model.LinearExprT]]) -> list[cp_model.IntVar]:
        place_of = {own: place for place, own in enumerate(self.types.parts)}
        allowed = {*self.may_wait.tolist(), *self.parts[self.parts >= 0].tolist()}
        found = []
        for place, own in enumerate(self.types.types):
            units = len(self.types.units[place])
            ways = [
                way
                for way in partitions(own.kinds)
                if all(place_of[place, part] in allowed for part in way)
            ]
            choices = [self.cp.new_int_var(0, units, "") for _ in ways]
            self.cp.add(cp_model.LinearExpr.sum(choices) == units)
            for choice, way in zip(choices, ways, strict=True):
                for part, many in Counter(way).items():
                    links[place_of[place, part]].append(choice * -many)
            self.ways += [(place, way) for way in ways]
            found += choices
        return found

    def halves(self, costs: _Costs) -> cp_model.LinearExpr:
        """Half bonds that break."""
        own = np.append(costs.halves, 0)[self.parts].sum(axis=1).tolist()
        lost = [_lost(costs, part) for part in self.may_wait.tolist()]
        return cp_model.LinearExpr.weighted_sum([*self.groups, *self.waiting], [*own, *lost])

    def total(self, costs: _Costs) -> cp_model.LinearExpr:
        """People waiting, and then half bonds."""
        weights = [costs.waits * int(costs.sizes[part]) for part in self.may_wait.tolist()]
        return self.halves(costs) + cp_model.LinearExpr.weighted_sum(self.waiting, weights)

    def strangers(self, costs: _Costs) -> cp_model.LinearExpr:
        """Groups touched, and then new bonds."""
        new, touched = self._levels(costs)
        weight = int(costs.demand.sum()) * self.parts.shape[1] + 1
        amounts = new + weight * touched
        return cp_model.LinearExpr.weighted_sum(self.groups, amounts.tolist())

    def plan(self, costs: _Costs, values: IntArray) -> TypedPlan:
        """The plan of a solution."""
        new, touched = self._levels(costs)
        counts = values[: len(self.groups)]
        waits = values[len(self.groups) : len(self.groups) + len(self.waiting)].tolist()
        ways = values[len(self.groups) + len(self.waiting) :][: len(self.split)].tolist()
        split: list[dict[tuple[Multiset, ...], int]] = [{} for _ in self.types.types]
        for (place, way), many in zip(self.ways, ways, strict=True):
            if many:
                split[place][way] = many
        groups = [
            tuple(part for part in self.parts[at].tolist() if part >= 0)
            for at in np.flatnonzero(counts).tolist()
            for _ in range(int(counts[at]))
        ]
        waiting = {p: n for p, n in zip(self.may_wait.tolist(), waits, strict=True) if n}
        people = sum(int(costs.sizes[part]) * many for part, many in waiting.items())
        halves = int(np.append(costs.halves, 0)[self.parts].sum(axis=1) @ counts)
        halves += sum(_lost(costs, part) * many for part, many in waiting.items())
        bonds = -(-halves // 2)
        counted = zip(self.types.units, self.types.types, strict=True)
        old = sum(len(units) for units, own in counted if own.old)
        return TypedPlan(
            groups=groups,
            split=split,
            waiting=waiting,
            people=people,
            total=costs.waits * people + halves,
            broken=bonds,
            bound=bonds,
            touched=old + int(touched @ counts),
            new=int(new @ counts),
        )

    def _levels(self, costs: _Costs) -> tuple[IntArray, IntArray]:
        """New bonds of each pattern, and -1 where it is an old group as it was."""
        sizes = np.append(costs.sizes, 0)[self.parts]
        total = sizes.sum(axis=1)
        new = (total * (total - 1) - (sizes * (sizes - 1)).sum(axis=1)) // 2
        alone = (self.parts >= 0).sum(axis=1) == 1
        first = self.parts[:, 0]
        whole = alone & (costs.whole[first] == costs.sizes[first])
        old = np.array([self.types.types[own].old for own, _ in self.types.parts])[first]
        return new, -(whole & old).astype(np.int64)
