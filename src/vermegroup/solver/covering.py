"""The best choice of candidate groups by trying all: small choices need no solver, nor its word.

Everybody is in one column. What columns cost beyond what their members pay is never below nothing
and adds up to little in any good choice, so depth first and within a budget few choices are left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from vermegroup.solver.choosing import Options
from vermegroup.solver.limits import Search
from vermegroup.solver.remains import WAITING
from vermegroup.solver.worth import Worth

MOST_STEPS = 150_000
_STEPS_OF_A_CHOICE = 8
_LOOK_AT_CLOCK = 1 << 12


class TooLongError(Exception):
    """There are more steps than are worth trying, or than there is time for."""


@dataclass(frozen=True, slots=True)
class Best:
    """The positions of the columns, and what they cost beyond what people pay."""

    columns: tuple[int, ...]
    beyond: int


def covered(options: Options, budget: int, worth: Worth, search: Search) -> Best | None:
    """Of all choices within a budget one of least cost, and of these the most preferred.

    None where no choice is within the budget. Raises TooLongError where that is not soon known.
    """
    trial = _Trial(options, budget, worth, search)
    trial.extend(trial.everybody, 0, options.tolls, ())
    return trial.best


class _Trial:
    def __init__(self, options: Options, budget: int, worth: Worth, search: Search) -> None:
        tolls = options.levels[:, WAITING] * options.toll
        beyond = options.beyond - tolls
        usable = np.flatnonzero(beyond <= budget).tolist()
        people = options.people()
        often = Counter(own for column in usable for own in people[column])
        # Whoever has fewest columns to be in comes first: that is where choices end.
        order = sorted(options.rows.tolist(), key=lambda own: often[own])
        bit = {own: 1 << place for place, own in enumerate(order)}
        self.everybody = sum(bit.values())
        self.best: Best | None = None
        self._columns: dict[int, list[tuple[int, int, int, int]]] = {b: [] for b in bit.values()}
        for column in usable:
            mask = sum(bit[own] for own in people[column])
            known = (int(beyond[column]), int(tolls[column]), mask, column)
            for own in people[column]:
                self._columns[bit[own]].append(known)
        for having in self._columns.values():
            having.sort()
        self._budget, self._worth, self._search = budget, worth, search
        self._costs: tuple[int, ...] = ()
        self._steps = 0

    def extend(self, left: int, spent: int, due: int, chosen: tuple[int, ...]) -> None:
        """Try every column for the first of those who are left.

        ``spent`` is what those chosen cost beyond tolls; of the tolls so much is still ``due``.
        """
        if not left:
            self._keep(spent - due, chosen)
            return
        for cost, toll, mask, column in self._columns[left & -left]:
            if spent + max(0, -due) + cost > self._budget:
                return
            self._step(1)
            if not mask & ~left and spent + cost + max(0, toll - due) <= self._budget:
                self.extend(left & ~mask, spent + cost, due - toll, (*chosen, column))

    def _keep(self, spent: int, chosen: tuple[int, ...]) -> None:
        self._step(_STEPS_OF_A_CHOICE)
        costs = self._worth.costs(chosen)
        if self.best is None or (spent, costs) < (self.best.beyond, self._costs):
            self.best, self._costs = Best(chosen, spent), costs
            self._budget = spent

    def _step(self, many: int) -> None:
        self._steps += many
        if self._steps > MOST_STEPS:
            raise TooLongError
        if self._steps % _LOOK_AT_CLOCK < many and self._search.expired():
            raise TooLongError
