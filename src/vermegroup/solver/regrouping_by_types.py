"""The plan in types first, then real people for it, and a small repair of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

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

_TRIES = 4
_HELPERS = 5
_AT_ONCE = 3

Few = Callable[[Problem, IntArray, Policy, Search], IntArray]
"""Groups a few people, given with the unit of each; -1 waits."""


@dataclass(frozen=True, slots=True)
class _Task:
    problem: Problem
    plan: Plan
    remains: Remains
    policy: Policy


def regroup_by_types(
    problem: Problem, plan: Plan, remains: Remains, policy: Policy, search: Search, few: Few
) -> Regrouped:
    """As ``regroup``, for any number of people; proven where real people do what types can.

    Whoever finds no place in the plan of the types is settled by ``few``.
    """
    task = _Task(problem, plan, remains, policy)
    types = types_of(problem, remains)
    typed = None if types is None else _typed(types, plan, policy, search)
    if types is None or typed is None:
        return _told(remains, _mended(task, _untouched(task), few, search), None)
    realised = _realised(task, types, typed, search)
    return _told(remains, _mended(task, realised, few, search), typed)


def proven_by_types(
    problem: Problem, plan: Plan, remains: Remains, policy: Policy, search: Search
) -> Regrouped | None:
    """An answer that is proven, if real people are soon found for the plan of the types."""
    task = _Task(problem, plan, remains, policy)
    types = types_of(problem, remains)
    typed = None if types is None else _typed(types, plan, policy, search)
    if types is None or typed is None:
        return None
    realised = _realised(task, types, typed, search)
    found = _told(remains, list(rows_of(realised.groups)), typed)
    return found if found.proven else None


def _realised(task: _Task, types: UnitTypes, typed: TypedPlan, search: Search) -> Realised:
    """The best of a few tries: with nobody left open, if one succeeds."""
    best: Realised | None = None
    for _ in range(_TRIES):
        found = Realising(task.problem, task.plan, task.remains, types, search).realise(typed)
        if best is None or len(found.open) < len(best.open):
            best = found
        if not len(best.open) or search.expired():
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


def _untouched(task: _Task) -> Realised:
    """Every old group that can stay, and everybody else still open."""
    remains, largest = task.remains, task.plan.largest
    fitting = [own for own in remains.units()[: remains.old] if len(own) <= largest]
    rows = padded(fitting, largest)
    rows = rows[holds(task.problem, task.plan, rows)]
    left = np.setdiff1d(np.arange(remains.people), rows)
    return Realised(rows, left)


def _mended(task: _Task, realised: Realised, few: Few, search: Search) -> list[IntArray]:
    """Groups for those still open, a few units at a time, with some groups that may help them."""
    groups = list(rows_of(realised.groups))
    apart = _by_unit(task.remains, realised.open)
    for start in range(0, len(apart), _AT_ONCE):
        if search.expired():
            break
        helpers = _helpers(task.remains, groups, search)
        some = [*apart[start : start + _AT_ONCE], *(groups[at] for at in helpers)]
        here = np.sort(np.concatenate(some))
        own = Problem(task.problem.roster.subset(here), task.problem.rulebook)
        group_of = few(own, task.remains.unit_of[here], task.policy, search)
        groups = [own for at, own in enumerate(groups) if at not in helpers]
        groups += [here[group_of == group] for group in range(int(group_of.max(initial=-1)) + 1)]
    return groups


def _by_unit(remains: Remains, people: IntArray) -> list[IntArray]:
    """Some people, parted by their units."""
    order = people[np.argsort(remains.unit_of[people], kind="stable")]
    ends = np.flatnonzero(np.diff(remains.unit_of[order])) + 1
    return [own for own in np.split(order, ends) if len(own)]


def _helpers(remains: Remains, groups: list[IntArray], search: Search) -> set[int]:
    """Some groups, of those that are of one unit."""
    alone = [at for at, own in enumerate(groups) if len(set(remains.unit_of[own].tolist())) == 1]
    count = min(_HELPERS, len(alone))
    if not count:
        return set()
    return {int(at) for at in search.chance.choice(alone, size=count, replace=False)}


def _told(remains: Remains, groups: list[IntArray], typed: TypedPlan | None) -> Regrouped:
    group_of = np.full(remains.people, -1, dtype=np.int64)
    for number, members in enumerate(groups):
        group_of[members] = number
    left = [np.array([own]) for own in np.flatnonzero(group_of < 0).tolist()]
    levels = remains.levels(padded(groups, remains.largest)).sum(axis=0)
    levels += remains.levels_waiting(padded(left, 1)).sum(axis=0)
    broken, touched = int(levels[BROKEN]) // 2, remains.old + int(levels[TOUCHED])
    found = Regrouped(group_of, len(groups), len(left), broken, touched, int(levels[NEW]), False, 0)
    if typed is None or len(left) != typed.people:
        return found
    promised = bool(left) and bool(remains.promised.any())
    proven = found.rank() == (len(left), typed.bound, typed.touched, typed.new) and not promised
    return replace(found, proven=proven, broken_bound=min(typed.bound, broken))
