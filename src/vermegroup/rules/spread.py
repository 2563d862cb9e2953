"""``spread: T``: members of a group differ much in a numeric trait."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import (
    WORD,
    IntArray,
    above_least,
    in_order,
    largest,
    short_of,
    sums_by_group,
    times,
)
from vermegroup.domain.declare import Decimal, Trait
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model, any_of, both
from vermegroup.domain.plan import Plan, Window, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import amount_from, amount_of, groups_of, trait_name, unit_of
from vermegroup.rules.arithmetic.rearrangement import greatest_spread, spread_windows
from vermegroup.rules.spread_values import SpreadOfValues

# Chords of one value in one group, up to which they are all stated.
_CHORDS = 100


@dataclass(frozen=True, slots=True)
class Spread(Kind):
    """The sum of pairwise differences within a group, in the trait's unit.

    As a rule: at least ``at_least`` in each group. As a preference: the most in total.
    """

    kind: ClassVar[str] = "spread"
    sense: ClassVar[Sense] = Sense.MOST
    of_pairs: ClassVar[bool] = True

    trait: Annotated[str, Trait("numbers", "either")]
    at_least: Annotated[Fraction | None, Decimal((_NEEDS_MINIMUM, _MINIMUM_HINT))] = None

    @property
    def least(self) -> Fraction:
        """What the rule asks of each group; nothing where it is a preference."""
        return self.at_least or Fraction(0)

    def suited(self, roster: Roster) -> Kind:
        """Numbers of different values instead of differences where the trait is no number."""
        if self.trait in roster.numbers:
            return self
        least = None if self.at_least is None else ceil(self.at_least)
        return SpreadOfValues(self.trait, least, many=self.trait in roster.sets)

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "Members of a group differ as much as possible in {trait}",
                trait=trait_name(self.trait),
            )
        return _(
            "In every group the pairwise differences in {trait} add up to at least {least}",
            trait=trait_name(self.trait),
            least=amount_of(self.trait, self.least),
        )

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Pairwise differences added up in each group, in ticks."""
        del plan
        ticks = above_least(roster.numbers[self.trait].ticks[seating.people])
        group, ticks = _group_by_group(seating, ticks)
        sizes = seating.sizes()
        first_seat = np.cumsum(sizes) - sizes
        rank = np.arange(len(group)) - first_seat[group]
        weighted = times(ticks, 2 * rank - sizes[group] + 1)
        return sums_by_group(weighted, group, seating.groups)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        return short_of(self.measure(roster, plan, seating), self._minimum(roster))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        value = int(self.measure(roster, plan, alone)[0])
        sentence = _(
            "its differences add up to {value}, not {least}",
            value=float(self.in_units(roster, plan, value)),
            least=self.least,
        )
        return sentence, tuple(members.tolist())

    def in_units(self, roster: Roster, plan: Plan, value: int) -> Fraction:
        del plan
        return Fraction(value, roster.numbers[self.trait].per_unit)

    def unit(self) -> str:
        return str(unit_of(self.trait))

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        return _(
            "{amount} between pairs in all",
            amount=amount_of(self.trait, float(self.in_units(roster, plan, value))),
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        values = (float(self.in_units(roster, plan, value)) for value in (old, new))
        return _("{amount} between pairs in all", amount=amount_from(self.trait, *values))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        best = self.bound(roster, plan)
        if best >= self._minimum(roster) * plan.groups:
            return None
        return ngettext(
            "the differences in {trait} cannot add up to more than {best} in all, but {groups} "
            "needs {need}",
            "the differences in {trait} cannot add up to more than {best} in all, but {groups} "
            "need {need}",
            plan.groups,
            trait=trait_name(self.trait),
            best=float(self.in_units(roster, plan, best)),
            groups=groups_of(plan.groups),
            need=self.least * plan.groups,
        )

    def bound(self, roster: Roster, plan: Plan) -> int:
        return greatest_spread(roster.rising(self.trait), plan)

    def reach(self, roster: Roster, plan: Plan) -> int:
        """Each group's pairs at the two ends, and anyone's differences to everybody."""
        furthest = largest(above_least(roster.numbers[self.trait].ticks))
        pairs = most_seats(len(roster), plan) * min(plan.largest, len(roster)) // 4
        return furthest * (pairs + len(roster))

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        if plan.sizes is None or value != self.bound(roster, plan):
            return None
        ticks = roster.numbers[self.trait].ticks
        return tuple(spread_windows(ticks, roster.rising(self.trait), plan.sizes))

    def layering(self) -> str | None:
        return self.trait

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        spread = self.express(roster, plan, model, group)
        model.limit(spread, at_least=self._minimum(roster))

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        """Without a member, the spread loses that member's differences to all others."""
        ticks = roster.numbers[self.trait].ticks[model.people]
        spread = self.express(roster, plan, model, group)
        for tick in np.unique(ticks).tolist():
            left = spread - model.total(np.abs(ticks - tick), group)
            spared = both(model, any_of(model, ticks == tick, group), when)
            model.limit(left, at_least=self._minimum(roster), when=spared)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """Between two neighbouring values, each pair they part adds their difference.

        With c members at or above and s - c below there are c(s - c) such pairs: a concave
        function, for a few sizes the lower envelope of its chords at whole numbers.
        """
        del plan
        ticks = roster.numbers[self.trait].ticks[model.people]
        values = np.unique(ticks)
        parted = _by_chords if sum(model.sizes_possible(group)) <= _CHORDS else _by_product
        spread: Expression = model.new_amount(0)
        for lower, upper in pairwise(values.tolist()):
            above = model.count(ticks >= upper, group)
            spread = spread + parted(model, group, above) * (upper - lower)
        return spread

    def _minimum(self, roster: Roster) -> int:
        """``at_least`` in ticks, rounded up: sums of whole ticks reach both or neither."""
        return -((-self.least * roster.numbers[self.trait].per_unit) // 1)


def _group_by_group(seating: Seating, ticks: IntArray) -> tuple[IntArray, IntArray]:
    """The group and the ticks of each seat, in rising order within each group."""
    apart = largest(ticks) + 1
    if apart * seating.groups < WORD:
        # As one number each they are sorted several times as fast.
        group, rest = np.divmod(in_order(seating.group * apart + ticks), apart)
        return group, rest
    order = np.lexsort((ticks, seating.group))
    return seating.group[order], ticks[order]


def _by_chords(model: Model, group: int, above: Expression) -> Expression:
    """The pairs that a value parts, with so many members at or above it: at most so many."""
    pairs = model.new_amount((model.largest**2) // 4)
    for size in model.sizes_possible(group):
        for seat in range(size):
            chord = above * (size - 1 - 2 * seat) - pairs
            model.limit_at_size(chord, group, size, at_least=-seat * (seat + 1))
    return pairs


def _by_product(model: Model, group: int, above: Expression) -> Expression:
    """The same where there are too many sizes, or too large ones, for as many chords."""
    return model.product(above, model.size(group) - above, max(0, model.largest))


_NEEDS_MINIMUM = _("Among the rules, spread needs the least that every group must have")
_MINIMUM_HINT = _(
    "For example {{spread: years, at_least: 10}}; or move it to the section preferences"
)
