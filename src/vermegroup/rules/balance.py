"""``balance: T``: the groups' means of a numeric trait resemble each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

import numpy as np

from vermegroup.entry import Entry
from vermegroup.grouping import Seating
from vermegroup.kind import Kind, Role, Total
from vermegroup.model import Expression, Model
from vermegroup.phrase import Phrase, phrase
from vermegroup.plan import Plan, Window
from vermegroup.roster import IntArray, Roster
from vermegroup.rules.balance_shares import BalanceOfShares
from vermegroup.rules.group_means import common_size, rounding_bound
from vermegroup.rules.layers import layers
from vermegroup.rules.trait_names import trait_name, unit_of


@dataclass(frozen=True, slots=True)
class Balance(Kind):
    """How far the mean of the group furthest from everybody's mean is from it.

    As a rule: at most ``at_most``, in the trait's unit. As a preference: as little as possible.
    A group's measure is its distance in units of 1 / (n * common size * ticks per unit), so that
    it is a whole number: |common / s * (n * total - s * everybody's total)| for a group of s.
    """

    kind: ClassVar[str] = "balance"
    compares: ClassVar[bool] = True
    total: ClassVar[Total] = Total.WORST
    outlives_absence: ClassVar[bool] = False

    trait: str
    at_most: Fraction | None = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        at_most = entry.decimal("at_most")
        if role is Role.RULE and at_most is None:
            entry.refuse(_NEEDS_MAXIMUM, _MAXIMUM_HINT, key="at_most")
        return cls(entry.trait(), at_most)

    def written(self) -> object:
        plain: dict[str, object] = {"balance": self.trait}
        return plain if self.at_most is None else {**plain, "at_most": float(self.at_most)}

    def numbers(self) -> tuple[str, ...]:
        return (self.trait,)

    def either(self) -> tuple[str, ...]:
        return (self.trait,)

    def suited(self, roster: Roster) -> Kind:
        """Shares of values instead of means where the trait is no number."""
        if self.trait in roster.numbers:
            return self
        return BalanceOfShares(self.trait, self.at_most, many=self.trait in roster.sets)

    def sentence(self, role: Role) -> Phrase:
        if role is Role.PREFERENCE:
            return phrase(
                "The groups' means are as close to each other as possible: {trait}",
                "Ryhmien keskiarvot ovat mahdollisimman lähellä toisiaan: {trait}",
                "Gruppernas medelvärden ligger så nära varandra som möjligt: {trait}",
                trait=trait_name(self.trait),
            )
        return phrase(
            "Every group's mean is at most {most} from everybody's mean: {trait}",
            "Jokaisen ryhmän keskiarvo poikkeaa kaikkien keskiarvosta enintään {most}: {trait}",
            "Varje grupps medelvärde avviker högst {most} från allas medelvärde: {trait}",
            trait=trait_name(self.trait),
            most=float(self.at_most or 0),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Distance of each group's mean from everybody's, see the class."""
        ticks = roster.numbers[self.trait].ticks
        sizes = np.maximum(1, seating.sizes())
        off = np.abs(len(ticks) * seating.total(ticks) - sizes * int(ticks.sum()))
        distance: IntArray = -(-off * common_size(plan) // sizes)
        return distance

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        return np.maximum(0, self.measure(roster, plan, seating) - self._limit(roster, plan))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Phrase, tuple[int, ...]]:
        numbers = roster.numbers[self.trait]
        sentence = phrase(
            "its mean is {mean}, everybody's is {all}",
            "sen keskiarvo on {mean}, kaikkien {all}",
            "dess medelvärde är {mean}, allas är {all}",
            mean=float(numbers.ticks[members].mean()) / numbers.per_unit,
            all=float(numbers.ticks.mean()) / numbers.per_unit,
        )
        return sentence, tuple(members.tolist())

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        return Fraction(value, self._scale(roster, plan))

    def told(self, roster: Roster, plan: Plan, value: int) -> Phrase:
        numbers = roster.numbers[self.trait]
        return phrase(
            "at most {v} {unit} from everybody's mean, {mean}",
            "enintään {v} {unit} kaikkien keskiarvosta, joka on {mean}",
            "högst {v} {unit} från allas medelvärde, {mean}",
            v=float(self.in_units(roster, plan, value)),
            unit=unit_of(self.trait),
            mean=float(numbers.ticks.mean()) / numbers.per_unit,
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        ticks = roster.numbers[self.trait].ticks
        if plan.sizes is None:
            return 0
        if self.trait in plan.layered:
            totals = _forced_by_layers(ticks, plan.sizes)
        else:
            totals = _forced_by_extremes(ticks, plan.sizes)
        return max(
            rounding_bound(len(ticks), int(ticks.sum()), plan),
            max((self._distance(ticks, plan, size, total) for size, total in totals), default=0),
        )

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...]:
        ticks = roster.numbers[self.trait].ticks
        n, everybody, common = len(ticks), int(ticks.sum()), common_size(plan)
        low, high = {}, {}
        for size in range(plan.smallest, plan.largest + 1):
            room = value * size // common
            low[size] = -((room - size * everybody) // n)
            high[size] = (room + size * everybody) // n
        return (Window(ticks, low, high),)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        model.limit(self.express(roster, plan, model, group), at_most=self._limit(roster, plan))

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        ticks = roster.numbers[self.trait].ticks
        n, everybody, common = len(ticks), int(ticks.sum()), common_size(plan)
        most = common * n * int(np.abs(ticks).max(initial=0)) + common * abs(everybody)
        off = model.new_amount(most)
        total = model.total(ticks[model.people], group)
        for size in model.sizes_possible(group):
            factor, middle = common // size, common * everybody
            model.limit_at_size(off - total * (factor * n), group, size, at_least=-middle)
            model.limit_at_size(off + total * (factor * n), group, size, at_least=middle)
        return off

    def _distance(self, ticks: IntArray, plan: Plan, size: int, total: int) -> int:
        off = abs(len(ticks) * total - size * int(ticks.sum()))
        return common_size(plan) // size * off

    def _scale(self, roster: Roster, plan: Plan) -> int:
        return len(roster) * common_size(plan) * roster.numbers[self.trait].per_unit

    def _limit(self, roster: Roster, plan: Plan) -> int:
        return int((self.at_most or Fraction(0)) * self._scale(roster, plan))


def _forced_by_extremes(ticks: IntArray, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """With one size only: the totals nearest the mean for the highest and the lowest person."""
    if len(set(sizes)) > 1:
        return
    size, values, everybody = sizes[0], np.sort(ticks), int(ticks.sum())
    least_with_highest = int(values[-1] + values[: size - 1].sum())
    most_with_lowest = int(values[0] + values[len(values) - size + 1 :].sum())
    if least_with_highest * len(ticks) > size * everybody:
        yield size, least_with_highest
    if most_with_lowest * len(ticks) < size * everybody:
        yield size, most_with_lowest


def _forced_by_layers(ticks: IntArray, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Totals that some group cannot avoid when each has one person of each layer.

    Take the j lowest of one layer: whatever sits with them, their groups' totals are at most
    those j plus the j highest of every other layer, so one of them is at most the average of
    that, rounded down. Likewise upwards. Yields (size, total) where the total is on the far side
    of the mean, and so forces a distance.
    """
    n, everybody = len(ticks), int(ticks.sum())
    for size, seats in layers(ticks, sizes).items():
        count = np.arange(1, list(sizes).count(size) + 1)
        highest = [np.cumsum(layer)[: len(count)] for layer in seats]
        lowest = [np.cumsum(layer[::-1])[: len(count)] for layer in seats]
        for anchor in range(size):
            others = [seat for seat in range(size) if seat != anchor]
            most = (lowest[anchor] + sum(highest[seat] for seat in others)) // count
            least = -(-(highest[anchor] + sum(lowest[seat] for seat in others)) // count)
            if most.min() * n < size * everybody:
                yield size, int(most.min())
            if least.max() * n > size * everybody:
                yield size, int(least.max())


_NEEDS_MAXIMUM = Phrase(
    "as a rule, balance needs the largest distance allowed",
    "sääntönä balance tarvitsee suurimman sallitun poikkeaman",
    "som regel behöver balance den största tillåtna avvikelsen",
)
_MAXIMUM_HINT = Phrase(
    "for example: balance: years, at_most: 3 - or move it under preferences",
    "esimerkiksi: balance: years, at_most: 3 - tai siirrä se kohtaan preferences",
    "till exempel: balance: years, at_most: 3 - eller flytta den till preferences",
)
