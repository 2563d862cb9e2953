"""Every valid group of a small roster, written down: person by person, judged by the rules.

Route enumeration by Baldacci, Christofides and Mingozzi, *Mathematical Programming* 115 (2008), for
groups: because every rule is local, what can be in a grouping at all is a list of rows. It is
complete, so what is shown of all its rows is shown of all groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import comb

import numpy as np

from vermegroup.domain.arrays import BoolArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.column_generation.columns import SmallArray, holds
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


def valid_groups(
    problem: Problem, plan: Plan, sizes: Collection[int], search: Search
) -> SmallArray | None:
    """Every group of these sizes that keeps the rules, as rows (c, width) of members.

    Members stand in rising order, with NOBODY in empty seats. None where there are more candidates
    than fit into memory, or no time.
    """
    found, width = [], max(sizes)
    if _too_many(problem, plan, width, search):
        return None
    for rows in _levels(problem, plan, width, search):
        size = rows.shape[1]
        search.reckoned(rows.size * len(problem.rulebook.rules))
        if size in sizes:
            valid = rows[holds(problem, plan, rows)]
            padding = ((0, 0), (0, width - size))
            found.append(np.pad(valid, padding, constant_values=NOBODY))
        if search.expired():
            return None
    complete = len(found) == len(set(sizes))
    return np.concatenate(found) if complete else None


def _levels(problem: Problem, plan: Plan, width: int, search: Search) -> Iterator[SmallArray]:
    """All sets of people that may still become valid groups, of one size after the other.

    Ends early where one size has too many of them.
    """
    may_meet = _may_meet(problem, plan)
    rows: SmallArray | None = np.arange(len(may_meet), dtype=np.int8)[:, np.newaxis]
    for size in range(1, width + 1):
        if rows is None:
            return
        yield rows
        rows = _grown(rows, may_meet, search) if size < width else None
        if rows is not None and 1 < size < width - 1:
            rows = rows[_may_grow(problem, plan, rows)]


def _too_many(problem: Problem, plan: Plan, width: int, search: Search) -> bool:
    """Whether one size has more sets than can be written down, so far as a sample tells.

    Knuth, *Estimating the efficiency of backtrack programs*, Mathematics of Computation 29 (1975):
    it is soon told, where growing all of them until there are too many takes seconds.
    """
    people = len(problem.roster)
    if comb(people, width) <= PARAMS.enumeration.candidates:
        return False
    may_meet, stands_for = _may_meet(problem, plan), 1.0
    rows: SmallArray | None = np.column_stack(np.nonzero(np.triu(may_meet, 1))).astype(np.int8)
    for size in range(3, width + 1):
        if rows is None or stands_for * len(rows) > PARAMS.enumeration.candidates:
            return True
        sample = search.chance.permutation(len(rows))[: PARAMS.enumeration.guessed_by]
        stands_for *= len(rows) / max(1, len(sample))
        rows = _grown(rows[sample], may_meet, search)
        if rows is not None and size < width:
            rows = rows[_may_grow(problem, plan, rows)]
    return rows is None or stands_for * len(rows) > PARAMS.enumeration.candidates


def _grown(rows: SmallArray, may_meet: BoolArray, search: Search) -> SmallArray | None:
    """Each row with one more person, of a higher number, who may meet all in it."""
    if _expected(rows, may_meet) > PARAMS.enumeration.candidates:
        return None
    higher = np.triu(may_meet, 1)
    newcomers, numbers = np.nonzero(higher)[1].astype(rows.dtype), higher.sum(axis=1)
    first = np.cumsum(numbers) - numbers
    found, count = [np.empty((0, rows.shape[1] + 1), dtype=rows.dtype)], 0
    for start in range(0, len(rows), PARAMS.enumeration.grown_at_once):
        part = rows[start : start + PARAMS.enumeration.grown_at_once]
        times = numbers[part[:, -1]]
        at = np.repeat(np.arange(len(part)), times)
        nth = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
        joining = newcomers[first[part[at, -1]] + nth]
        fits = np.ones(len(at), dtype=bool)
        for member in part.T[:-1]:
            fits &= may_meet[member[at], joining]
        found.append(np.column_stack([part[at[fits]], joining[fits]]))
        count += len(found[-1])
        search.reckoned(len(at) * rows.shape[1])
        if count > PARAMS.enumeration.candidates or search.expired():
            return None
    return np.concatenate(found)


def _expected(rows: SmallArray, may_meet: BoolArray) -> float:
    """About how many sets of one more person there are, by some of the rows."""
    step = -(-len(rows) // PARAMS.enumeration.sampled) or 1
    sample = rows[step // 2 :: step]
    fits = np.arange(len(may_meet)) > sample[:, -1:]
    for member in sample.T:
        fits &= may_meet[member]
    return float(np.count_nonzero(fits)) / max(1, len(sample)) * len(rows)


def _may_meet(problem: Problem, plan: Plan) -> BoolArray:
    """Which two people no rule keeps out of one group, shape (n, n)."""
    people = len(problem.roster)
    pairs = np.column_stack(np.triu_indices(people, 1)).astype(np.int8)
    found = np.eye(people, dtype=bool)
    first, second = pairs[_may_grow(problem, plan, pairs)].T
    found[first, second] = found[second, first] = True
    return found


def _may_grow(problem: Problem, plan: Plan, rows: SmallArray) -> BoolArray:
    """Which sets of people break no rule that stays broken, whoever joins them."""
    lasting = tuple(rule for rule in problem.rulebook.rules if rule.hereditary)
    return holds(problem.under(lasting), plan, rows)
