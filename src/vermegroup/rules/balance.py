"""``balance: T``: the groups' means of a numeric trait resemble each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Self, cast

import numpy as np

from vermegroup.domain.arrays import IntArray, largest, roomy, sum_of
from vermegroup.domain.declare import Decimal, Entry, Trait
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Total
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import amount_from, amount_of, trait_name, unit_of
from vermegroup.rules.arithmetic.means import Means, furthest, means_of
from vermegroup.rules.arithmetic.rearrangement import layers
from vermegroup.rules.balance_of_several import several_in
from vermegroup.rules.balance_shares import BalanceOfShares


@dataclass(frozen=True, slots=True)
class Balance(Kind):
    """How far the mean of the group furthest from everybody's mean is from it.

    As a rule: at most ``at_most``, in the trait's unit. As a preference: as little as possible.
    A group's measure is its distance as ``group_means`` has it, a whole number. Whoever is in
    several groups counts in each of them, and once in everybody's mean.
    """

    kind: ClassVar[str] = "balance"
    compares: ClassVar[bool] = True
    knows_seats: ClassVar[bool] = True
    total: ClassVar[Total] = Total.WORST
    outlives_absence: ClassVar[bool] = False

    trait: Annotated[str, Trait("numbers", "either")]
    at_most: Annotated[Fraction | None, Decimal((_NEEDS_MAXIMUM, _MAXIMUM_HINT))] = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """Of a list of traits it is :class:`BalanceOfSeveral`."""
        several = several_in(entry)
        if several is None:
            return super(Balance, cls).read(entry, role)
        if role is Role.RULE:
            entry.refuse(_ONE_TRAIT, _MAXIMUM_HINT)
        return cast(Self, several)

    def suited(self, roster: Roster) -> Kind:
        """Shares of values instead of means where the trait is no number."""
        if self.trait in roster.numbers:
            return self
        return BalanceOfShares(self.trait, self.at_most, many=self.trait in roster.sets)

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "The groups' means of {trait} are as close to each other as possible",
                trait=trait_name(self.trait),
            )
        return _(
            "Every group's mean of {trait} is at most {most} from everybody's mean",
            trait=trait_name(self.trait),
            most=amount_of(self.trait, self.at_most or Fraction(0)),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Distance of each group's mean from everybody's, see the class."""
        means, off = self._off(roster, plan, seating)
        return means.distances(off, seating.sizes())

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """By what distance each group is past the limit."""
        means, off = self._off(roster, plan, seating)
        return means.past(off, seating.sizes(), self._limit(roster))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        numbers = roster.numbers[self.trait]
        sentence = _(
            "its mean is {mean}, everybody's is {all}",
            mean=float(numbers.ticks[members].mean()) / numbers.per_unit,
            all=self._mean(roster),
        )
        return sentence, tuple(members.tolist())

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        per_unit = roster.numbers[self.trait].per_unit
        return self._means(roster, plan).quotient(value) / (roster.people * per_unit)

    def unit(self) -> str:
        return str(unit_of(self.trait))

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        return _(
            "at most {amount} from everybody's mean ({mean})",
            amount=amount_of(self.trait, float(self.in_units(roster, plan, value))),
            mean=self._mean(roster),
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        values = (float(self.in_units(roster, plan, value)) for value in (old, new))
        return _(
            "its mean is {amount} from everybody's ({mean})",
            amount=amount_from(self.trait, *values),
            mean=self._mean(roster),
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        ticks = roster.numbers[self.trait].ticks
        if plan.sizes is None or roster.has_further_seats:  # of which some may stay empty
            return 0
        forced = _forced_by_layers if self.trait in plan.layered else _forced_by_extremes
        means = self._means(roster, plan)
        totals = forced(means, ticks, plan.sizes)
        return max(
            means.rounding_bound(plan.sizes),
            max((means.distance(total, size) for size, total in totals), default=0),
        )

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...]:
        return (self._means(roster, plan).window(roster.numbers[self.trait].ticks, value),)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        ticks = roster.numbers[self.trait].ticks[model.people]
        self._means(roster, plan).require(model, group, ticks, self._limit(roster))

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        ticks = roster.numbers[self.trait].ticks[model.people]
        return furthest(model, group, [(self._means(roster, plan), ticks)])

    def _off(self, roster: Roster, plan: Plan, seating: Seating) -> tuple[Means, IntArray]:
        means = self._means(roster, plan)
        totals = seating.total(roster.numbers[self.trait].ticks)
        return means, means.off(totals, seating.sizes())

    def _means(self, roster: Roster, plan: Plan) -> Means:
        ticks = roster.numbers[self.trait].ticks
        everybody = roster.known(("total", self.trait), lambda: sum_of(ticks[~roster.further()]))
        return means_of(roster.people, everybody, plan)

    def _mean(self, roster: Roster) -> float:
        """Everybody's mean, in which each person counts once."""
        numbers = roster.numbers[self.trait]
        return float(numbers.ticks[~roster.further()].mean()) / numbers.per_unit

    def _limit(self, roster: Roster) -> Fraction:
        """``at_most`` as ``group_means`` counts: in ticks, for all people together."""
        per_unit = roster.numbers[self.trait].per_unit
        return (self.at_most or Fraction(0)) * roster.people * per_unit


def _forced_by_extremes(
    means: Means, ticks: IntArray, sizes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """With one size only: the totals nearest the mean for the highest and the lowest person."""
    if len(set(sizes)) > 1:
        return
    size, values = sizes[0], np.sort(ticks)
    least_with_highest = int(values[-1]) + sum_of(values[: size - 1])
    most_with_lowest = int(values[0]) + sum_of(values[len(values) - size + 1 :])
    if least_with_highest * means.people > size * means.everybody:
        yield size, least_with_highest
    if most_with_lowest * means.people < size * means.everybody:
        yield size, most_with_lowest


def _forced_by_layers(
    means: Means, ticks: IntArray, sizes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Totals that some group cannot avoid when each has one person of each layer.

    Take the j lowest of one layer: whatever sits with them, their groups' totals are at most
    those j plus the j highest of every other layer, so one of them is at most the average of
    that, rounded down. Likewise upwards. Yields (size, total) where the total is on the far side
    of the mean, and so forces a distance. The lowest of a layer that groups of another size share
    may all sit there, so it forces nothing.
    """
    for size, seats in layers(roomy(ticks, len(ticks) * largest(ticks)), sizes).items():
        count = np.arange(1, list(sizes).count(size) + 1)
        highest = [np.cumsum(layer)[: len(count)] for layer in seats]
        lowest = [np.cumsum(layer[::-1])[: len(count)] for layer in seats]
        all_high, all_low = sum(highest), sum(lowest)
        for layer, high, low in zip(seats, highest, lowest, strict=True):
            if len(layer) > len(count):
                continue
            most = (all_high - high + low) // count
            least = -(-(all_low - low + high) // count)
            fair = size * means.everybody
            if int(most.min()) * means.people < fair:
                yield size, int(most.min())
            if int(least.max()) * means.people > fair:
                yield size, int(least.max())


_ONE_TRAIT = _("Among the rules, balance takes one trait")
_NEEDS_MAXIMUM = _("Among the rules, balance needs the largest distance allowed")
_MAXIMUM_HINT = _(
    "For example {{balance: years, at_most: 3}}; or move it to the section preferences"
)
