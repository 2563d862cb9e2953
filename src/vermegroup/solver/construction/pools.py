"""The deal where members must share a value: first who meets by which value, then who with whom.

How many groups meet by which value, and which people by each, is a small question of whole
numbers: people with the same values are alike. Its answer divides the roster into pools, and each
pool is dealt by itself. Without an answer there is no grouping either, for in every grouping that
keeps the rule each group meets by some value that all its members have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.judge.bounds import with_certain_sizes
from vermegroup.solver.construction.deal import deal
from vermegroup.solver.cpsat import Answer, CpModel, Status, refuted, solve
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

Linear = cp_model.LinearExpr


@dataclass(frozen=True, slots=True)
class Pool:
    """``people`` who meet by one value, in groups of these sizes, largest first."""

    people: IntArray
    sizes: tuple[int, ...]


def deal_by_pools(problem: Problem, plan: Plan, search: Search) -> tuple[bool, IntArray | None]:
    """Whether the plan is proven to allow no grouping; and a deal (n,), if the pools are known.

    Groups have sizes in descending order: those wished for, if that can be.
    """
    trait = problem.gathering_trait()
    if trait is None:
        return False, None
    member = problem.roster.sets[trait].member
    status = Status.UNKNOWN
    for tried_plan in (with_certain_sizes(problem, replace(plan, everyone=True)), plan):
        status, pools = _pools(member, tried_plan, (plan.groups,), search)
        if pools is not None:
            return False, _dealt(problem, tried_plan, pools)
    return status is Status.INFEASIBLE, None


def pools_rule_out(problem: Problem, numbers: Sequence[int], search: Search) -> bool:
    """Whether who can meet by which value is proof that none of these numbers is possible."""
    trait = problem.gathering_trait()
    if trait is None or not numbers:
        return False
    member = problem.roster.sets[trait].member
    status, _ = _pools(member, problem.plan(max(numbers)), numbers, search)
    return status is Status.INFEASIBLE


def _pools(
    member: BoolArray, plan: Plan, numbers: Sequence[int], search: Search
) -> tuple[Status, list[Pool] | None]:
    if search.expired():
        return Status.UNKNOWN, None
    usable = np.flatnonzero(member.sum(axis=0) >= plan.smallest)
    types, type_of = np.unique(member[:, usable], axis=0, return_inverse=True)
    if int(types.sum()) > PARAMS.construction.pools_entries:
        return Status.UNKNOWN, None
    supply = np.bincount(type_of.reshape(-1), minlength=len(types))
    master = _PoolModel(types, supply, plan, numbers)
    answer = solve(master.cp, search, effort=PARAMS.construction.pools_effort)
    if answer.status is Status.INFEASIBLE:
        ruled_out = refuted(master.cp, search, effort=PARAMS.construction.pools_effort)
        return (Status.INFEASIBLE if ruled_out else Status.UNKNOWN), None
    if answer.values is None:
        return Status.UNKNOWN, None
    return answer.status, list(master.pools(answer, type_of.reshape(-1)))


class _PoolModel:
    """How many people of each type meet by each value, and in how many groups of which sizes."""

    def __init__(
        self, types: BoolArray, supply: IntArray, plan: Plan, numbers: Sequence[int]
    ) -> None:
        self.cp = CpModel()
        self.plan, self.numbers = plan, numbers
        self.entries = [(int(person_type), int(value)) for person_type, value in np.argwhere(types)]
        people = [
            self.cp.new_int_var(0, int(supply[person_type]), "") for person_type, _ in self.entries
        ]
        self.sizes = sorted(set(plan.sizes or range(plan.smallest, plan.largest + 1)))
        self.values = range(types.shape[1])
        groups = [
            [self.cp.new_int_var(0, plan.groups, "") for _ in self.sizes] for _ in self.values
        ]
        self._seat_everyone(people, supply)
        by_value: list[list[cp_model.IntVar]] = [[] for _ in self.values]
        for var, (_, value) in zip(people, self.entries, strict=True):
            by_value[value].append(var)
        for value, having in enumerate(by_value):
            self.cp.add(Linear.sum([*having, 0]) == Linear.weighted_sum(groups[value], self.sizes))
        self._count_groups(groups)
        self._use_few(groups)

    def _seat_everyone(self, people: Sequence[cp_model.IntVar], supply: IntArray) -> None:
        by_type: list[list[cp_model.IntVar]] = [[] for _ in supply]
        for var, (person_type, _) in zip(people, self.entries, strict=True):
            by_type[person_type].append(var)
        for of_type, count in zip(by_type, supply.tolist(), strict=True):
            seated = Linear.sum([*of_type, 0])
            self.cp.add(seated == count if self.plan.everyone else seated <= count)

    def _count_groups(self, groups: Sequence[Sequence[cp_model.IntVar]]) -> None:
        for index, size in enumerate(self.sizes):
            if self.plan.sizes is not None:
                of_size = Linear.sum([of_value[index] for of_value in groups])
                self.cp.add(of_size == self.plan.sizes.count(size))
        total = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(self.numbers), "")
        self.cp.add(Linear.sum([var for of_value in groups for var in of_value]) == total)

    def _use_few(self, groups: Sequence[Sequence[cp_model.IntVar]]) -> None:
        """Few large pools leave more choice of who sits with whom than many small ones."""
        used = [self.cp.new_bool_var("") for _ in self.values]
        for of_value, choice in zip(groups, used, strict=True):
            self.cp.add(Linear.sum([*of_value, 0]) <= choice * self.plan.groups)
        self.cp.minimize(Linear.sum([*used, 0]))

    def pools(self, answer: Answer, type_of: IntArray) -> Iterator[Pool]:
        """The people of each value that is used, and its groups."""
        assert answer.values is not None
        counts = answer.values[: len(self.entries)]
        start = len(self.entries)
        times = answer.values[start : start + len(self.values) * len(self.sizes)]
        waiting = [
            np.flatnonzero(type_of == person_type).tolist()
            for person_type in range(type_of.max() + 1)
        ]
        seated: list[list[int]] = [[] for _ in self.values]
        for (person_type, value), count in zip(self.entries, counts.tolist(), strict=True):
            seated[value] += waiting[person_type][:count]
            del waiting[person_type][:count]
        for value, of_sizes in enumerate(times.reshape(len(self.values), -1)):
            sizes = np.repeat(self.sizes, of_sizes)[::-1]
            if len(sizes):
                people = np.sort(np.array(seated[value], dtype=np.int64))
                yield Pool(people, tuple(sizes.tolist()))


def _dealt(problem: Problem, plan: Plan, pools: Sequence[Pool]) -> IntArray:
    group_of = np.full(len(problem.roster), -1, dtype=np.int64)
    sizes: list[int] = []
    for pool in pools:
        pool_problem = Problem(problem.roster.subset(pool.people), problem.rulebook)
        dealt = deal(pool_problem, replace(plan, groups=len(pool.sizes), sizes=pool.sizes))
        group_of[pool.people] = dealt + len(sizes)
        sizes += pool.sizes
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.argsort(-np.array(sizes), kind="stable")] = np.arange(len(sizes))
    return np.where(group_of >= 0, rank[group_of], -1)
