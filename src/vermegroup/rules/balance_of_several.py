"""``balance: [T, ...]``: groups resemble each other in several traits at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import sqrt
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray, sum_of, times
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, Template, _, joined
from vermegroup.language.terms import trait_name
from vermegroup.rules.arithmetic.inertia import (
    PER_DEVIATION,
    Features,
    Shares,
    shares_of,
    squared_deviations,
    standardised,
)


@dataclass(frozen=True, slots=True)
class BalanceOfSeveral(Kind):
    """The inertia between groups in the standardised features of several traits (k-plus).

    A group's measure is its size times the squares of how far it is from everybody, added up over
    the means and shares of ``means`` and the standard deviations of ``spreads`` (None: of all
    numbers among ``means``), in millionths of a variance, rounded down. The source of the method
    is in :mod:`vermegroup.rules.arithmetic.inertia`.
    """

    kind: ClassVar[str] = "balance"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    compares: ClassVar[bool] = True
    outlives_absence: ClassVar[bool] = False

    means: tuple[str, ...]
    spreads: tuple[str, ...] | None = None
    # Where the roster has each of ``means``, once that is known.
    sorts: tuple[str, ...] = field(default=(), compare=False)

    def written(self) -> object:
        if self.spreads is None:
            return {"balance": list(self.means)}
        lists = {"means": list(self.means), "spreads": list(self.spreads)}
        return {"balance": {key: traits for key, traits in lists.items() if traits}}

    def either(self) -> tuple[str, ...]:
        return tuple(trait for trait in self.means if trait not in (self.spreads or ()))

    def numbers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._of_sort("numbers"), *(self.spreads or ()))))

    def categories(self) -> tuple[str, ...]:
        return self._of_sort("categories")

    def sets(self) -> tuple[str, ...]:
        return self._of_sort("sets")

    def _of_sort(self, sort: str) -> tuple[str, ...]:
        return tuple(t for t, own in zip(self.means, self.sorts, strict=False) if own == sort)

    def sentence(self, role: Role) -> Message:
        del role
        traits = dict.fromkeys((*self.means, *(self.spreads or ())))
        return _(
            "The groups resemble each other as much as possible ({traits})",
            traits=joined([trait_name(trait) for trait in traits], ", "),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        del plan
        return self._features(roster).inertia(seating)

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        del roster, plan
        return Fraction(value, PER_DEVIATION**2)

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        people = len(roster) if plan.placed is None else plan.placed
        squares = float(self.in_units(roster, plan, value))
        return _(
            "{squares} in all: means, spreads and shares are {off} standard deviations from "
            "everybody's on average",
            squares=squares,
            off=sqrt(squares / max(1, people * len(self._features(roster)))),
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        before, after = (float(self.in_units(roster, plan, value)) for value in (old, new))
        return _(
            "its distance from everybody's means, spreads and shares comes to {change}",
            change=Template("{old} → {new}").filled(old=before, new=after),
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        """People are whole: a share that is no multiple of one person is missed."""
        return self._features(roster).least(plan.sizes or ())

    def reach(self, roster: Roster, plan: Plan) -> int:
        """The inertia of a group is at most that of its members, each by itself."""
        return most_seats(len(roster), plan) * self._features(roster).most()

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The squares as a model has them, and at each size so much of them for one person."""
        del plan
        features = self._features(roster)
        squares: Expression = model.new_amount(0)
        for column in features.numbers:
            squares = squares + _square(model, group, column[model.people])
        inertia = model.new_amount(features.most() * max(1, model.largest))
        for size in model.sizes_possible(group):
            here, added = squares, 0
            for shares in features.shares:
                own, always = _share_squares(model, group, shares, size)
                here, added = here + own, added + always
            model.limit_at_size(inertia * size - here, group, size, at_least=added - size + 1)
        return inertia

    def suited(self, roster: Roster) -> Kind:
        """Of a list the spreads of those traits that are numbers."""
        made = replace(self, sorts=tuple(map(roster.sort_of, self.means)))
        return made if made.spreads is not None else replace(made, spreads=made.numbers())

    def _features(self, roster: Roster) -> Features:
        return roster.known(self, lambda: self._made(roster))

    def _made(self, roster: Roster) -> Features:
        numbers = {trait: roster.numbers[trait].ticks for trait in self.numbers()}
        means = [standardised(numbers[trait]) for trait in self._of_sort("numbers")]
        spreads = [squared_deviations(numbers[trait]) for trait in self.spreads or ()]
        named = (*self._of_sort("categories"), *self._of_sort("sets"))
        shares = tuple(shares_of(roster.valued(trait), len(roster)) for trait in named)
        return Features((*means, *spreads), shares)


def several_in(entry: Entry) -> BalanceOfSeveral | None:
    """What an entry with a list of traits asks for, or with means and spreads; else None."""
    if traits := entry.listed():
        return BalanceOfSeveral(traits)
    means, spreads = entry.names("means"), entry.names("spreads")
    return BalanceOfSeveral(means, spreads) if means or spreads else None


def _square(model: Model, group: int, weights: IntArray) -> Expression:
    """The square of what the group's members have together, at least."""
    reach = int(np.sort(np.abs(weights))[::-1][: max(0, model.largest)].sum())
    total, off = model.total(weights, group), model.new_amount(reach)
    model.limit(off - total, at_least=0)
    model.limit(off + total, at_least=0)
    return model.product(off, off, 2 * reach)


def _share_squares(model: Model, group: int, shares: Shares, size: int) -> tuple[Expression, int]:
    """The squares over all values at a size: what the members add, and what always is there.

    A count's square is twice its pairs and the count, and c people have at least jc - j(j + 1) / 2
    pairs for every j, and so many for one.
    """
    own: Expression = model.new_amount(0)
    for value in np.unique(shares.trait.held(model.people)[1]).tolist():
        who = shares.trait.having(value, model.people)
        most, count = min(int(who.sum()), size), model.count(who, group)
        pairs = model.new_amount(most * (most - 1) // 2)
        for j in range(1, most):
            model.limit_at_size(pairs - count * j, group, size, at_least=-(j * (j + 1) // 2))
        linear = shares.step**2 - 2 * shares.step * size * int(shares.fair[value])
        own = own + pairs * (2 * shares.step**2) + count * linear
    return own, size * size * sum_of(times(shares.fair, shares.fair))
