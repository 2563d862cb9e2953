"""The best choice among columns: by trying all, or by CP-SAT, and never believed unchecked.

A choice is looked through in plain integers. That nothing is better is believed where the dual
prices say so, or where a second search with other settings finds nothing better.

Everybody is in one column. Reduced costs are never below nothing and add up to little in any good
choice, so depth first and within a budget few choices are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.kind import Total
from vermegroup.solver.column_generation.columns import Worth
from vermegroup.solver.column_generation.fragments import BROKEN, WAITING, Fragments
from vermegroup.solver.column_generation.master import Master
from vermegroup.solver.column_generation.relaxation import Prices
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

Chosen = tuple[int, ...]
"""Positions of columns."""


@dataclass(frozen=True, slots=True)
class Options:
    """Columns (c, width) to choose from: first those who may wait, ``waits`` of them, then groups.

    ``levels`` (c, LEVELS) is what each costs, and ``reduced`` (c,) its reduced cost, in parts;
    never below nothing for a group, where that bounds anything, nor for those who wait once they
    have paid the ``toll``. All tolls together come to ``tolls`` at least,
    so what choices cost beyond them tells them apart. ``rows`` are the people who are counted,
    others going with one of them. ``number`` is that of the groups, where one is asked for.
    """

    fragments: Fragments
    columns: IntArray
    levels: IntArray
    waits: int
    rows: IntArray
    reduced: IntArray
    toll: int
    tolls: int
    number: int | None = None

    def within(self, budget: int) -> Options:
        """Those groups that a choice within the budget may have, and all who may wait."""
        kept = self.reduced <= budget
        kept[: self.waits] = True
        return replace(
            self,
            columns=self.columns[kept],
            levels=self.levels[kept],
            reduced=self.reduced[kept],
        )

    def people(self) -> list[list[int]]:
        """Who is counted in each column."""
        counted = set(self.rows.tolist())
        return [
            [person for person in column if person in counted] for column in self.columns.tolist()
        ]

    def is_choice(self, chosen: Sequence[int]) -> bool:
        """Whether everybody is in exactly one of these columns."""
        members = (
            person for at in chosen for person in self.columns[at].tolist() if person != NOBODY
        )
        times = Counter(members)
        if self.number not in (None, sum(at >= self.waits for at in chosen)):
            return False
        return len(times) == self.fragments.people and set(times.values()) == {1}

    def spent(self, chosen: Sequence[int]) -> int:
        """The reduced cost of all these columns."""
        return sum(int(self.reduced[at]) for at in chosen) - self.tolls


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns, their reduced cost in all, and whether nothing is cheaper."""

    columns: Chosen
    spent: int
    best: bool


def choose(options: Options, budget: int | None, search: Search) -> Choice | None:
    """The cheapest choice that is found within a budget, if one is.

    Without a budget nothing bounds what choices cost, and none is shown to be the best.
    """
    if search.expired():
        return None
    model = _model(options, budget)
    model.minimise(model.total(options.reduced if budget is None else _capped(options, budget)))
    found, said = model.solve(search, PARAMS.columns.choice_effort)
    chosen = () if found is None else tuple(found.tolist())
    if not options.is_choice(chosen):
        return None
    spent = options.spent(chosen)
    if budget is None or spent > budget:
        return Choice(chosen, spent, best=False)
    return Choice(chosen, spent, said and _nothing_below(options, spent, search))


def prefer(
    options: Options, choice: Choice, worth: Worth, sizes: range, search: Search
) -> tuple[Chosen, int]:
    """Of all choices that cost the same, the one that serves the preferences best, in order.

    Also of how many preferences, from the first on, that is shown.
    """
    wishes = _HeldPreferences(options, choice, worth, sizes)
    for place in range(len(worth.preferences)):
        if not wishes.fulfil(place, search):
            return wishes.chosen, place  # those that follow count less, and would take as long
    return wishes.chosen, len(worth.preferences)


class _HeldPreferences:
    """The incumbent, and the preferences that are held at what they came to."""

    def __init__(self, options: Options, choice: Choice, worth: Worth, sizes: range) -> None:
        self._options, self._spent, self._worth = options, choice.spent, worth
        self.chosen = choice.columns
        self._held: list[tuple[int, int]] = []
        self._placed = sum(self._size(at) for at in self.chosen if at >= options.waits)
        fewest = max(1, -(-self._placed // sizes[-1]))
        self._numbers = range(fewest, self._placed // sizes[0] + 1)

    def fulfil(self, place: int, search: Search) -> bool:
        """Better one preference, and hold it; whether nothing better is shown."""
        if search.expired() or not self._can_be_modelled(place):
            return False
        model = self._holding()
        model.minimise(self._aim(model, place))
        found, said = model.solve(search, PARAMS.columns.preference_effort)
        value = self._worth.cost(place, self.chosen)
        candidate = () if found is None else tuple(found.tolist())
        if self._is_as_good(candidate) and self._worth.cost(place, candidate) < value:
            self.chosen, value = candidate, self._worth.cost(place, candidate)
        if not said or search.expired():
            return False
        model = self._holding()
        self._hold(model, place, value - 1)
        self._held.append((place, value))
        return model.has_none(search, PARAMS.columns.preference_effort)

    def _is_as_good(self, chosen: Chosen) -> bool:
        return (
            self._options.is_choice(chosen)
            and self._options.spent(chosen) <= self._spent
            and all(self._worth.cost(place, chosen) <= value for place, value in self._held)
        )

    def _holding(self) -> Master:
        model = _model(self._options, self._spent)
        for place, value in self._held:
            self._hold(model, place, value)
        return model

    def _hold(self, model: Master, place: int, value: int) -> None:
        """Demand that a preference costs no more."""
        amounts = self._worth.amounts[place]
        if amounts is not None and self._worth.preferences[place].total is Total.WORST:
            model.limit((amounts > value).astype(np.int64), 0)
        else:
            model.at_most(self._aim(model, place), value - self._base(place))

    def _can_be_modelled(self, place: int) -> bool:
        """Whether the model can be told of it.

        Not of one that weighs sizes among other things, nor of numbers that do not add up there.
        """
        amounts = self._worth.amounts[place]
        if amounts is None:
            return bool(self._numbers) and self._worth.preferences[place].sizes_alone
        added_up: int = sum(map(abs, amounts.tolist()))
        return added_up < PARAMS.columns.largest_sum

    def _aim(self, model: Master, place: int) -> cp_model.LinearExpr:
        amounts = self._worth.amounts[place]
        if amounts is None:
            by_number = self._worth.by_number(place, self._placed, self._numbers)
            groups = np.arange(len(self._options.columns)) >= self._options.waits
            return model.by_number(by_number, groups.astype(np.int64))
        if self._worth.preferences[place].total is Total.SUM:
            return model.total(amounts)
        return model.worst(amounts)

    def _base(self, place: int) -> int:
        """The part of a cost that no group adds."""
        if self._worth.amounts[place] is None:
            return 0
        preference = self._worth.preferences[place]
        return preference.base(self._worth.problem.roster) * preference.sense.value

    def _size(self, column: int) -> int:
        return int((self._options.columns[column] != NOBODY).sum())


def options_of(
    fragments: Fragments,
    waiting: IntArray,
    groups: IntArray,
    priced: Prices,
    number: int | None = None,
) -> Options:
    """Candidate groups, so many of which are chosen if that is said, and who may wait together."""
    width = max(waiting.shape[1], groups.shape[1])
    columns = np.concatenate([_widened(waiting, width), _widened(groups, width)])
    levels = np.concatenate([fragments.levels_waiting(waiting), fragments.levels(groups)])
    duals = np.append(priced.duals, 0)[columns].sum(axis=1)
    reduced = (levels @ fragments.weights) * fragments.parts - duals
    reduced[len(waiting) :] -= priced.group
    rows, tolls = waiting[:, 0], priced.toll * priced.waiting
    paid = priced.toll, tolls
    return Options(fragments, columns, levels, len(waiting), rows, reduced, *paid, number)


def _model(options: Options, budget: int | None) -> Master:
    """The model of a choice among them."""
    model = Master(options.columns, options.rows, options.fragments.people)
    model.even(options.levels[:, BROKEN])
    if options.number is not None:
        groups = np.arange(len(options.columns)) >= options.waits
        model.exactly(groups.astype(np.int64), options.number)
    if budget is not None:
        model.limit(_capped(options, budget), budget + options.tolls)
    return model


def _capped(options: Options, budget: int) -> IntArray:
    """What columns cost: no more than is too much anyway."""
    return np.minimum(options.reduced, budget + options.tolls + 1)


def _nothing_below(options: Options, spent: int, search: Search) -> bool:
    """Whether no choice is cheaper by a whole unit, which is the least that one can be cheaper."""
    if spent < options.fragments.parts:
        return True
    if search.expired():
        return False
    less = spent - options.fragments.parts
    return _model(options, less).has_none(search, PARAMS.columns.choice_effort)


def _widened(columns: IntArray, width: int) -> IntArray:
    more = ((0, 0), (0, width - columns.shape[1]))
    return np.pad(columns, more, constant_values=NOBODY)


def standing_alone(options: Options, standing: int) -> Iterator[int]:
    """Every group that can stay as it is, all others waiting: what is known without a search."""
    groups = range(options.waits, options.waits + standing)
    seated = {person for at in groups for person in options.columns[at].tolist()}
    yield from (at for at in range(options.waits) if int(options.columns[at, 0]) not in seated)
    yield from groups


class TooLongError(Exception):
    """There are more steps than are worth trying, or than there is time for."""


@dataclass(frozen=True, slots=True)
class Best:
    """The positions of the columns, and their reduced cost in all."""

    columns: tuple[int, ...]
    reduced: int


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
        reduced = options.reduced - tolls
        usable = np.flatnonzero(reduced <= budget).tolist()
        people = options.people()
        often = Counter(person for column in usable for person in people[column])
        # Whoever has fewest columns to be in comes first: that is where choices end.
        order = sorted(options.rows.tolist(), key=lambda person: often[person])
        bit = {person: 1 << place for place, person in enumerate(order)}
        self.everybody = sum(bit.values())
        self.best: Best | None = None
        self._columns: dict[int, list[tuple[int, int, int, int]]] = {b: [] for b in bit.values()}
        for column in usable:
            mask = sum(bit[person] for person in people[column])
            known = (int(reduced[column]), int(tolls[column]), mask, column)
            for person in people[column]:
                self._columns[bit[person]].append(known)
        for having in self._columns.values():
            having.sort()
        self._budget, self._worth, self._search = budget, worth, search
        self._waits, self._number = options.waits, options.number
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
        if self._number not in (None, sum(column >= self._waits for column in chosen)):
            return
        self._step(PARAMS.columns.choice_steps)
        costs = self._worth.costs(chosen)
        if self.best is None or (spent, costs) < (self.best.reduced, self._costs):
            self.best, self._costs = Best(chosen, spent), costs
            self._budget = spent

    def _step(self, many: int) -> None:
        self._steps += many
        if self._steps > PARAMS.columns.most_steps:
            raise TooLongError
        if self._steps % PARAMS.columns.clock_steps < many and self._search.expired():
            raise TooLongError
