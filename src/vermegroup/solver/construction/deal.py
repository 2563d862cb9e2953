"""The deal: a constructive start in O(n log n), close to the best in most of what is asked.

People are sorted by the trait whose spread is wished for and cut into layers, one seat of every
group each. In each layer the groups whose totals are furthest from the mean choose first: a high
one takes the lowest person left, a low one the highest, so that totals stay even. A group passes
over the few who would clash with a member it has; groups near the mean can best afford that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.params import PARAMS


def deal(problem: Problem, plan: Plan) -> IntArray:
    """Each participant's group, shape (n,); -1 where sizes leave no room.

    Sizes are the plan's, or as even as can be.
    """
    sizes = np.asarray(plan.sizes if plan.sizes is not None else even_sizes(problem, plan))
    ticks = problem.layered_ticks()
    clashes = _clash_keys(problem)
    group_of = np.full(len(problem.roster), -1, dtype=np.int64)
    totals = np.zeros(plan.groups, dtype=np.int64)
    taken: list[set[int]] = [set() for _ in range(plan.groups)]
    falling = _with_seats(np.argsort(-ticks, kind="stable"), int(sizes.sum()), problem)
    start = 0
    for groups in _layers(sizes):
        people = falling[start : start + len(groups)]
        start += len(groups)
        _deal_layer(people[::-1], groups, totals, group_of, clashes, taken)
        totals += np.bincount(
            group_of[people], weights=ticks[people], minlength=plan.groups
        ).astype(np.int64)
    return group_of


def _with_seats(falling: IntArray, seats: int, problem: Problem) -> IntArray:
    """Those for whom there is a seat: the last are left out, but none whom a rule seats."""
    spare = np.flatnonzero(~np.isin(falling, must_be_seated(problem)))
    return np.delete(falling, spare[len(spare) - max(0, len(falling) - seats) :])


def _deal_layer(
    rising: IntArray,
    groups: IntArray,
    totals: IntArray,
    group_of: IntArray,
    clashes: Sequence[Sequence[int]],
    taken: list[set[int]],
) -> None:
    """Give one person to each group; ``rising`` are the people from the lowest to the highest."""
    off = totals[groups] - totals[groups].mean()
    order = np.argsort(-np.abs(off), kind="stable")
    choosing = groups[order]
    line = _Line(rising.tolist(), clashes)
    lows = (off[order] < 0).tolist()
    chosen = line.taken_by([taken[group] for group in choosing.tolist()], lows)
    group_of[np.array(chosen, dtype=np.int64)] = choosing


def even_sizes(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """Sizes as even as can be, largest first, for as many people as fit."""
    seated = min(len(problem.roster), plan.groups * plan.largest)
    low, larger = divmod(seated, plan.groups)
    return (low + 1,) * larger + (low,) * (plan.groups - larger)


def _layers(sizes: IntArray) -> Iterator[IntArray]:
    """The groups that take a person of each layer, from the layer of the highest downwards.

    A seat's weight in its group's spread is s-1, s-3, …, 1-s; seats of one weight are a layer.
    """
    largest = int(sizes.max())
    for weight in range(largest - 1, -largest, -1):
        seats = (sizes > abs(weight)) & ((sizes - 1 - weight) % 2 == 0)
        if seats.any():
            yield np.flatnonzero(seats)


class _Line:
    """People in a line, who can be taken from anywhere and are looked at from either end."""

    def __init__(self, people: Sequence[int], clashes: Sequence[Sequence[int]]) -> None:
        self._people = people
        self._clashes = clashes
        count = len(people)
        # A ring through a gate: position ``count`` stands before the first and after the last.
        self._next = [*range(1, count + 1), 0]
        self._before = [count, *range(count)]
        self._gate = count

    def taken_by(self, groups: Sequence[set[int]], lows: Sequence[bool]) -> list[int]:
        """Whom each group takes, the last in line where it is low; their keys join its own.

        It is the first from that end who clashes with nobody in the group. After so many people as
        the ``lookahead`` it is the one at the end, clash or not.
        """
        # One loop for all: a call for each person would double what a large roster takes.
        people, clashes, gate = self._people, self._clashes, self._gate
        following, before = self._next, self._before
        chosen: list[int] = []
        for members, low in zip(groups, lows, strict=True):
            step = before if low else following
            place = step[gate]
            if not members.isdisjoint(clashes[people[place]]):
                place = self._free_of(members, step)
            earlier, later = before[place], following[place]
            following[earlier], before[later] = later, earlier
            members.update(clashes[people[place]])
            chosen.append(people[place])
        return chosen

    def _free_of(self, members: set[int], step: Sequence[int]) -> int:
        end = place = step[self._gate]
        for _ in range(PARAMS.construction.lookahead - 1):
            place = step[place]
            if place == self._gate:
                break
            if members.isdisjoint(self._clashes[self._people[place]]):
                return place
        return end


def _clash_keys(problem: Problem) -> list[tuple[int, ...]]:
    """For each person, one key for each value that no other member of the group should have."""
    rules = problem.rulebook.rules
    traits = [rule.keeps_apart() for rule in rules]
    columns, offset = [], 0
    for trait in dict.fromkeys(name for name in traits if name is not None):
        categories = problem.roster.categories[trait]
        columns.append(categories.codes + offset)
        offset += len(categories.values)
    keys = list(zip(*(column.tolist() for column in columns), strict=True))
    keys = keys or [()] * len(problem.roster)
    others = (rule for rule, trait in zip(rules, traits, strict=True) if trait is None)
    for codes in (codes for rule in others for codes in rule.rivals(problem.roster)):
        keys = [
            key if code < 0 else (*key, offset + code)
            for key, code in zip(keys, codes.tolist(), strict=True)
        ]
        offset += int(codes.max(initial=0)) + 1
    return keys
