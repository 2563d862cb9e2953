"""The best plan in terms of types: how many groups of which pattern, how many fragments split how.

A linear programme over all patterns bounds the bonds that must break; patterns of a small reduced
cost go to CP-SAT. Its size does not grow with the number of people.
"""

from __future__ import annotations

import operator
from dataclasses import replace
from math import inf

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.solver.column_generation.fragment_types import FragmentTypes, Patterns
from vermegroup.solver.column_generation.linear_programme import Relaxation
from vermegroup.solver.column_generation.typed_model import Costs, Limits, TypedModel, TypedPlan
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


def plan_types(
    types: FragmentTypes,
    patterns: Patterns,
    may_wait: IntArray,
    limits: Limits,
    search: Search,
) -> TypedPlan | None:
    """The best typed plan; None where it was not found in time.

    ``may_wait`` are the parts that may be left over.
    """
    rows, matrix = _rows(types)
    costs = Costs(types, patterns, _demand(types, rows), limits)
    priced = _relaxed(costs, matrix, may_wait, limits.waiting, search)
    if priced is None:
        return None
    duals, toll = priced
    reduced = _reduced_costs(costs.halves, matrix, duals, patterns.parts)
    bound = sum(map(operator.mul, costs.demand.tolist(), duals.tolist())) + toll * limits.waiting
    unit = PARAMS.columns.parts
    least = -(-bound // unit)
    for halves in PARAMS.columns.typed_budgets:
        parts = patterns.parts[reduced <= halves * unit]
        found = _cheapest(costs, parts, may_wait, (bound + halves * unit) // unit, search)
        if found is not None and _is_cheapest(costs, found, parts, may_wait, least, search):
            parts = patterns.parts[reduced <= found.total * unit - bound]
            return _least_strange(costs, parts, may_wait, found, search)
        if found is not None:
            return replace(found, bound=costs.bonds(least, found.people))
        if search.expired():
            break
    return None


def _is_cheapest(
    costs: Costs,
    plan: TypedPlan,
    parts: IntArray,
    may_wait: IntArray,
    least: int,
    search: Search,
) -> bool:
    """Whether no plan is cheaper: by the bound, or because a second search finds none."""
    if plan.total <= least:
        return True
    if search.expired():
        return False
    model = TypedModel(costs, parts, may_wait)
    model.cp.add(model.total(costs) <= plan.total - 1)
    return model.has_none(search, PARAMS.columns.plan_effort)


def _reduced_costs(
    halves: IntArray, matrix: IntArray, duals: IntArray, parts: IntArray
) -> IntArray:
    """The reduced cost of patterns, in parts."""
    of_parts = halves * PARAMS.columns.parts - matrix @ duals
    return np.asarray(np.append(of_parts, 0)[parts].sum(axis=1))


def _rows(types: FragmentTypes) -> tuple[dict[tuple[int, int], int], IntArray]:
    """A row for each person type of each type, and its number in each part, shape (parts, rows)."""
    rows: dict[tuple[int, int], int] = {}
    for place, fragment_type in enumerate(types.types):
        for person_type in dict.fromkeys(fragment_type.multiset):
            rows[place, person_type] = len(rows)
    matrix = np.zeros((len(types.parts), len(rows)), dtype=np.int64)
    for at, (place, part) in enumerate(types.parts):
        for person_type in part:
            matrix[at, rows[place, person_type]] += 1
    return rows, matrix


def _demand(types: FragmentTypes, rows: dict[tuple[int, int], int]) -> IntArray:
    demand = np.zeros(len(rows), dtype=np.int64)
    for place, fragment_type in enumerate(types.types):
        for person_type in fragment_type.multiset:
            demand[rows[place, person_type]] += len(types.fragments[place])
    return demand


def _relaxed(
    costs: Costs, matrix: IntArray, may_wait: IntArray, waiting: int, search: Search
) -> tuple[IntArray, int] | None:
    """The dual price of each person type of each type over all patterns, in parts; and the toll.

    Who waits pays the toll besides. Put right in whole numbers, so that no reduced cost is below
    nothing, and nobody waits for less: then the sum of all prices is a bound, whatever the linear
    programme said.
    """
    demand = [(count, count) for count in costs.demand.tolist()]
    relaxation = Relaxation([*demand, (waiting, inf)], PARAMS.columns.parts)
    waits = np.array([costs.of_waiting(part) for part in may_wait.tolist()], dtype=np.int64)
    relaxation.add(np.column_stack([matrix[may_wait], costs.sizes[may_wait]]), waits)
    having = np.append(matrix, np.zeros_like(matrix[:1]), axis=0)
    known = np.zeros(len(costs.of_pattern), dtype=bool)
    batch = np.argsort(costs.of_pattern, kind="stable")[: PARAMS.columns.typed_added]
    while not search.expired():
        counts = having[costs.patterns.parts[batch]].sum(axis=1)
        relaxation.add(counts, costs.of_pattern[batch])
        known[batch] = True
        found = relaxation.duals(search)
        if found is None:
            return None
        duals, toll = np.array(found[:-1], dtype=np.int64), max(0, found[-1])
        reduced = _reduced_costs(costs.halves, matrix, duals, costs.patterns.parts)
        lacking = np.where(known, 0, reduced)
        batch = np.argsort(lacking, kind="stable")[: PARAMS.columns.typed_added]
        batch = batch[lacking[batch] < 0]
        if not len(batch):
            # Nobody waits for less either.
            left = waits * PARAMS.columns.parts - matrix[may_wait] @ duals
            left -= toll * costs.sizes[may_wait]
            return duals + min(reduced.min(initial=0), left.min(initial=0)), toll
    return None


def _cheapest(
    costs: Costs, parts: IntArray, may_wait: IntArray, at_most: int, search: Search
) -> TypedPlan | None:
    """The cheapest plan that is found within a limit."""
    if search.expired():
        return None
    model = TypedModel(costs, parts, may_wait)
    cost = model.total(costs)
    model.cp.add(cost <= at_most)
    model.cp.minimize(cost)
    found = model.solved(costs, search, PARAMS.columns.plan_effort)[0]
    return None if found is None else replace(found, strange=None)


def _least_strange(
    costs: Costs, parts: IntArray, may_wait: IntArray, cheapest: TypedPlan, search: Search
) -> TypedPlan:
    """Of all plans as cheap as one, the one with the least that is strange."""
    if search.expired():
        return cheapest
    model = TypedModel(costs, parts, may_wait)
    model.cp.add(model.total(costs) <= cheapest.total)
    model.cp.minimize(model.strangers(costs))
    found, said = model.solved(costs, search, PARAMS.columns.strangers_effort)
    if found is None or found.total > cheapest.total:
        return cheapest
    shown = said and model.tells_all(costs)
    if shown and _is_least_strange(costs, found, parts, may_wait, search):
        return found
    return replace(found, strange=None)


def _is_least_strange(
    costs: Costs, plan: TypedPlan, parts: IntArray, may_wait: IntArray, search: Search
) -> bool:
    """Whether a second search finds no plan as cheap with less that is strange."""
    if search.expired() or plan.strange is None:
        return False
    model = TypedModel(costs, parts, may_wait)
    model.cp.add(model.total(costs) <= plan.total)
    model.cp.add(model.strangers(costs) <= model.strange(costs, plan.strange) - 1)
    return model.has_none(search, PARAMS.columns.strangers_effort)
