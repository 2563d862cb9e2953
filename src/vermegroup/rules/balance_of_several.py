"""``balance: [T, ...]``: groups resemble each other in several traits at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import sqrt
from typing import ClassVar

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Renaming, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, Template, _, joined
from vermegroup.language.terms import trait_name
from vermegroup.rules.arithmetic.inertia import (
    PER_DEVIATION,
    Features,
    shares_of,
    squared_deviations,
    standardised,
)
from vermegroup.rules.arithmetic.metrics import sum_of_pairs


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

    def renamed(self, names: Renaming) -> Kind:
        spreads = None if self.spreads is None else tuple(map(names.trait, self.spreads))
        return replace(self, means=tuple(map(names.trait, self.means)), spreads=spreads)

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

    def unit(self) -> str:
        return "squared standard deviations"

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
        """Huygens: s times the inertia is s times the members' own less that between them."""
        del plan
        features, people = self._features(roster), model.people
        between = sum_of_pairs(model, group, features.apart(people), most=True)
        own = model.total(features.own(people), group)
        inertia = model.new_amount(features.most() * max(1, model.largest))
        for size in model.sizes_possible(group):
            # At least the quotient rounded down, and at best that.
            lacking = (inertia - own) * size + between
            model.limit_at_size(lacking, group, size, at_least=1 - size)
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
