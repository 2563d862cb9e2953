"""Many people: the plan in types first, then real people for it, and a small repair of the rest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vermegroup.moves import Policy
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.candidate_groups import holds, padded
from vermegroup.solver.limits import Search
from vermegroup.solver.realising import Realised, Realising, rows_of
from vermegroup.solver.regrouped import Regrouped
from vermegroup.solver.remains import BROKEN, NEW, TOUCHED, Remains
from vermegroup.solver.typed_plan import TypedPlan, plan_types
from vermegroup.solver.unit_types import UnitTypes, patterns_of, types_of

_TRIES = 6
_HELPERS = 8
_AT_ONCE = 6

Small = Callable[[Problem, IntArray, IntArray], IntArray]
"""Groups some people, given with the unit of each; -1 waits."""


def regroup_large(
    problem: Problem, plan: Plan, remains: Remains, policy: Policy, search: Search, small: Small
) -> Regrouped:
    """As ``regroup``, for more people than are settled one by one."""
    types = types_of(problem, remains)
    typed = None if types is None else _typed(types, plan, policy, search)
    if types is None or typed is None:
        groups, waiting = _mended(
            problem, plan, remains, _untouched(problem, plan, remains), small, search
        )
        return _told(remains, groups, waiting, None)
    best: Regrouped | None = None
    for _ in range(_TRIES):
        realising = Realising(problem, plan, remains, types, search)
        realised = realising.realise(typed)
        groups, waiting = _mended(problem, plan, remains, realised, small, search)
        found = _told(remains, groups, waiting, typed)
        if best is None or found.rank() < best.rank():
            best = found
        if best.proven or search.expired():
            break
    assert best is not None
    return best


def _typed(types: UnitTypes, plan: Plan, policy: Policy, search: Search) -> TypedPlan | None:
    sizes = np.array([len(part) for _, part in types.parts])
    whole = sizes == np.array([len(types.types[own].kinds) for own, _ in types.parts])
    usable = whole if policy is Policy.MERGE else np.ones(len(sizes), dtype=bool)
    patterns = patterns_of(types, plan, usable)
    if patterns is None:
        return None
    may_wait = np.flatnonzero(whole if policy is Policy.MERGE else sizes == 1)
    return plan_types(types, patterns, may_wait, search)


def _untouched(problem: Problem, plan: Plan, remains: Remains) -> Realised:
    """Every old group that can stay, and everybody else still open."""
    units = remains.units()
    fitting = [own for own in units[: remains.old] if len(own) <= plan.largest]
    rows = padded(fitting, plan.largest)
    rows = rows[holds(problem, plan, rows)]
    left = np.setdiff1d(np.arange(remains.people), rows)
    return Realised(rows, left, np.empty(0, dtype=np.int64))


def _mended(
    problem: Problem,
    plan: Plan,
    remains: Remains,
    realised: Realised,
    small: Small,
    search: Search,
) -> tuple[list[IntArray], int]:
    """Groups for those still open, a few at a time, with some groups that may help them."""
    groups = list(rows_of(realised.groups))
    waiting = len(realised.waiting)
    units = [np.flatnonzero(np.isin(np.arange(remains.people), realised.open))]
    left = units[0]
    order = np.argsort(remains.unit_of[left], kind="stable")
    apart = np.split(left[order], np.flatnonzero(np.diff(remains.unit_of[left][order])) + 1)
    apart = [own for own in apart if len(own)]
    for start in range(0, len(apart), _AT_ONCE):
        some = np.concatenate(apart[start : start + _AT_ONCE])
        if search.expired():
            waiting += len(some)
            continue
        helpers = _helpers(remains, groups, search)
        here = np.sort(np.concatenate([some, *(groups[at] for at in helpers)]))
        own = Problem(problem.roster.subset(here), problem.rulebook)
        group_of = small(own, here, remains.unit_of[here])
        groups = [own for at, own in enumerate(groups) if at not in helpers]
        groups += [here[group_of == group] for group in range(int(group_of.max(initial=-1)) + 1)]
        waiting += int((group_of < 0).sum())
    return groups, waiting


def _helpers(remains: Remains, groups: list[IntArray], search: Search) -> set[int]:
    """Some groups, of those that are as they were."""
    alone = [at for at, own in enumerate(groups) if len(set(remains.unit_of[own].tolist())) == 1]
    count = min(_HELPERS, len(alone))
    return (
        {int(at) for at in search.chance.choice(alone, size=count, replace=False)}
        if alone
        else set()
    )


def _told(
    remains: Remains, groups: list[IntArray], waiting: int, typed: TypedPlan | None
) -> Regrouped:
    group_of = np.full(remains.people, -1, dtype=np.int64)
    for number, members in enumerate(groups):
        group_of[members] = number
    left = np.flatnonzero(group_of < 0)
    levels = remains.levels(padded(groups, remains.largest)).sum(axis=0)
    levels += remains.levels_waiting(padded([np.array([own]) for own in left.tolist()], 1)).sum(
        axis=0
    )
    broken, touched = int(levels[BROKEN]) // 2, remains.old + int(levels[TOUCHED])
    new = int(levels[NEW])
    if typed is None:
        return Regrouped(group_of, len(groups), len(left), broken, touched, new, False, 0)
    bound = -(-typed.halves // 2)
    fewest = len(left) == sum(typed.waiting.values())
    proven = (fewest, broken, touched, new) == (True, bound, typed.touched, typed.new)
    return Regrouped(
        group_of,
        len(groups),
        len(left),
        broken,
        touched,
        new,
        proven,
        min(bound, broken) if fewest else 0,
    )
