"""A plan in terms of types, what it costs, and its CP-SAT model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import prod

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import IntArray
from vermegroup.solver.column_generation.fragment_types import (
    FragmentTypes,
    Multiset,
    Patterns,
)
from vermegroup.solver.cpsat import CpModel, Status, refuted, solve
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """What the types could do at best.

    ``groups`` are patterns, each as often as it is formed; ``split`` tells for each type how its
    fragments are taken apart and how many are. ``waiting`` counts the parts left over, so many
    ``people``. No plan with as few waiting breaks fewer bonds than ``bound``; ``total`` is the
    cost of both. ``strange`` are the groups touched, the new bonds but for those among people who
    had no group, and how far sizes are off: of the plans that break as few none has less, in this
    order (None where that is not shown).
    """

    groups: list[tuple[int, ...]]
    split: list[dict[tuple[Multiset, ...], int]]
    waiting: dict[int, int]
    people: int
    total: int
    broken: int
    bound: int
    strange: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Limits:
    """So many people wait in any case; how far each size is ``off``; how many groups, if asked."""

    waiting: int
    off: IntArray
    number: int | None = None


class Costs:
    """What parts and patterns cost: half bonds; and the people waiting, above all bonds."""

    def __init__(
        self, types: FragmentTypes, patterns: Patterns, demand: IntArray, limits: Limits
    ) -> None:
        self.types, self.patterns, self.demand = types, patterns, demand
        self.off, self.number = limits.off, limits.number
        sizes = np.array([len(part) for _, part in types.parts], dtype=np.int64)
        whole = np.array(
            [len(types.types[type_at].multiset) for type_at, _ in types.parts], dtype=np.int64
        )
        self.sizes, self.whole = sizes, whole
        self.halves = sizes * (whole - sizes)
        self.of_pattern = np.append(self.halves, 0)[patterns.parts].sum(axis=1)
        counts = [len(of_type) for of_type in types.fragments]
        self.waits = (
            sum(
                count * len(fragment_type.multiset) ** 2
                for count, fragment_type in zip(counts, types.types, strict=True)
            )
            + 1
        )

    def bonds(self, total: int, people: int) -> int:
        """The fewest bonds that break where a plan costs at least so much, and so many wait."""
        return max(0, -(-(total - self.waits * people) // 2))

    def of_waiting(self, part: int) -> int:
        """What it costs that a part waits, with the bonds that its people lose, each other's too.

        Halves of bonds, and above all of them the people.
        """
        size = int(self.sizes[part])
        return self.waits * size + self.lost(part)

    def lost(self, part: int) -> int:
        """The half bonds that people lose who wait: those among each other, too."""
        size = int(self.sizes[part])
        return int(self.halves[part]) + size * (size - 1)


class TypedModel:
    """How many groups of each pattern, how many wait, and how many fragments are split how."""

    def __init__(self, costs: Costs, parts: IntArray, may_wait: IntArray) -> None:
        self.types, self.parts, self.may_wait = costs.types, parts, may_wait
        self.cp = CpModel()
        most = int(costs.demand.sum())
        self.groups = [self.cp.new_int_var(0, most, "") for _ in range(len(parts))]
        self.waiting = [self.cp.new_int_var(0, most, "") for _ in may_wait]
        self.ways: list[tuple[int, tuple[Multiset, ...]]] = []
        links: list[list[cp_model.LinearExprT]] = [[] for _ in self.types.parts]
        for choice, row in zip(self.groups, parts.tolist(), strict=True):
            for part, many in Counter(part for part in row if part >= 0).items():
                links[part].append(choice * many)
        for choice, part in zip(self.waiting, may_wait.tolist(), strict=True):
            links[part].append(choice)
        self.split = list(self._split(links))
        half = self.cp.new_int_var(0, costs.waits * most, "")
        self.cp.add(self.halves(costs) == 2 * half)  # it always is, and that is worth telling
        for link in links:
            self.cp.add(cp_model.LinearExpr.sum(link) == 0)
        if costs.number is not None:
            self.cp.add(cp_model.LinearExpr.sum(self.groups) == costs.number)

    def _split(self, links: list[list[cp_model.LinearExprT]]) -> list[cp_model.IntVar]:
        place_of = {part: place for place, part in enumerate(self.types.parts)}
        allowed = {*self.may_wait.tolist(), *self.parts[self.parts >= 0].tolist()}
        found = []
        for place, fragment_type in enumerate(self.types.types):
            fragments = len(self.types.fragments[place])
            ways = [
                way
                for way in self.types.ways(fragment_type)
                if all(place_of[place, part] in allowed for part in way)
            ]
            choices = [self.cp.new_int_var(0, fragments, "") for _ in ways]
            self.cp.add(cp_model.LinearExpr.sum(choices) == fragments)
            for choice, way in zip(choices, ways, strict=True):
                for part, many in Counter(way).items():
                    links[place_of[place, part]].append(choice * -many)
            self.ways += [(place, way) for way in ways]
            found += choices
        return found

    def halves(self, costs: Costs) -> cp_model.LinearExpr:
        """Half bonds that break."""
        broken = np.append(costs.halves, 0)[self.parts].sum(axis=1).tolist()
        lost = [costs.lost(part) for part in self.may_wait.tolist()]
        return cp_model.LinearExpr.weighted_sum([*self.groups, *self.waiting], [*broken, *lost])

    def total(self, costs: Costs) -> cp_model.LinearExpr:
        """People waiting, and then half bonds."""
        weights = [costs.waits * int(costs.sizes[part]) for part in self.may_wait.tolist()]
        return self.halves(costs) + cp_model.LinearExpr.weighted_sum(self.waiting, weights)

    def strangers(self, costs: Costs) -> cp_model.LinearExpr:
        """What is ``strange`` in a plan, the first of it above all that follows."""
        amounts = self._weights(costs) @ self._levels(costs)
        return cp_model.LinearExpr.weighted_sum(self.groups, amounts.tolist())

    def strange(self, costs: Costs, strange: tuple[int, ...]) -> int:
        """What ``strangers`` come to in a plan."""
        touched, *others = strange
        return int(self._weights(costs) @ np.array([touched - self.types.old, *others]))

    def tells_all(self, costs: Costs) -> bool:
        """Whether all that is strange can be told; of many people sizes cannot."""
        return bool(self._weights(costs).all())

    def _weights(self, costs: Costs) -> IntArray:
        """One for each level, nothing for sizes where there is no room."""
        levels = np.abs(self._levels(costs)).max(axis=1, initial=0)
        most = [1 + int(costs.demand.sum()) * level for level in levels.tolist()]
        told = len(most) if prod(most) < PARAMS.columns.largest_sum else len(most) - 1
        weights = [
            prod(most[level + 1 : told]) if level < told else 0 for level in range(len(most))
        ]
        return np.array(weights, dtype=np.int64)

    def solved(self, costs: Costs, search: Search, effort: float) -> tuple[TypedPlan | None, bool]:
        """The plan that is found, looked through; and whether it is said to be the best."""
        answer = solve(self.cp, search, effort=effort, relaxation=2)
        if answer.values is None or not self._adds_up(answer.values.tolist()):
            return None, False
        return self.plan(costs, answer.values), answer.status is Status.OPTIMAL

    def has_none(self, search: Search, effort: float) -> bool:
        """Whether there is no plan at all, as a search with other settings has it."""
        return refuted(self.cp, search, effort=effort)

    def _adds_up(self, values: list[int]) -> bool:
        """Whether every fragment is taken apart once, and every part of one is used once."""
        groups, waiting = len(self.groups), len(self.waiting)
        if min(values, default=0) < 0:
            return False
        parts: Counter[int] = Counter()
        for many, row in zip(values[:groups], self.parts.tolist(), strict=True):
            for part in row:
                parts[part] += many
        for many, part in zip(values[groups : groups + waiting], self.may_wait, strict=True):
            parts[int(part)] += many
        place_of = {part: place for place, part in enumerate(self.types.parts)}
        fragments: Counter[int] = Counter()
        split = values[groups + waiting : groups + waiting + len(self.ways)]
        for many, (place, way) in zip(split, self.ways, strict=True):
            fragments[place] += many
            for multiset in way:
                parts[place_of[place, multiset]] -= many
        del parts[-1]  # empty places of patterns
        whole = {place: len(of_type) for place, of_type in enumerate(self.types.fragments)}
        return not any(parts.values()) and +fragments == +Counter(whole)

    def plan(self, costs: Costs, values: IntArray) -> TypedPlan:
        """The plan of a solution."""
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
        halves += sum(costs.lost(part) * many for part, many in waiting.items())
        bonds = -(-halves // 2)
        touched, *others = (self._levels(costs) @ counts).tolist()
        return TypedPlan(
            groups=groups,
            split=split,
            waiting=waiting,
            people=people,
            total=costs.waits * people + halves,
            broken=bonds,
            bound=bonds,
            strange=(self.types.old + touched, *others),
        )

    def _levels(self, costs: Costs) -> IntArray:
        """What is strange in each pattern, (3, c); an old group as it was is -1 touched."""
        sizes = np.append(costs.sizes, 0)[self.parts]
        total = sizes.sum(axis=1)
        old = np.array([self.types.types[type_at].old for type_at, _ in self.types.parts])
        fresh = np.where(np.append(old, True)[self.parts], 0, sizes).sum(axis=1)
        among = fresh * (fresh - 1) // 2
        new = (total * (total - 1) - (sizes * (sizes - 1)).sum(axis=1)) // 2 - among
        alone = (self.parts >= 0).sum(axis=1) == 1
        first = self.parts[:, 0]
        whole = alone & (costs.whole[first] == costs.sizes[first])
        return np.stack([-(whole & old[first]).astype(np.int64), new, costs.off[total]])
