"""Columns: candidate groups as rows of members, judged by the rules, with their worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY, Seating
from vermegroup.domain.kind import Kind, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.params import PARAMS

SmallArray = npt.NDArray[np.int8]
"""People of a small roster, in an eighth of the room."""

Rows = IntArray | SmallArray
"""Groups as rows (c, width) of members, with NOBODY in empty seats."""


def of_width(columns: int, width: int) -> int:
    """As many columns as have the seats of so many columns of five."""
    return columns * 5 // max(5, width)


def padded(groups: list[IntArray], width: int) -> IntArray:
    """Groups as rows (c, width) of members, with NOBODY in empty seats."""
    found = np.full((len(groups), width), NOBODY, dtype=np.int64)
    for place, members in enumerate(groups):
        found[place, : len(members)] = members
    return found


def seating_of_rows(rows: Rows) -> Seating:
    """The seats of candidate groups."""
    seats = rows != NOBODY
    people = rows[seats].astype(np.int64, copy=False)
    return Seating(people, np.nonzero(seats)[0], len(rows))


def seatings(rows: Rows) -> Iterator[Seating]:
    """The seats of candidate groups, as many at once as are judged together."""
    for start in range(0, len(rows), PARAMS.columns.judged_at_once):
        yield seating_of_rows(rows[start : start + PARAMS.columns.judged_at_once])


def holds(problem: Problem, plan: Plan, rows: Rows) -> BoolArray:
    """Which candidate groups keep every rule, shape (c,)."""
    found = [rules_broken(problem, plan, seating) == 0 for seating in seatings(rows)]
    return np.concatenate([np.empty(0, dtype=bool), *found])


class Worth:
    """The preferences' costs of a choice of columns (c, width), of which the first ``waits`` wait.

    A preference that compares all groups with each other has no amounts: it is asked of the choice.
    """

    def __init__(self, problem: Problem, columns: IntArray, waits: int) -> None:
        self.problem, self.columns, self.waits = problem, columns, waits
        self.preferences = problem.rulebook.preferences
        self.amounts = [self._amounts(preference) for preference in self.preferences]
        self._plain: list[list[int] | None] = [
            None if amounts is None else amounts.tolist() for amounts in self.amounts
        ]
        self._values: dict[tuple[int, tuple[int, ...]], int] = {}

    def cost(self, place: int, chosen: Sequence[int]) -> int:
        """The value of a preference, by its place, with the sign that makes less better."""
        preference, plain = self.preferences[place], self._plain[place]
        if plain is None:
            return self._asked(place, chosen)
        amounts = [plain[column] for column in chosen]
        if preference.total is Total.WORST:
            return max(amounts, default=0)
        base = preference.base(self.problem.roster) * preference.sense.value
        return sum(amounts, base)

    def costs(self, chosen: Sequence[int]) -> tuple[int, ...]:
        """Those of all preferences, in their order."""
        return tuple(self.cost(place, chosen) for place in range(len(self.preferences)))

    def by_number(self, place: int, placed: int, numbers: Sequence[int]) -> dict[int, IntArray]:
        """What each column adds where so many groups have so many people, for each number.

        Only of a preference that looks at nothing but sizes, and compares them.
        """
        preference, roster = self.preferences[place], self.problem.roster
        sizes = (self.columns != NOBODY).sum(axis=1)
        sizes[: self.waits] = 0
        found = {}
        for number in numbers:
            plan = self.problem.plan(number, everyone=False)
            of_size = np.zeros(int(sizes.max(initial=0)) + 1, dtype=np.int64)
            for size in np.unique(sizes[sizes > 0]).tolist():
                seating = _of_sizes(size, number, placed)
                amount = preference.measure(roster, plan, seating)[0]
                of_size[size] = int(amount) * preference.sense.value
            found[number] = of_size[sizes]
        return found

    def _amounts(self, preference: Kind) -> IntArray | None:
        if preference.asks_number:
            return None
        seating = seating_of_rows(self.columns[self.waits :])
        plan = self.problem.plan(1, everyone=False)
        measures = preference.measure(self.problem.roster, plan, seating) * preference.sense.value
        return np.concatenate([np.zeros(self.waits, dtype=np.int64), measures])

    def _asked(self, place: int, chosen: Sequence[int]) -> int:
        preference = self.preferences[place]
        groups = [column for column in chosen if column >= self.waits]
        seating = seating_of_rows(self.columns[groups])
        # A preference that looks at sizes alone says the same of the same sizes.
        key = (place, tuple(seating.sizes().tolist()))
        known = self._values.get(key) if preference.sizes_alone else None
        if known is None:
            plan = self.problem.plan(max(1, len(groups)), everyone=False)
            value = preference.value_of(self.problem.roster, plan, seating) if groups else 0
            known = self._values[key] = value * preference.sense.value
        return known


def _of_sizes(size: int, groups: int, placed: int) -> Seating:
    """So many groups of people, of whom anybody will do; the first is of a size."""
    rest = max(0, placed - size)
    others = np.full(groups - 1, rest // max(1, groups - 1), dtype=np.int64)
    others[: rest - int(others.sum())] += 1
    sizes = np.concatenate([[size], others])
    return Seating(np.arange(int(sizes.sum())), np.repeat(np.arange(groups), sizes), groups)
