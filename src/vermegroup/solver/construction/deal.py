"""The deal: a constructive start in O(n log n), close to the best in most of what is asked.

People are sorted by the trait whose spread is wished for and cut into layers, one seat of every
group each. In each layer the groups whose totals are furthest from the mean choose first: a high
one takes the lowest person left, a low one the highest, so that totals stay even. A group passes
over the few who would clash with a member it has; groups near the mean can best afford that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.params import PARAMS

_NO_MEMBER = -2
# Up to so many groups, and from so many keys in a group on, sets are quicker than rows.
_FEW, _LONG = 1_000, 64


def deal(problem: Problem, plan: Plan) -> IntArray:
    """Each participant's group, shape (n,); -1 where sizes leave no room.

    Sizes are the plan's, or as even as can be.
    """
    sizes = np.asarray(plan.sizes if plan.sizes is not None else even_sizes(problem, plan))
    ticks, keys = problem.layered_ticks(), _clash_keys(problem)
    group_of = np.full(len(problem.roster), -1, dtype=np.int64)
    totals = np.zeros(plan.groups, dtype=np.int64)
    taken = _Taken(plan.groups, int(sizes.max()), keys.shape[1])
    falling = _with_seats(np.argsort(-ticks, kind="stable"), int(sizes.sum()), problem)
    start = 0
    for groups in _layers(sizes):
        people = falling[start : start + len(groups)][::-1]
        start += len(groups)
        off = totals[groups] - totals[groups].mean()
        order = np.argsort(-np.abs(off), kind="stable")
        choosing = groups[order]
        line = _Line(keys[people], choosing, taken)
        chosen = people[line.taken_by(off[order] < 0)]
        group_of[chosen] = choosing
        taken.add(choosing, keys[chosen])
        totals[choosing] += ticks[chosen]
    return group_of


def _with_seats(falling: IntArray, seats: int, problem: Problem) -> IntArray:
    """Those for whom there is a seat: the last are left out, but none whom a rule seats."""
    spare = np.flatnonzero(~np.isin(falling, must_be_seated(problem)))
    return np.delete(falling, spare[len(spare) - max(0, len(falling) - seats) :])


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


class _Taken:
    """The keys that each group's members have; in sets where groups are few or large."""

    def __init__(self, groups: int, largest: int, keys: int) -> None:
        self.in_sets = groups <= _FEW or largest * keys > _LONG
        self._sets: list[set[int]] = [set() for _ in range(groups if self.in_sets else 0)]
        shape = (groups, 0 if self.in_sets else largest, keys)
        self._rows = np.full(shape, _NO_MEMBER, dtype=np.int64)
        self._sizes = np.zeros(groups, dtype=np.int64)

    def of(self, group: int) -> set[int]:
        """The keys in one group."""
        return self._sets[group] if self.in_sets else set(self._rows[group].ravel().tolist())

    def rows(self, groups: IntArray) -> IntArray:
        """The keys in some groups, shape (groups, m)."""
        most = int(self._sizes.max(initial=0))
        return self._rows[groups, :most].reshape(len(groups), -1)

    def add(self, groups: IntArray, keys: IntArray) -> None:
        """One more member for each of these groups, with ``keys`` (groups, t)."""
        known = np.where(keys < 0, _NO_MEMBER, keys)
        if self.in_sets:
            for group, more in zip(groups.tolist(), known.tolist(), strict=True):
                self._sets[group].update(more)
        else:
            self._rows[groups, self._sizes[groups]] = known
            self._sizes[groups] += 1


class _Line:
    """People in a line, from the lowest to the highest, and the groups that take them in turn.

    ``keys`` (people, t) are theirs. A group takes the first from one end who has none of its keys.
    After so many people as the ``lookahead`` it is the one at the end, clash or not.
    """

    def __init__(self, keys: IntArray, groups: IntArray, taken: _Taken) -> None:
        self._keys = keys
        self._groups = groups
        self._taken = taken
        self._lookahead = PARAMS.construction.lookahead

    def taken_by(self, lows: BoolArray) -> IntArray:
        """Whose place in the line each group takes: the low ones choose from the highest."""
        count = len(lows)
        chosen = np.where(lows, count - np.cumsum(lows), np.cumsum(~lows) - 1)
        # So far from where the ends meet, those who choose from one do not look at the other's.
        apart = 0 if self._taken.in_sets else max(0, count - 4 * self._lookahead)
        if apart:
            clashing = self._clashes(chosen)
            self._from_one_end(np.flatnonzero(~lows[:apart]), clashing, chosen, step=1)
            self._from_one_end(np.flatnonzero(lows[:apart]), clashing, chosen, step=-1)
        left = np.ones(count, dtype=bool)
        left[chosen[:apart]] = False
        chosen[apart:] = self._in_turn(apart, lows[apart:].tolist(), np.flatnonzero(left))
        return chosen

    def _clashes(self, chosen: IntArray) -> BoolArray:
        """Which groups have a key of those in these places, shape (groups,)."""
        found = np.zeros(len(chosen), dtype=bool)
        rows = self._taken.rows(self._groups)
        for key in self._keys[chosen].T:
            for had in rows.T:
                found |= key == had
        return found

    def _from_one_end(
        self, groups: IntArray, clashing: BoolArray, chosen: IntArray, *, step: int
    ) -> None:
        """Put right whom groups take from one end, which is done where nobody is passed over.

        ``chosen`` has everyone who is next in line.
        """
        done = 0
        for at in np.flatnonzero(clashing[groups]).tolist():
            if at < done:
                continue
            passed: list[int] = []
            done, following = at, int(chosen[groups[at]])
            while done == at or (passed and done < len(groups)):
                group = int(groups[done])
                chosen[group], following = self._choice(group, passed, following, step)
                done += 1

    def _choice(self, group: int, passed: list[int], following: int, step: int) -> tuple[int, int]:
        """Whom a group takes of those passed over before and those who follow; who follows then."""
        has = self._taken.of(int(self._groups[group]))
        for at, place in enumerate(passed):
            if has.isdisjoint(self._keys[place].tolist()):
                return passed.pop(at), following
        while len(passed) < self._lookahead:
            place, following = following, following + step
            if has.isdisjoint(self._keys[place].tolist()):
                return place, following
            passed.append(place)
        return passed.pop(0), following

    def _in_turn(self, first: int, lows: list[bool], left: IntArray) -> list[int]:
        """Whom the groups from the ``first`` on take, from both ends of those who are ``left``."""
        line = list(zip(left.tolist(), self._keys[left].tolist(), strict=True))
        chosen = []
        for group, low in zip(self._groups[first:].tolist(), lows, strict=True):
            has = self._taken.of(group)
            seen = islice(reversed(line) if low else line, self._lookahead)
            at = next((nth for nth, (_, keys) in enumerate(seen) if has.isdisjoint(keys)), 0)
            chosen.append(line.pop(-1 - at if low else at)[0])
        return chosen


def _clash_keys(problem: Problem) -> IntArray:
    """What no two members of a group should share, (n, t): a key for each value, -1 for none."""
    roster, columns, offset = problem.roster, [], 0
    rules = problem.rulebook.rules
    traits = [rule.keeps_apart() for rule in rules]
    for trait in dict.fromkeys(name for name in traits if name is not None):
        categories = roster.categories[trait]
        columns.append(categories.codes + offset)
        offset += len(categories.values)
    others = (rule for rule, trait in zip(rules, traits, strict=True) if trait is None)
    for codes in (codes for rule in others for codes in rule.rivals(roster)):
        columns.append(np.where(codes < 0, -1, codes + offset))
        offset += int(codes.max(initial=0)) + 1
    return np.stack(columns, axis=1) if columns else np.empty((len(roster), 0), dtype=np.int64)
